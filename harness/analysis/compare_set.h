/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compare_set.h - all comparisons of one side with another
 */
#ifndef COMPARE_SET_H
#define COMPARE_SET_H

#include "base/vec.h"
#include "compare.h"
#include "compare_exact.h"

/* One way on side a against one way on side b. */
struct compared {
	const char *a, *b;		/* way and variant */
	bool exact;			/* which of the two holds */
	struct comparison by_chance;
	struct compare_exact exactly;
};

struct comparison_set {
	const char *a, *b;		/* what the sides are, for people */
	struct compare_options options;
	VEC(struct compared) pairs;
	VEC(const char *) only_a, only_b;	/* ways that the other side lacks */
};

/*
 * comparison_verdict() - one word on all of it. Pure.
 *
 * Return: WORSE when any is, else BETTER when any is, else UNDECIDED when any is, else TOO_FEW,
 * else SAME;
 * NOTHING without any.
 */
enum compare_verdict comparison_verdict(const struct comparison_set *set);

#endif /* COMPARE_SET_H */
