// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_chance.c - how likely chance alone shows as much
 *
 * Theory of operation of the rank test. Each observation scores its midrank. Had the
 * sides no meaning, every way to deal the scores out to them would be equally likely (Good,
 * Permutation, Parametric and Bootstrap Tests of Hypotheses, 2005, chapter 3). All ways
 * are counted, by how many of the scores so far add up to each sum, so the probability is
 * exact, ties and censored observations included; for large sets it is the normal
 * approximation.
 */
#include "stats_shift.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sort_double.h>

#include "base/cleanup.h"

/* Two probabilities that are equal on paper differ by less than that share after rounding. */
#define SAME_SHARE 1e-7

/* The scores of two sets, and what their sums are compared with. */
struct scores {
	size_t n, k;			/* all, and how many the smaller set has */
	unsigned int *sorted;		/* twice the midrank of each, the least first */
	size_t seen;			/* sum of the smaller set's */
	double ties;			/* sum of t^3 - t over the groups of t equal ones */
};

static void *zeroed(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		abort();
	return p;
}

/* @x: the smaller set first */
static void scores_make(struct scores *s, const double *x)
{
	CLEANUP_FREE size_t *order = zeroed(s->n, sizeof(*order));
	size_t i, k, same;

	gsl_sort_index(order, x, 1, s->n);
	s->sorted = zeroed(s->n, sizeof(*s->sorted));
	for (i = 0; i < s->n; i += same) {
		for (same = 1; i + same < s->n && x[order[i + same]] == x[order[i]]; same++)
			;
		for (k = i; k < i + same; k++) {
			s->sorted[k] = (unsigned int)(2 * i + same + 1);
			s->seen += order[k] < s->k ? s->sorted[k] : 0;
		}
		s->ties += (double)same * ((double)same * (double)same - 1);
	}
}

/*
 * In how many ways k of the scores add up to each sum, into ways[0..most]. Of j scores
 * the ways are those without the next score, and those of j - 1 with it. Scores come in
 * order, so the sums of j - 1 of those before lie between their first and their last ones.
 */
static void count_ways(const struct scores *s, double *ways, size_t most)
{
	size_t size = most + 1, i, j, sum;
	CLEANUP_FREE double *f = zeroed((s->k + 1) * size, sizeof(*f));
	CLEANUP_FREE size_t *before = zeroed(s->n + 1, sizeof(*before));

	for (i = 0; i < s->n; i++)
		before[i + 1] = before[i] + s->sorted[i];
	f[0] = 1;
	for (i = 0; i < s->n; i++)
		for (j = i < s->k ? i + 1 : s->k; j > 0; j--) {
			double *to = &f[j * size + s->sorted[i]], *from = &f[(j - 1) * size];

			for (sum = before[j - 1]; sum <= before[i] - before[i + 1 - j]; sum++)
				to[sum] += from[sum];
		}
	for (sum = 0; sum < size; sum++)
		ways[sum] = f[s->k * size + sum];
}

/* The share of all ways to deal out the scores whose sum is as far from the middle. */
static double counted_chance(const struct scores *s)
{
	size_t middle = s->k * (s->n + 1), most = s->k * (2 * s->n + 1 - s->k), sum;
	size_t distance = s->seen > middle ? s->seen - middle : middle - s->seen;
	CLEANUP_FREE double *ways = zeroed(most + 1, sizeof(*ways));
	double far = 0, all = 0;

	count_ways(s, ways, most);
	for (sum = 0; sum <= most; sum++) {
		all += ways[sum];
		if (sum + distance <= middle || sum >= middle + distance)
			far += ways[sum];
	}
	return far / all;
}

static double normal_chance(const struct scores *s)
{
	double k = (double)s->k, n = (double)s->n;
	double distance = fabs((double)s->seen - k * (n + 1)) / 2;
	double variance = k * (n - k) / 12 * (n + 1 - s->ties / (n * (n - 1)));

	if (variance <= 0 || distance <= 0.5)
		return 1;
	return 2 * gsl_cdf_ugaussian_Q((distance - 0.5) / sqrt(variance));
}

double stats_rank_p(const double *a, size_t na, const double *b, size_t nb)
{
	struct scores s = { .n = na + nb, .k = na <= nb ? na : nb };
	CLEANUP_FREE double *x = zeroed(s.n, sizeof(*x));
	double p;
	size_t i;

	if (na == 0 || nb == 0)
		return 1;
	for (i = 0; i < s.k; i++)
		x[i] = na <= nb ? a[i] : b[i];
	for (; i < s.n; i++)
		x[i] = na <= nb ? b[i - s.k] : a[i - s.k];
	scores_make(&s, x);
	p = na > STATS_COUNTED_MOST || nb > STATS_COUNTED_MOST ? normal_chance(&s) :
								  counted_chance(&s);
	free(s.sorted);
	return p;
}

double stats_rank_least(size_t na, size_t nb)
{
	return fmin(1, 2 / exp(gsl_sf_lnchoose((unsigned int)(na + nb), (unsigned int)na)));
}

double stats_fisher_least(size_t na, size_t nb)
{
	return fmin(stats_fisher_p(0, na, nb, nb), stats_fisher_p(na, na, 0, nb));
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

/* The places of those of n probabilities that are numbers, the smallest first; to be freed. */
static size_t *order_of(const double *p, size_t n, size_t *tests)
{
	size_t *order = zeroed(n, sizeof(*order)), k;

	*tests = 0;
	for (size_t i = 0; i < n; i++) {
		if (isnan(p[i]))
			continue;
		for (k = (*tests)++; k > 0 && p[i] < p[order[k - 1]]; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	return order;
}

void stats_holm(double *p, size_t n)
{
	size_t tests;
	CLEANUP_FREE size_t *order = order_of(p, n, &tests);
	double worst = 0;

	for (size_t k = 0; k < tests; k++) {
		worst = fmax(worst, fmin(1, p[order[k]] * (double)(tests - k)));
		p[order[k]] = worst;
	}
}

void stats_false_discoveries(double *p, size_t n)
{
	size_t tests;
	CLEANUP_FREE size_t *order = order_of(p, n, &tests);
	double best = 1;

	for (size_t k = tests; k-- > 0;) {
		best = fmin(best, p[order[k]] * (double)tests / (double)(k + 1));
		p[order[k]] = best;
	}
}
