// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_stats_shift.c - known answers of stats_shift.c and stats_chance.c
 *
 * "R" is R 4.2.2 with the expression told; examples of its manual are used throughout: x
 * and y of help(wilcox.test) (Hollander and Wolfe 1973, 69f).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/stats_shift.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Permeability constants of the human chorioamnion at term, and at 12 to 26 weeks. */
static const double at_term[] = { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46 };
static const double early[] = { 1.15, 0.88, 0.90, 0.74, 1.21 };

static void assert_near(double is, double should_be, double within)
{
	if (!(fabs(is - should_be) <= within))
		fail_msg("%.12g is not within %g of %.12g", is, within, should_be);
}

static void assert_shift(struct stats_shift is, double shift, double low, double high,
			 double within)
{
	assert_near(is.shift, shift, within);
	assert_near(is.interval.low, low, within);
	assert_near(is.interval.high, high, within);
}

/* R: wilcox.test(early, at_term, conf.int=TRUE, exact=TRUE[, conf.level=0.99]) */
static void shift_of_two_sets(void **state)
{
	(void)state;
	assert_shift(stats_shift(at_term, 10, early, 5, 0.95), -0.305, -0.76, 0.15, 1e-9);
	assert_shift(stats_shift(at_term, 10, early, 5, 0.99), -0.305, -1.01, 0.35, 1e-9);
	assert_shift(stats_shift(early, 5, at_term, 10, 0.95), 0.305, -0.15, 0.76, 1e-9);
}

/*
 * The bounds are the order statistics that R's qwilcox() gives: qwilcox(0.025, 20, 20)
 * is 128, so of 400 differences the 128th from either end; with a[i] = 0 and
 * b[j] = j they are known.
 */
static void interval_ends_at_qwilcox(void **state)
{
	double a[20] = { 0 }, b[20];
	struct stats_shift s;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(b); i++)
		b[i] = (double)i;
	s = stats_shift(a, 20, b, 20, 0.95);
	assert_shift(s, 9.5, (double)(127 / 20), (double)((400 - 128) / 20), 0);
}

/*
 * Above 49 a side the normal approximation, Hollander and Wolfe 1999, 4.3:
 * 50 * 50 / 2 - 1.95996 * sqrt(50 * 50 * 101 / 12) = 965.7, with correction 965.2, so 966
 * differences lie outside; R's qwilcox(0.025, 50, 50) is 966, too.
 */
static void interval_of_large_sets(void **state)
{
	double a[50] = { 0 }, b[50];
	struct stats_shift s;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(b); i++)
		b[i] = (double)i;
	s = stats_shift(a, 50, b, 50, 0.95);
	assert_shift(s, 24.5, (double)(965 / 50), (double)((2500 - 966) / 50), 0);
}

/* R: wilcox.test(early, at_term, exact=TRUE)$p.value */
static void ranks_without_ties(void **state)
{
	(void)state;
	assert_near(stats_rank_p(at_term, 10, early, 5), 0.254412254412, 1e-9);
	assert_near(stats_rank_p(early, 5, at_term, 10), 0.254412254412, 1e-9);
}

/*
 * R, package coin: pvalue(wilcox_test(v ~ g, distribution="exact")) of the tied sets
 * below.
 */
static void ranks_with_ties(void **state)
{
	const double a[] = { 1, 2, 2, 3, 5, 5 }, b[] = { 2, 4, 5, 6, 7, 7, 8 };

	(void)state;
	assert_near(stats_rank_p(a, 6, b, 7), 0.0460372960373, 1e-9);
}

/*
 * R: wilcox.test(1:12, c(4:14) + 0.5, exact=TRUE)$p.value; and above 49 a side
 * wilcox.test(1:50, 1:50 + 8.5, exact=FALSE)$p.value, where the exact one is 0.00702.
 */
static void ranks_of_larger_sets(void **state)
{
	double a[50], b[50];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(a); i++) {
		a[i] = (double)i + 1;
		b[i] = (double)i + 4.5;
	}
	assert_near(stats_rank_p(a, 12, b, 11), 0.0688170357036, 1e-12);
	for (i = 0; i < COUNT(b); i++)
		b[i] = (double)i + 9.5;
	assert_near(stats_rank_p(a, 50, b, 50), 0.0074008172951, 1e-12);
	assert_near(stats_rank_p(a, 49, b, 49), stats_rank_p(b, 49, a, 49), 0);
}

/* A difference is unlikely by chance exactly when its interval leaves out 0. */
static void an_interval_agrees_with_its_test(void **state)
{
	double a[60], b[60];
	const size_t sizes[] = { 5, 9, 30, 60 };
	size_t i, k, shift;

	(void)state;
	for (i = 0; i < COUNT(sizes); i++) {
		for (shift = 0; shift < 60; shift++) {
			struct stats_shift s;

			for (k = 0; k < sizes[i]; k++) {
				a[k] = (double)(k * 37 % 61);
				b[k] = (double)(k * 23 % 61) + (double)shift + 0.5;
			}
			s = stats_shift(a, sizes[i], b, sizes[i], 0.95);
			assert_int_equal(s.interval.low > 0 || s.interval.high < 0,
					 stats_rank_p(a, sizes[i], b, sizes[i]) <= 0.05);
		}
	}
}

/* Two sets of 5 can be arranged in 252 ways, of which two are furthest out. */
static void the_least_there_can_be(void **state)
{
	const double low[] = { 1, 2, 3, 4, 5 }, high[] = { 6, 7, 8, 9, 10 };

	(void)state;
	assert_near(stats_rank_least(5, 5), 2.0 / 252, 1e-15);
	assert_near(stats_rank_p(low, 5, high, 5), 2.0 / 252, 1e-15);
	assert_near(stats_rank_least(0, 5), 1, 0);
	assert_near(stats_rank_least(30, 30) / (2 / 1.18264581564861e17), 1, 1e-9);
	assert_near(stats_fisher_least(5, 5), 2.0 / 252, 1e-12);
}

/* By hand: failures rank above all and alike; what is between two of them may be anything. */
static void failures_are_kept(void **state)
{
	const double a[] = { 1, 2, 3, 4 };
	const double b[] = { 1.5, 2.5, INFINITY, INFINITY, INFINITY };
	const double tied[] = { 1.5, 2.5, 5, 5, 5 };
	const double none[] = { INFINITY, INFINITY, INFINITY, INFINITY };
	struct stats_shift s = stats_shift(a, 4, b, 5, 0.9);

	(void)state;
	assert_near(stats_rank_p(a, 4, b, 5), stats_rank_p(a, 4, tied, 5), 0);
	assert_true(isinf(s.shift) && s.shift > 0);
	assert_true(isfinite(s.interval.low));
	assert_true(isinf(s.interval.high));
	/* 6 of 20 differences are infinite: the median is not. */
	s = stats_shift(b, 5, a, 4, 0.9);
	assert_true(isinf(s.interval.low) && s.interval.low < 0);
	s = stats_shift(none, 4, none, 4, 0.9);
	assert_true(isnan(s.shift));
	assert_true(s.interval.low < 0 && isinf(s.interval.low) && isinf(s.interval.high));
	assert_near(stats_rank_p(none, 4, none, 4), 1, 0);
}

/*
 * The pairs of Newcombe, Statistics in Medicine 17 (1998) 873-890, table II: (a), (b), (d),
 * (e), with his method 10 over intervals of R's binom.test().
 */
static void share_shifts_are_joined_as_newcombe_does(void **state)
{
	(void)state;
	assert_shift(stats_share_shift(48, 80, 56, 70, 0.95), 0.2, 0.043887, 0.344171, 1e-6);
	assert_shift(stats_share_shift(3, 10, 9, 10, 0.95), 0.6, 0.106787, 0.852807, 1e-6);
	assert_shift(stats_share_shift(0, 29, 5, 56, 0.95), 0.089286, -0.044228, 0.196193, 1e-6);
	assert_shift(stats_share_shift(0, 20, 0, 10, 0.95), 0, -0.168433, 0.308497, 1e-6);
	assert_true(isnan(stats_share_shift(0, 0, 5, 6, 0.95).shift));
}

/*
 * R: fisher.test(matrix(c(3, 1, 1, 3), 2))$p.value, Fisher's tea taster (Agresti 1990, p. 61);
 * fisher.test(matrix(c(30, 0, 24, 6), 2)); fisher.test(matrix(c(12, 5, 29, 2), 2)).
 */
static void fisher_of_known_tables(void **state)
{
	(void)state;
	assert_near(stats_fisher_p(3, 4, 1, 4), 0.485714285714, 1e-9);
	assert_near(stats_fisher_p(30, 30, 24, 30), 0.0237207039170, 1e-9);
	assert_near(stats_fisher_p(12, 17, 29, 31), 0.0802685520741, 1e-9);
	assert_near(stats_fisher_p(5, 5, 7, 7), 1, 1e-12);
	assert_near(stats_fisher_p(0, 0, 7, 7), 1, 0);
}

/* R: p.adjust(c(0.01, 0.04, 0.03, 0.005, NA), "holm") */
static void holm_of_known_tests(void **state)
{
	double p[] = { 0.01, 0.04, 0.03, 0.005, NAN };

	(void)state;
	stats_holm(p, COUNT(p));
	assert_near(p[0], 0.03, 1e-12);
	assert_near(p[1], 0.06, 1e-12);
	assert_near(p[2], 0.06, 1e-12);
	assert_near(p[3], 0.02, 1e-12);
	assert_true(isnan(p[4]));
	stats_holm(NULL, 0);
}

static void nothing_of_nothing(void **state)
{
	const double x[] = { 1 };

	(void)state;
	assert_true(isnan(stats_shift(x, 1, NULL, 0, 0.95).shift));
	assert_near(stats_rank_p(x, 1, NULL, 0), 1, 0);
	assert_true(isnan(stats_shift(x, 1, x, 1, 0.95).interval.low));
	assert_near(stats_shift(x, 1, x, 1, 0.95).shift, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shift_of_two_sets),
		cmocka_unit_test(interval_ends_at_qwilcox),
		cmocka_unit_test(interval_of_large_sets),
		cmocka_unit_test(ranks_without_ties),
		cmocka_unit_test(ranks_with_ties),
		cmocka_unit_test(ranks_of_larger_sets),
		cmocka_unit_test(an_interval_agrees_with_its_test),
		cmocka_unit_test(the_least_there_can_be),
		cmocka_unit_test(failures_are_kept),
		cmocka_unit_test(share_shifts_are_joined_as_newcombe_does),
		cmocka_unit_test(fisher_of_known_tables),
		cmocka_unit_test(holm_of_known_tests),
		cmocka_unit_test(nothing_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
