// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_shift.c - by how much two sets differ
 *
 * Times are compared by ranks, which need no assumption on how they are distributed.
 */
#include "stats_shift.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

#include "base/cleanup.h"

/* Two sums that are equal on paper differ by less than that share after rounding. */
#define ROUNDING 1e-7

static const struct stats_shift nothing = { NAN, { NAN, NAN } };

static double *doubles(size_t n)
{
	double *p = calloc(n ? n : 1, sizeof(*p));

	if (!p)
		abort();
	return p;
}

/*
 * In how many arrangements of m and n observations the Mann-Whitney U is 0 to m n:
 * f(i, j, u) = f(i - 1, j, u - j) + f(i, j - 1, u), Mann and Whitney, Annals of
 * Mathematical Statistics 18 (1947) 50-60. To be freed.
 */
static double *rank_sum_counts(size_t m, size_t n)
{
	size_t size = m * n + 1, i, j, u;
	double *f = doubles((m + 1) * size);

	for (i = 0; i <= m; i++)
		f[i * size] = 1;
	for (j = 1; j <= n; j++)
		for (i = 1; i <= m; i++)
			for (u = j; u <= i * j; u++)
				f[i * size + u] += f[(i - 1) * size + u - j];
	for (u = 0; u < size; u++)
		f[u] = f[m * size + u];
	return f;
}

/*
 * The largest C so that a statistic with these counts is below C with at most that
 * probability: so many of the ordered differences lie outside the interval at each
 * end (Hollander and Wolfe, Nonparametric Statistical Methods, 1999, 4.3).
 */
static size_t counted_outside(const double *counts, size_t most, double all, double tail)
{
	double sum = 0;
	size_t u;

	for (u = 0; u <= most; u++) {
		sum += counts[u];
		if (sum > tail * all * (1 + ROUNDING))
			break;
	}
	return u;
}

/* The same where there are too many to count: the normal approximation of stats_rank_p(). */
static size_t about_outside(double mean, double variance, double tail)
{
	double c = mean - gsl_cdf_ugaussian_Qinv(tail) * sqrt(variance) - 0.5;

	return c >= 0 ? (size_t)c + 1 : 0;
}

static size_t rank_sum_outside(size_t m, size_t n, double tail)
{
	double mn = (double)(m * n);
	CLEANUP_FREE double *counts = NULL;

	if (m > STATS_COUNTED_MOST || n > STATS_COUNTED_MOST)
		return about_outside(mn / 2, mn * (double)(m + n + 1) / 12, tail);
	counts = rank_sum_counts(m, n);
	return counted_outside(counts, m * n,
			       gsl_sf_choose((unsigned int)(m + n), (unsigned int)m), tail);
}

/*
 * The median of n differences and the interval without so many at each end. Those
 * that may be anything are as low as can be in low, as high as can be in high; the
 * median then lies between two values, and its middle is given when both are known.
 */
static struct stats_shift shift_from(double *low, double *high, size_t n, size_t outside)
{
	struct stats_shift s = nothing;
	double from, to;

	stats_sort(low, n);
	stats_sort(high, n);
	from = stats_quantile(low, n, 0.5);
	to = stats_quantile(high, n, 0.5);
	s.shift = from == to ? from : (from + to) / 2;
	if (outside > 0)
		s.interval = (struct stats_interval){ low[outside - 1], high[n - outside] };
	return s;
}

struct stats_shift stats_shift(const double *a, size_t na, const double *b, size_t nb,
			       double confidence)
{
	CLEANUP_FREE double *low = doubles(na * nb), *high = doubles(na * nb);
	size_t i, j, n = 0;

	if (na == 0 || nb == 0)
		return nothing;
	for (i = 0; i < na; i++) {
		for (j = 0; j < nb; j++, n++) {
			bool unknown = isinf(a[i]) && isinf(b[j]);

			low[n] = unknown ? -INFINITY : b[j] - a[i];
			high[n] = unknown ? INFINITY : b[j] - a[i];
		}
	}
	return shift_from(low, high, n, rank_sum_outside(na, nb, (1 - confidence) / 2));
}

struct stats_shift stats_share_shift(double ka, double na, double kb, double nb, double confidence)
{
	struct stats_interval a = stats_clopper_pearson(ka, na, confidence);
	struct stats_interval b = stats_clopper_pearson(kb, nb, confidence);
	double pa, pb;

	if (na == 0 || nb == 0)
		return nothing;
	pa = ka / na;
	pb = kb / nb;
	return (struct stats_shift){
		pb - pa,
		{ pb - pa - hypot(pb - b.low, a.high - pa),
		  pb - pa + hypot(b.high - pb, pa - a.low) },
	};
}
