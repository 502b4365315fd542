// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_safe_text.c - what a hostile machine writes must not take effect
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/safe_text.h"

static void assert_safe(const char *bytes, size_t n, bool lines, const char *should_be)
{
	char *is = safe_text(bytes, n, lines);

	assert_string_equal(is, should_be);
	free(is);
}

static void plain_text_stays(void **state)
{
	(void)state;
	assert_safe("[    0.1] a line\n", 17, true, "[    0.1] a line\n");
	assert_safe("", 0, true, "");
	assert_safe("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\xa7", 15, true,
		    "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\xa7");
}

static void line_ends(void **state)
{
	(void)state;
	assert_safe("a\r\nb\tc", 6, true, "a\nb        c");
	assert_safe("a\r\nb\tc", 6, false, "a b c");
	assert_safe("a\rb", 3, true, "a\\x0db");
}

static void terminal_escapes_show(void **state)
{
	(void)state;
	assert_safe("\x1b[2J\x1b]0;t\x07\x7f", 11, true, "\\x1b[2J\\x1b]0;t\\x07\\x7f");
	/* C1 controls: as raw bytes, and as the UTF-8 of U+009B */
	assert_safe("\x9b" "2J", 3, true, "\\x9b2J");
	assert_safe("\xc2\x9b" "2J", 4, true, "\\x9b2J");
	assert_safe("a\0b", 3, true, "a\\x00b");
}

static void invalid_utf_8_shows(void **state)
{
	(void)state;
	assert_safe("\xff\xfe", 2, true, "\\xff\\xfe");
	assert_safe("\xc0\xaf", 2, true, "\\xc0\\xaf");		/* overlong */
	assert_safe("\xe0\x80\xaf", 3, true, "\\xe0\\x80\\xaf");	/* overlong */
	assert_safe("\xed\xa0\x80", 3, true, "\\xed\\xa0\\x80");	/* a surrogate */
	assert_safe("\xf4\x90\x80\x80", 4, true, "\\xf4\\x90\\x80\\x80"); /* beyond U+10FFFF */
	assert_safe("\xe2\x82", 2, true, "\\xe2\\x82");		/* cut off */
	assert_safe("\xe2\x82" "a", 3, true, "\\xe2\\x82" "a");
}

/* Characters that turn the direction of writing, or that nobody sees. */
static void treacherous_characters_show(void **state)
{
	(void)state;
	assert_safe("\xe2\x80\xae" "x", 4, true, "\\u{202e}x");
	assert_safe("\xe2\x81\xa6", 3, true, "\\u{2066}");
	assert_safe("\xe2\x80\x8b", 3, true, "\\u{200b}");
	assert_safe("\xef\xbb\xbf", 3, true, "\\u{feff}");
}

static void the_last_lines(void **state)
{
	(void)state;
	assert_string_equal(last_lines("a\nb\nc\n", 2), "b\nc\n");
	assert_string_equal(last_lines("a\nb\nc", 1), "c");
	assert_string_equal(last_lines("a\nb\n", 9), "a\nb\n");
	assert_string_equal(last_lines("", 3), "");
	assert_string_equal(last_lines("\n\n", 1), "\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_stays),
		cmocka_unit_test(line_ends),
		cmocka_unit_test(terminal_escapes_show),
		cmocka_unit_test(invalid_utf_8_shows),
		cmocka_unit_test(treacherous_characters_show),
		cmocka_unit_test(the_last_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
