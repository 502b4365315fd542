/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * regression.h - where a history of nights changed its level
 *
 * Pure and deterministic. The method for noisy series, and what it can and cannot
 * find, are told in regression.c and in report/README.md.
 */
#ifndef REGRESSION_H
#define REGRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

/*
 * What a change costs, in squared scales: so much that noise of any kind tried finds
 * nearly none (test_regression.c). And what one night costs at most: two of them are
 * less than a change, three are more.
 */
#define REGRESSION_PENALTY 27.0
#define REGRESSION_CLIP (REGRESSION_PENALTY / 2.2)

/* A run of so many nights at a new level is a change, a shorter one an outlier. */
#define REGRESSION_NIGHTS 3

/* Fewer nights than this do not tell how noisy a series is: nothing is found in them. */
#define REGRESSION_LEAST 8

/* One night of one series. */
struct regression_point {
	double value;		/* finite, or INFINITY for "never came up" */
	double error;		/* standard error of the value in its unit; 0 when not known */
};

/* The series stays at one level from a change to the next. */
struct regression_change {
	size_t at;		/* the first point of the new level */
	double before, after;	/* medians of the levels that it parts */
	double confidence;	/* 0 to 1 that the levels differ; 1 for an exact series */
};

typedef VEC(struct regression_change) regression_vec;

/*
 * regression_scale() - how far nights of one level lie apart, in the series' unit
 * Return: comparable to a standard deviation; NAN below REGRESSION_LEAST points.
 */
double regression_scale(const struct regression_point *x, size_t n);

/*
 * regression_changes() - the changes of a series
 * @x:		n points, the oldest first
 * @exact:	there is no noise: each step is a change
 * @to:		appended to, the oldest first; to be freed with vec_free()
 * A noisy series of fewer than REGRESSION_LEAST finite points has no change.
 */
void regression_changes(const struct regression_point *x, size_t n, bool exact,
			regression_vec *to);

/* The median of the points from..end-1; NAN when there are none. */
double regression_level(const struct regression_point *x, size_t from, size_t end);

#endif /* REGRESSION_H */
