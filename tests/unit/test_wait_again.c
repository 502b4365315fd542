// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_wait_again.c - a machine that is reset again, or ready again
 */
#include "wait_scene.h"

/* Each boot comes as far as ready, or not. */
static void reset_three_times(bool ready)
{
	struct scene s;

	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	for (int i = 0; i < 3; i++) {
		at(&s, (2 + i) * S, ENDING_NONE);
		machine(&s, MACHINE_RESET, (2 + i) * S);
		machine(&s, MACHINE_RESET, (2 + i) * S + MS);
		s.sequence = 0;
		mark(&s, REBOOT_MARK_BOOT_SECTOR, (2 + i) * S + 300 * MS);
		mark(&s, REBOOT_MARK_KERNEL_ENTRY, (2 + i) * S + 400 * MS);
		if (ready)
			mark(&s, REBOOT_MARK_READY, (2 + i) * S + 500 * MS);
	}
	at(&s, 5 * S, ENDING_RESET_LOOP);
	assert_int_equal(s.w.window.resets, 3);
	end(&s);
}

static void resets_without_end_are_a_loop(void **state)
{
	(void)state;
	reset_three_times(false);
	reset_three_times(true);
}

/* By the firmware: boots at 2 s and at 6 s, a reset ahead of each; the first is ready or not. */
static void boot_twice(struct scene *s, bool ready)
{
	begin(s, false);
	mark(s, REBOOT_MARK_REQUEST, 1 * S);
	mark(s, REBOOT_MARK_NO_RETURN, 1 * S + MS);
	for (int64_t i = 0; i < 2; i++) {
		machine(s, MACHINE_RESET, 2 * S - MS + 4 * i * S);
		mark(s, REBOOT_MARK_KERNEL_ENTRY, 2 * S + 4 * i * S);
		mark(s, REBOOT_MARK_PID1, 3 * S + 4 * i * S);
		if (ready || i)
			mark(s, REBOOT_MARK_READY, 4 * S + 4 * i * S);
	}
	text(s, RECORDER_DATA, BLOCK, 8 * S + MS);
	at(s, 8 * S + 2 * MS, ENDING_REPORTED);
	assert_int_equal(s->w.window.resets, 2);
	assert_int_equal(s->w.window.stray.id, 0);
}

static void a_machine_that_is_ready_again_did_not_stay_up(void **state)
{
	struct scene s;

	(void)state;
	boot_twice(&s, true);
	assert_true(s.w.window.ready_again);
	end(&s);
	boot_twice(&s, false);
	assert_false(s.w.window.ready_again);
	assert_int_equal(s.w.window.phases.ready_ns, 8 * S);
	end(&s);
}

/* A program in the new system sets both: its request ends no window. */
static void a_forged_request_hides_no_ready(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 2 * S);
	mark(&s, REBOOT_MARK_READY, 2 * S + MS);
	mark(&s, REBOOT_MARK_REQUEST, 2 * S + 2 * MS);
	at(&s, 3 * S, ENDING_NONE);
	mark(&s, REBOOT_MARK_READY, 5 * S);
	text(&s, RECORDER_DATA, BLOCK, 6 * S);
	at(&s, 6 * S, ENDING_REPORTED);
	assert_int_equal(s.w.window.stray.id, REBOOT_MARK_REQUEST);
	assert_int_equal(s.w.window.stray.why, STRAY_AGAIN);
	end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resets_without_end_are_a_loop),
		cmocka_unit_test(a_machine_that_is_ready_again_did_not_stay_up),
		cmocka_unit_test(a_forged_request_hides_no_ready),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
