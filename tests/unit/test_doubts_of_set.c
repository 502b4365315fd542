// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_doubts_of_set.c - which sets of samples are doubted
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/doubts_of_set.h"
#include "reboot/doubt.h"

#define N 30

/* Thirty values around 1.5 that neither rise nor fall; the first of each ten begins a machine. */
static void fill(double *x, bool *first)
{
	size_t i;

	for (i = 0; i < N; i++) {
		x[i] = 1.5 + 0.01 * (double)(i * 7 % 10);
		first[i] = i % 10 == 0;
	}
}

static void a_good_set_has_no_doubt(void **state)
{
	double x[N];
	bool first[N];

	(void)state;
	fill(x, first);
	assert_int_equal(doubts_of_set(x, first, N), 0);
	assert_int_equal(doubts_of_set(x, first, 10), 0);
}

static void few_samples_are_too_few(void **state)
{
	double x[N];
	bool first[N];

	(void)state;
	fill(x, first);
	assert_int_equal(doubts_of_set(x, first, 9), DOUBT_BIT(DOUBT_TOO_FEW));
	assert_int_equal(doubts_of_set(x, first, 1), DOUBT_BIT(DOUBT_TOO_FEW));
	assert_int_equal(doubts_of_set(x, first, 0), DOUBT_BIT(DOUBT_TOO_FEW));
}

static void one_far_sample_is_an_outlier(void **state)
{
	double x[N];
	bool first[N];

	(void)state;
	fill(x, first);
	x[17] = 2.5;
	assert_int_equal(doubts_of_set(x, first, N), DOUBT_BIT(DOUBT_OUTLIERS));
	x[17] = INFINITY;
	assert_int_equal(doubts_of_set(x, first, N), 0);
}

static void slow_first_samples_are_told(void **state)
{
	double x[N];
	bool first[N];

	(void)state;
	fill(x, first);
	x[0] = 2.1;
	x[10] = 2.2;
	x[20] = 2.3;
	assert_true(doubts_of_set(x, first, N) & DOUBT_BIT(DOUBT_FIRST_SLOW));
	x[0] = 0.9;
	x[10] = 0.8;
	x[20] = 0.7;
	assert_false(doubts_of_set(x, first, N) & DOUBT_BIT(DOUBT_FIRST_SLOW));
}

static void a_trend_is_drift_when_it_matters(void **state)
{
	double x[N];
	bool first[N];
	size_t i;

	(void)state;
	fill(x, first);
	for (i = 0; i < N; i++)
		x[i] = 1.5 + 0.01 * (double)i;
	assert_int_equal(doubts_of_set(x, first, N), DOUBT_BIT(DOUBT_DRIFT));
	for (i = 0; i < N; i++)
		x[i] = 1.5 + 0.0001 * (double)i;
	assert_int_equal(doubts_of_set(x, first, N), 0);
}

static void failures_towards_the_end_are_drift(void **state)
{
	double x[N];
	bool first[N];
	size_t i;

	(void)state;
	fill(x, first);
	for (i = 18; i < N; i++)
		x[i] = INFINITY;
	assert_true(doubts_of_set(x, first, N) & DOUBT_BIT(DOUBT_DRIFT));
	for (i = 0; i < N; i++)
		x[i] = INFINITY;
	assert_int_equal(doubts_of_set(x, first, N), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_set_has_no_doubt),
		cmocka_unit_test(few_samples_are_too_few),
		cmocka_unit_test(one_far_sample_is_an_outlier),
		cmocka_unit_test(slow_first_samples_are_told),
		cmocka_unit_test(a_trend_is_drift_when_it_matters),
		cmocka_unit_test(failures_towards_the_end_are_drift),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
