/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compare_set.h - all comparisons of one side with another
 */
#ifndef COMPARE_SET_H
#define COMPARE_SET_H

#include "base/vec.h"
#include "changed_functions.h"
#include "compare.h"
#include "compare_exact.h"

/* One way on side a against one way on side b, by one clock. */
struct compared {
	const char *a, *b;		/* way and variant */
	struct compare_options options;	/* what its verdicts were made with */
	bool exact;			/* which of the two holds */
	struct comparison by_chance;
	struct compare_exact exactly;
	struct changed_functions functions;	/* of two that differ exactly */
};

struct comparison_set {
	const char *a, *b;		/* what the sides are, for people */
	VEC(struct compared) pairs;	/* those by the exact clock first */
	VEC(const char *) only_a, only_b;	/* ways that the other side lacks */
	VEC(char *) doubts;		/* sentences on ways and samples, with side and count; owned */
	VEC(char *) hints;		/* sentences: where the sides had other hints; owned */
	VEC(char *) left_out;		/* sentences: what was not compared, and why; owned */
};

/*
 * comparison_verdict() - one word on all of it. Pure.
 *
 * Return: WORSE when any is, else BETTER when any is, else UNDECIDED when any is, else TOO_FEW,
 * else SAME;
 * NOTHING without any.
 */
enum compare_verdict comparison_verdict(const struct comparison_set *set);

/*
 * comparison_set_hints() - note that two ways that are compared had other hints
 * @a, @b:		way and variant of each side
 * @hints_a, @hints_b:	names of their hints, parted by blanks; the same: nothing is noted
 */
void comparison_set_hints(struct comparison_set *set, const char *a, const char *hints_a,
			  const char *b, const char *hints_b);

#endif /* COMPARE_SET_H */
