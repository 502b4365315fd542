/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * diff.h - the lines that a unified diff adds and removes. Pure.
 */
#ifndef DIFF_H
#define DIFF_H

#include <stdbool.h>
#include <stddef.h>

/* To be begun with { .at = TEXT }. */
struct diff {
	const char *at;
	long old, new;		/* lines that the hunk has left, of either file */
	long hunks;		/* begun so far */
};

struct diff_line {
	const char *at;		/* its sign, + or -, comes first */
	size_t length;		/* without its end */
};

/* The next line that is added or removed. Return: false at the end. */
bool diff_next(struct diff *d, struct diff_line *line);

/* At the end: whether it had hunks, and each had all the lines that it announced. */
bool diff_is_whole(const struct diff *d);

#endif /* DIFF_H */
