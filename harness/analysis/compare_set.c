// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare_set.c - all comparisons of one side with another
 */
#include "compare_set.h"

enum compare_verdict comparison_verdict(const struct comparison_set *set)
{
	static const enum compare_verdict gravest[] = {
		COMPARE_WORSE, COMPARE_BETTER, COMPARE_UNDECIDED, COMPARE_TOO_FEW,
		COMPARE_SAME,
	};

	for (size_t g = 0; g < sizeof(gravest) / sizeof(gravest[0]); g++)
		for (size_t i = 0; i < set->pairs.n; i++) {
			const struct compared *c = &set->pairs.at[i];

			if ((c->exact ? c->exactly.verdict : c->by_chance.verdict) == gravest[g])
				return gravest[g];
		}
	return COMPARE_NOTHING;
}
