// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_virtual_clock.c - stamps of the emulator, and events by them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "reboot_marks.h"
#include "reboot/virtual_clock.h"

static clock_stamp_vec parsed(const char *text)
{
	clock_stamp_vec stamps = { 0 };

	assert_true(virtual_clock_parse(text, strlen(text), &stamps));
	return stamps;
}

static void test_parse(void **state)
{
	clock_stamp_vec s = parsed("reset 1 8\nport 20 160\nport 4000000000 99000000000\nport 7");

	(void)state;
	assert_int_equal(s.n, 3);
	assert_true(s.at[0].reset);
	assert_false(s.at[2].reset);
	assert_int_equal(s.at[2].instructions, 4000000000);
	assert_int_equal(s.at[2].ns, 99000000000);
	vec_free(&s);
}

static void test_parse_refuses(void **state)
{
	static const char *const wrong[] = {
		"port 1\n", "port 1 2 3\n", "mark 1 2\n", "port -1 2\n", "port 1 x\n", "\n",
		"port 1 2 \n",
		"port 00000000000000000000000000000000000000000000000000000000000000000001 2\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		clock_stamp_vec s = { 0 };

		assert_false(virtual_clock_parse(wrong[i], strlen(wrong[i]), &s));
		vec_free(&s);
	}
}

/* Three marks with a console line between them; the host saw a reset late. */
static event_vec window(void)
{
	const struct event events[] = {
		{ .ns = 1000, .source = EVENT_MARK, .id = REBOOT_MARK_REQUEST, .offset = 3 },
		{ .ns = 2000, .source = EVENT_MARK, .id = REBOOT_MARK_NO_RETURN, .offset = 6 },
		{ .ns = 2500, .source = EVENT_CONSOLE, .id = REBOOT_MARK_KERNEL_ENTRY },
		{ .ns = 3000, .source = EVENT_MARK, .id = REBOOT_MARK_BOOT_SECTOR, .offset = 9 },
		{ .ns = 3500, .source = EVENT_MACHINE, .id = MACHINE_RESET },
	};
	event_vec v = { 0 };

	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		vec_push(&v, events[i]);
	return v;
}

/* Bytes 0 to 8; a first reset, one asked for at 150 and the firmware's own at 180. */
#define BEFORE \
	"reset 1 8\nport 10 80\nport 11 88\nport 12 96\nport 100 1000\nport 101 1008\n" \
	"port 102 1016\nport 110 1080\nport 111 1088\nport 112 1096\n"
#define AFTER "port 300 3000\nport 301 3008\nport 302 3016\n"

static void test_events(void **state)
{
	clock_stamp_vec stamps = parsed(BEFORE "reset 150 1400\nreset 180 1640\n" AFTER);
	event_vec events = window(), ns = { 0 }, counts = { 0 };

	(void)state;
	assert_null(virtual_clock_events(&events, &stamps, VIRTUAL_NS, &ns));
	assert_null(virtual_clock_events(&events, &stamps, VIRTUAL_INSTRUCTIONS, &counts));
	assert_int_equal(ns.n, 4);
	assert_int_equal(counts.n, 4);
	assert_int_equal(ns.at[0].id, REBOOT_MARK_REQUEST);
	assert_int_equal(ns.at[0].ns, 1000);
	assert_int_equal(counts.at[0].ns, 100);
	assert_int_equal(counts.at[1].ns, 110);
	assert_int_equal(ns.at[2].source, EVENT_MACHINE);
	assert_int_equal(ns.at[2].ns, 1400);
	assert_int_equal(counts.at[2].ns, 150);
	assert_int_equal(ns.at[3].id, REBOOT_MARK_BOOT_SECTOR);
	assert_int_equal(ns.at[3].ns, 3000);
	vec_free(&stamps);
	vec_free(&events);
	vec_free(&ns);
	vec_free(&counts);
}

static void assert_wrong(const char *text)
{
	clock_stamp_vec stamps = parsed(text);
	event_vec events = window(), ns = { 0 };

	assert_non_null(virtual_clock_events(&events, &stamps, VIRTUAL_NS, &ns));
	vec_free(&stamps);
	vec_free(&events);
	vec_free(&ns);
}

/* Time that went by without an instruction is the host's doing, at either reset. */
static void test_skipped(void **state)
{
	(void)state;
	assert_wrong(BEFORE "reset 150 18001400\nreset 180 18001640\n" AFTER);
	assert_wrong(BEFORE "reset 150 1400\nreset 180 1648\n" AFTER);
}

static void test_stamps_missing(void **state)
{
	(void)state;
	assert_wrong("");
	assert_wrong(BEFORE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_parse_refuses),
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_skipped),
		cmocka_unit_test(test_stamps_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
