// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_profile_trace.c - what the profiler's plugin wrote, into phases
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "witness/profile_trace.h"

#define LOBOS	(1u << PHASE_SHUTDOWN | 1u << PHASE_LOAD | 1u << PHASE_QUIESCE | \
		 1u << PHASE_HANDOFF | 1u << PHASE_KERNEL | 1u << PHASE_USERSPACE)
#define BIOS	(1u << PHASE_SHUTDOWN | 1u << PHASE_QUIESCE | 1u << PHASE_HANDOFF | \
		 1u << PHASE_FIRMWARE | 1u << PHASE_BOOTLOADER | 1u << PHASE_KERNEL | \
		 1u << PHASE_USERSPACE)

/* First boot, a reboot whose counts must not be taken, and the one that is. */
static const char lobos[] =
	"f 1 start_kernel\nn 1 0 1\nf 2 lobos (program)\nn 2 0 2\n"
	"c 1 1000000 1\nc 2 5 0\np 9 9 1 1 1\nm 35 1000005 3\n"
	"c 1 10 0\np 1 1 0 0 0\nm 1 1000015 0\n"
	"c 1 500 0\np 1 1 0 0 0\nm 35 1000515 0\n"
	"c 1 10 0\np 1 1 0 0 0\nm 1 1000525 0\n"		/* the request */
	"f 3 crc32_body\nn 3 2 3\nc 2 100 0\np 2 1 0 0 0\nm 2 1000625 1\n"
	"c 3 24 4\np 1 1 0 0 0\nm 3 1000649 2\n"
	"c 2 6 0\np 1 1 0 0 0\nm 4 1000655 0\n"
	"c 1 7 0\np 1 1 0 0 0\nm 2 1000662 0\n"
	"c 3 30 1\np 1 1 0 0 0\nm 3 1000692 0\n"
	"c 1 3 0\np 1 1 0 0 0\nm 5 1000695 0\n"
	"c 1 9 0\np 1 1 0 0 0\nm 18 1000704 0\n"
	"c 1 400 0\np 3 3 1 2 0\nm 32 1001104 0\n"
	"b 3 f8c41230 55\n"
	"c 1 300 0\np 1 1 0 0 0\nm 33 1001404 0\n"
	"c 1 50 0\np 1 1 0 0 0\nm 34 1001454 0\n"
	"c 2 20 0\np 1 1 0 0 0\nm 35 1001474 7\n"
	"c 1 1 0\np 0 0";

static int read_trace(const char *text, unsigned int expected, struct profile *p,
		      module_code_vec *code)
{
	struct error *err = NULL;
	int rc;

	*p = (struct profile){ 0 };
	*code = (module_code_vec){ 0 };
	rc = profile_trace_read(text, expected, p, code, &err);
	error_free(err);
	return rc;
}

static void done(struct profile *p, module_code_vec *code)
{
	profile_free(p);
	module_code_free(code);
}

static void the_last_reboot_is_taken_by_phases(void **state)
{
	module_code_vec code;
	struct profile p;

	(void)state;
	assert_int_equal(read_trace(lobos, LOBOS, &p, &code), 0);
	assert_int_equal(profile_counted(&p, 1u << PHASE_SHUTDOWN), 106);
	assert_int_equal(profile_counted(&p, 1u << PHASE_LOAD), 54);
	assert_int_equal(profile_counted(&p, 1u << PHASE_QUIESCE), 10);
	assert_int_equal(profile_counted(&p, 1u << PHASE_HANDOFF), 9);
	assert_int_equal(profile_counted(&p, 1u << PHASE_KERNEL), 750);
	assert_int_equal(profile_counted(&p, 1u << PHASE_USERSPACE), 20);
	assert_int_equal(p.tree.nodes.at[3].instructions[PHASE_LOAD], 54);
	assert_int_equal(p.tree.nodes.at[3].calls[PHASE_LOAD], 5);
	done(&p, &code);
}

static void what_surrounds_the_counts_is_of_the_same_reboot(void **state)
{
	module_code_vec code;
	struct profile p;

	(void)state;
	assert_int_equal(read_trace(lobos, LOBOS, &p, &code), 0);
	assert_int_equal(p.faults[PHASE_SHUTDOWN], 1);
	assert_int_equal(p.faults[PHASE_LOAD], 2);
	assert_int_equal(p.faults[PHASE_USERSPACE], 7);
	assert_int_equal(p.paths.calls, 14);
	assert_int_equal(p.paths.odd, 1);
	assert_int_equal(p.paths.lost, 2);
	assert_int_equal(p.paths.cut, 0);
	done(&p, &code);
}

static void code_of_modules_is_kept(void **state)
{
	static const char trace[] = "f 1 a\nb 1 f8c41230 5589e5\n";
	module_code_vec code;
	struct profile p;

	(void)state;
	assert_true(read_trace(trace, LOBOS, &p, &code) < 0);	/* there is no reboot in it */
	assert_int_equal(code.n, 1);
	assert_int_equal(code.at[0].function, 1);
	assert_int_equal(code.at[0].address, 0xf8c41230);
	assert_int_equal(code.at[0].size, 3);
	assert_memory_equal(code.at[0].bytes, "\x55\x89\xe5", 3);
	done(&p, &code);
}

/* SeaBIOS resets twice; what lies between is firmware, too. */
static void a_reset_begins_the_firmware(void **state)
{
	static const char trace[] =
		"f 1 a\nn 1 0 1\nm 35 0 0\nm 1 0 0\n"
		"c 1 1 0\nm 4 0 0\nc 1 2 0\nm 5 0 0\nc 1 4 0\nr 0 0\nc 1 8 0\nr 0 0\nc 1 16 0\n"
		"m 16 0 0\nc 1 32 0\nm 18 0 0\nc 1 64 0\nm 34 0 0\nc 1 128 0\nm 35 0 0\n";
	module_code_vec code;
	struct profile p;

	(void)state;
	assert_int_equal(read_trace(trace, BIOS, &p, &code), 0);
	assert_int_equal(profile_counted(&p, 1u << PHASE_HANDOFF), 4);
	assert_int_equal(profile_counted(&p, 1u << PHASE_FIRMWARE), 24);
	assert_int_equal(profile_counted(&p, 1u << PHASE_BOOTLOADER), 32);
	assert_int_equal(profile_counted(&p, 1u << PHASE_KERNEL), 64);
	done(&p, &code);
}

static void what_is_no_trace_is_refused(void **state)
{
	static const char *const traces[] = {
		"", "hello\n", "f 2 a\n", "f 1 \n", "n 1 0 1\n", "f 1 a\nn 1 1 1\n", "f 1 a\nn 1 0 2\n",
		"c 1 5 0\n", "m 35\n", "r\n", "p 1 2\n", "b 9 1 55\n", "f 1 a\nb 1 1 5x\n",
		"m 35 0 0\nm 1 0 0\nm 5 0 0\n",			/* it never got ready */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(traces) / sizeof(traces[0]); i++) {
		module_code_vec code;
		struct profile p;

		if (read_trace(traces[i], LOBOS, &p, &code) >= 0)
			fail_msg("trace %zu was taken", i);
		done(&p, &code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_reboot_is_taken_by_phases),
		cmocka_unit_test(what_surrounds_the_counts_is_of_the_same_reboot),
		cmocka_unit_test(code_of_modules_is_kept),
		cmocka_unit_test(a_reset_begins_the_firmware),
		cmocka_unit_test(what_is_no_trace_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
