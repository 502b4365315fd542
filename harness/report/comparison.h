/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * comparison.h - comparisons as text, as Markdown and as JSON
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include <stdio.h>

#include "analysis/compare_set.h"

enum comparison_format {
	COMPARISON_TEXT,
	COMPARISON_MARKDOWN,
	COMPARISON_JSON
};

/* Writes all of it; nothing that came from a run can be markup or an escape. */
void comparison_write(FILE *f, const struct comparison_set *set, enum comparison_format format);

#endif /* COMPARISON_H */
