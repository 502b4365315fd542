// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_wait.c - each way a boot can be over is told, and when
 */
#include "wait_scene.h"

#include <errno.h>

static void a_block_behind_ready_is_the_end(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	at(&s, 1 * S, ENDING_NONE);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 2 * S);
	mark(&s, REBOOT_MARK_READY, 3 * S);
	at(&s, 3 * S, ENDING_NONE);
	text(&s, RECORDER_DATA, BLOCK, 3 * S + 5 * MS);
	at(&s, 3 * S + 6 * MS, ENDING_REPORTED);
	assert_string_equal(s.w.item.boot_id, "new");
	assert_int_equal(s.w.window.phases.ready_ns - s.w.window.phases.request_ns, 2 * S);
	end(&s);
}

static void a_block_before_ready_waits_for_it(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	text(&s, RECORDER_DATA, BLOCK, 3 * S);
	at(&s, 3 * S, ENDING_NONE);
	at(&s, 3 * S + 100 * MS, ENDING_NONE);
	/* But not for ever: then ready was lost. */
	at(&s, 3 * S + 300 * MS, ENDING_REPORTED);
	assert_int_equal(s.w.window.phases.ready_ns, -1);
	end(&s);
}

static void silence_is_the_end(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	at(&s, 1 * S, ENDING_NONE);
	text(&s, RECORDER_CONSOLE, "words\n", 5 * S);
	at(&s, 15 * S, ENDING_NONE);
	at(&s, 15 * S + 1, ENDING_TIMED_OUT);
	end(&s);
}

static void words_without_progress_are_the_end(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	at(&s, 1 * S, ENDING_NONE);
	for (int i = 2; i <= 21; i++) {
		text(&s, RECORDER_CONSOLE, "soft lockup, again\n", i * S);
		at(&s, i * S, ENDING_NONE);
	}
	at(&s, 21 * S + 1, ENDING_TIMED_OUT);
	end(&s);
}

/* On a busy host a machine has less time than the clock says. */
static void a_machine_that_waits_for_a_processor_has_not_hung(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	s.l.waited_ns = 1 * S;
	at(&s, 2 * S, ENDING_NONE);
	s.l.waited_ns += 30 * S;
	at(&s, 41 * S, ENDING_NONE);
	at(&s, 41 * S + 1, ENDING_TIMED_OUT);
	/* Behind a byte, only what it waits for from then on counts. */
	text(&s, RECORDER_CONSOLE, "words\n", 50 * S);
	at(&s, 51 * S, ENDING_NONE);
	at(&s, 52 * S + 1, ENDING_TIMED_OUT);
	end(&s);
}

static void before_the_request_the_machine_rests(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	at(&s, 13 * S, ENDING_NONE);
	at(&s, 13 * S + 1, ENDING_TIMED_OUT);
	end(&s);
	/* A first boot waits for no request. */
	begin(&s, true);
	at(&s, 10 * S + 1, ENDING_TIMED_OUT);
	end(&s);
}

static void an_early_ready_is_not_the_end(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_READY, 1 * S - MS);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_READY, 1 * S + 56 * MS);
	at(&s, 1 * S + 56 * MS, ENDING_NONE);
	assert_int_equal(s.w.window.phases.ready_ns, -1);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 2 * S);
	mark(&s, REBOOT_MARK_READY, 3 * S);
	text(&s, RECORDER_DATA, BLOCK, 3 * S);
	at(&s, 3 * S, ENDING_REPORTED);
	assert_int_equal(s.w.window.phases.ready_ns - s.w.window.phases.request_ns, 2 * S);
	assert_int_equal(s.w.window.stray.id, REBOOT_MARK_READY);
	assert_int_equal(s.w.window.stray.why, STRAY_NOT_ENTERED);
	end(&s);
}

/* A line may say ready, and all that the machine has to say may have come, before the true line. */
static void a_line_that_says_ready_waits_for_another(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	s.w.since.running = (struct running){ .left_ns = -100 * S };
	text(&s, RECORDER_CONSOLE, "[   90.000000] lobosbench: request 1\n", 1 * S);
	text(&s, RECORDER_CONSOLE, "[   90.500000] kexec_core: Starting new kernel\n", 2 * S);
	text(&s, RECORDER_CONSOLE, "[    0.000000] Linux version 6 (gcc)\n", 3 * S);
	text(&s, RECORDER_CONSOLE, "[    0.900000] Run /init as init process\n", 4 * S);
	text(&s, RECORDER_CONSOLE, "[    1.500000] lobosbench: ready 1\n", 5 * S);
	text(&s, RECORDER_DATA, BLOCK, 7 * S);
	at(&s, 7 * S, ENDING_NONE);
	text(&s, RECORDER_CONSOLE, "[    3.000000] lobosbench: ready 1\n", 7 * S + MS);
	at(&s, 7 * S + 201 * MS, ENDING_REPORTED);
	assert_int_equal(s.w.window.stray.id, REBOOT_MARK_READY);
	assert_int_equal(s.w.window.stray.why, STRAY_AGAIN);
	end(&s);
}

static void a_stall_is_found_where_it_matters(void **state)
{
	const struct stall before = { 0, 1 * S - 101 * MS, STALL_MACHINE };
	const struct stall touches = { 0, 1 * S - 99 * MS, STALL_RECORDER };
	const struct stall longer = { 2 * S, 4 * S, STALL_MACHINE };
	const struct stall behind = { 5 * S + MS, 9 * S, STALL_HOST };
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 2 * S);
	mark(&s, REBOOT_MARK_READY, 5 * S);
	vec_push(&s.l.stalls, before);
	vec_push(&s.l.stalls, behind);
	at(&s, 5 * S, ENDING_NONE);
	assert_int_equal(s.w.window.stall.to_ns, 0);
	assert_int_equal(s.w.window.still_ns, 0);
	/* The bytes of the request may have come in it. */
	vec_push(&s.l.stalls, touches);
	at(&s, 5 * S, ENDING_NONE);
	assert_int_equal(s.w.window.stall.of, STALL_RECORDER);
	assert_int_equal(s.w.window.stall.to_ns, touches.to_ns);
	vec_push(&s.l.stalls, longer);
	at(&s, 5 * S, ENDING_NONE);
	assert_int_equal(s.w.window.stall.of, STALL_MACHINE);
	assert_int_equal(s.w.window.stall.to_ns - s.w.window.stall.from_ns, 2 * S);
	end(&s);
}

/* In whatever order they were found; two of which one lies in the other are one. */
static void stalls_are_added_up(void **state)
{
	const struct stall whole = { 3 * S, 4 * S, STALL_RECORDER };
	const struct stall inside = { 3 * S + 200 * MS, 3 * S + 500 * MS, STALL_MACHINE };
	const struct stall overlaps = { 3 * S + 900 * MS, 4 * S + 100 * MS, STALL_MACHINE };
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 2 * S);
	mark(&s, REBOOT_MARK_READY, 5 * S);
	for (int i = 9; i >= 0; i--)
		vec_push(&s.l.stalls, ((struct stall){
			1 * S + i * 100 * MS, 1 * S + i * 100 * MS + 50 * MS, STALL_MACHINE,
		}));
	vec_push(&s.l.stalls, inside);
	vec_push(&s.l.stalls, overlaps);
	vec_push(&s.l.stalls, whole);
	at(&s, 5 * S, ENDING_NONE);
	assert_int_equal(s.w.window.stall.of, STALL_RECORDER);
	assert_int_equal(s.w.window.still_ns, 1600 * MS);
	end(&s);
}

static void a_refusal_is_the_end(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	text(&s, RECORDER_DATA, "refused 1 status 1 errno 8\n", 2 * S);
	at(&s, 2 * S, ENDING_REFUSED);
	assert_int_equal(s.w.item.refused_errno, 8);
	end(&s);
}

static void the_machine_may_end_or_be_lost(void **state)
{
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	/* The connection ends first, libvirt tells why a little later. */
	assert_int_equal(wait_look(&s.w, &s.l, EPIPE, 2 * S), ENDING_NONE);
	machine(&s, MACHINE_STOPPED, 2 * S + MS);
	assert_int_equal(wait_look(&s.w, &s.l, EPIPE, 2 * S + 2 * MS), ENDING_MACHINE_ENDED);
	end(&s);
	begin(&s, false);
	machine(&s, MACHINE_CRASHED, 2 * S);
	at(&s, 2 * S, ENDING_LOST);
	end(&s);
	begin(&s, false);
	assert_int_equal(wait_look(&s.w, &s.l, EIO, S), ENDING_LOST);
	end(&s);
	/* The connection ended and nobody says why. */
	begin(&s, false);
	assert_int_equal(wait_look(&s.w, &s.l, EPIPE, S), ENDING_NONE);
	assert_int_equal(wait_look(&s.w, &s.l, EPIPE, 9 * S), ENDING_NONE);
	assert_int_equal(wait_look(&s.w, &s.l, EPIPE, 13 * S + 1), ENDING_LOST);
	end(&s);
	begin(&s, false);
	text(&s, RECORDER_DATA, "gibberish\n", S);
	at(&s, S, ENDING_LOST);
	end(&s);
}

/* At the end of its chain a machine may switch itself off before anybody has looked. */
static void a_machine_that_was_up_may_switch_itself_off(void **state)
{
	struct lines_mark next;
	struct scene s;

	(void)state;
	begin(&s, false);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 2 * S);
	mark(&s, REBOOT_MARK_READY, 3 * S);
	text(&s, RECORDER_DATA, BLOCK, 3 * S);
	machine(&s, MACHINE_STOPPED, 5 * S);
	assert_int_equal(wait_look(&s.w, &s.l, EPIPE, 6 * S), ENDING_REPORTED);
	assert_int_equal(s.w.window.phases.ready_ns, 3 * S);
	/* The next wait finds out. */
	next = lines_next(&s.l, &s.w.since, &s.w.window);
	wait_end(&s.w);
	wait_begin(&s.w, &next, 0x1ff, &limits, (struct wait_moment){ 6 * S, 0 });
	assert_int_equal(wait_look(&s.w, &s.l, EPIPE, 6 * S), ENDING_MACHINE_ENDED);
	end(&s);
}

static void what_goes_down_is_said_ahead_of_the_request(void **state)
{
	static const char facts[] = "clocksource tsc\ncpus 2\nmemory_kib 1\nmemory_map \ntsc_khz 1\n"
				    "block_devices \ninterrupt_controllers \ntaint 0\nwarnings 0\n";
	struct scene s;

	(void)state;
	begin(&s, false);
	text(&s, RECORDER_DATA, "request 1 begin\n", 1 * S - MS);
	text(&s, RECORDER_DATA, facts, 1 * S - MS);
	text(&s, RECORDER_DATA, "request 1 end\n", 1 * S - MS);
	at(&s, 1 * S, ENDING_NONE);
	assert_true(s.w.before.known);
	/* That of another reboot is nobody's. */
	text(&s, RECORDER_DATA, "request 2 begin\nclocksource jiffies\n", 1 * S);
	text(&s, RECORDER_DATA, strchr(facts, '\n') + 1, 1 * S);
	text(&s, RECORDER_DATA, "request 2 end\n", 1 * S);
	mark(&s, REBOOT_MARK_REQUEST, 1 * S);
	mark(&s, REBOOT_MARK_NO_RETURN, 2 * S - MS);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 2 * S);
	mark(&s, REBOOT_MARK_READY, 3 * S);
	text(&s, RECORDER_DATA, BLOCK, 3 * S);
	at(&s, 3 * S, ENDING_REPORTED);
	assert_string_equal(s.w.before.clocksource, "tsc");
	end(&s);
}

static void a_request_that_came_early_is_not_lost(void **state)
{
	struct scene s;
	struct lines_mark next;
	struct window w = { 0 };

	(void)state;
	begin(&s, true);
	mark(&s, REBOOT_MARK_KERNEL_ENTRY, 1 * S - MS);
	mark(&s, REBOOT_MARK_PID1, 1 * S);
	mark(&s, REBOOT_MARK_READY, 2 * S);
	text(&s, RECORDER_DATA, BLOCK, 2 * S + MS);
	/* A machine that rests for no time asks before anybody has looked. */
	mark(&s, REBOOT_MARK_REQUEST, 2 * S + 3 * MS);
	at(&s, 2 * S + 4 * MS, ENDING_REPORTED);
	assert_int_equal(s.w.window.stray.id, 0);
	next = lines_next(&s.l, &s.w.since, &s.w.window);
	assert_int_equal(next.number, 1);
	assert_true(next.running.marked);
	lines_window(&s.l, &next, 0x1ff, &w);
	assert_int_equal(w.events.n, 1);
	assert_int_equal(w.phases.request_ns, 2 * S + 3 * MS);
	window_free(&w);
	end(&s);
}

static void the_tail_is_the_last_lines(void **state)
{
	struct scene s;
	char *tail;

	(void)state;
	begin(&s, true);
	tail = lines_tail(&s.l, 2);
	assert_string_equal(tail, "");
	free(tail);
	text(&s, RECORDER_CONSOLE, "one\r\ntwo\r\n\r\nthree\r\nfo", S);
	tail = lines_tail(&s.l, 2);
	assert_string_equal(tail, "three | fo");
	free(tail);
	tail = lines_tail(&s.l, 9);
	assert_string_equal(tail, "one | two | three | fo");
	free(tail);
	/* As a program does that shows how far it is: most bytes are ends of lines. */
	text(&s, RECORDER_CONSOLE, "\r\n1\r2\r3\r4\r5\r6\r7\r8\r9", S);
	tail = lines_tail(&s.l, 1);
	assert_string_equal(tail, "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9");
	free(tail);
	end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_behind_ready_is_the_end),
		cmocka_unit_test(a_block_before_ready_waits_for_it),
		cmocka_unit_test(silence_is_the_end),
		cmocka_unit_test(words_without_progress_are_the_end),
		cmocka_unit_test(a_machine_that_waits_for_a_processor_has_not_hung),
		cmocka_unit_test(before_the_request_the_machine_rests),
		cmocka_unit_test(an_early_ready_is_not_the_end),
		cmocka_unit_test(a_line_that_says_ready_waits_for_another),
		cmocka_unit_test(a_stall_is_found_where_it_matters),
		cmocka_unit_test(stalls_are_added_up),
		cmocka_unit_test(a_refusal_is_the_end),
		cmocka_unit_test(the_machine_may_end_or_be_lost),
		cmocka_unit_test(a_machine_that_was_up_may_switch_itself_off),
		cmocka_unit_test(what_goes_down_is_said_ahead_of_the_request),
		cmocka_unit_test(a_request_that_came_early_is_not_lost),
		cmocka_unit_test(the_tail_is_the_last_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
