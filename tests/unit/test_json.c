// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_json.c - text that may not be UTF-8, and values that are not known
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json.h"

static void assert_written(json_t *json, const char *expected)
{
	CLEANUP_FREE char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);

	assert_string_equal(text, expected);
	json_decref(json);
}

static void text_is_always_utf8(void **state)
{
	(void)state;
	assert_written(json_text("Prozeß"), "\"Prozeß\"");
	assert_written(json_text("a\xff\xfe z"), "\"a?? z\"");
	assert_written(json_text_or_null(""), "\"\"");
	assert_written(json_text_or_null(NULL), "null");
}

static void numbers_that_json_lacks_are_null(void **state)
{
	(void)state;
	assert_written(json_number_or_null(0.5), "0.5");
	assert_written(json_number_or_null(NAN), "null");
	assert_written(json_number_or_null(-INFINITY), "null");
}

static void what_is_missing_has_a_value(void **state)
{
	CLEANUP_JSON json_t *o = json_pack("{s:s, s:I, s:f, s:n}", "text", "x", "int",
					   (json_int_t)1 << 40, "number", 1.5, "null");

	(void)state;
	assert_string_equal(json_text_at(o, "text"), "x");
	assert_string_equal(json_text_at(o, "int"), "");
	assert_string_equal(json_text_at(NULL, "text"), "");
	assert_true(json_int_at(o, "int") == (json_int_t)1 << 40);
	assert_true(json_int_at(o, "missing") == 0);
	assert_true(json_number_at(o, "number") == 1.5);
	assert_true(isnan(json_number_at(o, "null")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_always_utf8),
		cmocka_unit_test(numbers_that_json_lacks_are_null),
		cmocka_unit_test(what_is_missing_has_a_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
