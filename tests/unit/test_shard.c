// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_shard.c - the words that name a shard, in a scenario and on the command line
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plan/scenario_override.h"

#define TEXT	"name: bench\ntitle: B\nways: [{way: kexec}]\nchain: {machines: 4}\n"

static void words_name_shards(void **state)
{
	static const char *const wrong[] = {
		"", "2", "/", "/4", "2/", "0/4", "5/4", "-1/4", "+1/4", " 1/4", "1/4 ", "1/4/4", "1 /4",
		"1/1001", "99999999999999999999/99999999999999999999", "a/b", "1/0",
	};
	struct shard s;

	(void)state;
	assert_true(shard_read(NULL, &s));
	assert_false(shard_is_part(&s));
	assert_true(shard_read("1/1", &s));
	assert_false(shard_is_part(&s));
	assert_true(shard_read("2/4", &s));
	assert_int_equal(s.number, 2);
	assert_int_equal(s.of, 4);
	assert_true(shard_is_part(&s));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(shard_read(wrong[i], &s));
		assert_false(shard_is_part(&s));
	}
}

/* The shard is in the text, so that a run of another shard is another run, and is not continued. */
static void the_option_is_in_the_text(void **state)
{
	const struct scenario_override second = { .shard = "2/4" }, none = { 0 };
	const struct scenario_override wrong = { .shard = "5/4" };
	struct error *err = NULL;
	char *text = scenario_override_text(TEXT, &second, &err);
	char *bad = scenario_override_text(TEXT, &wrong, &err);
	char *same = scenario_override_text(TEXT, &none, &err);
	struct scenario *s = scenario_parse("t.yaml", text, &err);

	(void)state;
	assert_non_null(s);
	assert_int_equal(s->shard.number, 2);
	assert_int_equal(s->shard.of, 4);
	assert_non_null(strstr(s->text, "shard: 2/4"));
	assert_string_equal(same, TEXT);
	assert_null(scenario_parse("t.yaml", bad, &err));
	assert_non_null(strstr(err->message, "\"5/4\" is no I/N such as 2/4"));
	error_free(err);
	scenario_free(s);
	free(text);
	free(bad);
	free(same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_name_shards),
		cmocka_unit_test(the_option_is_in_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
