// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_calibration.c - what times say together, and how exact the borders of a reboot are
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "machine/calibration_private.h"

static void times_have_quantiles(void **state)
{
	int64_t late[200], one[] = { 7 };
	struct lateness l;

	(void)state;
	for (int i = 0; i < 200; i++)
		late[i] = 1 + (i * 7) % 200;
	l = lateness_of(late, 200);
	assert_int_equal(l.p50_ns, 100);
	assert_int_equal(l.p99_ns, 198);
	assert_int_equal(l.max_ns, 200);
	l = lateness_of(one, 1);
	assert_int_equal(l.p50_ns, 7);
	assert_int_equal(l.p99_ns, 7);
}

/* libvirt reports the border of a reset, later than any mark arrives. */
static void a_reboot_is_as_exact_as_its_borders(void **state)
{
	struct calibration c = {
		.marks = { 1, 10, 11 }, .console = { 2, 20, 21 }, .reset = { 3, 3000, 3001 },
	};
	struct phases phases = { 0 };
	struct phase_time *firmware = &phases.at[PHASE_FIRMWARE];

	(void)state;
	phases.at[PHASE_KERNEL].state = PHASE_SEEN;
	assert_int_equal(calibration_error(&c, &phases), 10);
	phases.at[PHASE_KERNEL].from_console = true;
	assert_int_equal(calibration_error(&c, &phases), 20);
	/* Nothing rests on a phase that was not seen. */
	firmware->from_event = true;
	firmware->state = PHASE_UNKNOWN;
	assert_int_equal(calibration_error(&c, &phases), 20);
	firmware->state = PHASE_SEEN;
	assert_int_equal(calibration_error(&c, &phases), 3000);
	c.reset.p99_ns = -1;
	assert_int_equal(calibration_error(&c, &phases), -1);
	assert_int_equal(calibration_error(NULL, &phases), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_have_quantiles),
		cmocka_unit_test(a_reboot_is_as_exact_as_its_borders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
