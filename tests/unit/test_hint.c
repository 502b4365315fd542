// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_hint.c - files of scenarios/hints as they are read, and the error of each wrong one
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plan/hint.h"

#define TOP "tests/data"

static struct impl_list *impls(void)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct impl_list *list = impl_list_load(TOP "/impls", &err);

	assert_non_null(list);
	return list;
}

static void both_kinds_are_taken(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *ways = impls();
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP(cleanup_hint_list_free) struct hint_list *list = hint_list_load(TOP, ways, &err);
	const struct hint *known, *quiet;

	(void)state;
	assert_non_null(list);
	assert_int_equal(list->hints.n, 2);
	known = hint_find(list, "known");
	quiet = hint_find(list, "quiet");
	assert_ptr_equal(known, list->hints.at[0]);
	assert_null(known->words);
	assert_string_equal(known->only, "one");
	assert_string_equal(known->request, "--known");
	assert_string_equal(quiet->words, "quiet loglevel=1");
	assert_string_equal(quiet->gain.million_instructions, "1.5");
	assert_string_equal(quiet->gain.kernel, "6.1.176");
	assert_non_null(strstr(quiet->text, "loglevel=1"));
	assert_null(hint_find(list, "loud"));
	assert_true(hint_is_for(quiet, "two"));
	assert_true(hint_is_for(known, "one"));
	assert_false(hint_is_for(known, "two"));
}

/* Older checkouts are such. */
static void no_folder_is_no_hint(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP(cleanup_hint_list_free) struct hint_list *list =
		hint_list_load("tests/data/no-such-folder", NULL, &err);

	(void)state;
	assert_non_null(list);
	assert_int_equal(list->hints.n, 0);
}

#define GAIN		"gain: {million_instructions: 3, machine: m, kernel: k}\n"
#define REST		"reason: r\ndanger: d\n" GAIN
#define NAMED(name)	"name: " name "\ntitle: T\n"

static const struct {
	const char *text, *said;
} refused[] = {
	{ NAMED("x") REST, "a/x.yaml:1: needs \"words\" for the new kernel's command line, or "
	  "\"only\" and \"request\"" },
	{ NAMED("x") "words: a\nonly: one\nrequest: --b\n" REST,
	  "a/x.yaml:5: request: a hint has \"words\" or a \"request\", not both" },
	{ NAMED("x") "only: one\nwords: a\n" REST,
	  "a/x.yaml:3: only: \"only\" and \"request\" belong together" },
	{ NAMED("x") "request: --b\n" REST, "a/x.yaml:3: request: \"only\" and \"request\" belong" },
	{ NAMED("x") "only: three\nrequest: --b\n" REST,
	  "a/x.yaml:3: only: there is no way \"three\"" },
	{ NAMED("x") "words: \"  \"\n" REST, "a/x.yaml:3: words: is blank, should be words" },
	{ NAMED("x") "words: a $(reboot)\n" REST,
	  "a/x.yaml:3: words: \"a $(reboot)\" may hold only letters" },
	{ NAMED("x") "words: |\n  a\n  b\n" REST, "a/x.yaml:3: words: \"a\nb\n\" may hold only" },
	{ NAMED("x") "only: one\nrequest: \"a'b\"\n" REST, "a/x.yaml:4: request: \"a'b\" may hold" },
	{ NAMED("y") "words: a\n" REST, "a/x.yaml:1: name: \"y\" should be the name of the file" },
	{ NAMED("X y") "words: a\n" REST, "a/x.yaml:1: name: \"X y\" may hold only a-z" },
	{ "title: T\nwords: a\n" REST, "a/x.yaml:1: the key \"name\" is missing" },
	{ "name: x\nwords: a\n" REST, "the key \"title\" is missing" },
	{ NAMED("x") "words: a\ndanger: d\n" GAIN, "the key \"reason\" is missing" },
	{ NAMED("x") "words: a\nreason: r\n" GAIN, "the key \"danger\" is missing" },
	{ NAMED("x") "words: a\nreason: r\ndanger: d\n", "the key \"gain\" is missing" },
	{ NAMED("x") "words: a\nreason: r\ndanger: d\ngain: 3\n",
	  "a/x.yaml:6: gain: is one value, should be keys with values" },
	{ NAMED("x") "words: a\nreason: r\ndanger: d\ngain: {million_instructions: 3, machine: m}\n",
	  "a/x.yaml:6: gain: the key \"kernel\" is missing" },
	{ NAMED("x") "words: a\nreason: r\ndanger: d\n"
	  "gain: {million_instructions: much, machine: m, kernel: k}\n",
	  "a/x.yaml:6: gain.million_instructions: \"much\" should be a number" },
	{ NAMED("x") "words: a\ndangers: d\n" REST, "a/x.yaml:4: dangers: there is no such key" },
};

static void wrong_ones_are_told_where_and_what(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *ways = impls();

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		CLEANUP_ERROR struct error *err = NULL;

		assert_null(hint_parse("a/x.yaml", refused[i].text, ways, &err));
		assert_int_equal(err->class, ERROR_USAGE);
		if (!strstr(err->message, refused[i].said))
			fail_msg("said \"%s\", should have \"%s\"", err->message, refused[i].said);
	}
}

/* A hint that was kept with a run is read when its ways are no more. */
static void kept_ones_need_no_ways(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP(cleanup_hint_free) struct hint *h =
		hint_parse("x.yaml", NAMED("x") "only: gone\nrequest: --a\n" REST, NULL, &err);

	(void)state;
	assert_non_null(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_kinds_are_taken),
		cmocka_unit_test(no_folder_is_no_hint),
		cmocka_unit_test(wrong_ones_are_told_where_and_what),
		cmocka_unit_test(kept_ones_need_no_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
