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
#include <gsl/gsl_cdf.h>

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
 * Medicine 17 (1998) 857-872, table I, methods 3 (Wilson) and 5 (Clopper-Pearson).
 */
static void share_intervals_are_newcombes(void **state)
{
	static const struct {
		size_t k, n;
		double wilson_low, wilson_high, exact_low, exact_high;
	} table[] = {
		{ 81, 263, 0.2553, 0.3662, 0.2527, 0.3676 },
		{ 15, 148, 0.0624, 0.1605, 0.0578, 0.1617 },
		{ 0, 20, 0.0000, 0.1611, 0.0000, 0.1684 },
		{ 1, 29, 0.0061, 0.1718, 0.0009, 0.1776 },
	};
	struct stats_interval i;
	size_t row;

	(void)state;
	for (row = 0; row < COUNT(table); row++) {
		i = stats_wilson(table[row].k, table[row].n, 0.95);
		assert_near(i.low, table[row].wilson_low, 5e-5);
		assert_near(i.high, table[row].wilson_high, 5e-5);
		i = stats_clopper_pearson(table[row].k, table[row].n, 0.95);
		assert_near(i.low, table[row].exact_low, 5e-5);
		assert_near(i.high, table[row].exact_high, 5e-5);
	}
}

/* What is true of one side of a share is true of the other; nothing is known of nothing. */
static void share_intervals_at_the_edges(void **state)
{
	struct stats_interval i = stats_wilson(20, 20, 0.95);

	(void)state;
	assert_near(i.low, 1 - 0.1611, 5e-5);
	assert_near(i.high, 1, 0);
	i = stats_clopper_pearson(20, 20, 0.95);
	assert_near(i.low, 1 - 0.1684, 5e-5);
	assert_near(i.high, 1, 0);
	i = stats_wilson(0, 0, 0.95);
	assert_near(i.low, 0, 0);
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
	assert_near(stats_rule_of_three(100), 0.03, 1e-12);
	assert_near(stats_rule_of_three(2), 1, 0);
	assert_near(stats_rule_of_three(0), 1, 0);
}

/*
 * The bootstrap distribution of a median is known exactly: the resampled median
 * of n = 2m - 1 is at most the k-th observation with the probability that at
 * least m of n draws are (Efron, Annals of Statistics 7 (1979) 1-26, section 3).
 */
static void bootstrap_meets_the_exact_distribution(void **state)
{
	const double x[] = { 4, 11, 2, 9, 7, 1, 10, 3, 8, 5, 6 };
	const unsigned int n = COUNT(x), m = (n + 1) / 2;
	struct stats_interval i = stats_median_interval(x, n, 0.95, 1);
	unsigned int low = 1, high = 1;

	(void)state;
	while (gsl_cdf_binomial_Q(m - 1, (double)low / n, n) < 0.025)
		low++;
	while (gsl_cdf_binomial_Q(m - 1, (double)high / n, n) < 0.975)
		high++;
	assert_int_equal(low, 3);
	assert_int_equal(high, 9);
	assert_near(i.low, low, 0);
	assert_near(i.high, high, 0);
}

/*
 * Of six observations, three of each value, the resampled median lies between them
 * when exactly three of six draws are low: C(6,3) / 2^6 = 0.3125, and low with 0.34375.
 */
static void bootstrap_of_an_even_number(void **state)
{
	const double x[] = { 5, 1, 5, 1, 5, 1 };
	struct stats_interval i;

	(void)state;
	i = stats_median_interval(x, COUNT(x), 0.35, 1);
	assert_near(i.low, 1, 0);	/* 0.325 is below 0.34375 */
	assert_near(i.high, 5, 0);
	i = stats_median_interval(x, COUNT(x), 0.28, 1);
	assert_near(i.low, 3, 0);	/* 0.36 is above it, and below 0.65625 */
	assert_near(i.high, 3, 0);
}

static void bootstrap_is_repeatable(void **state)
{
	const double x[] = { 1.31, 1.42, 1.25, 1.38, 1.66, 1.29, 1.33, 1.51 };
	struct stats_interval a = stats_median_interval(x, COUNT(x), 0.95, 7);
	struct stats_interval b = stats_median_interval(x, COUNT(x), 0.95, 7);

	(void)state;
	assert_true(a.low == b.low && a.high == b.high);
	assert_true(a.low <= 1.355 && a.high >= 1.355 && a.low < a.high);
}

/* 2 * 0.5^5 is 6.25 %: five observations cannot carry a 95 % interval, six can. */
static void too_few_have_no_interval(void **state)
{
	const double x[] = { 1, 2, 3, 4, 5, 6 };

	(void)state;
	assert_true(isnan(stats_median_interval(x, 5, 0.95, 1).low));
	assert_true(isnan(stats_median_interval(x, 0, 0.95, 1).high));
	assert_false(isnan(stats_median_interval(x, 6, 0.95, 1).low));
}

static void bootstrap_with_failures(void **state)
{
	const double half[] = { 1, 2, 3, 4, INFINITY, INFINITY, INFINITY, INFINITY };
	const double all[] = { INFINITY, INFINITY, INFINITY, INFINITY, INFINITY, INFINITY };
	struct stats_interval i = stats_median_interval(half, COUNT(half), 0.95, 1);

	(void)state;
	assert_true(isfinite(i.low));
	assert_true(isinf(i.high));
	i = stats_median_interval(all, COUNT(all), 0.95, 1);
	assert_true(isinf(i.low) && isinf(i.high));
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
	struct stats_summary s = stats_summarise(x, COUNT(x), 1);

	(void)state;
	assert_int_equal(s.n, 7);
	assert_int_equal(s.censored, 1);
	assert_near(s.least, 1, 0);
	assert_near(s.median, 4, 0);
	assert_true(isinf(s.most) && isinf(s.p95));
	s = stats_summarise(x, 0, 1);
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
		cmocka_unit_test(bootstrap_meets_the_exact_distribution),
		cmocka_unit_test(bootstrap_of_an_even_number),
		cmocka_unit_test(bootstrap_is_repeatable),
		cmocka_unit_test(too_few_have_no_interval),
		cmocka_unit_test(bootstrap_with_failures),
		cmocka_unit_test(trend_of_known_sets),
		cmocka_unit_test(a_summary_keeps_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
