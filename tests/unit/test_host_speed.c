// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_host_speed.c - changes of the host's speed, and phases that vary for other reasons
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/host_speed.h"
#include "sample_maker.h"

#define REBOOTS 36

/* Two ways; the second is three times as slow. Each phase is base times what its column says. */
static void add(struct host_speed *h, double (*kernel)(int i), double (*userspace)(int i), int n)
{
	for (int way = 0; way < 2; way++) {
		struct sample s[REBOOTS];

		for (int i = 0; i < n; i++) {
			s[i] = make_sample("r", i, 1);
			s[i].phases.at[PHASE_KERNEL].ns = (int64_t)(1e9 * (1 + 2 * way) * kernel(i));
			s[i].phases.at[PHASE_USERSPACE].ns = (int64_t)(1e8 * userspace(i));
		}
		host_speed_add(h, s, (size_t)n);
	}
}

/* Slow in every other stretch of four reboots, and one in a hundred beside it. */
static double by_host(int i)
{
	return (i / 4 % 2 ? 1.5 : 1) + 0.01 * (i * 7 % 11);
}

static double by_itself(int i)
{
	return 1 + 0.02 * (i * 13 % 17);
}

static double hardly(int i)
{
	return 1 + 0.01 * (i / 4 % 2);
}

static void a_change_is_found(void **state)
{
	struct host_speed h = { 0 };

	(void)state;
	add(&h, by_host, by_host, REBOOTS);
	assert_int_equal(h.kernel.n, 2 * REBOOTS);
	assert_true(host_speed_correlation(&h) > 0.9);
	assert_true(host_speed_changed(&h));
	host_speed_free(&h);
}

static void other_reasons_are_not(void **state)
{
	struct host_speed h = { 0 };

	(void)state;
	add(&h, by_host, by_itself, REBOOTS);
	assert_true(fabs(host_speed_correlation(&h)) < 0.4);
	assert_false(host_speed_changed(&h));
	host_speed_free(&h);
	add(&h, hardly, hardly, REBOOTS);
	assert_true(isnan(host_speed_correlation(&h)));
	assert_false(host_speed_changed(&h));
	host_speed_free(&h);
}

/* The second reboot of each machine is slow in both phases, whatever the host does. */
static void an_effect_of_the_index_is_not_the_host(void **state)
{
	struct host_speed h = { 0 };
	struct sample s[REBOOTS];

	(void)state;
	for (int i = 0; i < REBOOTS; i++) {
		s[i] = make_sample("r", i / 2, 1 + i % 2);
		s[i].phases.at[PHASE_KERNEL].ns = (int64_t)(1e9 * (1 + i % 2) * by_itself(i));
		s[i].phases.at[PHASE_USERSPACE].ns = (int64_t)(1e8 * (1 + i % 2) * by_itself(i * 5));
	}
	host_speed_add(&h, s, REBOOTS);
	assert_int_equal(h.kernel.n, REBOOTS);
	assert_int_equal(h.userspace.n, REBOOTS);
	assert_false(host_speed_changed(&h));
	host_speed_free(&h);
}

static void few_reboots_say_nothing(void **state)
{
	struct host_speed h = { 0 };

	(void)state;
	assert_false(host_speed_changed(&h));
	add(&h, by_host, by_host, 11);
	assert_true(isnan(host_speed_correlation(&h)));
	host_speed_free(&h);
}

static void only_reboots_that_came_up(void **state)
{
	struct host_speed h = { 0 };
	struct sample s[2] = { make_sample("r", 0, 0), make_sample("r", 0, 1) };

	(void)state;
	s[1].judgement.verdict = VERDICT_HUNG;
	host_speed_add(&h, s, 2);
	assert_int_equal(h.kernel.n, 0);
	host_speed_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_is_found),
		cmocka_unit_test(other_reasons_are_not),
		cmocka_unit_test(an_effect_of_the_index_is_not_the_host),
		cmocka_unit_test(few_reboots_say_nothing),
		cmocka_unit_test(only_reboots_that_came_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
