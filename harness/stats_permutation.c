// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_permutation.c - what chance alone does to two sets
 *
 * Theory of operation. Each observation scores its midrank among all of its
 * stratum less the mean rank, so the scores of a stratum sum to zero; the statistic
 * is the sum of b's scores. Had the sides no meaning, every way to deal the units
 * out to them, as many a side as before, would be as likely (Fisher; Good,
 * Permutation, Parametric and Bootstrap Tests of Hypotheses, 2005, chapter 3).
 * Units of a stratum change sides within it; a unit that spans strata, such as a
 * machine with its reboots, changes as a whole with every other.
 */
#include "stats_shift.h"

#include <math.h>

#include <gsl/gsl_combination.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>

#include "cleanup.h"
#include "vec.h"

/* So many arrangements are all tried; of more, so many are drawn. */
#define ARRANGEMENTS 20000

/* Scores are multiples of a quarter; sums of them that are equal differ by less after rounding. */
#define ROUNDING 1e-6

DEFINE_CLEANUP(gsl_rng, gsl_rng_free)

struct pooled {
	double x, score;
	int stratum, unit;
	bool b;
};

typedef VEC(struct pooled) pooled_vec;

/* Units that may change sides with each other: scores of n, of which of_b are on side b. */
struct deck {
	double *score;
	size_t n, of_b;
	double seen;		/* the sum of those on side b */
};

typedef VEC(struct deck) deck_vec;

static void pool_set(pooled_vec *to, const struct stats_set *s, bool b, double less)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		vec_push(to, ((struct pooled){
			.x = s->x[i] - less,
			.stratum = s->stratum ? s->stratum[i] : 0,
			.unit = s->unit ? s->unit[i] : (int)i,
			.b = b,
		}));
}

static int by_stratum(const void *a, const void *b)
{
	const struct pooled *x = a, *y = b;

	if (x->stratum != y->stratum)
		return x->stratum < y->stratum ? -1 : 1;
	return (x->x > y->x) - (x->x < y->x);
}

static int by_unit(const void *a, const void *b)
{
	const struct pooled *x = a, *y = b;

	if (x->b != y->b)
		return x->b ? 1 : -1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Of n sorted observations of one stratum: midranks from 1 less their mean. */
static void score_stratum(struct pooled *p, size_t n)
{
	size_t i, k, same;

	for (i = 0; i < n; i += same) {
		for (same = 1; i + same < n && p[i + same].x == p[i].x; same++)
			;
		for (k = i; k < i + same; k++)
			p[k].score = (double)i + ((double)same + 1) / 2 - ((double)n + 1) / 2;
	}
}

static size_t stratum_size(const struct pooled *p, size_t n)
{
	size_t i;

	for (i = 1; i < n && p[i].stratum == p[0].stratum; i++)
		;
	return i;
}

/* A deck of p[0..n), where neighbours of one unit, if units are asked for, are one card. */
static struct deck deck_of(const struct pooled *p, size_t n, bool units)
{
	struct deck d = { .score = calloc(n, sizeof(*d.score)) };
	size_t i;

	if (!d.score)
		abort();
	for (i = 0; i < n; i++) {
		d.seen += p[i].b ? p[i].score : 0;
		if (units && i && by_unit(&p[i - 1], &p[i]) == 0) {
			d.score[d.n - 1] += p[i].score;
			continue;
		}
		d.score[d.n++] = p[i].score;
		d.of_b += p[i].b;
	}
	return d;
}

/* The decks of a and of b less a shift; to be freed with free_decks(). */
static deck_vec decks_of(const struct stats_set *a, const struct stats_set *b, double less)
{
	bool units = a->unit && b->unit;
	pooled_vec p = { 0 };
	deck_vec decks = { 0 };
	size_t i, n;

	pool_set(&p, a, false, 0);
	pool_set(&p, b, true, less);
	if (p.n)
		qsort(p.at, p.n, sizeof(*p.at), by_stratum);
	for (i = 0; i < p.n; i += n) {
		n = stratum_size(p.at + i, p.n - i);
		score_stratum(p.at + i, n);
		if (!units)
			vec_push(&decks, deck_of(p.at + i, n, false));
	}
	if (units && p.n) {
		qsort(p.at, p.n, sizeof(*p.at), by_unit);
		vec_push(&decks, deck_of(p.at, p.n, true));
	}
	vec_free(&p);
	return decks;
}

static void free_decks(deck_vec *decks)
{
	size_t i;

	for (i = 0; i < decks->n; i++)
		free(decks->at[i].score);
	vec_free(decks);
}

static double arrangements(const deck_vec *decks)
{
	double all = 1;
	size_t i;

	for (i = 0; i < decks->n && all <= ARRANGEMENTS; i++)
		all *= gsl_sf_choose((unsigned int)decks->at[i].n,
				     (unsigned int)decks->at[i].of_b);
	return all;
}

/* How many of all arrangements of the decks from the i-th on give a sum as far out as most. */
static double count_far(const deck_vec *decks, size_t i, double sum, double most)
{
	gsl_combination *c;
	double far = 0;
	size_t k;

	if (i == decks->n)
		return fabs(sum) >= most - ROUNDING;
	c = gsl_combination_calloc(decks->at[i].n, decks->at[i].of_b);
	if (!c)
		abort();
	do {
		double more = sum;

		for (k = 0; k < decks->at[i].of_b; k++)
			more += decks->at[i].score[gsl_combination_get(c, k)];
		far += count_far(decks, i + 1, more, most);
	} while (gsl_combination_next(c) == GSL_SUCCESS);
	gsl_combination_free(c);
	return far;
}

/* The sum of k cards drawn from a deck, which is left in another order. */
static double draw(gsl_rng *rng, struct deck *d)
{
	double sum = 0, card;
	size_t i, at;

	for (i = 0; i < d->of_b; i++) {
		at = i + gsl_rng_uniform_int(rng, d->n - i);
		card = d->score[at];
		d->score[at] = d->score[i];
		d->score[i] = card;
		sum += card;
	}
	return sum;
}

/* The arrangement that was seen is one of them, so that no probability is 0. */
static double drawn_p(deck_vec *decks, double most, unsigned long seed)
{
	CLEANUP(cleanup_gsl_rng_free) gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t far = 1, i, k;

	if (!rng)
		abort();
	gsl_rng_set(rng, seed);
	for (i = 1; i < ARRANGEMENTS; i++) {
		double sum = 0;

		for (k = 0; k < decks->n; k++)
			sum += draw(rng, &decks->at[k]);
		far += fabs(sum) >= most - ROUNDING;
	}
	return (double)far / ARRANGEMENTS;
}

static double shifted_p(const struct stats_set *a, const struct stats_set *b, double less,
			unsigned long seed)
{
	deck_vec decks = decks_of(a, b, less);
	double all = arrangements(&decks), most = 0, p;
	size_t i;

	for (i = 0; i < decks.n; i++)
		most += decks.at[i].seen;
	most = fabs(most);
	if (all <= ARRANGEMENTS)
		p = count_far(&decks, 0, 0, most) / all;
	else
		p = drawn_p(&decks, most, seed);
	free_decks(&decks);
	return p;
}

/**
 * stats_permutation_p() - whether two sets differ by chance
 * @a:		the one set
 * @b:		the other; both have units, or neither
 * @seed:	of the arrangements that are drawn; where there are at most 20 000
 *		all are tried, and the probability is exact
 *
 * Without strata and units this is the rank-sum test of Wilcoxon, Biometrics
 * Bulletin 1 (1945) 80-83, with ties as they are; with strata its sum over them.
 *
 * Return: the two-sided probability of a statistic at least as far from zero;
 * never 0; 1 when nothing can be dealt out otherwise.
 */
double stats_permutation_p(const struct stats_set *a, const struct stats_set *b,
			   unsigned long seed)
{
	return shifted_p(a, b, 0, seed);
}

/**
 * stats_permutation_least() - the smallest probability there can be
 * @units_a:	units on the one side
 * @units_b:	on the other
 *
 * Return: that of the two arrangements where the sides lie wholly apart, or of
 * the resolution when arrangements are drawn.
 */
double stats_permutation_least(size_t units_a, size_t units_b)
{
	double all = gsl_sf_choose((unsigned int)(units_a + units_b), (unsigned int)units_a);

	return all > ARRANGEMENTS ? 1.0 / ARRANGEMENTS : all < 2 ? 1 : 2 / all;
}

typedef VEC(double) double_vec;

/* The finite differences within strata, sorted; to be freed. */
static double_vec finite_differences(const struct stats_set *a, const struct stats_set *b)
{
	double_vec d = { 0 };
	size_t i, j;

	for (i = 0; i < a->n; i++)
		for (j = 0; j < b->n; j++)
			if ((a->stratum ? a->stratum[i] : 0) == (b->stratum ? b->stratum[j] : 0) &&
			    isfinite(a->x[i]) && isfinite(b->x[j]))
				vec_push(&d, b->x[j] - a->x[i]);
	stats_sort(d.at, d.n);
	return d;
}

/* A value in the gap before the g-th difference; beyond the ends anything does. */
static double in_gap(const double_vec *d, size_t g)
{
	if (g == 0)
		return d->at[0] - 1;
	return g == d->n ? d->at[g - 1] + 1 : (d->at[g - 1] + d->at[g]) / 2;
}

/* Whether a shift in the gap before the g-th difference leaves nothing to reject. */
static bool gap_is_kept(const struct stats_set *a, const struct stats_set *b, const double_vec *d,
			size_t g, double tail, unsigned long seed)
{
	return shifted_p(a, b, in_gap(d, g), seed) > tail;
}

/*
 * The gap furthest from the kept one towards end (0 or d->n) that is kept too, by
 * halving: the further a shift is from the middle, the less likely it is.
 */
static size_t last_kept(const struct stats_set *a, const struct stats_set *b, const double_vec *d,
			size_t kept, size_t end, double tail, unsigned long seed)
{
	if (gap_is_kept(a, b, d, end, tail, seed))
		return end;
	while (kept + 1 < end || end + 1 < kept) {
		size_t middle = (kept + end) / 2;

		if (gap_is_kept(a, b, d, middle, tail, seed))
			kept = middle;
		else
			end = middle;
	}
	return kept;
}

static bool any_censored(const struct stats_set *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (isinf(s->x[i]))
			return true;
	return false;
}

/**
 * stats_permutation_shift() - by how much b exceeds a, with the test's own interval
 * @a:		the one set
 * @b:		the other; both have units, or neither
 * @confidence:	0 to 1, two-sided
 * @seed:	as for stats_permutation_p()
 *
 * The shift is that of stats_shift(). The interval holds all shifts that, taken
 * from b, leave nothing for the test to reject; the ranks change only at a
 * difference, so one trial does for all shifts between two of them.
 *
 * Return: as stats_shift(); an end beyond all differences is infinite where a
 * censored observation is behind it, else there is no interval.
 */
struct stats_shift stats_permutation_shift(const struct stats_set *a, const struct stats_set *b,
					   double confidence, unsigned long seed)
{
	struct stats_shift s = stats_shift(a, b, confidence);
	double_vec d = finite_differences(a, b);
	size_t middle = 0, low, high;

	s.interval = (struct stats_interval){ NAN, NAN };
	while (middle < d.n && d.at[middle] < s.shift)
		middle++;
	if (d.n && isfinite(s.shift)) {
		low = last_kept(a, b, &d, middle, 0, 1 - confidence, seed);
		high = last_kept(a, b, &d, middle, d.n, 1 - confidence, seed);
		s.interval.low = low > 0 ? d.at[low - 1] : any_censored(a) ? -INFINITY : NAN;
		s.interval.high = high < d.n ? d.at[high] : any_censored(b) ? INFINITY : NAN;
	}
	vec_free(&d);
	if (isnan(s.interval.low) || isnan(s.interval.high))
		s.interval = (struct stats_interval){ NAN, NAN };
	return s;
}
