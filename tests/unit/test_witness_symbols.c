// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_symbols.c - functions by address, from a System.map
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "witness/symbols.h"

static const char map[] =
	"000001ce A kexec_control_code_size\n"
	"c1000000 T _stext\n"
	"c1000000 T _text\n"
	"c1000000 T startup_32\n"
	"c1001000 t native_sched_clock_body\n"
	"c1001000 W sched_clock\n"
	"c1002000 T crc32_le_base\n"
	"c1002000 T crc32_le\n"
	"c1003000 T irq_entries_start\n"
	"c1003800 T asm_exc_page_fault\n"
	"c1003810 t asm_common_interrupt\n"
	"c1004000 T __begin_SYSENTER_singlestep_region\n"
	"c1004000 T entry_SYSENTER_32\n"
	"c10040fb T __end_SYSENTER_singlestep_region\n"
	"c1005000 T __SCT__x86_pmu_read\n"
	"c1005800 T error_entry\n"
	"c1006000 D __per_cpu_offset\n"
	"c1007000 D init_task\n"
	"c1008000 D current_task\n"
	"c1009000 D page_offset_base\n"
	"c100f000 B _end\n"
	"a line that is none\n";

static struct symbols parsed(void)
{
	struct symbols s;

	assert_true(symbols_parse(strdup(map), &s));
	return s;
}

static void assert_function(const struct symbols *s, uint64_t address, const char *name)
{
	const struct symbol *found = symbols_at(s, address);

	assert_non_null(found);
	assert_string_equal(found->name, name);
}

static void an_address_is_in_the_function_ahead_of_it(void **state)
{
	struct symbols s = parsed();

	(void)state;
	assert_null(symbols_at(&s, 0xc0ffffff));
	assert_function(&s, 0xc1000000, "startup_32");
	assert_function(&s, 0xc1000fff, "startup_32");
	assert_function(&s, 0xc1003811, "asm_common_interrupt");
	assert_function(&s, 0xc10057ff, "__SCT__x86_pmu_read");
	assert_null(symbols_at(&s, 0xc100f000));
	symbols_free(&s);
}

static void of_several_names_the_same_one_is_taken_each_time(void **state)
{
	struct symbols s = parsed();

	(void)state;
	assert_function(&s, 0xc1001000, "native_sched_clock_body");
	assert_function(&s, 0xc1002000, "crc32_le");
	symbols_free(&s);
}

static void borders_of_the_image_are_no_functions(void **state)
{
	struct symbols s = parsed();

	(void)state;
	assert_function(&s, 0xc10040fc, "entry_SYSENTER_32");
	symbols_free(&s);
}

static void entries_stubs_and_thunks_are_told_by_their_names(void **state)
{
	struct symbols s = parsed();

	(void)state;
	assert_int_equal(symbols_at(&s, 0xc1000000)->kind, SYMBOL_FUNCTION);
	assert_int_equal(symbols_at(&s, 0xc1003000)->kind, SYMBOL_STUBS);
	assert_int_equal(symbols_at(&s, 0xc1003800)->kind, SYMBOL_ENTRY);
	assert_int_equal(symbols_at(&s, 0xc1003810)->kind, SYMBOL_FUNCTION);
	assert_int_equal(symbols_at(&s, 0xc1004000)->kind, SYMBOL_ENTRY);
	assert_int_equal(symbols_at(&s, 0xc1005000)->kind, SYMBOL_THUNK);
	assert_int_equal(symbols_at(&s, 0xc1005800)->kind, SYMBOL_MOVES);
	symbols_free(&s);
}

static void variables_are_found(void **state)
{
	struct symbols s = parsed();

	(void)state;
	assert_int_equal(s.init_task, 0xc1007000);
	assert_int_equal(s.current_task, 0xc1008000);
	assert_int_equal(s.cpu_offsets, 0xc1006000);
	assert_int_equal(s.page_offset_base, 0xc1009000);
	symbols_free(&s);
}

/* The variables of each processor come first, at addresses from 0 on. */
static void maps_of_64_bits_are_read(void **state)
{
	struct symbols s;

	(void)state;
	assert_true(symbols_parse(strdup("0000000000000000 D __per_cpu_start\n"
					 "0000000000020f40 D pcpu_hot\n"
					 "ffffffff81000000 T startup_64\n"
					 "ffffffff81000000 T _text\n"
					 "ffffffff81600040 T entry_SYSCALL_64\n"
					 "ffffffff81912138 D page_offset_base\n"
					 "ffffffff81c28000 B _end\n"), &s));
	assert_null(symbols_at(&s, 0x20f40));
	assert_null(symbols_at(&s, 0xffff888001000000));
	assert_function(&s, 0xffffffff81000123, "startup_64");
	assert_int_equal(symbols_at(&s, 0xffffffff81600040)->kind, SYMBOL_ENTRY);
	assert_int_equal(s.current_task, 0x20f40);
	assert_int_equal(s.page_offset_base, 0xffffffff81912138);
	symbols_free(&s);
}

static void what_is_no_map_is_refused(void **state)
{
	struct symbols s;

	(void)state;
	assert_false(symbols_parse(strdup(""), &s));
	symbols_free(&s);
	assert_false(symbols_parse(strdup("c1000000 T startup_32\n"), &s));
	symbols_free(&s);
	assert_false(symbols_parse(strdup("c100f000 B _end\n"), &s));
	symbols_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_in_the_function_ahead_of_it),
		cmocka_unit_test(of_several_names_the_same_one_is_taken_each_time),
		cmocka_unit_test(borders_of_the_image_are_no_functions),
		cmocka_unit_test(entries_stubs_and_thunks_are_told_by_their_names),
		cmocka_unit_test(variables_are_found),
		cmocka_unit_test(maps_of_64_bits_are_read),
		cmocka_unit_test(what_is_no_map_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
