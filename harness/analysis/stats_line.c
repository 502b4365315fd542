// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_line.c - the straight line through points
 */
#include "stats_line.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>

static bool differ(const double *x, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (x[i] != x[0])
			return true;
	return false;
}

struct stats_line stats_line(const double *x, const double *y, size_t n, double confidence)
{
	struct stats_line line = { NAN, NAN, { NAN, NAN } };
	double v00, v01, v11, squares, t;

	if (!differ(x, n))
		return line;
	gsl_fit_linear(x, 1, y, 1, n, &line.intercept, &line.slope, &v00, &v01, &v11, &squares);
	if (n < 3)
		return line;
	t = gsl_cdf_tdist_Pinv((1 + confidence) / 2, (double)(n - 2));
	line.slope_interval.low = line.slope - t * sqrt(v11);
	line.slope_interval.high = line.slope + t * sqrt(v11);
	return line;
}
