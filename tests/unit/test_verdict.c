// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_verdict.c - each kind of evidence leads to its verdict
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reboot/verdict.h"

static struct phases up = { .request_ns = 0, .ready_ns = 100, .last_begun = PHASE_USERSPACE };
static struct phases stuck = { .request_ns = 0, .ready_ns = -1, .last_begun = PHASE_KERNEL };

/* A reboot of a way without resets that went well. */
static struct evidence fine(void)
{
	return (struct evidence){
		.way_keeps_log = true,
		.nonce_expected = "0123.2",
		.kernel_expected = "6.1.1 #1 SMP",
		.phases = &up,
		.old_boot_id = "old",
		.new_boot_id = "new",
		.new_nonce = "0123.2",
		.new_kernel = "6.1.1 #1 SMP",
		.log_state = PRESERVED_LOG_KEPT,
	};
}

/* One that came no further than the kernel. */
static struct evidence failed(void)
{
	struct evidence e = fine();

	e.phases = &stuck;
	e.new_boot_id = e.new_nonce = e.new_kernel = NULL;
	e.log_state = PRESERVED_LOG_NONE;
	return e;
}

static void verdict_is(const struct evidence *e, enum verdict v, bool proved, enum phase phase,
		       const char *word)
{
	struct judgement j = verdict_judge(e);

	assert_string_equal(verdict_name(j.verdict), verdict_name(v));
	assert_int_equal(j.proved, proved);
	assert_int_equal(j.phase, phase);
	assert_non_null(strstr(j.reason, word));
	/* A sentence. */
	assert_int_equal(j.reason[strlen(j.reason) - 1], '.');
}

static void good_reboots_are_ok_and_proved(void **state)
{
	struct evidence e = fine();

	(void)state;
	verdict_is(&e, VERDICT_OK, true, PHASES, "Nonce");
	e.kernel_expected = NULL;
	verdict_is(&e, VERDICT_OK, true, PHASES, "Nonce");
	e.way_resets = true;
	e.resets = 1;
	e.way_keeps_log = false;
	e.log_state = PRESERVED_LOG_NONE;
	verdict_is(&e, VERDICT_OK, true, PHASES, "Nonce");
	/* Without the old boot_id nothing says that it changed. */
	e.old_boot_id = NULL;
	verdict_is(&e, VERDICT_OK, false, PHASES, "does not prove");
}

static void the_instrument_comes_first(void **state)
{
	struct evidence e = failed();

	(void)state;
	e.panicked = e.refused = true;
	e.resets = 9;
	e.recorder_failed = true;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "recorder");
	e.recorder_failed = false;
	e.mark_faults.lost = 1;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "1 gaps");
	e = fine();
	e.mark_faults.damaged = 2;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "2 damaged");
	e = fine();
	e.mark_faults.unknown = 1;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "1 unknown");
	/* It came up, but its ready mark is gone. */
	e = fine();
	e.phases = &stuck;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "ready");
}

static void failures_are_told_apart(void **state)
{
	struct evidence e = failed();

	(void)state;
	e.timed_out = true;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "kernel");
	e.resets = 1;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "reset");
	e.resets = 2;
	verdict_is(&e, VERDICT_RESET_LOOP, false, PHASES, "2 times");
	/* A way that resets may be reset twice before it is called a loop. */
	e.way_resets = true;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "kernel");
	e.resets = 3;
	verdict_is(&e, VERDICT_RESET_LOOP, false, PHASES, "3 times");
	e.panicked = true;
	verdict_is(&e, VERDICT_PANICKED, false, PHASE_KERNEL, "kernel");
	e.refused = true;
	e.refused_errno = ENOEXEC;
	verdict_is(&e, VERDICT_REFUSED, false, PHASES, "errno 8");
	e.refused_errno = 0;
	verdict_is(&e, VERDICT_REFUSED, false, PHASES, "without saying");
	e = failed();
	e.machine_ended = true;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "ended by itself");
	/* A panic after which it came up all the same. */
	e = fine();
	e.panicked = true;
	verdict_is(&e, VERDICT_PANICKED, true, PHASE_USERSPACE, "panicked");
}

static void what_came_up_is_asked_who_it_is(void **state)
{
	struct evidence e = fine();

	(void)state;
	/* Fell back to the firmware: the way comes before the missing nonce. */
	e.resets = 1;
	e.new_nonce = "-";
	verdict_is(&e, VERDICT_WRONG_WAY, false, PHASES, "firmware");
	e = fine();
	e.way_resets = true;
	verdict_is(&e, VERDICT_WRONG_WAY, false, PHASES, "never reset");
	e = fine();
	e.new_nonce = "0123.1";
	verdict_is(&e, VERDICT_WRONG_KERNEL, false, PHASES, "0123.1");
	e = fine();
	e.new_kernel = "5.0 #9";
	verdict_is(&e, VERDICT_WRONG_KERNEL, false, PHASES, "5.0 #9");
	e = fine();
	e.new_boot_id = "old";
	verdict_is(&e, VERDICT_WRONG_KERNEL, false, PHASES, "still running");
	e = fine();
	e.new_boot_id = NULL;
	verdict_is(&e, VERDICT_WRONG_KERNEL, false, PHASES, "never who");
}

static void a_lost_log_is_told_last(void **state)
{
	struct evidence e = fine();

	(void)state;
	e.log_state = PRESERVED_LOG_NONE;
	verdict_is(&e, VERDICT_LOG_LOST, true, PHASES, "not there");
	e.log_state = PRESERVED_LOG_DAMAGED;
	verdict_is(&e, VERDICT_LOG_LOST, true, PHASES, "damaged");
	e.new_nonce = "x";
	verdict_is(&e, VERDICT_WRONG_KERNEL, false, PHASES, "nonce");
}

static void names_lead_there_and_back(void **state)
{
	(void)state;
	for (int v = 0; v < VERDICTS; v++)
		assert_int_equal(verdict_from_name(verdict_name((enum verdict)v)), v);
	assert_int_equal(verdict_from_name("guilty"), VERDICTS);
	assert_string_equal(verdict_name(VERDICT_RESET_LOOP), "reset-loop");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_reboots_are_ok_and_proved),
		cmocka_unit_test(the_instrument_comes_first),
		cmocka_unit_test(failures_are_told_apart),
		cmocka_unit_test(what_came_up_is_asked_who_it_is),
		cmocka_unit_test(a_lost_log_is_told_last),
		cmocka_unit_test(names_lead_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
