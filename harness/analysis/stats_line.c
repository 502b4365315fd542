// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_line.c - the straight line through points
 */
#include "stats_line.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>

#include "base/cleanup.h"

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

/* Writes the values of one group without their mean. */
static void take_mean(const double *x, const int *group, size_t n, int of, double *to)
{
	double sum = 0;
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (group[i] == of) {
			sum += x[i];
			count++;
		}
	for (size_t i = 0; i < n; i++)
		if (group[i] == of)
			to[i] = x[i] - sum / (double)count;
}

/* Each value without the mean of its group. Return: how many groups there are. */
static size_t centre(const double *x, const int *group, size_t n, double *to)
{
	size_t groups = 0;

	for (size_t i = 0; i < n; i++)
		to[i] = NAN;
	for (size_t i = 0; i < n; i++) {
		if (!isnan(to[i]))
			continue;
		take_mean(x, group, n, group[i], to);
		groups++;
	}
	return groups;
}

struct stats_line stats_line_within(const double *x, const double *y, const int *group, size_t n,
				    double confidence)
{
	struct stats_line line = { NAN, NAN, { NAN, NAN } };
	CLEANUP_FREE double *within_x = calloc(n + 1, sizeof(*within_x));
	CLEANUP_FREE double *within_y = calloc(n + 1, sizeof(*within_y));
	double variance, squares, freedom, t, spread = 0;
	size_t groups;

	if (!within_x || !within_y)
		abort();
	groups = centre(x, group, n, within_x);
	centre(y, group, n, within_y);
	for (size_t i = 0; i < n; i++)
		spread += within_x[i] * within_x[i];
	if (spread <= 0)
		return line;
	gsl_fit_mul(within_x, 1, within_y, 1, n, &line.slope, &variance, &squares);
	if (n < groups + 2)
		return line;
	freedom = (double)(n - groups - 1);
	t = gsl_cdf_tdist_Pinv((1 + confidence) / 2, freedom) * sqrt(squares / freedom / spread);
	line.slope_interval = (struct stats_interval){ line.slope - t, line.slope + t };
	return line;
}
