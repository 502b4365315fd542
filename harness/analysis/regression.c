// SPDX-License-Identifier: GPL-2.0-only
/*
 * regression.c - where a history of nights changed its level
 *
 * Theory of operation. An exact series has no noise, so each step is a change. A
 * noisy one is cut into levels by R-FPOP: Fearnhead and Rigaill, "Changepoint
 * Detection in the Presence of Outliers", JASA 114 (2019) 169-183, with the biweight
 * loss. It finds the levels that minimise
 *
 *	sum over nights of min(((x - level) / scale)^2, CLIP) + PENALTY for each change
 *
 * exactly, by keeping, for every level the series might be at now, the least cost so
 * far: a function in pieces, each a parabola or a constant, that one more night
 * changes in a few places. Since no night costs more than CLIP, a wild one cannot
 * buy a change; ceil(PENALTY / CLIP) nights in a row can (section 3 of the paper),
 * and that is REGRESSION_NIGHTS.
 *
 * The scale is not that of the middle of the noise only: it is taken from the ninth
 * decile of the distances from the median within blocks of nights, so that a series
 * with two humps is as noisy as the distance of its humps, while one wild night in
 * ten does not count. A block in which the level changed is outvoted by the others;
 * where there are too few blocks for that, distances between neighbours have a say.
 */
#include "regression.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/cleanup.h"
#include "stats.h"

/* Nights in a block that the scale is taken from. */
#define BLOCK 28
/* From so many blocks on, one in which the level changed does not decide. */
#define OUTVOTED 3
/* The ninth decile of |z| for normal data. */
#define NORMAL_D9 1.6448536269514722
/* For its size in a series of n: the scale of few nights is uncertain. */
#define FEW(n) (1 + 4.0 / (double)(n))

/* Less than this part of a level is never noise. */
#define TINY 1e-6

/* A piece of the cost as a function of the level: a x^2 + b x + c between low and high. */
struct piece {
	double low, high;
	double a, b, c;
	size_t since;		/* where the level began that this cost assumes */
};

typedef VEC(struct piece) piece_vec;

static double cost_at(const struct piece *p, double x)
{
	return (p->a * x + p->b) * x + p->c;
}

static double least_place(const struct piece *p)
{
	double x = p->a > 0 ? -p->b / (2 * p->a) : p->low;

	return fmin(fmax(x, p->low), p->high);
}

/* Appends, or lengthens the last piece when it is the same function. */
static void put_piece(piece_vec *to, struct piece p)
{
	struct piece *last = to->n ? &to->at[to->n - 1] : NULL;

	if (!(p.low < p.high))
		return;
	if (last && last->since == p.since && last->a == p.a && last->b == p.b && last->c == p.c)
		last->high = p.high;
	else
		vec_push(to, p);
}

/* Appends the lesser of a piece and a constant: a new level that begins at since. */
static void put_lesser(piece_vec *to, const struct piece *p, double constant, size_t since)
{
	double d = p->b * p->b - 4 * p->a * (p->c - constant);
	struct piece flat = { p->low, p->high, 0, 0, constant, since }, part = *p;
	double left, right;

	if (p->a <= 0) {
		put_piece(to, p->c <= constant ? *p : flat);
		return;
	}
	if (d <= 0) {
		put_piece(to, flat);
		return;
	}
	left = fmin(fmax((-p->b - sqrt(d)) / (2 * p->a), p->low), p->high);
	right = fmin(fmax((-p->b + sqrt(d)) / (2 * p->a), p->low), p->high);
	flat.high = left;
	put_piece(to, flat);
	part.low = left;
	part.high = right;
	put_piece(to, part);
	flat.low = right;
	flat.high = p->high;
	put_piece(to, flat);
}

/* Appends a piece with the cost of one night added, cut where that night's cost is clipped. */
static void put_with_night(piece_vec *to, const struct piece *p, double x, double weight)
{
	double reach = sqrt(REGRESSION_CLIP / weight);
	const double cuts[] = { p->low, fmin(fmax(x - reach, p->low), p->high),
				fmin(fmax(x + reach, p->low), p->high), p->high };

	for (int i = 0; i < 3; i++) {
		struct piece part = *p;

		part.low = cuts[i];
		part.high = cuts[i + 1];
		if (i == 1) {
			part.a += weight;
			part.b -= 2 * weight * x;
			part.c += weight * x * x;
		} else {
			part.c += REGRESSION_CLIP;
		}
		put_piece(to, part);
	}
}

static double least_cost(const piece_vec *pieces, size_t *since)
{
	double least = INFINITY;

	for (size_t i = 0; i < pieces->n; i++) {
		double cost = cost_at(&pieces->at[i], least_place(&pieces->at[i]));

		if (cost < least) {
			least = cost;
			*since = pieces->at[i].since;
		}
	}
	return least;
}

/*
 * R-FPOP (algorithm 1 of the paper) over n nights in units of the scale. since[t]
 * becomes where the last level of the best cut of the first t + 1 nights begins.
 */
static void segment(const double *x, const double *weight, size_t n, size_t *since)
{
	piece_vec now = { 0 }, next = { 0 };
	double low = x[0], high = x[0], best;

	for (size_t i = 1; i < n; i++) {
		low = fmin(low, x[i]);
		high = fmax(high, x[i]);
	}
	vec_push(&now, ((struct piece){ low - 1, high + 1, 0, 0, 0, 0 }));
	for (size_t t = 0; t < n; t++) {
		next.n = 0;
		for (size_t i = 0; i < now.n; i++)
			put_with_night(&next, &now.at[i], x[t], weight[t]);
		best = least_cost(&next, &since[t]);
		now.n = 0;
		for (size_t i = 0; i < next.n; i++) {
			/* Costs are kept relative to the best, so that they stay small. */
			next.at[i].c -= best;
			put_lesser(&now, &next.at[i], REGRESSION_PENALTY, t + 1);
		}
	}
	vec_free(&now);
	vec_free(&next);
}

static double *doubles(size_t n)
{
	double *p = calloc(n ? n : 1, sizeof(*p));

	if (!p)
		abort();
	return p;
}

double regression_level(const struct regression_point *x, size_t from, size_t end)
{
	CLEANUP_FREE double *values = doubles(end - from);

	for (size_t i = from; i < end; i++)
		values[i - from] = x[i].value;
	return stats_median(values, end - from);
}

/* The ninth decile of the distances from the median, as a standard deviation; NAN if not finite. */
static double block_scale(const double *x, size_t n)
{
	CLEANUP_FREE double *distance = doubles(n);
	double middle = stats_median(x, n);

	for (size_t i = 0; i < n; i++)
		distance[i] = fabs(x[i] - middle);
	stats_sort(distance, n);
	return stats_quantile(distance, n, 0.9) / NORMAL_D9;
}

/* The same from the distances between neighbours, of which a change of level touches one. */
static double step_scale(const double *x, size_t n)
{
	CLEANUP_FREE double *distance = doubles(n);

	for (size_t i = 1; i < n; i++)
		distance[i - 1] = fabs(x[i] - x[i - 1]);
	stats_sort(distance, n - 1);
	return stats_quantile(distance, n - 1, 0.9) / (NORMAL_D9 * M_SQRT2);
}

/* Never less than what the nights say of themselves: the median of their errors. */
double regression_scale(const struct regression_point *x, size_t n)
{
	CLEANUP_FREE double *values = doubles(n), *errors = doubles(n), *scales = doubles(n);
	size_t finite = 0, blocks, i;
	double scale;

	for (i = 0; i < n; i++) {
		if (!isfinite(x[i].value))
			continue;
		errors[finite] = isfinite(x[i].error) ? x[i].error : 0;
		values[finite++] = x[i].value;
	}
	if (finite < REGRESSION_LEAST)
		return NAN;
	blocks = finite / BLOCK ? finite / BLOCK : 1;
	for (i = 0; i < blocks; i++)
		scales[i] = block_scale(values + i * finite / blocks,
					(i + 1) * finite / blocks - i * finite / blocks);
	scale = stats_median(scales, blocks);
	if (blocks < OUTVOTED)
		scale = fmin(scale, step_scale(values, finite));
	scale *= FEW(finite);
	return fmax(scale, stats_median(errors, finite));
}

/* A night that never came up is worse than all others by more than any noise. */
static double finite_value(double value, double most, double scale)
{
	return isfinite(value) ? value : most + 100 * scale;
}

static double most_finite(const struct regression_point *x, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		if (isfinite(x[i].value))
			most = fmax(most, x[i].value);
	return most;
}

/*
 * Welch's t-test, Biometrika 34 (1947) 28-35, between two levels whose nights are
 * drawn in to REGRESSION_CLIP from their medians. Return: 1 - p.
 */
static double confidence(const double *a, size_t na, const double *b, size_t nb)
{
	const double *side[2] = { a, b };
	const size_t n[2] = { na, nb };
	double mean[2] = { 0 }, error[2] = { 0 }, sum, freedom;

	for (int s = 0; s < 2; s++) {
		double middle = stats_median(side[s], n[s]), square = 0;

		for (size_t i = 0; i < n[s]; i++) {
			double d = side[s][i] - middle;

			d = fmin(fmax(d, -sqrt(REGRESSION_CLIP)), sqrt(REGRESSION_CLIP));
			mean[s] += d / (double)n[s];
			square += d * d;
		}
		/* In units of the scale no level is known better than its noise. */
		square = (square - mean[s] * mean[s] * (double)n[s]) / (double)(n[s] - 1);
		error[s] = fmax(square, 0.25) / (double)n[s];
		mean[s] += middle;
	}
	sum = error[0] + error[1];
	freedom = sum * sum / (error[0] * error[0] / (double)(na - 1) +
			       error[1] * error[1] / (double)(nb - 1));
	return 1 - 2 * gsl_cdf_tdist_Q(fabs(mean[0] - mean[1]) / sqrt(sum), freedom);
}

static void noisy_changes(const struct regression_point *x, size_t n, regression_vec *to)
{
	double scale = regression_scale(x, n), most = most_finite(x, n), middle;
	CLEANUP_FREE double *z = doubles(n), *weight = doubles(n);
	CLEANUP_FREE size_t *since = calloc(n + 1, sizeof(*since));
	size_t end = n, first = to->n;

	if (!since)
		abort();
	if (isnan(scale))
		return;
	scale = fmax(scale, TINY * (most > 0 ? most : 1));
	middle = finite_value(regression_level(x, 0, n), most, scale);
	for (size_t i = 0; i < n; i++) {
		double error = isfinite(x[i].error) ? x[i].error / scale : 0;

		z[i] = (finite_value(x[i].value, most, scale) - middle) / scale;
		/* A night that is less sure of itself than the others says less. */
		weight[i] = 1 / fmax(1, error * error);
	}
	segment(z, weight, n, since);
	while (end > 0 && since[end - 1] > 0) {
		size_t at = since[end - 1], from = since[at - 1];
		struct regression_change c = {
			.at = at,
			.before = regression_level(x, from, at),
			.after = regression_level(x, at, end),
		};

		if (at - from >= 2 && end - at >= 2)
			c.confidence = confidence(z + from, at - from, z + at, end - at);
		vec_push(to, c);
		end = at;
	}
	for (size_t i = first, k = to->n; i + 1 < k; i++) {
		struct regression_change swap = to->at[i];

		to->at[i] = to->at[--k];
		to->at[k] = swap;
	}
}

static void exact_changes(const struct regression_point *x, size_t n, regression_vec *to)
{
	for (size_t i = 1; i < n; i++) {
		if (x[i].value == x[i - 1].value)
			continue;
		vec_push(to, ((struct regression_change){
			.at = i, .before = x[i - 1].value, .after = x[i].value, .confidence = 1 }));
	}
}

void regression_changes(const struct regression_point *x, size_t n, bool exact,
			regression_vec *to)
{
	if (exact)
		exact_changes(x, n, to);
	else
		noisy_changes(x, n, to);
}
