// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_shift.c - by how much two sets differ
 *
 * Everything here rests on ranks or counts, so that a few wild observations, and
 * those that never ended, weigh no more than their place.
 */
#include "stats_shift.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>

#include "cleanup.h"
#include "vec.h"

/* Up to so many in each set the distribution of the rank sum is counted out, as R does ... */
#define COUNTED_MOST 49
/* ... and up to so many pairs of observations in all strata. */
#define COUNTED_PAIRS 10000

/* Two sums that are equal on paper differ by less than that share after rounding. */
#define ROUNDING 1e-7

typedef VEC(double) double_vec;

static double *doubles(size_t n)
{
	double *p = calloc(n ? n : 1, sizeof(*p));

	if (!p)
		abort();
	return p;
}

static int stratum_of(const struct stats_set *s, size_t i)
{
	return s->stratum ? s->stratum[i] : 0;
}

static size_t count_in(const struct stats_set *s, int stratum)
{
	size_t i, n = 0;

	for (i = 0; i < s->n; i++)
		n += stratum_of(s, i) == stratum;
	return n;
}

/* True for the first observation of its stratum: a way to walk over strata. */
static bool opens_stratum(const struct stats_set *s, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (stratum_of(s, k) == stratum_of(s, i))
			return false;
	return true;
}

/*
 * The probabilities of each value of the Mann-Whitney U from 0 to m n when all
 * arrangements of m and n observations are as likely: the counts are those of
 * f(i, j, u) = f(i - 1, j, u - j) + f(i, j - 1, u), Mann and Whitney, Annals of
 * Mathematical Statistics 18 (1947) 50-60. To be freed.
 */
static double *rank_sum_distribution(size_t m, size_t n)
{
	size_t size = m * n + 1, i, j, u;
	double *f = doubles((m + 1) * size);
	double all = gsl_sf_choose((unsigned int)(m + n), (unsigned int)m);

	for (i = 0; i <= m; i++)
		f[i * size] = 1;
	for (j = 1; j <= n; j++)
		for (i = 1; i <= m; i++)
			for (u = j; u <= i * j; u++)
				f[i * size + u] += f[(i - 1) * size + u - j];
	for (u = 0; u < size; u++)
		f[u] = f[m * size + u] / all;
	return f;
}

/* The distribution of the sum of two independent U: to becomes it, *pairs its largest value. */
static double *add_distribution(double *to, size_t *pairs, const double *p, size_t more)
{
	double *sum = doubles(*pairs + more + 1);
	size_t i, j;

	for (i = 0; i <= *pairs; i++)
		for (j = 0; j <= more; j++)
			sum[i + j] += to[i] * p[j];
	free(to);
	*pairs += more;
	return sum;
}

/*
 * How many of the ordered differences lie outside an interval at each end: the
 * largest C with P(U < C) <= tail, U summed over the strata (Moses; Hollander and
 * Wolfe, Nonparametric Statistical Methods, 1999, sections 4.3 and 6.3), by the
 * normal approximation where there are many.
 */
static size_t differences_outside(const struct stats_set *a, const struct stats_set *b,
				  double tail)
{
	double *all = doubles(1), variance = 0, mean = 0, sum = 0, c;
	size_t pairs = 0, i;
	bool counted = true;

	all[0] = 1;
	for (i = 0; i < a->n; i++) {
		size_t m, n;

		if (!opens_stratum(a, i))
			continue;
		m = count_in(a, stratum_of(a, i));
		n = count_in(b, stratum_of(a, i));
		mean += (double)(m * n) / 2;
		variance += (double)(m * n) * (double)(m + n + 1) / 12;
		counted = counted && m <= COUNTED_MOST && n <= COUNTED_MOST &&
			  pairs + m * n <= COUNTED_PAIRS;
		if (counted) {
			CLEANUP_FREE double *p = rank_sum_distribution(m, n);

			all = add_distribution(all, &pairs, p, m * n);
		}
	}
	c = mean - gsl_cdf_ugaussian_Qinv(tail) * sqrt(variance);
	for (i = 0; counted && i <= pairs; i++) {
		sum += all[i];
		if (sum > tail * (1 + ROUNDING))
			break;
	}
	free(all);
	return counted ? i : c > 0 ? (size_t)c : 0;
}

/*
 * All differences within strata, sorted, to be freed. One between two censored
 * observations may be anything: it is put where the caller says.
 */
static double_vec differences(const struct stats_set *a, const struct stats_set *b, double unknown)
{
	double_vec d = { 0 };
	size_t i, j;

	for (i = 0; i < a->n; i++)
		for (j = 0; j < b->n; j++)
			if (stratum_of(a, i) == stratum_of(b, j))
				vec_push(&d, isinf(a->x[i]) && isinf(b->x[j]) ? unknown :
					     b->x[j] - a->x[i]);
	stats_sort(d.at, d.n);
	return d;
}

/* The middle of what the median of the differences may be; NAN when that may be anything. */
static double median_difference(const double_vec *low, const double_vec *high)
{
	double from = stats_quantile(low->at, low->n, 0.5);
	double to = stats_quantile(high->at, high->n, 0.5);

	return from == to ? from : (from + to) / 2;
}

/**
 * stats_shift() - by how much b exceeds a
 * @a:		the one set
 * @b:		the other, independent of it
 * @confidence:	0 to 1, two-sided
 *
 * The median of all differences between one of b and one of a of the same
 * stratum, Hodges and Lehmann, Annals of Mathematical Statistics 34 (1963) 598-611,
 * and the interval that belongs to the rank-sum test, free of any distribution and
 * exact up to 49 observations a side and stratum. A difference between two
 * censored observations lies on either side as much.
 *
 * Return: the shift, NAN when no two can be compared or all are censored; no
 * interval when not even the whole range of differences has that confidence.
 */
struct stats_shift stats_shift(const struct stats_set *a, const struct stats_set *b,
			       double confidence)
{
	struct stats_shift s = { NAN, { NAN, NAN } };
	double_vec low = differences(a, b, -INFINITY), high = differences(a, b, INFINITY);
	size_t outside;

	if (low.n) {
		s.shift = median_difference(&low, &high);
		outside = differences_outside(a, b, (1 - confidence) / 2);
		if (outside > 0) {
			s.interval.low = low.at[outside - 1];
			s.interval.high = high.at[high.n - outside];
		}
	}
	vec_free(&low);
	vec_free(&high);
	return s;
}

/**
 * stats_share_shift() - by how much one share exceeds another
 * @ka, @na:	the one: how many of how many
 * @kb, @nb:	the other
 * @confidence:	0 to 1, two-sided
 *
 * The interval is method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890,
 * which joins two of Wilson's.
 *
 * Return: kb/nb - ka/na; NAN throughout when either n is 0.
 */
struct stats_shift stats_share_shift(size_t ka, size_t na, size_t kb, size_t nb, double confidence)
{
	struct stats_interval a = stats_wilson(ka, na, confidence);
	struct stats_interval b = stats_wilson(kb, nb, confidence);
	double pa = (double)ka / (double)na, pb = (double)kb / (double)nb;
	struct stats_shift s = { pb - pa, { NAN, NAN } };

	if (na == 0 || nb == 0)
		return (struct stats_shift){ NAN, { NAN, NAN } };
	s.interval.low = s.shift - hypot(pb - b.low, a.high - pa);
	s.interval.high = s.shift + hypot(b.high - pb, pa - a.low);
	return s;
}

/**
 * stats_fisher_p() - whether two shares differ by chance
 * @ka, @na:	the one: how many of how many
 * @kb, @nb:	the other
 *
 * Fisher's exact test: the sum of the probabilities of all tables with these
 * margins that are no likelier than the one seen (Agresti, Categorical Data
 * Analysis, 2002, section 3.5.1). It is the permutation test of two shares.
 *
 * Return: the two-sided probability; 1 when either n is 0.
 */
double stats_fisher_p(size_t ka, size_t na, size_t kb, size_t nb)
{
	unsigned int hits = (unsigned int)(ka + kb), rest = (unsigned int)(na + nb) - hits, k;
	double seen, sum = 0;

	if (na == 0 || nb == 0)
		return 1;
	seen = gsl_ran_hypergeometric_pdf((unsigned int)ka, hits, rest, (unsigned int)na);
	for (k = 0; k <= hits && k <= na; k++) {
		double p = gsl_ran_hypergeometric_pdf(k, hits, rest, (unsigned int)na);

		if (p <= seen * (1 + ROUNDING))
			sum += p;
	}
	return fmin(sum, 1);
}

/**
 * stats_holm() - many tests at once
 * @p:	n probabilities, each replaced by what it is worth among the others; NAN stays
 * @n:	how many
 *
 * Holm, Scandinavian Journal of Statistics 6 (1979) 65-70: the k-th smallest of m
 * times m + 1 - k, never less than one before it, at most 1.
 */
void stats_holm(double *p, size_t n)
{
	CLEANUP_FREE size_t *order = calloc(n ? n : 1, sizeof(*order));
	size_t i, tests = 0, k, swap;
	double worst = 0;

	if (!order)
		abort();
	for (i = 0; i < n; i++) {
		if (isnan(p[i]))
			continue;
		order[tests] = i;
		for (k = tests++; k > 0 && p[order[k]] < p[order[k - 1]]; k--) {
			swap = order[k];
			order[k] = order[k - 1];
			order[k - 1] = swap;
		}
	}
	for (k = 0; k < tests; k++) {
		worst = fmax(worst, fmin(1, p[order[k]] * (double)(tests - k)));
		p[order[k]] = worst;
	}
}
