// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_event_resets.c - what is said of one reset several times becomes one event
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reboot/event.h"
#include "reboot_marks.h"

static void echoes_of_a_reset_are_one(void **state)
{
	const int64_t ms = 1000000;
	const struct event all[] = {
		{ .ns = 100 * ms, .source = EVENT_MACHINE, .id = MACHINE_RESET },
		{ .ns = 101 * ms, .source = EVENT_MACHINE, .id = MACHINE_RESET },
		{ .ns = 500 * ms, .source = EVENT_MARK, .id = REBOOT_MARK_BOOT_SECTOR },
		/* Told late, after the boot that it led to. */
		{ .ns = 520 * ms, .source = EVENT_MACHINE, .id = MACHINE_RESET },
		/* Soon after, but a boot lies between: a second reset. */
		{ .ns = 900 * ms, .source = EVENT_MACHINE, .id = MACHINE_RESET },
		{ .ns = 901 * ms, .source = EVENT_MACHINE, .id = MACHINE_RESET },
		/* Long after, without a boot: a third. */
		{ .ns = 6000 * ms, .source = EVENT_MACHINE, .id = MACHINE_RESET },
	};
	event_vec events = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		vec_push(&events, all[i]);
	event_sort(&events);
	assert_int_equal(event_distinct_resets(&events), 3);
	assert_int_equal(events.n, 4);
	assert_int_equal(events.at[0].ns, 100 * ms);
	assert_int_equal(events.at[2].ns, 900 * ms);
	vec_free(&events);
}

#define TOLD(t)	{ .ns = (t), .source = EVENT_MACHINE, .id = MACHINE_RESET }
#define SEEN(t)	{ .ns = (t), .source = EVENT_MACHINE, .id = MACHINE_RESET, .by_plugin = true }

/* The first of these events, when they are one reset and a boot sector. */
static struct event one_reset(const struct event *all, size_t n)
{
	event_vec events = { 0 };
	struct event first;

	for (size_t i = 0; i < n; i++)
		vec_push(&events, all[i]);
	event_sort(&events);
	assert_int_equal(event_distinct_resets(&events), 1);
	assert_int_equal(events.n, 2);
	first = events.at[0];
	assert_int_equal(first.source, EVENT_MACHINE);
	assert_int_equal(events.at[1].source, EVENT_MARK);
	vec_free(&events);
	return first;
}

#define ONE_RESET(...) one_reset((const struct event[]){ __VA_ARGS__ }, \
				 sizeof((const struct event[]){ __VA_ARGS__ }) / sizeof(struct event))

static void the_plugin_knows_the_moment_of_a_reset(void **state)
{
	const int64_t us = 1000, ms = 1000000;
	const struct event boot = { .ns = 500 * ms, .source = EVENT_MARK,
				    .id = REBOOT_MARK_BOOT_SECTOR };
	struct event e;

	(void)state;
	/* Told late, and the firmware's own reset by both. */
	e = ONE_RESET(SEEN(100 * ms), TOLD(151 * ms), SEEN(190 * ms), TOLD(191 * ms), boot);
	assert_int_equal(e.ns, 100 * ms);
	assert_true(e.by_plugin);
	/* Told before the processor began. */
	e = ONE_RESET(TOLD(100 * ms - 50 * us), SEEN(100 * ms), SEEN(190 * ms), TOLD(191 * ms),
		      boot);
	assert_int_equal(e.ns, 100 * ms);
	assert_true(e.by_plugin);
	/* Told after the boot that it led to. */
	e = ONE_RESET(SEEN(100 * ms), boot, TOLD(520 * ms));
	assert_int_equal(e.ns, 100 * ms);
	/* The first line is missing: the second is of another moment. */
	e = ONE_RESET(TOLD(101 * ms), SEEN(190 * ms), TOLD(191 * ms), boot);
	assert_int_equal(e.ns, 101 * ms);
	assert_false(e.by_plugin);
	/* All lines are missing, or all events. */
	e = ONE_RESET(TOLD(101 * ms), TOLD(191 * ms), boot);
	assert_int_equal(e.ns, 101 * ms);
	e = ONE_RESET(SEEN(100 * ms), SEEN(190 * ms), boot);
	assert_int_equal(e.ns, 100 * ms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(echoes_of_a_reset_are_one),
		cmocka_unit_test(the_plugin_knows_the_moment_of_a_reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
