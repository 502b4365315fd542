// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_versus_record.c - what people read of a look at a comparison
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "run/versus_record.h"

static struct scenario_way ways[] = {
	{ .way = (char *)"kexec", .variant = (char *)"" },
	{ .way = (char *)"kexec", .variant = (char *)"o" },
};
static const struct scenario scenario = { .ways = ways, .ways_count = 2 };

static void a_pair_below_the_first_look_is_open(void **state)
{
	struct versus_look look = {
		.pairs = 1, .verdict = COMPARE_UNDECIDED,
		.latency = {
			.n_a = 5, .n_b = 5, .a = NAN, .b = NAN, .by = { NAN, { NAN, NAN } },
		},
	};
	CLEANUP_FREE char *words = versus_record_words(&scenario, &look, false);
	CLEANUP_FREE char *last = versus_record_words(&scenario, &look, true);

	(void)state;
	assert_string_equal(words, "A (kexec) and B (kexec o) cannot be told apart yet; "
			    "5 and 5 reboots in 1 pair, the first look is at 10");
	assert_non_null(strstr(last, "could not be told apart"));
}

static void a_shift_has_its_interval(void **state)
{
	struct versus_look look = {
		.pairs = 6, .verdict = COMPARE_WORSE, .confidence = 0.99,
		.latency = {
			.n_a = 30, .n_b = 30, .censored_b = 1, .a = 2, .b = 2.2,
			.by = { 0.2, { 0.19, 0.21 } }, .of_latency = 0.1,
		},
	};
	CLEANUP_FREE char *words = versus_record_words(&scenario, &look, true);

	(void)state;
	assert_non_null(strstr(words, "B (kexec o) is slower than A (kexec): B takes +200 ms (+10.00 %)"));
	assert_non_null(strstr(words, ", 99.0 % interval "));
	assert_non_null(strstr(words, "30 and 30 reboots in 6 pairs, of which 0 and 1 failed"));
}

static void the_exact_clock_counts_instructions(void **state)
{
	struct versus_look look = {
		.pairs = 1, .exact = true, .verdict = COMPARE_SAME, .confidence = 1,
		.instructions = 123,
		.latency = {
			.n_a = 5, .n_b = 5, .a = 2, .b = 2, .by = { 0, { 0, 0 } },
		},
	};
	CLEANUP_FREE char *words = versus_record_words(&scenario, &look, true);

	(void)state;
	assert_non_null(strstr(words, "no practical difference between A (kexec) and B (kexec o)"));
	assert_non_null(strstr(words, "+123 instructions"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_below_the_first_look_is_open),
		cmocka_unit_test(a_shift_has_its_interval),
		cmocka_unit_test(the_exact_clock_counts_instructions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
