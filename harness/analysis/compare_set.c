// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare_set.c - all comparisons of one side with another
 */
#include "compare_set.h"

#include <string.h>

#include "base/text.h"

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

void comparison_set_hints(struct comparison_set *set, const char *a, const char *hints_a,
			  const char *b, const char *hints_b)
{
	char *text;

	if (!strcmp(hints_a, hints_b))
		return;
	text = text_format("%s (A) and %s (B) differ in hints: A had %s, B had %s. What hints save is no "
			   "difference of the ways.", a, b, *hints_a ? hints_a : "none",
			   *hints_b ? hints_b : "none");
	/* Both clocks have the same ways. */
	for (size_t i = 0; i < set->hints.n; i++) {
		if (strcmp(set->hints.at[i], text))
			continue;
		free(text);
		return;
	}
	vec_push(&set->hints, text);
}
