// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_panic.c - panics end the wait, words of panics do not
 */
#include "wait_scene.h"

static void a_panic_may_finish_its_words(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_PANIC, 2 * S);
	at(&s, 2 * S + 150 * MS, ENDING_NONE);
	text(&s, RECORDER_CONSOLE, "Call Trace:\n", 2 * S + 160 * MS);
	at(&s, 2 * S + 300 * MS, ENDING_NONE);
	at(&s, 2 * S + 361 * MS, ENDING_PANICKED);
	end(&s);
	/* One that never falls silent. */
	begin(&s, false);
	mark(&s, REBOOT_MARK_PANIC, 2 * S);
	text(&s, RECORDER_CONSOLE, "again and again\n", 7 * S);
	at(&s, 7 * S, ENDING_NONE);
	at(&s, 7 * S + 1, ENDING_PANICKED);
	end(&s);
}

static void a_reset_ends_a_panic(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_SERVICES_STOPPED, 2 * S);
	mark(&s, REBOOT_MARK_PANIC, 2 * S + MS);
	at(&s, 2 * S + 2 * MS, ENDING_NONE);
	machine(&s, MACHINE_RESET, 2 * S + 3 * MS);
	at(&s, 2 * S + 4 * MS, ENDING_PANICKED);
	assert_int_equal(s.w.window.panic.phase, PHASE_QUIESCE);
	assert_true(s.w.window.panic.reset);
	/* Whatever comes up then is another boot: it takes nothing back. */
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 3 * S);
	mark(&s, REBOOT_MARK_READY, 4 * S);
	at(&s, 4 * S, ENDING_PANICKED);
	assert_int_equal(s.w.window.panic.ns, 2 * S + MS);
	assert_int_equal(s.w.window.panic.phase, PHASE_QUIESCE);
	end(&s);
}

static void ready_takes_a_panic_back(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 2 * S);
	mark(&s, REBOOT_MARK_PID1, 2 * S + MS);
	mark(&s, REBOOT_MARK_PANIC, 3 * S);
	mark(&s, REBOOT_MARK_READY, 3 * S + 100 * MS);
	at(&s, 4 * S, ENDING_NONE);
	assert_int_equal(s.w.window.panic.ns, -1);
	/* One behind ready stands. */
	mark(&s, REBOOT_MARK_PANIC, 4 * S);
	at(&s, 4 * S + 300 * MS, ENDING_PANICKED);
	assert_int_equal(s.w.window.panic.phase, PHASE_USERSPACE);
	assert_false(s.w.window.panic.reset);
	end(&s);
}

/* A kernel that goes down, or a second one that says so, takes none back. */
static void nothing_else_takes_a_panic_back(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_PANIC, 2 * S);
	mark(&s, REBOOT_MARK_SERVICES_STOPPED, 2 * S + MS);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S + 2 * MS);
	at(&s, 2 * S + 202 * MS, ENDING_PANICKED);
	assert_int_equal(s.w.window.stray.id, 0);
	/* Nor does the ready of another boot. */
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 3 * S);
	mark(&s, REBOOT_MARK_READY, 4 * S);
	at(&s, 4 * S, ENDING_PANICKED);
	assert_int_equal(s.w.window.panic.ns, 2 * S);
	assert_int_equal(s.w.window.panic.phase, PHASE_SHUTDOWN);
	end(&s);
}

/* A kernel without marks: what its console says of a panic may be anybody's. */
static void begin_without_marks(struct scene *s)
{
	begin(s, false);
	s->w.since.running = (struct running){ .left_ns = -100 * S };
	text(s, RECORDER_CONSOLE, "[   90.000000] lobosbench: request 1\n", 1 * S);
	text(s, RECORDER_CONSOLE, "[   90.500000] kexec_core: Starting new kernel\n", 2 * S);
	text(s, RECORDER_CONSOLE, "[    0.000000] Linux version 6 (gcc)\n", 3 * S);
	text(s, RECORDER_CONSOLE, "[    0.900000] Run /init as init process\n", 4 * S);
	text(s, RECORDER_CONSOLE, "[    1.500000] Kernel panic - not syncing: x\n", 5 * S);
}

static void a_panic_in_words_is_waited_for(void **state)
{
	struct scene s;

	(void)state;
	begin_without_marks(&s);
	at(&s, 5 * S, ENDING_NONE);
	at(&s, 15 * S, ENDING_NONE);
	at(&s, 15 * S + 1, ENDING_TIMED_OUT);
	assert_int_equal(s.w.window.panic.ns, 5 * S);
	assert_int_equal(s.w.window.panic.phase, PHASE_USERSPACE);
	assert_true(s.w.window.panic.on_console);
	end(&s);
	/* Ready behind it: it was only words. */
	begin_without_marks(&s);
	text(&s, RECORDER_CONSOLE, "[    2.000000] lobosbench: ready 1\n", 7 * S);
	text(&s, RECORDER_DATA, BLOCK, 7 * S + MS);
	at(&s, 7 * S + MS, ENDING_NONE);
	at(&s, 7 * S + 202 * MS, ENDING_REPORTED);
	assert_int_equal(s.w.window.panic.ns, -1);
	assert_int_equal(s.w.window.phases.ready_ns - s.w.window.phases.request_ns, 6 * S);
	/* Words of one when all is up. */
	text(&s, RECORDER_CONSOLE, "[    2.500000] Kernel panic - not syncing: y\n", 8 * S);
	at(&s, 8 * S, ENDING_REPORTED);
	assert_int_equal(s.w.window.panic.ns, -1);
	end(&s);
}

static void words_end_nothing_where_there_are_marks(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	text(&s, RECORDER_CONSOLE, "[    9.000000] Kernel panic - not syncing: x\n", 1 * S + MS);
	text(&s, RECORDER_CONSOLE, "[    9.000000] lobosbench: ready 1\n", 1 * S + 2 * MS);
	at(&s, 9 * S, ENDING_NONE);
	mark(&s, REBOOT_MARK_NO_RETURN, 10 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 10 * S);
	mark(&s, REBOOT_MARK_READY, 11 * S);
	text(&s, RECORDER_DATA, BLOCK, 11 * S);
	at(&s, 11 * S, ENDING_REPORTED);
	assert_int_equal(s.w.window.panic.ns, -1);
	assert_int_equal(s.w.window.phases.ready_ns - s.w.window.phases.request_ns, 10 * S);
	end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_panic_may_finish_its_words),
		cmocka_unit_test(a_reset_ends_a_panic),
		cmocka_unit_test(ready_takes_a_panic_back),
		cmocka_unit_test(nothing_else_takes_a_panic_back),
		cmocka_unit_test(a_panic_in_words_is_waited_for),
		cmocka_unit_test(words_end_nothing_where_there_are_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
