/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * doubts_of_figures.h - figures of a run that are a mixture of several kinds of reboots
 *
 * Theory of operation. All figures of a run (latencies, downtimes, phases, rates, of each
 * way) are asked together, so some would look odd by chance. Of the doubts that are raised
 * at most DOUBTFUL_SHARE are expected to be wrong: the correction of Benjamini and Hochberg,
 * JRSS B 57 (1995) 289-300. And what differs by less than a share of the latency is not
 * worth a doubt.
 */
#ifndef DOUBTS_OF_FIGURES_H
#define DOUBTS_OF_FIGURES_H

#include "index_effect.h"

#define DOUBTFUL_SHARE 0.05

/* One figure of one way. */
struct doubted_figure {
	const struct compare_side *side;	/* of a rate: 1 or 0 for each reboot */
	bool is_rate;
	double latency;			/* median of its way, seconds */
	/* What was found: */
	struct index_effect effect;
	double p_humps;			/* of so much by chance with one hump; NAN: not asked */
	bool by_index, two_humped;	/* the doubts */
};

/*
 * doubts_of_figures() - find the figures of a run that depend on the index or have humps
 * @f:	all n figures of a run by the wall clock
 * @n:	how many
 */
void doubts_of_figures(struct doubted_figure *f, size_t n);

#endif /* DOUBTS_OF_FIGURES_H */
