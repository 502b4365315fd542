// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats.c - arrays in, numbers out
 *
 * The arithmetic is GSL's wherever GSL has it. What is here is the handling of
 * censored observations (INFINITY) and the choice of method, each named with
 * the paper it comes from.
 */
#include "stats.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "base/cleanup.h"

/* Ratio of the standard deviation to the median absolute deviation for normal data. */
#define MAD_SCALE 1.4826

/* A quantile's place closer than this to an observation is that observation. */
#define PLACE_TOLERANCE 1e-9

static double *doubles(size_t n)
{
	double *p = calloc(n ? n : 1, sizeof(*p));

	if (!p)
		abort();
	return p;
}

static double *copy_of(const double *x, size_t n)
{
	double *p = doubles(n);

	if (n)
		memcpy(p, x, n * sizeof(*p));
	return p;
}

void stats_sort(double *x, size_t n)
{
	gsl_sort(x, 1, n);
}

double stats_quantile(const double *sorted, size_t n, double p)
{
	double place, rest;
	size_t below;

	if (n == 0)
		return NAN;
	place = p * (double)(n - 1);
	below = (size_t)place;
	rest = place - (double)below;
	if (rest > 1 - PLACE_TOLERANCE)
		return sorted[below + 1];
	if (rest < PLACE_TOLERANCE || below + 1 >= n)
		return sorted[below];
	if (isinf(sorted[below + 1]))
		return sorted[below + 1];
	return gsl_stats_quantile_from_sorted_data(sorted, 1, n, p);
}

double stats_median(const double *x, size_t n)
{
	CLEANUP_FREE double *sorted = copy_of(x, n);

	stats_sort(sorted, n);
	return stats_quantile(sorted, n, 0.5);
}

double stats_mad(const double *x, size_t n)
{
	CLEANUP_FREE double *sorted = copy_of(x, n);
	double median;
	size_t i;

	stats_sort(sorted, n);
	median = stats_quantile(sorted, n, 0.5);
	if (!isfinite(median))
		return NAN;
	for (i = 0; i < n; i++)
		sorted[i] = fabs(sorted[i] - median);
	stats_sort(sorted, n);
	return MAD_SCALE * stats_quantile(sorted, n, 0.5);
}

struct stats_summary stats_summarise(const double *x, const int *machine, size_t n)
{
	CLEANUP_FREE double *sorted = copy_of(x, n);
	struct stats_summary s = { .n = n, .median_interval = { NAN, NAN } };
	size_t i;

	stats_sort(sorted, n);
	for (i = 0; i < n; i++)
		s.censored += isinf(sorted[i]) != 0;
	s.least = stats_quantile(sorted, n, 0);
	s.p25 = stats_quantile(sorted, n, 0.25);
	s.median = stats_quantile(sorted, n, 0.5);
	s.p75 = stats_quantile(sorted, n, 0.75);
	s.p95 = stats_quantile(sorted, n, 0.95);
	s.p99 = stats_quantile(sorted, n, 0.99);
	s.most = stats_quantile(sorted, n, 1);
	s.mad = stats_mad(x, n);
	if (machine)
		s.median_interval = stats_median_interval(x, machine, n, 0.95);
	return s;
}

struct stats_interval stats_clopper_pearson(double k, double n, double confidence)
{
	double tail = (1 - confidence) / 2;
	struct stats_interval i = { 0, 1 };

	if (k > 0)
		i.low = gsl_cdf_beta_Pinv(tail, k, n - k + 1);
	if (k < n)
		i.high = gsl_cdf_beta_Pinv(1 - tail, k + 1, n - k);
	return i;
}

double stats_zero_failures_bound(size_t n, double confidence)
{
	return n ? 1 - pow(1 - confidence, 1 / (double)n) : 1;
}

size_t stats_trials_to_claim(size_t failures, double rate, double confidence)
{
	size_t few = failures, many = failures + 1;

	/* So many trials at a lower rate would have had more failures, almost surely. */
	while (gsl_cdf_binomial_P((unsigned int)failures, 1 - rate, (unsigned int)many) > 1 - confidence) {
		few = many;
		many *= 2;
	}
	while (many - few > 1) {
		size_t n = few + (many - few) / 2;

		if (gsl_cdf_binomial_P((unsigned int)failures, 1 - rate, (unsigned int)n) > 1 - confidence)
			few = n;
		else
			many = n;
	}
	return many;
}

/* Hanley and Lippman-Hand, JAMA 249 (1983) 1743-1745. */
double stats_rule_of_three(size_t n)
{
	return n > 3 ? 3 / (double)n : 1;
}

/* Sum of t (t - 1) (2 t + 5) over the groups of t equal observations. */
static double tie_term(const double *x, size_t n)
{
	CLEANUP_FREE double *sorted = copy_of(x, n);
	size_t i, t = 1;
	double sum = 0;

	stats_sort(sorted, n);
	for (i = 1; i <= n; i++) {
		if (i < n && sorted[i] == sorted[i - 1]) {
			t++;
			continue;
		}
		sum += (double)t * (double)(t - 1) * (double)(2 * t + 5);
		t = 1;
	}
	return sum;
}

double stats_trend_p(const double *x, size_t n)
{
	double s = 0, variance;
	size_t i, j;

	if (n < 4)
		return 1;
	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++)
			s += (x[j] > x[i]) - (x[j] < x[i]);
	variance = ((double)n * (double)(n - 1) * (double)(2 * n + 5) - tie_term(x, n)) / 18;
	if (variance <= 0 || s == 0)
		return 1;
	return 2 * gsl_cdf_ugaussian_Q((fabs(s) - 1) / sqrt(variance));
}
