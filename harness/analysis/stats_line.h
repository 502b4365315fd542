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

/*
 * stats_line_within() - the slope that the points of each group have in common
 * @group:	of each point; what lies between groups, as between fast machines and slow ones, is left out
 *
 * Least squares with an intercept for each group, so Student's t has n - groups - 1 degrees of freedom.
 * Return: as stats_line(), without an intercept (NAN).
 */
struct stats_line stats_line_within(const double *x, const double *y, const int *group, size_t n,
				    double confidence);

#endif /* STATS_LINE_H */
