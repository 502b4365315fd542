// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_doubt.c - when doubt.c doubts, when it does not
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reboot/doubt.h"

static struct sample good_sample(void)
{
	struct sample s = {
		.accel = "kvm", .clock = "wall",
		.judgement = { .verdict = VERDICT_OK, .proved = true, .phase = PHASES },
		.log_state = PRESERVED_LOG_KEPT, .log_lines = 100,
		.clock_error_ns = 1000000,
	};
	unsigned int p;

	for (p = 0; p < PHASES; p++)
		s.phases.at[p] = (struct phase_time){ .state = PHASE_SEEN, .ns = 50000000 };
	s.phases.at[PHASE_FIRMWARE].state = PHASE_ABSENT;
	return s;
}

static void every_doubt_has_words(void **state)
{
	unsigned int d;

	(void)state;
	for (d = 0; d < DOUBTS; d++) {
		const char *name = doubt_name((enum doubt)d);

		assert_non_null(name);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz_"), strlen(name));
		assert_int_equal(doubt_from_name(name), d);
		assert_int_equal(
			doubt_sentence((enum doubt)d)[strlen(doubt_sentence((enum doubt)d)) - 1],
			'.');
		assert_int_equal(
			doubt_advice((enum doubt)d)[strlen(doubt_advice((enum doubt)d)) - 1], '.');
	}
	assert_null(doubt_name(DOUBTS));
	assert_int_equal(doubt_from_name("no such doubt"), DOUBTS);
}

static void a_good_sample_has_no_doubt(void **state)
{
	struct sample s = good_sample();

	(void)state;
	assert_int_equal(doubts_of_sample(&s), 0);
}

static void a_sample_shows_its_doubts(void **state)
{
	struct sample s = good_sample();

	(void)state;
	strcpy(s.accel, "tcg");
	s.phases.at[PHASE_HANDOFF].ns = 900000;
	s.phases.at[PHASE_LOAD].from_console = true;
	s.phases.at[PHASE_QUIESCE].state = PHASE_UNKNOWN;
	s.log_missing = 1;
	s.judgement.proved = false;
	assert_int_equal(doubts_of_sample(&s),
			 DOUBT_BIT(DOUBT_EMULATED) | DOUBT_BIT(DOUBT_CLOCK_COARSE) |
			 DOUBT_BIT(DOUBT_BORDER_FROM_CONSOLE) | DOUBT_BIT(DOUBT_PHASE_UNSEEN) |
			 DOUBT_BIT(DOUBT_LOG_INCOMPLETE) | DOUBT_BIT(DOUBT_NOT_PROVED));
	s = good_sample();
	s.clock_error_ns = -1;
	s.log_state = PRESERVED_LOG_DAMAGED;
	assert_int_equal(doubts_of_sample(&s),
			 DOUBT_BIT(DOUBT_CLOCK_UNKNOWN) | DOUBT_BIT(DOUBT_LOG_DAMAGED));
}

/* By emulation on the exact clock a figure is a count of instructions, whoever executes them. */
static void the_exact_clock_is_not_the_emulators(void **state)
{
	struct sample s = good_sample();

	(void)state;
	strcpy(s.accel, "tcg");
	strcpy(s.clock, "virtual");
	assert_int_equal(doubts_of_sample(&s), 0);
}

/* What a failed reboot did not reach is unseen because it failed. */
static void a_failure_is_no_doubt(void **state)
{
	struct sample s = good_sample();

	(void)state;
	s.judgement = (struct judgement){ .verdict = VERDICT_HUNG, .phase = PHASE_KERNEL };
	s.phases.at[PHASE_USERSPACE].state = PHASE_UNKNOWN;
	assert_int_equal(doubts_of_sample(&s), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_doubt_has_words),
		cmocka_unit_test(a_good_sample_has_no_doubt),
		cmocka_unit_test(a_sample_shows_its_doubts),
		cmocka_unit_test(the_exact_clock_is_not_the_emulators),
		cmocka_unit_test(a_failure_is_no_doubt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
