// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_printk_line.c - a line of printk's is parted, and nothing else is
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reboot/printk_line.h"

static void is_parted(const char *text, int level, int64_t ns, const char *rest)
{
	struct printk_line line = printk_line_split(text, text + strlen(text));

	assert_int_equal(line.level, level);
	assert_int_equal(line.ns, ns);
	assert_int_equal(line.length, strlen(rest));
	assert_memory_equal(line.text, rest, line.length);
}

static void lines_are_parted(void **state)
{
	(void)state;
	is_parted("[    1.234567] text\r", -1, 1234567000, "text");
	is_parted("<6>[12345.000001] text", 6, 12345000001000, "text");
	is_parted("<14>text", 6, -1, "text");
	is_parted("[    0.000000]   two blanks stay", -1, 0, "  two blanks stay");
	is_parted("[    0.000000][    T0] with its caller", -1, 0, "with its caller");
	is_parted("[    0.000000] [mem 0x0] is text", -1, 0, "[mem 0x0] is text");
	is_parted("", -1, -1, "");
}

static void what_is_no_stamp_is_text(void **state)
{
	static const char *const texts[] = {
		" [    1.234567] not at the head", "[    1.23456] five digits", "[1.2345678] seven",
		"[ -1.234567] no digit", "[    1,234567] no point", "[    1.234567 no end",
		"[99999999999999999.000000] too far",
		"[9223372035.999999] no kernel runs for so long", "[", "[    1.", "[    1.234567][ T1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		is_parted(texts[i], -1, -1, texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_parted),
		cmocka_unit_test(what_is_no_stamp_is_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
