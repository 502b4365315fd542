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
#include "reboot_marks.h"

static const struct panic no_panic = { .ns = -1, .phase = PHASES };

/* What was seen of the reboot that is judged; a test changes it. */
static struct window seen;

/* A reboot of a way without resets that went well. */
static struct evidence fine(void)
{
	seen = (struct window){
		.phases = { .request_ns = 0, .ready_ns = 100, .last_begun = PHASE_USERSPACE },
		.panic = no_panic,
	};
	return (struct evidence){
		.way_keeps_log = true,
		.nonce_expected = "0123.2",
		.kernel_expected = "6.1.1 #1 SMP",
		.window = &seen,
		.stalls_matter = true,
		.timeout_ns = INT64_C(60000000000),
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

	seen.phases.ready_ns = -1;
	seen.phases.last_begun = PHASE_KERNEL;
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
	seen.resets = 1;
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
	seen.panic.ns = 50;
	e.refused = true;
	seen.resets = 9;
	e.recorder_failed = true;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "recorder");
	e.recorder_failed = false;
	seen.faults.lost = 1;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "1 gaps");
	e = fine();
	seen.faults.damaged = 2;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "2 damaged");
	e = fine();
	seen.faults.unknown = 1;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "1 unknown");
	/* It came up, but its ready mark is gone. */
	e = fine();
	seen.phases.ready_ns = -1;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "ready");
}

static void marks_out_of_place_are_the_instruments_fault(void **state)
{
	struct evidence e = fine();

	(void)state;
	seen.stray = (struct stray){ .id = REBOOT_MARK_READY, .why = STRAY_NOT_ENTERED };
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "mark ready came, and no new kernel");
	seen.stray.why = STRAY_AGAIN;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "mark ready came again");
	seen.stray = (struct stray){ .id = REBOOT_MARK_REQUEST, .why = STRAY_AGAIN };
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "mark request came again");
	seen.stray = (struct stray){ REBOOT_MARK_SERVICES_STOPPED, STRAY_ORDER,
				     REBOOT_MARK_KERNEL_ENTRY };
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES,
		   "mark services_stopped came out of order, behind kernel_entry");
	seen.stray.behind = 0;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "behind no other");
}

/* In one spell, or as part of what stood still altogether. */
static void stood_still(int64_t longest_ms, int64_t all_ms)
{
	seen.stall = (struct stall){ 0, longest_ms * 1000000, STALL_MACHINE };
	seen.still_ns = all_ms * 1000000;
}

static void what_stood_still_is_the_instruments_fault(void **state)
{
	struct evidence e = fine();

	(void)state;
	stood_still(3020, 3020);
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "machine's process was stopped");
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "no processor, for 3.0 s.");
	seen.stall.of = STALL_RECORDER;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "harness was stopped");
	seen.stall.of = STALL_HOST;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "taken from this host");
	/* A reboot that came up by its own clock. */
	e.stalls_matter = false;
	verdict_is(&e, VERDICT_OK, true, PHASES, "Nonce");
	/* Many short stalls are as bad as one long one. */
	e = fine();
	stood_still(200, 2000);
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "for 2.0 s in several spells.");
	stood_still(200, 399);
	verdict_is(&e, VERDICT_OK, true, PHASES, "Nonce");
	e = fine();
	seen.paused = true;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "paused");
}

/* It makes nothing that is known about a failure wrong, and only a long one makes a time-out. */
static void what_stood_still_is_no_reason_for_any_failure(void **state)
{
	struct evidence e = failed();

	(void)state;
	stood_still(5999, 5999);
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "kernel");
	stood_still(2000, 6000);
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "for 6.0 s in several spells.");
	e.refused = true;
	verdict_is(&e, VERDICT_REFUSED, false, PHASES, "refused");
	e.refused = false;
	seen.resets = 3;
	verdict_is(&e, VERDICT_RESET_LOOP, false, PHASES, "3 times");
	seen.panic = (struct panic){ .ns = 50, .phase = PHASE_KERNEL };
	verdict_is(&e, VERDICT_PANICKED, false, PHASE_KERNEL, "panicked");
	/* Console text of a panic may be forged. */
	seen.panic.on_console = true;
	seen.resets = 0;
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES, "for 6.0 s");
	stood_still(5999, 5999);
	verdict_is(&e, VERDICT_PANICKED, false, PHASE_KERNEL, "as its console says");
	/* It was ready, and said no more. */
	e = fine();
	e.new_boot_id = NULL;
	stood_still(500, 500);
	verdict_is(&e, VERDICT_HUNG, false, PHASE_USERSPACE, "never said who it is");
}

static void a_damaged_data_line_is_told_as_that(void **state)
{
	struct evidence e = failed();

	(void)state;
	e.recorder_failed = true;
	e.data_damage = "\"gib\033berish\" begins nothing";
	verdict_is(&e, VERDICT_INSTRUMENT_FAULT, false, PHASES,
		   "The data line is damaged: \"gib?berish\" begins nothing.");
}

static void failures_are_told_apart(void **state)
{
	struct evidence e = failed();

	(void)state;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "kernel");
	seen.resets = 1;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "reset");
	seen.resets = 2;
	verdict_is(&e, VERDICT_RESET_LOOP, false, PHASES, "2 times");
	/* A way that resets may be reset twice before it is called a loop. */
	e.way_resets = true;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "kernel");
	seen.resets = 3;
	verdict_is(&e, VERDICT_RESET_LOOP, false, PHASES, "3 times");
	seen.panic = (struct panic){ .ns = 50, .phase = PHASE_QUIESCE };
	verdict_is(&e, VERDICT_PANICKED, false, PHASE_QUIESCE, "in quiesce.");
	seen.panic.reset = true;
	verdict_is(&e, VERDICT_PANICKED, false, PHASE_QUIESCE, "then the machine was reset");
	seen.panic.on_console = true;
	verdict_is(&e, VERDICT_PANICKED, false, PHASE_QUIESCE, "as its console says");
	e.refused = true;
	e.refused_errno = ENOEXEC;
	verdict_is(&e, VERDICT_REFUSED, false, PHASES, "errno 8");
	e.refused_errno = 0;
	verdict_is(&e, VERDICT_REFUSED, false, PHASES, "without saying");
	e = failed();
	e.machine_ended = true;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_KERNEL, "ended by itself");
	/* A panic, and then another kernel that came up. */
	e = fine();
	seen.panic = (struct panic){ .ns = 50, .phase = PHASE_KERNEL };
	verdict_is(&e, VERDICT_PANICKED, false, PHASE_KERNEL, "panicked");
}

static void a_hang_behind_ready_is_a_hang(void **state)
{
	struct evidence e = fine();

	(void)state;
	e.new_boot_id = e.new_nonce = e.new_kernel = NULL;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_USERSPACE, "ready and came no further");
	e.machine_ended = true;
	verdict_is(&e, VERDICT_HUNG, false, PHASE_USERSPACE, "ended by itself");
}

static void what_came_up_is_asked_who_it_is(void **state)
{
	struct evidence e = fine();

	(void)state;
	/* Fell back to the firmware: the way comes before the missing nonce. */
	seen.resets = 1;
	e.new_nonce = "-";
	verdict_is(&e, VERDICT_WRONG_WAY, false, PHASES, "firmware");
	e = fine();
	e.way_resets = true;
	verdict_is(&e, VERDICT_WRONG_WAY, false, PHASES, "never reset");
	/* The machine did not stay up. */
	seen.resets = 2;
	verdict_is(&e, VERDICT_OK, true, PHASES, "Nonce");
	seen.ready_again = true;
	verdict_is(&e, VERDICT_WRONG_WAY, false, PHASES, "came up once more");
	/* The same, and its kernel has no marks: nothing says when it was ready. */
	e = fine();
	seen.phases.ready_ns = -1;
	seen.resets = 2;
	e.new_nonce = "-";
	verdict_is(&e, VERDICT_WRONG_WAY, false, PHASES, "firmware");
	e = fine();
	e.new_nonce = "0123.1";
	verdict_is(&e, VERDICT_WRONG_KERNEL, false, PHASES, "0123.1");
	e = fine();
	e.new_kernel = "5.0 #9";
	verdict_is(&e, VERDICT_WRONG_KERNEL, false, PHASES, "5.0 #9");
	e = fine();
	e.new_boot_id = "old";
	verdict_is(&e, VERDICT_WRONG_KERNEL, false, PHASES, "still running");
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

/* One of each combination of what can be seen; each digit of n is one fact. */
static struct evidence combined(unsigned int n)
{
	static const char *const boot_ids[] = { NULL, "old", "new" };
	static const char *const nonces[] = { NULL, "0123.1", "0123.2" };
	struct evidence e = fine();

#define DIGIT(base) (digit = n % (base), n /= (base), digit)
	unsigned int digit;

	seen.panic.ns = DIGIT(2) ? 50 : -1;
	seen.faults.lost = DIGIT(2);
	seen.stray.id = DIGIT(2) ? REBOOT_MARK_READY : 0;
	seen.still_ns = DIGIT(2) ? INT64_C(3000000000) : 0;
	seen.resets = DIGIT(2);
	seen.phases.ready_ns = DIGIT(2) ? 100 : -1;
	seen.phases.request_ns = DIGIT(2) ? 0 : -1;
	e.way_resets = DIGIT(2);
	e.recorder_failed = DIGIT(2);
	e.data_damage = DIGIT(2) ? "it is" : NULL;
	e.refused = DIGIT(2);
	e.machine_ended = DIGIT(2);
	e.log_state = DIGIT(2) ? PRESERVED_LOG_KEPT : PRESERVED_LOG_NONE;
	e.old_boot_id = DIGIT(2) ? "old" : NULL;
	e.new_boot_id = boot_ids[DIGIT(3)];
	e.new_nonce = nonces[DIGIT(3)];
	e.new_kernel = DIGIT(2) ? "6.1.1 #1 SMP" : "5.0 #9";
#undef DIGIT
	return e;
}

/* Whatever else is seen: proof needs all of its evidence, and nothing that speaks against it. */
static void proof_stands_beside_nothing_that_failed(void **state)
{
	const unsigned int all = 3 * 3 << 15;
	unsigned int proved = 0;

	(void)state;
	for (unsigned int n = 0; n < all; n++) {
		struct evidence e = combined(n);
		struct judgement j = verdict_judge(&e);

		if (!j.proved)
			continue;
		proved++;
		assert_true(j.verdict == VERDICT_OK || j.verdict == VERDICT_LOG_LOST);
		assert_true(seen.panic.ns < 0 && !seen.faults.lost && !seen.stray.id &&
			    !seen.still_ns && !e.recorder_failed && !e.data_damage &&
			    !e.refused);
		assert_true(seen.phases.ready_ns >= 0 && seen.phases.request_ns >= 0);
		assert_int_equal(seen.resets > 0, e.way_resets);
		assert_string_equal(e.old_boot_id, "old");
		assert_string_equal(e.new_boot_id, "new");
		assert_string_equal(e.new_nonce, e.nonce_expected);
		assert_string_equal(e.new_kernel, e.kernel_expected);
	}
	/* With and without resets, with and without the log; ended or not: behind its report. */
	assert_int_equal(proved, 8);
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
		cmocka_unit_test(marks_out_of_place_are_the_instruments_fault),
		cmocka_unit_test(what_stood_still_is_the_instruments_fault),
		cmocka_unit_test(what_stood_still_is_no_reason_for_any_failure),
		cmocka_unit_test(a_damaged_data_line_is_told_as_that),
		cmocka_unit_test(failures_are_told_apart),
		cmocka_unit_test(a_hang_behind_ready_is_a_hang),
		cmocka_unit_test(what_came_up_is_asked_who_it_is),
		cmocka_unit_test(a_lost_log_is_told_last),
		cmocka_unit_test(proof_stands_beside_nothing_that_failed),
		cmocka_unit_test(names_lead_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
