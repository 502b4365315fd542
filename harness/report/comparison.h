/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * comparison.h - comparisons as text, as Markdown and as JSON
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include <stdio.h>

#include "analysis/compare_exact.h"
#include "base/vec.h"

enum comparison_format {
	COMPARISON_TEXT,
	COMPARISON_MARKDOWN,
	COMPARISON_JSON
};

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

/* WORSE when any is, else BETTER when any is, else UNDECIDED when any is, else SAME. */
enum compare_verdict comparison_verdict(const struct comparison_set *set);

/* Writes all of it; nothing that came from a run can be markup or an escape. */
void comparison_write(FILE *f, const struct comparison_set *set, enum comparison_format format);

#endif /* COMPARISON_H */
