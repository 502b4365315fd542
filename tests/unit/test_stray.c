// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_stray.c - marks out of place are found, and no others
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reboot/stray.h"
#include "reboot_marks.h"

#define MARK(name)	{ .source = EVENT_MARK, .id = REBOOT_MARK_##name }
/* Its number is also that of the mark request. */
#define RESET		{ .source = EVENT_MACHINE, .id = MACHINE_RESET }

/* From n events some are taken out; the first is the stray. */
static void taken(const struct event *events, size_t n, size_t strays, int id, bool again)
{
	event_vec v = { 0 };
	struct stray s;

	for (size_t i = 0; i < n; i++)
		vec_push(&v, events[i]);
	s = stray_take_out(&v);
	assert_int_equal(v.n, n - strays);
	assert_int_equal(s.id, id);
	if (id)
		assert_int_equal(s.again, again);
	vec_free(&v);
}

#define TAKEN(strays, id, again, ...)						\
	taken((const struct event[]){ __VA_ARGS__ },				\
	      sizeof((const struct event[]){ __VA_ARGS__ }) / sizeof(struct event), strays, id, again)

static void reboots_have_none(void **state)
{
	(void)state;
	TAKEN(0, 0, false, MARK(BOOT_SECTOR), MARK(KERNEL_ENTRY), MARK(PID1), MARK(READY));
	TAKEN(0, 0, false, MARK(LOAD_BEGIN), MARK(LOAD_END), MARK(REQUEST), MARK(NO_RETURN), RESET,
	      RESET, MARK(BOOT_SECTOR), MARK(KERNEL_ENTRY), MARK(PID1), MARK(READY),
	      /* The next one. */
	      MARK(REQUEST), MARK(REQUEST));
	/* Through a kernel that runs no program; and through one that is reset when it is up. */
	TAKEN(0, 0, false, MARK(REQUEST), MARK(KERNEL_ENTRY), MARK(NO_RETURN), MARK(KERNEL_ENTRY),
	      MARK(PID1), MARK(READY), RESET, MARK(KERNEL_ENTRY), MARK(PID1), MARK(READY));
	/* Without its request. */
	TAKEN(0, 0, false, MARK(NO_RETURN), MARK(KERNEL_ENTRY), MARK(PID1), MARK(READY));
}

static void marks_out_of_place_are_found(void **state)
{
	(void)state;
	TAKEN(2, REBOOT_MARK_READY, false, MARK(READY), MARK(PID1), MARK(REQUEST),
	      MARK(KERNEL_ENTRY), MARK(PID1), MARK(READY));
	TAKEN(1, REBOOT_MARK_READY, false, MARK(REQUEST), MARK(READY), MARK(KERNEL_ENTRY),
	      MARK(PID1), MARK(READY));
	TAKEN(1, REBOOT_MARK_READY, true, MARK(REQUEST), MARK(KERNEL_ENTRY), MARK(PID1),
	      MARK(READY), MARK(READY), MARK(REQUEST));
	TAKEN(2, REBOOT_MARK_PID1, true, MARK(REQUEST), MARK(KERNEL_ENTRY), MARK(PID1),
	      MARK(PID1), MARK(READY), MARK(PID1));
	TAKEN(1, REBOOT_MARK_REQUEST, true, MARK(REQUEST), MARK(REQUEST), MARK(KERNEL_ENTRY),
	      MARK(READY));
	/* An entry ahead of the request is of the kernel that runs. */
	TAKEN(1, REBOOT_MARK_READY, false, MARK(KERNEL_ENTRY), MARK(REQUEST), MARK(READY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reboots_have_none),
		cmocka_unit_test(marks_out_of_place_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
