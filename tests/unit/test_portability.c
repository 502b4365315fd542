// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_portability.c - which line is for which architecture and version
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "plan/portability.h"

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

static void a_name_says_the_architecture(void **state)
{
	static const struct {
		const char *path;
		bool arch_dependent;
		enum part part;
	} files[] = {
		{ "files/kernel/x.c", false, PART_COMMON },
		{ "files/kernel/x_32.c", false, PART_COMMON },
		{ "files/arch/x86/x.c", true, PART_X86 },
		{ "files/arch/x86/x_32.S", true, PART_I386 },
		{ "module/x_64.c", true, PART_X86_64 },
		{ "module/x_32_64.h", true, PART_X86_64 },
		{ "module_32/x_64bits.c", true, PART_X86 },
		{ "files/arch/_64.c", true, PART_X86 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++)
		assert_int_equal(portability_of_file(files[i].path, files[i].arch_dependent),
				 files[i].part);
}

/* Of each line: what it counts for. 12 lines of code. */
static const char text[] =
	"/* #ifdef CONFIG_X86_64 */\n"
	"#include <a.h>\n"			/* as the file */
	"\n"
	"#ifdef CONFIG_X86_64\n"		/* x86 */
	"  /* a comment\n"
	"   #else of two lines */\n"
	"  x86_64();\n"				/* x86_64 */
	"#ifdef OTHER\n"			/* x86_64 */
	"  x86_64_too(); /* why */\n"		/* x86_64 */
	"#endif\n"				/* x86_64 */
	"# else\n"				/* x86 */
	"  // a comment\n"
	"  i386();\n"				/* i386 */
	"#endif\n"				/* x86 */
	"#if KERNEL_VERSION(6, 3, 0) > LINUX_VERSION_CODE\n"	/* versions */
	"  older();\n"				/* versions */
	"#endif\n"				/* versions */
	"  all();";				/* as the file */

static void conditions_are_for_whom_they_name(void **state)
{
	static const enum part files[] = { PART_COMMON, PART_X86 };

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct portability p = { .hook_count = 0 };
		long is[PARTS] = { 0 };

		p.lines[files[i]] = 100;
		portability_split(&p, files[i], text);
		is[files[i]] = 100 - 11;
		is[PART_X86] += 3;
		is[PART_X86_64] += 4;
		is[PART_I386] += 1;
		is[PART_VERSIONS] += 3;
		assert_memory_equal(p.lines, is, sizeof(is));
		assert_int_equal(portability_total(&p), 100);
	}
}

static void conditions_can_be_turned_round(void **state)
{
	struct portability p = { .lines[PART_X86] = 9 };
	struct portability q = { .lines[PART_X86] = 5 };

	(void)state;
	portability_split(&p, PART_X86, "#ifndef CONFIG_X86_64\na\nb\n#else\nc\n#endif\n#endif\n#else\n");
	assert_int_equal(p.lines[PART_I386], 2);
	assert_int_equal(p.lines[PART_X86_64], 1);
	assert_int_equal(p.lines[PART_X86], 6);
	portability_split(&q, PART_X86, "#ifdef CONFIG_X86_32\na\n#else\nb\nc\n");
	assert_int_equal(q.lines[PART_I386], 1);
	assert_int_equal(q.lines[PART_X86_64], 2);
}

#define HUNK(old, new, lines) "--- a/x\n+++ b/x\n@@ -1," #old " +1," #new " @@\n" lines

/* A line that stands twice in one patch and once in the other differs once. */
static void patches_are_compared_line_by_line(void **state)
{
	static const char *const versions[] = { "6.1", "6.12", "7.3" };
	static const char *const diffs[] = {
		HUNK(1, 4, " a\n+include\n+include\n+old\n"),
		HUNK(2, 3, " a\n+include\n-gone\n+include\n"),
		"what it is\n" HUNK(1, 2, " b\n+include\n") HUNK(1, 2, " c\n+new\n"),
	};
	struct portability p = { .hook_count = 0 };

	(void)state;
	portability_set_hooks(&p, versions, diffs, COUNT(diffs));
	assert_int_equal(p.hook_count, 3);
	assert_int_equal(p.hooks[0].touched, 3);
	assert_int_equal(p.hooks[0].differ, 2);
	assert_int_equal(p.hooks[1].touched, 3);
	assert_int_equal(p.hooks[1].differ, 2);
	assert_int_equal(p.hooks[2].touched, 2);
	assert_int_equal(p.hooks[2].differ, 1);
	assert_null(portability_hook(&p, "5.10"));
	assert_string_equal(portability_hook(&p, "6.6")->version, "6.1");
	assert_string_equal(portability_hook(&p, "6.12")->version, "6.12");
	assert_string_equal(portability_hook(&p, "10.0")->version, "7.3");
}

static void damaged_json_gives_nothing(void **state)
{
	static const char lines[] = "\"common\": 1, \"x86\": 1, \"i386\": 1, \"x86_64\": 1, ";
	static const char *const rest[] = {
		"\"hooks\": []", "\"versions\": -1, \"hooks\": []", "\"versions\": 1",
		"\"versions\": 1, \"hooks\": [{\"version\": \"6.1\", \"touched\": 1}]",
		"\"versions\": 1, \"hooks\": [1,2,3,4,5,6,7,8,9]",
		("\"versions\": 1, \"hooks\": [{\"version\": \"1234567890123456\", "
		 "\"touched\": 1, \"differ\": 1}]"),
	};
	struct portability p;

	(void)state;
	for (size_t i = 0; i < COUNT(rest); i++) {
		CLEANUP_JSON json_t *json = NULL;
		char whole[300];

		snprintf(whole, sizeof(whole), "{%s%s}", lines, rest[i]);
		json = json_loads(whole, 0, NULL);
		assert_non_null(json);
		assert_false(portability_from_json(&p, json));
		assert_int_equal(portability_total(&p), 0);
		assert_int_equal(p.hook_count, 0);
	}
	assert_false(portability_from_json(&p, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_says_the_architecture),
		cmocka_unit_test(conditions_are_for_whom_they_name),
		cmocka_unit_test(conditions_can_be_turned_round),
		cmocka_unit_test(patches_are_compared_line_by_line),
		cmocka_unit_test(damaged_json_gives_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
