/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stats_line.h - the straight line through points. Pure, on GSL.
 */
#ifndef STATS_LINE_H
#define STATS_LINE_H

#include "stats.h"

struct stats_line {
	double intercept, slope;		/* NAN without two different x */
	struct stats_interval slope_interval;	/* NAN without a third point */
};

/*
 * stats_line() - least squares, y = intercept + slope * x
 * @x, @y:	n points, all finite
 * @confidence:	0 to 1, two-sided, of the interval by Student's t with n - 2 degrees of freedom
 *
 * The interval says how well the points fit a line: where they lie on a curve it is too narrow
 * for what is outside of them.
 */
struct stats_line stats_line(const double *x, const double *y, size_t n, double confidence);

#endif /* STATS_LINE_H */
