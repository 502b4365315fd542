// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_sequential.c - known bounds, and when a comparison ends
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "analysis/sequential.h"

#define SIDE 40

static void assert_near(double is, double should_be, double within)
{
	if (!(fabs(is - should_be) <= within))
		fail_msg("%.12g is not within %g of %.12g", is, within, should_be);
}

/*
 * Reboussin, DeMets, Kim and Lan, Controlled Clinical Trials 21 (2000) 190-207, and R, package
 * ldbounds: ldBounds(t = 5, iuse = 1, alpha = 0.05): 4.8769, 3.3569, 2.6803, 2.2898, 2.0310.
 */
static void bounds_are_lan_and_demets(void **state)
{
	static const double z[] = { 4.8769, 3.3569, 2.6803, 2.2898, 2.0310 };
	static const double t[] = { 0.2, 0.4, 0.6, 0.8, 1 };
	double levels[5];
	unsigned int i;

	(void)state;
	sequential_levels(0.05, t, 5, levels);
	for (i = 0; i < 5; i++)
		assert_near(gsl_cdf_ugaussian_Qinv(levels[i] / 2), z[i], 2e-4);
	/* One look has the whole budget. */
	sequential_levels(0.05, t + 4, 1, levels);
	assert_near(levels[0], 0.05, 1e-12);
}

static void looks_are_as_told(void **state)
{
	unsigned int i;

	(void)state;
	assert_int_equal(sequential_samples(0), 10);
	assert_int_equal(sequential_samples(SEQUENTIAL_LOOKS - 1), 30);
	for (i = 1; i < SEQUENTIAL_LOOKS; i++)
		assert_true(sequential_level(i) > sequential_level(i - 1));
	assert_true(sequential_level(SEQUENTIAL_LOOKS - 1) < SEQUENTIAL_ALPHA);
}

/* Machine i's one counted reboot takes about 1 s, more by a rule that looks like chance. */
static struct sample made(int machine, double factor)
{
	struct sample s = { .machine = machine, .chain = machine, .index = 1, .clock = "wall", .downtime_ns = -1 };

	s.judgement.verdict = VERDICT_OK;
	s.judgement.proved = true;
	s.latency_ns = (int64_t)(factor * (1e9 + 1e6 * (machine * 37 % 41)));
	return s;
}

static struct sequential decide(size_t n, double factor, int failed)
{
	struct sample a[SIDE], b[SIDE];
	size_t i;

	for (i = 0; i < n; i++) {
		a[i] = made((int)i, 1);
		b[i] = made((int)(i * 7 % 43), factor);
		b[i].chain = 100 + (int)i;
		if ((int)i < failed) {
			b[i].judgement.verdict = VERDICT_HUNG;
			b[i].latency_ns = -1;
		}
	}
	return sequential_decide(a, n, b, n, COMPARE_THRESHOLD);
}

static void nothing_before_the_first_look(void **state)
{
	struct sequential s = decide(9, 2, 0);

	(void)state;
	assert_false(s.looked);
	assert_true(s.more);
	assert_int_equal(s.next, 10);
}

static void a_large_shift_ends_early(void **state)
{
	struct sequential s = decide(15, 1.5, 0);

	(void)state;
	assert_true(s.looked);
	assert_int_equal(s.look, 1);
	assert_int_equal(s.latency.verdict, COMPARE_WORSE);
	assert_false(s.more);
	assert_near(s.latency.of_latency, 0.5, 0.03);
	assert_int_equal(decide(15, 1 / 1.5, 0).latency.verdict, COMPARE_BETTER);
}

/* Between two looks the one before counts; the last one ends whatever it says. */
static void looks_come_at_fixed_numbers(void **state)
{
	struct sequential s = decide(14, 1.03, 0);

	(void)state;
	assert_int_equal(s.look, 0);
	assert_true(s.more);
	assert_int_equal(s.next, 15);
	s = decide(30, 1.02, 0);
	assert_int_equal(s.look, SEQUENTIAL_LOOKS - 1);
	assert_false(s.more);
	s = decide(SIDE, 1.02, 0);
	assert_int_equal(s.look, SEQUENTIAL_LOOKS - 1);
}

static void the_same_ends_as_the_same(void **state)
{
	struct sequential s = decide(20, 1, 0);

	(void)state;
	assert_int_equal(s.latency.verdict, COMPARE_SAME);
	assert_false(s.more);
}

static void failures_make_a_side_slower(void **state)
{
	struct sequential s = decide(30, 1, 25);

	(void)state;
	assert_int_equal(s.latency.verdict, COMPARE_WORSE);
	assert_int_equal(s.latency.n_b, 30);
	assert_int_equal(s.latency.censored_b, 25);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bounds_are_lan_and_demets),
		cmocka_unit_test(looks_are_as_told),
		cmocka_unit_test(nothing_before_the_first_look),
		cmocka_unit_test(a_large_shift_ends_early),
		cmocka_unit_test(looks_come_at_fixed_numbers),
		cmocka_unit_test(the_same_ends_as_the_same),
		cmocka_unit_test(failures_make_a_side_slower),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
