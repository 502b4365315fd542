// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_modes.c - has a sample more than one hump?
 *
 * Theory of operation. A distribution with one hump is convex below it and concave
 * above. The dip is the largest distance between the sample's distribution and the
 * nearest such one: J. A. and P. M. Hartigan, The Dip Test of Unimodality, Annals of
 * Statistics 13 (1985) 70-84. It is found as in P. M. Hartigan, Algorithm AS 217,
 * Applied Statistics 34 (1985) 320-325, with the corrections that M. Maechler
 * describes for his R package diptest: fit the greatest convex minorant and the least
 * concave majorant, find where they are furthest apart, go on inside of that. All
 * distances are counted in observations until the end.
 */
#include "stats_modes.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_sort.h>

#include "base/cleanup.h"

/* A fit: its corners as places in the sample. The minorant's run down, the majorant's up. */
struct fit {
	size_t *at, n;
};

struct dip {
	const double *x;
	size_t n;
	size_t *below, *above;		/* the corner before and behind each place */
	struct fit minorant, majorant;
	size_t low, high;		/* the part that may hold the hump */
	size_t from, to;		/* the corners where the fits are furthest apart */
};

static size_t *places(size_t n)
{
	size_t *p = calloc(n, sizeof(*p));

	if (!p)
		abort();
	return p;
}

/* True when the corner at k lies inside the line from its own neighbour to i. */
static bool is_bent(const double *x, size_t i, size_t k, size_t next)
{
	double a = (double)k - (double)next, b = (double)i - (double)k;

	return (x[i] - x[k]) * a < (x[k] - x[next]) * b;
}

static void find_corners(struct dip *d)
{
	size_t i, last = d->n - 1;

	for (i = 1; i <= last; i++) {
		size_t k = i - 1;

		while (k != 0 && !is_bent(d->x, i, k, d->below[k]))
			k = d->below[k];
		d->below[i] = k;
	}
	d->above[last] = last;
	for (i = last; i-- > 0;) {
		size_t k = i + 1;

		while (k != last && !is_bent(d->x, i, k, d->above[k]))
			k = d->above[k];
		d->above[i] = k;
	}
}

static void fit_part(struct dip *d)
{
	size_t i;

	d->minorant.n = d->majorant.n = 0;
	for (i = d->high; i > d->low; i = d->below[i])
		d->minorant.at[d->minorant.n++] = i;
	d->minorant.at[d->minorant.n++] = d->low;
	for (i = d->low; i < d->high; i = d->above[i])
		d->majorant.at[d->majorant.n++] = i;
	d->majorant.at[d->majorant.n++] = d->high;
}

/* How far the line from p to q stands above or below the place k, in observations. */
static double on_line(const double *x, size_t p, size_t q, size_t k)
{
	return (x[k] - x[p]) * (double)(q - p) / (x[q] - x[p]);
}

/*
 * The largest distance between the fits, which is at a corner of one of them; notes
 * the corners of either around it.
 */
static double widest(struct dip *d)
{
	const size_t *g = d->minorant.at, *l = d->majorant.at;
	size_t i = d->minorant.n - 2, k = 1;
	double most = 0, distance;

	d->from = d->minorant.n - 1;
	d->to = d->majorant.n - 1;
	if (d->minorant.n == 2 && d->majorant.n == 2)
		return 1;
	do {
		if (g[i] > l[k]) {
			distance = (double)(l[k] - g[i + 1] + 1) -
				   on_line(d->x, g[i + 1], g[i], l[k]);
			k++;
			if (distance >= most) {
				most = distance;
				d->from = i + 1;
				d->to = k - 1;
			}
		} else {
			distance = on_line(d->x, l[k - 1], l[k], g[i]) -
				   ((double)g[i] - (double)l[k - 1] - 1);
			if (distance >= most) {
				most = distance;
				d->from = i;
				d->to = k;
			}
			i -= i > 0;
		}
		if (k == d->majorant.n)
			k--;
	} while (g[i] != l[k]);
	return most;
}

/* The largest distance of the sample from one line of a fit; at least one observation. */
static double from_line(const double *x, size_t p, size_t q, bool minorant)
{
	double most = 1, distance;
	size_t k;

	if (q - p <= 1 || x[q] <= x[p])
		return most;
	for (k = p; k <= q; k++) {
		distance = minorant ? (double)(k - p + 1) - on_line(x, p, q, k) :
			   on_line(x, p, q, k) - ((double)(k - p) - 1);
		most = fmax(most, distance);
	}
	return most;
}

/* That of all lines outside the corners where the fits are furthest apart. */
static double from_fits(const struct dip *d)
{
	double most = 0;
	size_t i;

	for (i = d->from; i + 1 < d->minorant.n; i++)
		most = fmax(most, from_line(d->x, d->minorant.at[i + 1], d->minorant.at[i], true));
	for (i = d->to; i + 1 < d->majorant.n; i++)
		most = fmax(most, from_line(d->x, d->majorant.at[i], d->majorant.at[i + 1], false));
	return most;
}

/* Narrows the part that may hold the hump until nothing is left to gain. */
static double narrow(struct dip *d)
{
	double dip = 1;
	size_t low, high;

	for (;;) {
		fit_part(d);
		if (widest(d) < dip)
			return dip;
		dip = fmax(dip, from_fits(d));
		low = d->minorant.at[d->from];
		high = d->majorant.at[d->to];
		if (low == d->low && high == d->high)
			return dip;
		d->low = low;
		d->high = high;
	}
}

double stats_dip(const double *sorted, size_t n)
{
	CLEANUP_FREE size_t *below = places(n + 1), *above = places(n + 1);
	CLEANUP_FREE size_t *minorant = places(n + 1), *majorant = places(n + 1);
	struct dip d = {
		.x = sorted, .n = n, .below = below, .above = above,
		.minorant = { minorant, 0 }, .majorant = { majorant, 0 },
		.low = 0, .high = n - 1,
	};

	if (n == 0)
		return 0;
	if (n < 2 || sorted[0] == sorted[n - 1])
		return 1 / (2 * (double)n);
	find_corners(&d);
	return narrow(&d) / (2 * (double)n);
}

/* How seldom samples from the uniform distribution have a dip beyond each column. */
static const double chances[] = { 0.05, 0.01, 0.001, 0.0001 };

#define COLUMNS (sizeof(chances) / sizeof(chances[0]))

/*
 * Points of the dip of samples from the uniform distribution, of those with one hump the
 * one with the largest dips. The first column is table qDiptab of diptest 0.76, from
 * 1 000 001 samples each; Hartigan and Hartigan's table 1 has it to three digits. The others
 * were drawn with this file, 2 000 000 samples up to 30, then fewer.
 */
static const struct {
	size_t n;
	double dip[COLUMNS];
} critical[] = {
	{ 6, { 0.164770, 0.191905, 0.219286, 0.232905 } },
	{ 7, { 0.159903, 0.183980, 0.202129, 0.209757 } },
	{ 8, { 0.153978, 0.172988, 0.193904, 0.213825 } },
	{ 9, { 0.146604, 0.164252, 0.188659, 0.203040 } },
	{ 10, { 0.139611, 0.159447, 0.180848, 0.195954 } },
	{ 12, { 0.130013, 0.148476, 0.169179, 0.185022 } },
	{ 15, { 0.118761, 0.135828, 0.155391, 0.170896 } },
	{ 20, { 0.105130, 0.120653, 0.138707, 0.153166 } },
	{ 30, { 0.088169, 0.101641, 0.117399, 0.130279 } },
	{ 50, { 0.070274, 0.081098, 0.094040, 0.105360 } },
	{ 100, { 0.051128, 0.059143, 0.068636, 0.077110 } },
	{ 200, { 0.036842, 0.042558, 0.049641, 0.055652 } },
	{ 500, { 0.023729, 0.027388, 0.031790, 0.036039 } },
	{ 1000, { 0.016934, 0.019594, 0.022897, 0.025296 } },
};

#define ROWS (sizeof(critical) / sizeof(critical[0]))

/*
 * The point of one column for n observations. Between two rows of the table, and beyond the
 * last, sqrt(n) times the dip is nearly constant (Hartigan and Hartigan 1985, section 3).
 */
static double critical_dip(size_t n, size_t column)
{
	double from, to, place;
	size_t i = 0;

	while (i + 1 < ROWS && critical[i + 1].n <= n)
		i++;
	from = sqrt((double)critical[i].n) * critical[i].dip[column];
	if (i + 1 == ROWS)
		return from / sqrt((double)n);
	to = sqrt((double)critical[i + 1].n) * critical[i + 1].dip[column];
	place = (double)(n - critical[i].n) / (double)(critical[i + 1].n - critical[i].n);
	return (from + place * (to - from)) / sqrt((double)n);
}

double stats_dip_p(double dip, size_t n)
{
	double below, above = 0, place;
	size_t i = 0;

	if (n < critical[0].n)
		return 1;
	for (below = 0; i < COLUMNS && (above = critical_dip(n, i)) <= dip; i++)
		below = above;
	if (i == 0)
		return 1;
	if (i == COLUMNS)
		return chances[COLUMNS - 1];
	/* Between two columns the chance falls like a power. */
	place = (dip - below) / (above - below);
	return chances[i - 1] * pow(chances[i] / chances[i - 1], place);
}

double stats_humps_p(const double *x, size_t n)
{
	CLEANUP_FREE double *finite = calloc(n ? n : 1, sizeof(*finite));
	size_t i, count = 0;

	if (!finite)
		abort();
	for (i = 0; i < n; i++)
		if (isfinite(x[i]))
			finite[count++] = x[i];
	gsl_sort(finite, 1, count);
	return stats_dip_p(stats_dip(finite, count), count);
}
