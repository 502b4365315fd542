// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_chance.c - how likely chance alone shows as much
 *
 * Theory of operation of the permutation test. Each observation scores its midrank.
 * Had the sides no meaning, every way to deal the scores out to them would be as likely
 * (Good, Permutation, Parametric and Bootstrap Tests of Hypotheses, 2005, chapter 3).
 * Where these are few all are tried and the probability is exact, ties and censored
 * observations included; else some are drawn.
 */
#include "stats_shift.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_combination.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>

#include "base/cleanup.h"

/* So many arrangements are all tried; of more, at most so many are drawn ... */
#define ARRANGEMENTS 10000
/* ... but no more when so many were as far out: the probability is then known to 5 % of it. */
#define FAR_ENOUGH 400

/* Scores are multiples of a half; sums of them that are equal differ by less after rounding. */
#define ROUNDING 1e-6

/* Two probabilities that are equal on paper differ by less than that share after rounding. */
#define SAME_SHARE 1e-7

DEFINE_CLEANUP(gsl_rng, gsl_rng_free)

static double *doubles(size_t n)
{
	double *p = calloc(n ? n : 1, sizeof(*p));

	if (!p)
		abort();
	return p;
}

static gsl_rng *seeded(unsigned long seed)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	if (!rng)
		abort();
	gsl_rng_set(rng, seed);
	return rng;
}

/* The midranks of x, from 1, in the order of x; to be freed. */
static double *midranks(const double *x, size_t n)
{
	CLEANUP_FREE size_t *order = calloc(n ? n : 1, sizeof(*order));
	double *ranks = doubles(n);
	size_t i, k, same;

	if (!order)
		abort();
	gsl_sort_index(order, x, 1, n);
	for (i = 0; i < n; i += same) {
		for (same = 1; i + same < n && x[order[i + same]] == x[order[i]]; same++)
			;
		for (k = i; k < i + same; k++)
			ranks[order[k]] = (double)i + ((double)same + 1) / 2;
	}
	return ranks;
}

/* The share of all ways to deal k of n scores out whose sum is as far from the middle. */
static double all_deals(const double *score, size_t n, size_t k, double middle, double most)
{
	gsl_combination *c = gsl_combination_calloc(n, k);
	double far = 0, all = 0, sum;
	size_t i;

	if (!c)
		abort();
	do {
		for (sum = 0, i = 0; i < k; i++)
			sum += score[gsl_combination_get(c, i)];
		far += fabs(sum - middle) >= most - ROUNDING;
		all++;
	} while (gsl_combination_next(c) == GSL_SUCCESS);
	gsl_combination_free(c);
	return far / all;
}

/*
 * The same of some ways: until enough are as far out, or else of all that are drawn and the
 * one that was seen, so that it is never 0 (Besag and Clifford, Biometrika 78 (1991) 301-304).
 */
static double some_deals(double *score, size_t n, size_t k, double middle, double most,
			 unsigned long seed)
{
	CLEANUP(cleanup_gsl_rng_free) gsl_rng *rng = seeded(seed);
	size_t far = 0, drawn = 0, i;

	while (far < FAR_ENOUGH && drawn < ARRANGEMENTS - 1) {
		double sum = 0;

		for (i = 0; i < k; i++) {
			size_t at = i + gsl_rng_uniform_int(rng, n - i);
			double card = score[at];

			score[at] = score[i];
			score[i] = card;
			sum += card;
		}
		far += fabs(sum - middle) >= most - ROUNDING;
		drawn++;
	}
	return far == FAR_ENOUGH ? (double)far / (double)drawn :
				   (double)(far + 1) / (double)(drawn + 1);
}

double stats_permutation_p(const double *a, size_t na, const double *b, size_t nb,
			   unsigned long seed)
{
	CLEANUP_FREE double *x = doubles(na + nb), *score = NULL;
	double middle = (double)na * (double)(na + nb + 1) / 2, seen = 0;
	size_t i;

	if (na == 0 || nb == 0)
		return 1;
	for (i = 0; i < na + nb; i++)
		x[i] = i < na ? a[i] : b[i - na];
	score = midranks(x, na + nb);
	for (i = 0; i < na; i++)
		seen += score[i];
	if (gsl_sf_choose((unsigned int)(na + nb), (unsigned int)na) <= ARRANGEMENTS)
		return all_deals(score, na + nb, na, middle, fabs(seen - middle));
	return some_deals(score, na + nb, na, middle, fabs(seen - middle), seed);
}

double stats_permutation_least(size_t na, size_t nb)
{
	double all = gsl_sf_choose((unsigned int)(na + nb), (unsigned int)na);

	return all > ARRANGEMENTS ? 1.0 / ARRANGEMENTS : all < 2 ? 1 : 2 / all;
}

double stats_welch_p(const double *a, size_t na, const double *b, size_t nb)
{
	double va, vb, t;

	if (na < 2 || nb < 2)
		return 1;
	va = gsl_stats_variance(a, 1, na) / (double)na;
	vb = gsl_stats_variance(b, 1, nb) / (double)nb;
	t = (gsl_stats_mean(b, 1, nb) - gsl_stats_mean(a, 1, na)) / sqrt(va + vb);
	if (!isfinite(t))
		return 1;
	return 2 * gsl_cdf_tdist_Q(fabs(t), (va + vb) * (va + vb) /
				   (va * va / (double)(na - 1) + vb * vb / (double)(nb - 1)));
}

double stats_fisher_p(size_t ka, size_t na, size_t kb, size_t nb)
{
	unsigned int hits = (unsigned int)(ka + kb), rest = (unsigned int)(na + nb) - hits, k;
	double seen, sum = 0;

	if (na == 0 || nb == 0)
		return 1;
	seen = gsl_ran_hypergeometric_pdf((unsigned int)ka, hits, rest, (unsigned int)na);
	for (k = 0; k <= hits && k <= na; k++) {
		double p = gsl_ran_hypergeometric_pdf(k, hits, rest, (unsigned int)na);

		if (p <= seen * (1 + SAME_SHARE))
			sum += p;
	}
	return fmin(sum, 1);
}

void stats_holm(double *p, size_t n)
{
	CLEANUP_FREE size_t *order = calloc(n ? n : 1, sizeof(*order));
	size_t i, tests = 0, k;
	double worst = 0;

	if (!order)
		abort();
	for (i = 0; i < n; i++) {
		if (isnan(p[i]))
			continue;
		for (k = tests++; k > 0 && p[i] < p[order[k - 1]]; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	for (k = 0; k < tests; k++) {
		worst = fmax(worst, fmin(1, p[order[k]] * (double)(tests - k)));
		p[order[k]] = worst;
	}
}
