/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * index_effect.h - does the place of a reboot in its machine's chain decide its figure?
 *
 * Where it does, the reboots of one machine are several kinds, and a figure over all of
 * them is one that perhaps no reboot has. Pure.
 */
#ifndef INDEX_EFFECT_H
#define INDEX_EFFECT_H

#include "compare_side.h"
#include "stats.h"

/* Fewer machines than this cannot show it. */
#define INDEX_EFFECT_MACHINES 4

/* The machines (compare_side.h) that have each index, as a layout of machines by indexes. */
struct index_effect {
	size_t machines, indexes;
	double p_index;		/* that indexes differ so much by chance; NAN: cannot be tested */
	double p_machine;	/* the same of machines */
};

/*
 * index_effect_of() - test a figure for both
 * @side:	one figure of one way; failed reboots are passed over
 *
 * The F tests of a two-way layout without repetition (Scheffe, The Analysis of Variance,
 * 1959, section 4.2). An index that fewer than INDEX_EFFECT_MACHINES machines have is
 * left out, and then a machine that lacks an index.
 *
 * Return: what was found.
 */
struct index_effect index_effect_of(const struct compare_side *side);

/* True when chance would hardly make machines so unlike: the reboots of one count as one (5 %). */
bool index_effect_of_machines(const struct index_effect *e);

/* What the reboots of one index show. */
struct index_figure {
	int index;
	double mean;			/* of a rate: its share */
	struct stats_summary of;
};

typedef VEC(struct index_figure) index_figure_vec;

/* The figures of each index, the lowest first; to be freed with vec_free(). */
index_figure_vec index_figures(const struct compare_side *side);

/* From the lowest to the highest median of an index, or mean of a rate; 0 without any. */
double index_figures_range(const index_figure_vec *figures, bool is_rate);

#endif /* INDEX_EFFECT_H */
