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

#define FROM(name)	{ .source = EVENT_CONSOLE, .id = REBOOT_MARK_##name }
#define AT(ms, event, what) { .ns = INT64_C(1000000) * (ms), .source = EVENT_##event, .id = (what) }

/* From n events some are taken out; the first is the stray. */
static void taken(const struct event *events, size_t n, size_t strays, struct stray expected)
{
	event_vec v = { 0 };
	struct stray s;

	for (size_t i = 0; i < n; i++)
		vec_push(&v, events[i]);
	s = stray_take_out(&v);
	assert_int_equal(v.n, n - strays);
	assert_int_equal(s.id, expected.id);
	if (s.id) {
		assert_int_equal(s.why, expected.why);
		assert_int_equal(s.behind, expected.behind);
	}
	vec_free(&v);
}

#define EVENTS(...)								\
	(const struct event[]){ __VA_ARGS__ },					\
	sizeof((const struct event[]){ __VA_ARGS__ }) / sizeof(struct event)
#define NONE(...) taken(EVENTS(__VA_ARGS__), 0, (struct stray){ 0 })
#define TAKEN(strays, mark, why, before, ...)					\
	taken(EVENTS(__VA_ARGS__), strays,					\
	      (struct stray){ REBOOT_MARK_##mark, STRAY_##why, before })
#define BEHIND(name) REBOOT_MARK_##name

#define DOWN	MARK(REQUEST), MARK(SERVICES_STOPPED), MARK(NO_RETURN)
#define BOOT	MARK(KERNEL_ENTRY), MARK(SETUP_DONE), MARK(INITCALLS), MARK(PID1)

static void reboots_have_none(void **state)
{
	(void)state;
	NONE(MARK(BOOT_SECTOR), MARK(DECOMPRESS_ENTRY), BOOT, MARK(READY));
	NONE(MARK(LOAD_BEGIN), MARK(LOAD_END), DOWN, RESET, RESET, MARK(BOOT_SECTOR),
	     MARK(KERNEL_ENTRY), MARK(PID1), MARK(READY),
	     /* The next one. */
	     MARK(REQUEST), MARK(REQUEST));
	/* What is loaded inside, nested and twice, and what is loaded for the next one. */
	NONE(MARK(REQUEST), MARK(LOAD_BEGIN), MARK(LOAD_BEGIN), MARK(LOAD_END), MARK(LOAD_END),
	     MARK(SERVICES_STOPPED), MARK(LOAD_BEGIN), MARK(LOAD_END), MARK(NO_RETURN), BOOT,
	     MARK(READY), MARK(LOAD_BEGIN), MARK(LOAD_END));
	NONE(MARK(LOAD_END), DOWN, BOOT, MARK(READY));
	NONE(DOWN, MARK(BIOS_CALL), MARK(DECOMPRESS_ENTRY), BOOT, MARK(READY));
	/* Through a kernel that runs no program. */
	NONE(DOWN, MARK(KERNEL_ENTRY), MARK(SETUP_DONE), MARK(INITCALLS), MARK(LOAD_BEGIN),
	     MARK(LOAD_END), MARK(NO_RETURN), BOOT, MARK(READY));
	NONE(DOWN, MARK(KERNEL_ENTRY), MARK(NO_RETURN));
	/* Without its request. */
	NONE(MARK(NO_RETURN), MARK(KERNEL_ENTRY), MARK(PID1), MARK(READY));
	/* From a kernel without marks; its decompressor has some. */
	NONE(FROM(REQUEST), BOOT, MARK(READY));
	NONE(DOWN, MARK(DECOMPRESS_ENTRY), FROM(DECOMPRESS_ENTRY), FROM(KERNEL_ENTRY), FROM(PID1),
	     FROM(READY));
}

/* Each reset leads to one more kernel, wherever the one before was. */
static void resets_lead_to_kernels(void **state)
{
	(void)state;
	NONE(MARK(REQUEST), MARK(PANIC), RESET, MARK(BOOT_SECTOR), BOOT, MARK(READY));
	NONE(DOWN, MARK(KERNEL_ENTRY), MARK(PANIC), RESET, MARK(BOOT_SECTOR), BOOT, MARK(READY));
	NONE(DOWN, BOOT, MARK(READY), RESET, BOOT, MARK(READY));
	/* The new kernel restarts itself. */
	NONE(DOWN, BOOT, MARK(SERVICES_STOPPED), MARK(NO_RETURN), RESET, BOOT, MARK(NO_RETURN),
	     RESET);
	/* What libvirt tells late. */
	NONE(MARK(REQUEST), MARK(PANIC), AT(100, MARK, REBOOT_MARK_BOOT_SECTOR),
	     AT(200, MACHINE, MACHINE_RESET), AT(300, MARK, REBOOT_MARK_KERNEL_ENTRY),
	     AT(400, MARK, REBOOT_MARK_READY));
	NONE(DOWN, MARK(BOOT_SECTOR), MARK(KERNEL_ENTRY), RESET, MARK(PID1), MARK(READY));
	TAKEN(3, BOOT_SECTOR, ORDER, BEHIND(REQUEST),
	      MARK(REQUEST), MARK(PANIC), AT(100, MARK, REBOOT_MARK_BOOT_SECTOR),
	      AT(300, MARK, REBOOT_MARK_KERNEL_ENTRY), AT(301, MARK, REBOOT_MARK_READY),
	      AT(400, MACHINE, MACHINE_RESET));
}

static void marks_of_programs_out_of_place_are_found(void **state)
{
	(void)state;
	TAKEN(2, READY, NOT_ENTERED, 0, MARK(READY), MARK(PID1), DOWN, BOOT, MARK(READY));
	TAKEN(1, READY, NOT_ENTERED, BEHIND(REQUEST), MARK(REQUEST), MARK(READY),
	      MARK(SERVICES_STOPPED), MARK(NO_RETURN), BOOT, MARK(READY));
	TAKEN(1, READY, AGAIN, BEHIND(READY), DOWN, BOOT, MARK(READY), MARK(READY), MARK(REQUEST));
	TAKEN(2, PID1, AGAIN, BEHIND(PID1), DOWN, BOOT, MARK(PID1), MARK(READY), MARK(PID1));
	TAKEN(1, REQUEST, AGAIN, BEHIND(REQUEST), MARK(REQUEST), DOWN, BOOT, MARK(READY));
	/* Both in the new system, ahead of the true ready: the request is no next one. */
	TAKEN(2, REQUEST, AGAIN, BEHIND(READY), DOWN, BOOT, MARK(READY), MARK(REQUEST), MARK(READY));
	/* An entry ahead of the request is of the kernel that runs. */
	TAKEN(1, READY, NOT_ENTERED, BEHIND(REQUEST), MARK(KERNEL_ENTRY), MARK(REQUEST),
	      MARK(READY));
	/* An early one, and the true one; one that is late; one ahead of the request. */
	TAKEN(1, SERVICES_STOPPED, AGAIN, BEHIND(SERVICES_STOPPED), MARK(REQUEST),
	      MARK(SERVICES_STOPPED), MARK(SERVICES_STOPPED), MARK(NO_RETURN), BOOT, MARK(READY));
	TAKEN(1, SERVICES_STOPPED, AGAIN, BEHIND(PID1), DOWN, BOOT, MARK(SERVICES_STOPPED),
	      MARK(READY));
	TAKEN(1, SERVICES_STOPPED, ORDER, BEHIND(NO_RETURN), MARK(REQUEST), MARK(NO_RETURN),
	      MARK(SERVICES_STOPPED), BOOT, MARK(READY));
	TAKEN(1, SERVICES_STOPPED, ORDER, 0, MARK(SERVICES_STOPPED), DOWN, BOOT, MARK(READY));
	/* Of a load that never began, and of one in the new kernel. */
	TAKEN(1, LOAD_END, ORDER, BEHIND(REQUEST), MARK(REQUEST), MARK(LOAD_END), MARK(LOAD_BEGIN),
	      MARK(LOAD_END), MARK(NO_RETURN), BOOT, MARK(READY));
	TAKEN(2, LOAD_BEGIN, ORDER, BEHIND(PID1), DOWN, BOOT, MARK(LOAD_BEGIN), MARK(LOAD_END),
	      MARK(READY));
}

/* By the port itself, with the right sequence. */
static void forged_kernels_are_found(void **state)
{
	(void)state;
	/* Ahead of the old kernel's end. */
	TAKEN(2, KERNEL_ENTRY, ORDER, BEHIND(REQUEST), MARK(REQUEST), MARK(KERNEL_ENTRY),
	      MARK(READY), MARK(SERVICES_STOPPED), MARK(NO_RETURN), BOOT, MARK(READY));
	TAKEN(5, KERNEL_ENTRY, AGAIN, BEHIND(READY), DOWN, MARK(KERNEL_ENTRY), MARK(READY), BOOT,
	      MARK(READY));
	TAKEN(7, SERVICES_STOPPED, ORDER, BEHIND(READY), MARK(REQUEST), MARK(NO_RETURN),
	      MARK(KERNEL_ENTRY), MARK(READY), MARK(SERVICES_STOPPED), MARK(NO_RETURN), BOOT,
	      MARK(READY));
	/* A whole reboot behind a forged ready. */
	TAKEN(4, REQUEST, AGAIN, BEHIND(READY), DOWN, BOOT, MARK(READY), MARK(REQUEST),
	      MARK(NO_RETURN), MARK(KERNEL_ENTRY), MARK(READY));
	/* A second one in the new kernel, and steps ahead of it. */
	TAKEN(2, KERNEL_ENTRY, AGAIN, BEHIND(PID1), DOWN, BOOT, MARK(KERNEL_ENTRY), MARK(PID1),
	      MARK(READY));
	TAKEN(1, NO_RETURN, AGAIN, BEHIND(PID1), DOWN, BOOT, MARK(NO_RETURN), MARK(READY));
	TAKEN(1, NO_RETURN, AGAIN, BEHIND(SETUP_DONE), DOWN, MARK(KERNEL_ENTRY), MARK(SETUP_DONE),
	      MARK(NO_RETURN), MARK(PID1), MARK(READY));
	TAKEN(1, DECOMPRESS_ENTRY, ORDER, BEHIND(PID1), DOWN, BOOT, MARK(DECOMPRESS_ENTRY),
	      MARK(READY));
	TAKEN(1, BOOT_SECTOR, ORDER, BEHIND(PID1), DOWN, BOOT, MARK(BOOT_SECTOR), MARK(READY));
	/* One kernel behind another, and no reset between them. */
	TAKEN(4, NO_RETURN, AGAIN, BEHIND(PID1), DOWN, MARK(KERNEL_ENTRY), MARK(PID1),
	      MARK(NO_RETURN), MARK(KERNEL_ENTRY), MARK(PID1), MARK(READY), MARK(READY));
	TAKEN(3, KERNEL_ENTRY, AGAIN, BEHIND(INITCALLS), DOWN, MARK(KERNEL_ENTRY),
	      MARK(INITCALLS), MARK(KERNEL_ENTRY), MARK(SERVICES_STOPPED), MARK(PID1),
	      MARK(READY), MARK(READY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reboots_have_none),
		cmocka_unit_test(resets_lead_to_kernels),
		cmocka_unit_test(marks_of_programs_out_of_place_are_found),
		cmocka_unit_test(forged_kernels_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
