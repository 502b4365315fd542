// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_flow.c - calls and returns by their bytes
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "witness/flow.h"

#define FLOW(...)									\
	flow_of(&(struct insn){ .size = sizeof((uint8_t[]){ __VA_ARGS__ }),		\
				.bytes = { __VA_ARGS__ } })

static void calls_are_near_calls(void **state)
{
	(void)state;
	assert_int_equal(FLOW(0xe8, 0x10, 0, 0, 0), FLOW_CALL);
	assert_int_equal(FLOW(0xff, 0xd0), FLOW_CALL);			/* call *%eax */
	assert_int_equal(FLOW(0xff, 0x52, 0x08), FLOW_CALL);		/* call *8(%edx) */
	assert_int_equal(FLOW(0x64, 0xff, 0x15, 0, 0, 0, 0), FLOW_CALL);
	assert_int_equal(FLOW(0x41, 0xff, 0xd3), FLOW_CALL);		/* call *%r11 */
	assert_int_equal(FLOW(0xff, 0x15, 0, 0, 0, 0), FLOW_CALL);	/* call *0(%rip) */
	assert_int_equal(FLOW(0x41, 0xff, 0xe3), FLOW_ON);		/* jmp *%r11 */
	assert_int_equal(FLOW(0xff, 0xe0), FLOW_ON);			/* jmp *%eax */
	assert_int_equal(FLOW(0xff, 0x1e), FLOW_ON);			/* lcall *(%esi) */
	assert_int_equal(FLOW(0xff, 0x36), FLOW_ON);			/* push (%esi) */
}

static void returns_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(FLOW(0xc3), FLOW_RETURN);
	assert_int_equal(FLOW(0xf3, 0xc3), FLOW_RETURN);
	assert_int_equal(FLOW(0xc2, 0x08, 0x00), FLOW_RETURN);
	assert_int_equal(FLOW(0xcf), FLOW_INTERRUPT_RETURN);
	assert_int_equal(FLOW(0x0f, 0x35), FLOW_PROGRAM);		/* sysexit */
	assert_int_equal(FLOW(0x48, 0xcf), FLOW_INTERRUPT_RETURN);	/* iretq */
	assert_int_equal(FLOW(0x48, 0x0f, 0x07), FLOW_PROGRAM);		/* sysretq */
	assert_int_equal(FLOW(0x48, 0xcb), FLOW_ON);			/* lretq */
	assert_int_equal(FLOW(0xcb), FLOW_ON);				/* lret */
	assert_int_equal(FLOW(0x0f, 0xc3, 0x00), FLOW_ON);		/* movnti */
	assert_int_equal(FLOW(0x90), FLOW_ON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_are_near_calls),
		cmocka_unit_test(returns_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
