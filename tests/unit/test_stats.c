// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_stats.c - known answers of stats.c, each with where it comes from
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/stats.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void assert_near(double is, double should_be, double within)
{
	if (!(fabs(is - should_be) <= within))
		fail_msg("%.9g is not within %g of %.9g", is, within, should_be);
}

/* R 4: quantile(1:10, c(.25, .5, .95)); quantile(1:4, .25): type 7 is the default. */
static void quantiles_are_type_7(void **state)
{
	const double ten[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

	(void)state;
	assert_near(stats_quantile(ten, 10, 0.25), 3.25, 1e-12);
	assert_near(stats_quantile(ten, 10, 0.5), 5.5, 1e-12);
	assert_near(stats_quantile(ten, 10, 0.95), 9.55, 1e-12);
	assert_near(stats_quantile(ten, 10, 1), 10, 0);
	assert_near(stats_quantile(ten, 4, 0.25), 1.75, 1e-12);
	assert_near(stats_quantile(ten, 1, 0.99), 1, 0);
	assert_true(isnan(stats_quantile(ten, 0, 0.5)));
}

/* Censoring by hand: a quantile is known as long as it needs no censored neighbour. */
static void failures_are_above_all(void **state)
{
	const double x[] = { 1, 2, 3, INFINITY, INFINITY };
	double twenty_one[21];
	size_t i;

	(void)state;
	assert_near(stats_quantile(x, 5, 0.5), 3, 0);
	assert_near(stats_quantile(x, 5, 0.25), 2, 0);
	assert_true(isinf(stats_quantile(x, 5, 0.51)));
	assert_true(isinf(stats_quantile(x, 5, 0.95)));
	assert_true(isinf(stats_quantile(x + 3, 2, 0.5)));
	for (i = 0; i < COUNT(twenty_one); i++)
		twenty_one[i] = i < 20 ? (double)i : INFINITY;
	/* 0.95 * 20 is the 20th observation itself: the failure has no weight. */
	assert_near(stats_quantile(twenty_one, 21, 0.95), 19, 0);
}

/* R 4, help(mad): mad(c(1:9)) is 2.965; the second from Rousseeuw and Croux's definition by hand.
 */
static void mad_of_known_sets(void **state)
{
	const double nine[] = { 9, 1, 8, 2, 7, 3, 6, 4, 5 };
	const double wild[] = { 1, 1, 2, 2, 4, 6, 1000 };

	(void)state;
	assert_near(stats_mad(nine, COUNT(nine)), 2.9652, 1e-9);
	assert_near(stats_mad(wild, COUNT(wild)), 1.4826, 1e-9);
	assert_true(isnan(stats_mad(nine, 0)));
}

/*
 * Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
 * Medicine 17 (1998) 857-872, table I, method 5 (Clopper-Pearson).
 */
static void share_intervals_are_newcombes(void **state)
{
	static const struct {
		size_t k, n;
		double low, high;
	} table[] = {
		{ 81, 263, 0.2527, 0.3676 },
		{ 15, 148, 0.0578, 0.1617 },
		{ 0, 20, 0.0000, 0.1684 },
		{ 1, 29, 0.0009, 0.1776 },
	};
	struct stats_interval i;
	size_t row;

	(void)state;
	for (row = 0; row < COUNT(table); row++) {
		i = stats_clopper_pearson(table[row].k, table[row].n, 0.95);
		assert_near(i.low, table[row].low, 5e-5);
		assert_near(i.high, table[row].high, 5e-5);
	}
}

/* What is true of one side of a share is true of the other; nothing is known of nothing. */
static void share_intervals_at_the_edges(void **state)
{
	struct stats_interval i = stats_clopper_pearson(20, 20, 0.95);

	(void)state;
	assert_near(i.low, 1 - 0.1684, 5e-5);
	assert_near(i.high, 1, 0);
	i = stats_clopper_pearson(0, 0, 0.95);
	assert_near(i.low, 0, 0);
	assert_near(i.high, 1, 0);
}

/* Hanley and Lippman-Hand, JAMA 249 (1983): 0 of 100: 3 %, exactly 1 - 0.05^(1/100) = 2.95 %. */
static void no_failure_is_a_bound(void **state)
{
	(void)state;
	assert_near(stats_zero_failures_bound(100, 0.95), 0.0295, 5e-5);
	assert_near(stats_zero_failures_bound(1, 0.95), 0.95, 1e-12);
	assert_near(stats_zero_failures_bound(0, 0.95), 1, 0);
	/* ln 0.05 / ln 0.999 is 2994.2; 4742 for one failure is the table of success-run testing. */
	assert_int_equal(stats_trials_to_claim(0, 0.999, 0.95), 2995);
	assert_int_equal(stats_trials_to_claim(1, 0.999, 0.95), 4742);
	assert_int_equal(stats_trials_to_claim(0, 0.9, 0.95), 29);
	assert_int_equal(stats_trials_to_claim(2, 0.95, 0.95), 124);
	assert_near(stats_rule_of_three(100), 0.03, 1e-12);
	assert_near(stats_rule_of_three(2), 1, 0);
	assert_near(stats_rule_of_three(0), 1, 0);
}

static void assert_interval(const double *x, const int *machine, size_t n, double confidence,
			    double low, double high)
{
	struct stats_interval i = stats_median_interval(x, machine, n, confidence);

	assert_true(i.low == low && i.high == high);
}

/*
 * One reboot a machine: the textbook's order statistics (Conover, Practical Nonparametric
 * Statistics, 1999, table A3: of 10 the 2nd and 9th, of 20 the 6th and 15th).
 */
static void an_interval_is_that_of_the_sign_test(void **state)
{
	double x[120];
	int machine[COUNT(x)];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(x); i++) {
		x[i] = (double)((i * 7) % COUNT(x) + 1);
		machine[i] = (int)i;
	}
	for (i = 0; i < 20; i++)
		x[i] = (double)((i * 7) % 20 + 1);
	assert_interval(x, machine, 20, 0.95, 6, 15);
	for (i = 0; i < 10; i++)
		x[i] = (double)(10 - i);
	assert_interval(x, machine, 10, 0.95, 2, 9);
	/* The normal approximation: 120 / 2 - 1.96 sqrt(120) / 2 = 49.3. */
	for (i = 0; i < COUNT(x); i++)
		x[i] = (double)((i * 7) % COUNT(x) + 1);
	assert_interval(x, machine, COUNT(x), 0.95, 49, 72);
}

/* Two and three reboots a machine: counted by another program, over all choices of signs. */
static void machines_are_what_an_interval_rests_on(void **state)
{
	const double x[] = { 1.31, 1.42, 1.25, 1.38, 1.66, 1.29, 1.33, 1.51, 1.27, 1.45, 1.36,
			     1.40, 1.22, 1.58, 1.49, 1.34 };
	double alike[24];
	int own[16], pairs[16], threes[24];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(x); i++) {
		own[i] = (int)i;
		pairs[i] = (int)(i / 2);
	}
	assert_interval(x, own, COUNT(x), 0.95, 1.29, 1.49);
	assert_interval(x, pairs, COUNT(x), 0.95, 1.27, 1.51);
	assert_interval(x, pairs, COUNT(x), 0.90, 1.29, 1.49);
	/* Reboots that are alike on each machine are worth one of them. */
	for (i = 0; i < COUNT(alike); i++) {
		threes[i] = (int)(i / 3);
		alike[i] = 1 + (double)(i / 3);
	}
	assert_interval(alike, threes, COUNT(alike), 0.95, 1, 8);
	assert_interval(alike, threes, COUNT(alike), 0.90, 2, 7);
}

/* 2 * 0.5^5 is 6.25 %: five machines cannot carry a 95 % interval, six can. */
static void too_few_have_no_interval(void **state)
{
	const double x[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	const int five[] = { 1, 2, 3, 4, 5, 1, 2, 3, 4, 5 }, six[] = { 1, 2, 3, 4, 5, 6 };

	(void)state;
	assert_true(isnan(stats_median_interval(x, five, 10, 0.95).low));
	assert_true(isnan(stats_median_interval(x, five, 0, 0.95).high));
	assert_interval(x, six, 6, 0.95, 1, 6);
}

static void intervals_with_failures_and_ties(void **state)
{
	const double half[] = { 1, 2, 3, 4, INFINITY, INFINITY, INFINITY, INFINITY };
	const double all[] = { INFINITY, INFINITY, INFINITY, INFINITY, INFINITY, INFINITY };
	const double same[] = { 2, 2, 2, 2, 2, 2, 2, 2 };
	const int machine[] = { 8, 7, 6, 5, 4, 3, 2, 1 };

	(void)state;
	assert_interval(half, machine, 8, 0.95, 1, INFINITY);
	assert_interval(all, machine, 6, 0.95, INFINITY, INFINITY);
	assert_interval(same, machine, 8, 0.95, 2, 2);
}

/*
 * Mann 1945: n rising observations have S = n(n-1)/2; for n = 10 the variance is
 * 10 * 9 * 25 / 18 = 125, so z = 44 / sqrt(125) = 3.93548 and p = 8.303e-5 by the
 * normal table. With ties, Kendall 1970: 1 1 2 2 has S = 4, variance
 * (4 * 3 * 13 - 2 * (2 * 1 * 9)) / 18 = 6.667, z = 3 / 2.582 = 1.1619, p = 0.2453.
 */
static void trend_of_known_sets(void **state)
{
	const double rising[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	const double level[] = { 2, 2, 2, 2, 2 };
	const double tied[] = { 1, 1, 2, 2 };

	(void)state;
	assert_near(stats_trend_p(rising, 10), 8.303e-5, 5e-8);
	assert_near(stats_trend_p(tied, 4), 0.2453, 5e-5);
	assert_near(stats_trend_p(level, 5), 1, 0);
	assert_near(stats_trend_p(rising, 3), 1, 0);
}

static void a_summary_keeps_failures(void **state)
{
	const double x[] = { 3, INFINITY, 1, 2, 4, 5, 6 };
	const int machine[] = { 1, 2, 3, 4, 5, 6, 7 };
	struct stats_summary s = stats_summarise(x, machine, COUNT(x));

	(void)state;
	assert_int_equal(s.n, 7);
	assert_int_equal(s.censored, 1);
	assert_near(s.least, 1, 0);
	assert_near(s.median, 4, 0);
	assert_true(isinf(s.most) && isinf(s.p95));
	assert_near(s.median_interval.low, 1, 0);
	assert_true(isnan(stats_summarise(x, NULL, COUNT(x)).median_interval.low));
	s = stats_summarise(x, machine, 0);
	assert_int_equal(s.n, 0);
	assert_true(isnan(s.median) && isnan(s.mad) && isnan(s.median_interval.low));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_are_type_7),
		cmocka_unit_test(failures_are_above_all),
		cmocka_unit_test(mad_of_known_sets),
		cmocka_unit_test(share_intervals_are_newcombes),
		cmocka_unit_test(share_intervals_at_the_edges),
		cmocka_unit_test(no_failure_is_a_bound),
		cmocka_unit_test(an_interval_is_that_of_the_sign_test),
		cmocka_unit_test(machines_are_what_an_interval_rests_on),
		cmocka_unit_test(too_few_have_no_interval),
		cmocka_unit_test(intervals_with_failures_and_ties),
		cmocka_unit_test(trend_of_known_sets),
		cmocka_unit_test(a_summary_keeps_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
