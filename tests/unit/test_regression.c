// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_regression.c - planted changes are found, noise is not
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "night_noise.h"
#include "analysis/regression.h"

#define NIGHTS 365
#define SERIES 50		/* 5 ways, 9 phases and the latency of each */
#define LEVEL 1000.0
#define WITHIN 3

struct planted {
	size_t series, at;
	double size;		/* in standard deviations of the noise */
};

static void fill(struct regression_point *x, size_t n, gsl_rng *rng, enum night_noise noise)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (struct regression_point){ .value = LEVEL + noise_draw(rng, noise) };
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

static bool is_found(const regression_vec *changes, size_t at)
{
	for (size_t i = 0; i < changes->n; i++)
		if (distance(changes->at[i].at, at) <= WITHIN)
			return true;
	return false;
}

static regression_vec changes_of(const struct regression_point *x, size_t n, bool exact)
{
	regression_vec changes = { 0 };

	regression_changes(x, n, exact, &changes);
	return changes;
}

/* What became of three planted changes in 50 series. */
struct outcome {
	size_t in_time, found, wrong;
};

static void check_series(struct regression_point *x, size_t s, const struct planted *planted,
			 size_t n_planted, struct outcome *o)
{
	regression_vec changes;

	for (size_t p = 0; p < n_planted; p++)
		for (size_t i = planted[p].at; planted[p].series == s && i < NIGHTS; i++)
			x[i].value += planted[p].size;
	/* As it looked three nights after the first of the new level. */
	for (size_t p = 0; p < n_planted; p++) {
		if (planted[p].series != s)
			continue;
		changes = changes_of(x, planted[p].at + WITHIN + 1, false);
		o->in_time += is_found(&changes, planted[p].at);
		vec_free(&changes);
	}
	changes = changes_of(x, NIGHTS, false);
	o->wrong += changes.n;
	for (size_t p = 0; p < n_planted; p++) {
		bool found = planted[p].series == s && is_found(&changes, planted[p].at);

		o->found += found;
		o->wrong -= found;
	}
	vec_free(&changes);
}

/*
 * A year of 5 ways with 10 figures each and three changes, for the worse and for the better,
 * of 6 and 7 standard deviations, 5 times in each kind of noise. In each year all three are
 * found and at most one that is none; in 24 of the 25 years all three within 3 nights. In
 * one of them wild nights of the old size lie among the first of the new, and it takes longer.
 */
static void a_year_with_three_changes(void **state)
{
	static const struct planted planted[] = {
		{ 7, 90, 6 }, { 23, 180, -6 }, { 41, 350, 7 },
	};
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t late_years = 0;

	(void)state;
	for (unsigned int noise = NOISE_NORMAL; noise < NOISES; noise++) {
		for (unsigned long seed = 1; seed <= 5; seed++) {
			struct regression_point x[NIGHTS];
			struct outcome o = { 0 };

			gsl_rng_set(rng, seed);
			for (size_t s = 0; s < SERIES; s++) {
				fill(x, NIGHTS, rng, noise);
				check_series(x, s, planted, 3, &o);
			}
			late_years += o.in_time < 3;
			if (o.found != 3 || o.wrong > 1 || o.in_time < 2)
				fail_msg("%s, seed %lu: %zu found, %zu false", noise_names[noise],
					 seed, o.found, o.wrong);
		}
	}
	assert_in_range(late_years, 0, 1);
	gsl_rng_free(rng);
}

/* Without noise a change of one instruction in a thousand million is found the same night. */
static void exact_steps_are_all_found(void **state)
{
	struct regression_point x[NIGHTS];
	regression_vec changes;

	(void)state;
	for (size_t i = 0; i < NIGHTS; i++)
		x[i] = (struct regression_point){ 1e9 + (i >= 100) - 2.0 * (i >= 101), 0 };
	changes = changes_of(x, 101, true);
	assert_int_equal(changes.n, 1);
	assert_int_equal(changes.at[0].at, 100);
	assert_true(changes.at[0].confidence == 1);
	vec_free(&changes);
	changes = changes_of(x, NIGHTS, true);
	assert_int_equal(changes.n, 2);
	assert_true(changes.at[1].before == 1e9 + 1 && changes.at[1].after == 1e9 - 1);
	vec_free(&changes);
}

/* A smaller change takes more nights: 2 standard deviations are found within 14. */
static void small_changes_take_longer(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t early = 0, late = 0;

	(void)state;
	gsl_rng_set(rng, 1);
	for (int i = 0; i < 50; i++) {
		struct regression_point x[200];
		regression_vec changes;

		fill(x, 200, rng, NOISE_NORMAL);
		for (size_t k = 150; k < 200; k++)
			x[k].value += 2;
		changes = changes_of(x, 154, false);
		early += is_found(&changes, 150);
		vec_free(&changes);
		changes = changes_of(x, 164, false);
		late += is_found(&changes, 150);
		vec_free(&changes);
	}
	gsl_rng_free(rng);
	assert_in_range(early, 0, 15);
	assert_in_range(late, 45, 50);
}

/* Asked anew every night of a year, levels that never change give no alarm. */
static void no_alarm_in_any_night(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	(void)state;
	gsl_rng_set(rng, 3);
	for (unsigned int noise = NOISE_NORMAL; noise < NOISES; noise++) {
		struct regression_point x[NIGHTS];

		fill(x, NIGHTS, rng, noise);
		for (size_t n = 1; n <= NIGHTS; n++) {
			regression_vec changes = changes_of(x, n, false);

			if (changes.n)
				fail_msg("%s: night %zu", noise_names[noise], n);
			vec_free(&changes);
		}
	}
	gsl_rng_free(rng);
}

/* Two wild nights in a row are wild nights; the third makes a level of them. */
static void three_nights_make_a_level(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct regression_point x[60];

	(void)state;
	gsl_rng_set(rng, 5);
	fill(x, 60, rng, NOISE_NORMAL);
	for (size_t end = 30; end <= 33; end++) {
		regression_vec changes = changes_of(x, end, false);

		assert_int_equal(changes.n, end == 30 + REGRESSION_NIGHTS);
		vec_free(&changes);
		x[end].value = LEVEL + 30;
	}
	gsl_rng_free(rng);
}

/* Nights in which nothing came up are a level of their own, not a number. */
static void never_is_a_level(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct regression_point x[60];
	regression_vec changes;

	(void)state;
	gsl_rng_set(rng, 6);
	fill(x, 60, rng, NOISE_NORMAL);
	x[10].value = INFINITY;
	for (size_t i = 50; i < 60; i++)
		x[i].value = INFINITY;
	changes = changes_of(x, 60, false);
	assert_int_equal(changes.n, 1);
	assert_int_equal(changes.at[0].at, 50);
	assert_true(isinf(changes.at[0].after));
	assert_true(fabs(changes.at[0].before - LEVEL) < 1);
	assert_true(changes.at[0].confidence > 0.999);
	vec_free(&changes);
	gsl_rng_free(rng);
}

/* Shares of reboots that went well: one that did not is no change, when nights have few of them. */
static void errors_of_the_nights_count(void **state)
{
	struct regression_point x[40];
	regression_vec changes;

	(void)state;
	for (size_t i = 0; i < 40; i++)
		x[i] = (struct regression_point){ i == 20 || i == 21 || i == 22 ? 0.9 : 1, 0.08 };
	changes = changes_of(x, 40, false);
	assert_int_equal(changes.n, 0);
	for (size_t i = 37; i < 40; i++)
		x[i].value = 0.2;
	changes = changes_of(x, 40, false);
	assert_int_equal(changes.n, 1);
	assert_int_equal(changes.at[0].at, 37);
	vec_free(&changes);
}

static void too_few_or_all_the_same(void **state)
{
	struct regression_point x[30];
	regression_vec changes;

	(void)state;
	for (size_t i = 0; i < 30; i++)
		x[i] = (struct regression_point){ .value = i < 4 ? 1 : 2 };
	changes = changes_of(x, REGRESSION_LEAST - 1, false);
	assert_int_equal(changes.n, 0);
	assert_true(isnan(regression_scale(x, REGRESSION_LEAST - 1)));
	for (size_t i = 0; i < 30; i++)
		x[i].value = 3;
	changes = changes_of(x, 30, false);
	assert_int_equal(changes.n, 0);
	changes = changes_of(x, 0, true);
	assert_int_equal(changes.n, 0);
	assert_true(isnan(regression_level(x, 3, 3)));
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/*
 * The least sum of clipped squares of one level: those not clipped are neighbours among
 * the sorted, and the level is their mean.
 */
static double level_cost(const double *z, size_t n)
{
	double sorted[64], least = INFINITY;

	for (size_t i = 0; i < n; i++)
		sorted[i] = z[i];
	qsort(sorted, n, sizeof(*sorted), by_size);
	for (size_t from = 0; from < n; from++) {
		double sum = 0;

		for (size_t end = from + 1; end <= n; end++) {
			double cost = 0, mean;

			sum += sorted[end - 1];
			mean = sum / (double)(end - from);
			for (size_t i = 0; i < n; i++)
				cost += fmin((z[i] - mean) * (z[i] - mean), REGRESSION_CLIP);
			least = fmin(least, cost);
		}
	}
	return least;
}

/* The same minimum by trying every cut (Jackson and others, 2005), and its changes. */
static size_t every_cut(const double *z, size_t n, size_t *at)
{
	double best[65] = { -REGRESSION_PENALTY };
	size_t last[65] = { 0 }, changes = 0;

	for (size_t end = 1; end <= n; end++) {
		best[end] = INFINITY;
		for (size_t from = 0; from < end; from++) {
			double cost = best[from] + REGRESSION_PENALTY +
				      level_cost(z + from, end - from);

			if (cost >= best[end])
				continue;
			best[end] = cost;
			last[end] = from;
		}
	}
	for (size_t end = last[n]; end > 0; end = last[end])
		at[changes++] = end;
	return changes;
}

/* The pieces of R-FPOP give the same minimum as the slow way that needs none. */
static void it_is_the_minimum(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t found = 0;

	(void)state;
	gsl_rng_set(rng, 8);
	for (int i = 0; i < 40; i++) {
		struct regression_point x[40];
		regression_vec changes;
		double z[40], scale;
		size_t at[40], n;

		fill(x, 40, rng, i % 2 ? NOISE_HEAVY : NOISE_WILD_NIGHTS);
		for (size_t k = 12; k < 40; k++)
			x[k].value += (k < 25 ? 5 : 9) * (i % 3);
		scale = regression_scale(x, 40);
		for (size_t k = 0; k < 40; k++)
			z[k] = x[k].value / scale;
		n = every_cut(z, 40, at);
		changes = changes_of(x, 40, false);
		assert_int_equal(changes.n, n);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(changes.at[n - 1 - k].at, at[k]);
		found += n;
		vec_free(&changes);
	}
	gsl_rng_free(rng);
	assert_in_range(found, 20, 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_year_with_three_changes),
		cmocka_unit_test(exact_steps_are_all_found),
		cmocka_unit_test(small_changes_take_longer),
		cmocka_unit_test(no_alarm_in_any_night),
		cmocka_unit_test(three_nights_make_a_level),
		cmocka_unit_test(never_is_a_level),
		cmocka_unit_test(errors_of_the_nights_count),
		cmocka_unit_test(too_few_or_all_the_same),
		cmocka_unit_test(it_is_the_minimum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
