// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_sift.c - which console lines count, of which kernel
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reboot/sift.h"
#include "reboot_marks.h"

#define MS INT64_C(1000000)

#define MARK(t, name)	{ .ns = (t) * MS, .source = EVENT_MARK, .id = REBOOT_MARK_##name }
#define RESET(t)	{ .ns = (t) * MS, .source = EVENT_MACHINE, .id = MACHINE_RESET }
/* A console line with printk's stamp, in ms, and its number. */
#define LINE(t, name, stamp, n)							\
	{ .ns = (t) * MS, .source = EVENT_CONSOLE, .id = REBOOT_MARK_##name,	\
	  .printk_ns = (stamp) < 0 ? -1 : (stamp) * MS, .number = (n) }

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* Of the n events these are left, in this order: their numbers, from 0, as digits and letters. */
static void left(const struct event *events, size_t n, bool marked, int number, const char *known)
{
	/* Up for some nine seconds, and ready after two. */
	const struct running begin = {
		.marked = marked, .left_ns = -9000 * MS, .ready_ns = marked ? 0 : 2000 * MS,
	};
	event_vec v = { 0 };
	char found[37] = "";

	for (size_t i = 0; i < n; i++)
		vec_push(&v, events[i]);
	for (size_t i = 0; i < n; i++)
		v.at[i].offset = i;
	sift_console(&v, &begin, number);
	for (size_t i = 0; i < v.n; i++)
		found[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[v.at[i].offset];
	assert_string_equal(found, known);
	vec_free(&v);
}

static void a_kernel_with_marks_needs_no_lines(void **state)
{
	const struct event lobos[] = {
		MARK(0, REQUEST), LINE(1, REQUEST, 9000, 1), LINE(2, PANIC, 9001, -1),
		LINE(3, KERNEL_ENTRY, 0, -1), MARK(5, SERVICES_STOPPED), LINE(6, READY, 9002, 1),
		MARK(10, NO_RETURN), LINE(11, DECOMPRESS_ENTRY, -1, -1), MARK(12, KERNEL_ENTRY),
		LINE(20, KERNEL_ENTRY, 0, -1), MARK(30, PID1), LINE(31, PID1, 10, -1),
		LINE(32, PANIC, 11, -1), MARK(40, READY), LINE(41, READY, 15, 1),
	};
	const struct event bios[] = {
		MARK(0, REQUEST), MARK(10, NO_RETURN), LINE(11, NO_RETURN, 9000, -1), RESET(12),
		MARK(20, BOOT_SECTOR), LINE(21, KERNEL_ENTRY, 0, -1), MARK(22, KERNEL_ENTRY),
		LINE(23, PANIC, 1, -1), MARK(30, SETUP_DONE), MARK(40, READY),
	};

	(void)state;
	left(lobos, N(lobos), true, 1, "0468ad");
	left(bios, N(bios), true, 1, "0134689");
	left(bios + 3, N(bios) - 3, false, 0, "01356");
}

/* The telling of a reset comes after the kernel that it led to had begun. */
static void a_late_reset_makes_no_kernel_unmarked(void **state)
{
	const struct event events[] = {
		MARK(0, REQUEST), MARK(10, NO_RETURN), MARK(20, KERNEL_ENTRY), RESET(900),
		LINE(910, KERNEL_ENTRY, 0, -1), MARK(920, SETUP_DONE), MARK(930, PID1),
	};

	(void)state;
	left(events, N(events), true, 1, "012356");
}

static void a_kernel_without_marks_is_known_by_its_lines(void **state)
{
	const struct event to_unmarked[] = {
		MARK(0, REQUEST), MARK(10, NO_RETURN), LINE(11, NO_RETURN, 9000, -1),
		LINE(12, DECOMPRESS_ENTRY, -1, -1), LINE(20, PID1, 5, -1), LINE(21, READY, 5, 1),
		LINE(22, PANIC, 5, -1), LINE(300, KERNEL_ENTRY, 0, -1), LINE(400, PID1, 350, -1),
		LINE(500, READY, 450, 1),
	};
	const struct event to_marked[] = {
		LINE(0, SERVICES_STOPPED, 8999, -1), LINE(1, NO_RETURN, 8999, -1),
		LINE(2, REQUEST, 9000, 2), LINE(3, REQUEST, 9000, 1), LINE(4, PANIC, 9001, -1),
		LINE(5, PID1, 9001, -1), LINE(6, READY, 9001, 1), LINE(7, KERNEL_ENTRY, 0, -1),
		LINE(8, SERVICES_STOPPED, 9002, -1), LINE(9, NO_RETURN, 9003, -1),
		MARK(20, KERNEL_ENTRY), LINE(30, KERNEL_ENTRY, 0, -1), MARK(40, READY),
	};

	(void)state;
	left(to_unmarked, N(to_unmarked), true, 1, "013789");
	left(to_marked, N(to_marked), false, 1, "389ac");
}

static void its_stamps_must_be_those_of_its_time(void **state)
{
	const struct event events[] = {
		/* Replayed from before it was ready, and invented. */
		LINE(0, REQUEST, 1990, 1), LINE(0, REQUEST, 99000, 1),
		LINE(0, SERVICES_STOPPED, 9000, -1),
		LINE(0, REQUEST, 9000, 1), LINE(1, SERVICES_STOPPED, 8000, -1),
		LINE(1000, NO_RETURN, 9900, -1),
		/* Entered longer ago than it was left. */
		LINE(1500, KERNEL_ENTRY, 9950, -1),
		LINE(2000, KERNEL_ENTRY, 0, -1),
		/* A log that is replayed: too late, too early, of another boot; then the true one. */
		LINE(2100, PID1, 1800, -1), LINE(2200, PID1, 500, -1), LINE(2300, PID1, 600, -1),
		LINE(2400, READY, 400, 1), LINE(2500, READY, 1000, 0), LINE(2600, READY, 9000, 1),
		LINE(2700, PANIC, 9000, -1), LINE(2800, READY, 1600, 1),
		/* A copy, and a contradiction. */
		LINE(2900, READY, 1600, 1), LINE(3000, READY, 1700, 1),
		/* Nobody's last words, and no kernel's first. */
		LINE(3100, NO_RETURN, 1900, -1), LINE(3200, KERNEL_ENTRY, 0, -1),
		LINE(3300, PANIC, 2000, -1), LINE(3400, REQUEST, 2100, 2),
	};

	(void)state;
	left(events, N(events), false, 1, "3579fhk");
}

/* Last words that a program prints: the kernel goes on, and comes to its true ones. */
static void forged_last_words_are_contradicted(void **state)
{
	const struct event unmarked[] = {
		LINE(0, REQUEST, 9000, 1), LINE(10, NO_RETURN, 9010, -1),
		LINE(20, KERNEL_ENTRY, 0, -1), LINE(30, PID1, 10, -1),
		LINE(100, SERVICES_STOPPED, 9100, -1), LINE(110, REQUEST, 9110, 1),
		LINE(200, NO_RETURN, 9200, -1), LINE(300, KERNEL_ENTRY, 0, -1),
		/* A log that is replayed, and what the new kernel prints of this. */
		LINE(700, SERVICES_STOPPED, 9100, -1), LINE(710, NO_RETURN, 9200, -1),
		LINE(720, SERVICES_STOPPED, 410, -1), LINE(730, NO_RETURN, 420, -1),
		LINE(800, READY, 500, 1),
		/* The next reboot. */
		LINE(900, SERVICES_STOPPED, 9800, -1),
	};
	const struct event to_marked[] = {
		LINE(0, REQUEST, 9000, 1), LINE(10, NO_RETURN, 9010, -1),
		LINE(20, SERVICES_STOPPED, 9020, -1), LINE(30, NO_RETURN, 9030, -1),
		MARK(40, KERNEL_ENTRY), LINE(50, NO_RETURN, 9050, -1), MARK(60, READY),
	};

	(void)state;
	left(unmarked, N(unmarked), false, 1, "01234567c");
	left(to_marked, N(to_marked), false, 1, "012346");
}

/* The true ready counts behind a forged one, although the forged step has a larger stamp. */
static void a_forged_step_hides_no_ready(void **state)
{
	const struct event events[] = {
		LINE(0, REQUEST, 9000, 1), LINE(100, NO_RETURN, 9100, -1),
		LINE(100, KERNEL_ENTRY, 0, -1), LINE(1000, PID1, 1000, -1),
		LINE(1000, READY, 1001, 1),
		/* The true ones. */
		LINE(2100, NO_RETURN, 11100, -1), LINE(2200, KERNEL_ENTRY, 0, -1),
		LINE(2600, PID1, 400, -1), LINE(3100, READY, 900, 1), LINE(3200, READY, 900, 1),
		/* Of another reboot, and of no time. */
		LINE(3300, READY, 950, 2), LINE(3400, READY, 99000, 1),
	};

	(void)state;
	left(events, N(events), false, 1, "012348");
}

static void the_next_reboot_begins_where_this_one_ends(void **state)
{
	const struct event events[] = {
		MARK(100, BOOT_SECTOR), LINE(200, KERNEL_ENTRY, 0, -1), LINE(700, PID1, 400, -1),
		LINE(900, READY, 600, 0),
	};
	const struct running nothing = { 0 };
	struct running running;
	event_vec v = { 0 };

	(void)state;
	for (size_t i = 0; i < N(events); i++)
		vec_push(&v, events[i]);
	running = sift_console(&v, &nothing, 0);
	assert_int_equal(v.n, N(events));
	assert_false(running.marked);
	assert_int_equal(running.left_ns, 100 * MS);
	assert_int_equal(running.ready_ns, 600 * MS);
	v.at[1] = (struct event)MARK(150, KERNEL_ENTRY);
	v.at[3] = (struct event)MARK(900, READY);
	running = sift_console(&v, &nothing, 0);
	assert_int_equal(v.n, 3);
	assert_true(running.marked);
	vec_free(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kernel_with_marks_needs_no_lines),
		cmocka_unit_test(a_late_reset_makes_no_kernel_unmarked),
		cmocka_unit_test(a_kernel_without_marks_is_known_by_its_lines),
		cmocka_unit_test(its_stamps_must_be_those_of_its_time),
		cmocka_unit_test(forged_last_words_are_contradicted),
		cmocka_unit_test(a_forged_step_hides_no_ready),
		cmocka_unit_test(the_next_reboot_begins_where_this_one_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
