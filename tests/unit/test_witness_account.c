// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_account.c - a trace and the marks of the same machine into an account
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "reboot_marks.h"
#include "witness/account.h"
#include "witness/says.h"
#include "witness/table.h"

#define MARK(id, sequence) id, sequence, (id) ^ (sequence) ^ REBOOT_MARK_CHECK

static const uint8_t marks[] = {
	MARK(REBOOT_MARK_READY, 5),
	MARK(REBOOT_MARK_REQUEST, 6),
	MARK(REBOOT_MARK_NO_RETURN, 7),
	MARK(REBOOT_MARK_KERNEL_ENTRY, 1),
	MARK(REBOOT_MARK_READY, 2),
};

#define M(byte, instructions, written) \
	"{\"line\":\"mark\",\"byte\":" byte ",\"instructions\":" instructions ",\"linear\":4096," \
	"\"written\":" written "}\n"
#define STEP(step, instructions, place, paging, protection, more) \
	"{\"line\":\"step\",\"step\":\"" step "\",\"instructions\":" instructions \
	",\"linear\":28684,\"place\":\"" place "\",\"bits\":32,\"protection\":" protection \
	",\"paging\":" paging ",\"times\":1,\"moved\":5,\"same\":6" more "}\n"
#define CROSSING "{\"line\":\"crossing\",\"begin\":300,\"deep\":309}\n"
#define END "{\"line\":\"end\",\"instructions\":400,\"moved\":7,\"same\":8,\"last_moved\":390," \
	"\"device\":1,\"protection\":false,\"paging\":false}\n"

/* Two clearings of its own, one load that sets, one of the set-up code that clears. */
static const char trace[] =
	M("0", "100", "-1") M("3", "200", "-1") M("6", "300", "-1")
	CROSSING
	STEP("lgdt", "310", "old_kernel", "true", "true", ",\"limit\":31,\"base\":28904")
	STEP("cr0", "320", "low_memory", "true", "true",
	     ",\"from\":\"cr0\",\"keep\":2147483647,\"set\":0")
	STEP("cr0", "330", "low_memory", "false", "true",
	     ",\"from\":\"cr0\",\"keep\":4294967294,\"set\":0")
	STEP("interrupt", "340", "low_memory", "false", "false", ",\"vector\":16")
	STEP("cr0", "350", "setup", "false", "false",
	     ",\"from\":\"cr0\",\"keep\":4294967294,\"set\":1")
	STEP("cr0", "360", "setup", "false", "true",
	     ",\"from\":\"cr0\",\"keep\":4294967294,\"set\":0")
	"{\"line\":\"count\",\"step\":\"cr0\",\"count\":4}\n"
	"{\"line\":\"place\",\"place\":\"bios\",\"protection\":false,\"instructions\":77}\n"
	"{\"line\":\"pages\",\"start\":16777216,\"pages\":2,\"bytes\":8192}\n"
	END
	M("9", "400", "18") M("12", "900", "-1")
	/* A second reboot, and a line that was cut. */
	CROSSING STEP("lgdt", "310", "old_kernel", "true", "true", "") END
	"{\"line\":\"mark\",\"byt";

/* Of 64 bits: to code of 32, then paging away. */
#define LONG(mode) ",\"long_mode\":" mode
static const char long_trace[] =
	M("0", "100", "-1") M("3", "200", "-1") M("6", "300", "-1")
	CROSSING
	STEP("lgdt", "310", "old_kernel", "true", "true",
	     LONG("true") ",\"limit\":127,\"base\":-2199023251456")
	STEP("mode", "320", "safe_area", "true", "true", LONG("true"))
	STEP("cr0", "330", "safe_area", "true", "true",
	     LONG("true") ",\"from\":\"cr0\",\"keep\":2147483647,\"set\":0,\"value\":17")
	STEP("wrmsr", "340", "safe_area", "false", "true",
	     LONG("false") ",\"msr\":3221225600,\"value\":0")
	"{\"line\":\"end\",\"instructions\":400,\"moved\":7,\"same\":8,\"last_moved\":390,"
	"\"device\":1,\"protection\":true,\"paging\":false" LONG("false") "}\n"
	M("9", "400", "18") M("12", "900", "-1");

static json_t *account(const char *text, size_t n)
{
	CLEANUP_ERROR struct error *err = NULL;
	json_t *a = account_of(text, marks, n, &err);

	if (err)
		print_message("%s\n", err->message);
	return a;
}

static json_int_t number(const json_t *o, const char *key)
{
	json_t *value = json_object_get(o, key);

	assert_true(json_is_integer(value));
	return json_integer_value(value);
}

static void instructions_between_marks(void **state)
{
	json_t *a = account(trace, sizeof(marks)), *intervals;

	(void)state;
	assert_non_null(a);
	intervals = json_object_get(a, "marks");
	assert_int_equal(json_array_size(intervals), 3);
	assert_string_equal(json_string_value(json_object_get(json_array_get(intervals, 0),
							      "from")), "request");
	assert_int_equal(number(json_array_get(intervals, 0), "instructions"), 100);
	assert_int_equal(number(json_array_get(intervals, 1), "instructions"), 100);
	assert_int_equal(number(json_array_get(intervals, 2), "instructions"), 500);
	assert_int_equal(number(json_object_get(a, "crossing"), "instructions"), 100);
	assert_int_equal(number(json_object_get(a, "crossing"), "unwatched"), 9);
	json_decref(a);
}

static void what_is_its_own_and_what_it_clears(void **state)
{
	json_t *a = account(trace, sizeof(marks));

	(void)state;
	assert_non_null(a);
	assert_int_equal(number(json_object_get(a, "own"), "lgdt"), 1);
	assert_int_equal(number(json_object_get(a, "own"), "cr0"), 2);
	assert_int_equal(number(json_object_get(a, "own"), "cr3"), 0);
	assert_int_equal(number(json_object_get(a, "own"), "interrupt"), 1);
	assert_int_equal(number(json_object_get(a, "clears"), "paging"), 1);
	assert_int_equal(number(json_object_get(a, "clears"), "protection"), 1);
	assert_int_equal(number(json_object_get(a, "counts"), "cr0"), 4);
	assert_int_equal(json_array_size(json_object_get(a, "steps")), 6);
	assert_int_equal(number(json_object_get(a, "accesses"), "last_translated_before_end"), 10);
	json_decref(a);
}

static void long_mode_is_told_where_there_is_one(void **state)
{
	json_t *a = account(trace, sizeof(marks)), *b = account(long_trace, sizeof(marks)), *steps;

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	assert_null(json_object_get(json_object_get(a, "clears"), "long_mode"));
	assert_null(json_object_get(json_object_get(a, "crossing"), "long_mode"));
	assert_int_equal(number(json_object_get(b, "clears"), "long_mode"), 1);
	assert_int_equal(number(json_object_get(b, "clears"), "protection"), 0);
	assert_true(json_is_false(json_object_get(json_object_get(b, "crossing"), "long_mode")));
	assert_int_equal(number(json_object_get(b, "own"), "mode"), 1);
	steps = json_object_get(b, "steps");
	assert_string_equal(json_string_value(json_object_get(json_array_get(steps, 0), "base")),
			    "0xfffffe0000001000");
	assert_string_equal(json_string_value(json_object_get(json_array_get(steps, 3), "msr")),
			    "0xc0000080");
	json_decref(a);
	json_decref(b);
}

static void steps_say_what_and_from_what(void **state)
{
	static const char *const says[] = {
		"base 0x000070e8, limit 0x001f, read where it loads from",
		"cr0 & 0x7fffffff | 0x00000000, from the and, or ahead; paging on -> off, "
		"protection on -> as it was",
		"cr0 & 0xfffffffe | 0x00000000, from the and, or ahead; paging off -> as it was, "
		"protection on -> off",
		"int 10h",
	};
	json_t *a = account(trace, sizeof(marks)), *steps;

	(void)state;
	assert_non_null(a);
	steps = json_object_get(a, "steps");
	for (size_t i = 0; i < sizeof(says) / sizeof(*says); i++)
		assert_string_equal(json_string_value(json_object_get(json_array_get(steps, i),
								      "says")), says[i]);
	assert_string_equal(json_string_value(json_object_get(json_array_get(steps, 0), "linear")),
			    "0x0000700c");
	json_decref(a);
}

static void says(const char *line, const char *expected)
{
	json_t *step = json_loads(line, 0, NULL);
	CLEANUP_FREE char *text = NULL;

	assert_non_null(step);
	text = says_of(step);
	assert_string_equal(text, expected);
	json_decref(step);
}

static void what_is_not_known_is_said_so(void **state)
{
	(void)state;
	says("{\"step\":\"cr3\",\"from\":\"unknown\",\"keep\":0,\"set\":0}",
	     "value not known: the instructions ahead do not tell");
	says("{\"step\":\"cr3\",\"from\":\"memory\",\"keep\":4294967295,\"set\":0}",
	     "value not known: loaded from memory");
	says("{\"step\":\"cr3\",\"from\":\"memory\",\"keep\":4294967295,\"set\":0,\"value\":4096}",
	     "0x00001000, from the mov ahead and the memory it loads");
	says("{\"step\":\"cr4\",\"from\":\"register\",\"keep\":0,\"set\":0,\"value\":144}",
	     "0x00000090, read from the register");
	says("{\"step\":\"cr3\",\"from\":\"constant\",\"keep\":0,\"set\":0,\"value\":0}",
	     "0x00000000, from the constant ahead");
	says("{\"step\":\"cr3\",\"from\":\"cr3\",\"keep\":4294967295,\"set\":0}",
	     "what cr3 holds: the same again");
	says("{\"step\":\"cr3\",\"from\":\"cr3\",\"keep\":-1,\"set\":0}",
	     "what cr3 holds: the same again");
	says("{\"step\":\"cr3\",\"from\":\"register\",\"keep\":0,\"set\":0,\"value\":-4096}",
	     "0xfffffffffffff000, read from the register");
	says("{\"step\":\"mode\",\"bits\":32}", "long mode, on in code of 32 bits");
	says("{\"step\":\"wrmsr\",\"msr\":3221225729,\"value\":16}",
	     "MSR 0xc0000101 = 0x00000010");
	says("{\"step\":\"wrmsr\",\"msr\":3221225600,\"value\":256}",
	     "MSR 0xc0000080 = 0x00000100, which is EFER; long mode as soon as paging is on");
	says("{\"step\":\"wrmsr\",\"msr\":3221225600,\"value\":0}",
	     "MSR 0xc0000080 = 0x00000000, which is EFER; long mode off");
	says("{\"step\":\"wrmsr\"}", "");
	says("{\"step\":\"lgdt\"}", "operand not seen");
	says("{\"step\":\"far_jump\",\"selector\":16,\"offset\":4096}",
	     "to 0010:00001000, its own bytes");
	says("{\"step\":\"far_jump\"}", "target in memory or on the stack; the next place tells");
	says("{\"step\":\"mark\",\"mark\":5}", "no_return");
	says("{\"step\":\"halt\"}", "");
}

static void refused(const char *text, const uint8_t *bytes, size_t n, const char *why)
{
	CLEANUP_ERROR struct error *err = NULL;

	assert_null(account_of(text, bytes, n, &err));
	assert_non_null(err);
	assert_int_equal(err->class, ERROR_INSTRUMENT);
	assert_non_null(strstr(err->message, why));
}

static void a_trace_that_does_not_fit_the_marks_is_refused(void **state)
{
	static const uint8_t other[] = {
		MARK(REBOOT_MARK_READY, 5), MARK(REBOOT_MARK_REQUEST, 6),
		MARK(REBOOT_MARK_SETUP_DONE, 7), MARK(REBOOT_MARK_KERNEL_ENTRY, 1),
	};
	static const uint8_t broken[] = { REBOOT_MARK_READY, 5, 0 };

	(void)state;
	refused(trace, other, sizeof(other), "the point of no return was none");
	refused(trace, broken, sizeof(broken), "did not come out whole");
	refused(M("0", "100", "18"), marks, sizeof(marks), "another mark was executed");
	refused("", marks, sizeof(marks), "no way from the point of no return");
	refused(CROSSING, marks, sizeof(marks), "no way from the point of no return");
	refused(CROSSING "{\"line\":\"flush\"}\n" END, marks, sizeof(marks),
		"too little room for its translations");
	refused("{\n" END, marks, sizeof(marks), "no JSON");
}

static void table_has(const char *from, const char *const *parts, size_t n)
{
	json_t *a = account(from, sizeof(marks));
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(a);
	assert_non_null(f);
	table_print(a, f);
	fclose(f);
	for (size_t i = 0; i < n; i++) {
		if (!strstr(text, parts[i]))
			print_message("missing: %s\nin: %s\n", parts[i], text);
		assert_non_null(strstr(text, parts[i]));
	}
	free(text);
	json_decref(a);
}

static void the_table_has_all_of_it(void **state)
{
	static const char *const parts[] = {
		"             100  request -> no_return\n",
		"       after  at          in                bits  PG  PE   step\n",
		"          20  0x0000700c  low_memory          32  on  on   cr0  cr0 & 0x7fffffff",
		"steps of the way's own code: cr0 2 lgdt 1 lidt 0 cr3 0 cr4 0 interrupt 1\n",
		"clear paging 1 times, protection 1 times\n",
		"              77  bios, in real mode\n",
		"7 of 15; the last 10 instructions before",
		"memory written: 8192 bytes in 2 pages\n            8192  at 0x01000000, 2 pages\n",
	};
	static const char *const long_parts[] = {
		"       after  at                  in                bits  PG  PE  LM   step\n",
		"          30  0x0000700c          safe_area           32  on  on  on   cr0  ",
		"          40  0x0000700c          safe_area           32  off on  off  wrmsr  MSR 0xc0000080",
		"clear paging 1 times, protection 0 times, and end long mode 1 times\n",
	};

	(void)state;
	table_has(trace, parts, sizeof(parts) / sizeof(*parts));
	table_has(long_trace, long_parts, sizeof(long_parts) / sizeof(*long_parts));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instructions_between_marks),
		cmocka_unit_test(what_is_its_own_and_what_it_clears),
		cmocka_unit_test(long_mode_is_told_where_there_is_one),
		cmocka_unit_test(steps_say_what_and_from_what),
		cmocka_unit_test(what_is_not_known_is_said_so),
		cmocka_unit_test(a_trace_that_does_not_fit_the_marks_is_refused),
		cmocka_unit_test(the_table_has_all_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
