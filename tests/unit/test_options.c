// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_options.c - what a command line becomes, and what is refused
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/options.h"

enum color { RED, GREEN };

struct values {
	const char *file, *scenario, *seed;
	struct option_list ways, words;
	enum color color;
	const char *pet;
	double percent, share;
	long lines, pairs;
	bool fresh;
};

struct shared {
	const char *top;
};

static const char *const colors[] = { [RED] = "red", [GREEN] = "green", NULL };
static const char *const pets[] = { "cat", "dog", NULL };

#define TO(member) offsetof(struct values, member)

static const struct option table[] = {
	{ "SCENARIO", NULL, "what to run", OPTION_TEXT, .to = TO(scenario), .required = true },
	{ "WORD", NULL, "more", OPTION_LIST, .to = TO(words) },
	{ "--file", "FILE", "text", OPTION_TEXT, .to = TO(file) },
	{ "--seed", "N", "kept as text", OPTION_NUMBER, .to = TO(seed), .as_text = true },
	{ "--way", "WAY", "list", OPTION_LIST, .to = TO(ways) },
	{ "--color", "COLOR", "choice", OPTION_CHOICE, .to = TO(color), .choices = colors },
	{ "--pet", "PET", "choice as text", OPTION_CHOICE, .to = TO(pet), .as_text = true,
	  .choices = pets },
	{ "--percent", "P", "percent", OPTION_PERCENT, .to = TO(percent), .low = 50, .high = 100 },
	{ "--share", "S", "share", OPTION_SHARE, .to = TO(share), .high = 1 },
	{ "--lines", "N", "number", OPTION_NUMBER, .to = TO(lines), .high = 1000 },
	{ "--pairs", "N", "optional", OPTION_NUMBER, .to = TO(pairs), .bare = "5", .low = 1,
	  .high = 999 },
	{ "--new", NULL, "flag", OPTION_FLAG, .to = TO(fresh) },
	{ 0 }
};

static const struct option shared_table[] = {
	{ "--top", "DIR", "of all commands", OPTION_TEXT, .to = offsetof(struct shared, top) },
	{ 0 }
};

static struct values values;
static struct shared shared;
static const struct option_set sets[] = {
	{ table, &values }, { shared_table, &shared }, { 0 }
};

/* The words end with NULL, as those of main. */
#define PARSE(err, ...) parse(err, (const char *const[]){ __VA_ARGS__, NULL })

static int parse(struct error **err, const char *const *words)
{
	values = (struct values){ 0 };
	shared = (struct shared){ 0 };
	return options_parse("run", sets, (char **)words, err);
}

#define TAKES(...) do { \
	struct error *err = NULL; \
	if (PARSE(&err, __VA_ARGS__)) \
		fail_msg("%s", err->message); \
} while (0)

#define REFUSES(why, ...) do { \
	CLEANUP_ERROR struct error *err = NULL; \
	assert_int_equal(PARSE(&err, __VA_ARGS__), -EINVAL); \
	assert_string_equal(err->message, why); \
	assert_int_equal(err->class, ERROR_USAGE); \
	assert_string_equal(err->hint, "`lobosbench run --help` shows its options"); \
} while (0)

static void a_value_follows_as_a_word_or_an_equals_sign(void **state)
{
	(void)state;
	TAKES("x", "--file", "a=b");
	assert_string_equal(values.file, "a=b");
	TAKES("x", "--file=a=b");
	assert_string_equal(values.file, "a=b");
	TAKES("--file", "--new", "x");
	assert_string_equal(values.file, "--new");
	assert_false(values.fresh);
	TAKES("--file=1", "x", "--file=2");
	assert_string_equal(values.file, "2");
}

static void options_stand_anywhere(void **state)
{
	(void)state;
	TAKES("--new", "x", "--top", "/t", "y", "--lines", "0007", "z");
	assert_true(values.fresh);
	assert_string_equal(values.scenario, "x");
	assert_int_equal(values.words.n, 2);
	assert_string_equal(values.words.at[1], "z");
	assert_int_equal(values.lines, 7);
	assert_string_equal(shared.top, "/t");
}

static void two_dashes_end_the_options(void **state)
{
	(void)state;
	TAKES("-", "--", "--new", "--");
	assert_false(values.fresh);
	assert_string_equal(values.scenario, "-");
	assert_string_equal(values.words.at[0], "--new");
	assert_string_equal(values.words.at[1], "--");
}

static void a_list_keeps_each_text_once(void **state)
{
	(void)state;
	TAKES("x", "--way", "b", "--way=a", "--way", "b");
	assert_int_equal(values.ways.n, 2);
	assert_string_equal(values.ways.at[0], "b");
	assert_string_equal(values.ways.at[1], "a");
}

static void values_have_the_type_of_their_kind(void **state)
{
	(void)state;
	TAKES("x", "--color=green", "--pet", "dog", "--percent", "99.5", "--share", "0.02",
	      "--seed", "0123456789", "--pairs");
	assert_int_equal(values.color, GREEN);
	assert_string_equal(values.pet, "dog");
	assert_true(values.percent == 99.5 / 100);
	assert_true(values.share == 0.02);
	assert_string_equal(values.seed, "0123456789");
	assert_int_equal(values.pairs, 5);
	TAKES("--pairs", "7", "--pairs=9");
	assert_string_equal(values.scenario, "7");
	assert_int_equal(values.pairs, 9);
}

static void unknown_options_are_refused(void **state)
{
	(void)state;
	REFUSES("there is no option --frob", "x", "--frob=1");
	REFUSES("there is no option -n", "x", "-n");
	REFUSES("there is no option ---", "x", "---");
}

static void abbreviations_are_refused(void **state)
{
	(void)state;
	REFUSES("there is no option --see", "x", "--see", "1");
	REFUSES("there is no option --seed2", "x", "--seed2=1");
}

static void missing_and_superfluous_values_are_refused(void **state)
{
	(void)state;
	REFUSES("--file needs a value", "x", "--file");
	REFUSES("--file needs a value", "x", "--file=");
	REFUSES("--file needs a value", "x", "--file", "");
	REFUSES("--pairs needs a value", "x", "--pairs=");
	REFUSES("--new takes no value", "x", "--new=1");
}

static void bad_values_are_refused(void **state)
{
	(void)state;
	REFUSES("--seed: \"abc\" is not a whole number", "x", "--seed", "abc");
	REFUSES("--seed: \"-1\" is not a whole number", "x", "--seed", "-1");
	REFUSES("--seed: \"1234567890123456789\" is not a whole number", "x",
		"--seed=1234567890123456789");
	REFUSES("--lines: \"1001\" is not a whole number from 0 to 1000", "x", "--lines", "1001");
	REFUSES("--lines: \"1x\" is not a whole number from 0 to 1000", "x", "--lines", "1x");
	REFUSES("--pairs: \"0\" is not a whole number from 1 to 999", "x", "--pairs=0");
	REFUSES("--percent: \"50\" is not a number between 50 and 100", "x", "--percent", "50");
	REFUSES("--percent: \"nan\" is not a number between 50 and 100", "x", "--percent", "nan");
	REFUSES("--share: \"0.5x\" is not a number between 0 and 1", "x", "--share", "0.5x");
	REFUSES("--color: \"blue\" is not one of red, green", "x", "--color", "blue");
	REFUSES("--pet: \"CAT\" is not one of cat, dog", "x", "--pet=CAT");
}

static void a_missing_argument_is_refused_with_its_help(void **state)
{
	(void)state;
	REFUSES("SCENARIO is missing: what to run", "--new");
}

static void lists_have_an_end(void **state)
{
	const char *words[OPTION_LIST_MAX + 3] = { "x" };
	char texts[OPTION_LIST_MAX + 1][16];
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	for (int i = 0; i <= OPTION_LIST_MAX; i++) {
		snprintf(texts[i], sizeof(texts[i]), "word%d", i);
		words[i + 1] = texts[i];
	}
	assert_int_equal(parse(&err, words), -EINVAL);
	assert_string_equal(err->message, "WORD: more than 1024");
}

static void an_argument_too_many_is_refused(void **state)
{
	static const struct option_set none[] = { { shared_table, &shared }, { 0 } };
	char *words[] = { (char *)"list", NULL };
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_int_equal(options_parse("doctor", none, words, &err), -EINVAL);
	assert_string_equal(err->message, "\"list\" is one argument too many");
}

static void leading_options_end_before_the_command(void **state)
{
	static const struct option_set leading[] = { { shared_table, &shared }, { 0 } };
	char *words[] = { (char *)"--top", (char *)"/t", (char *)"list", (char *)"--frob", NULL };
	char *bad[] = { (char *)"--frob", NULL };
	char **at = words;
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_int_equal(options_parse_leading(leading, &at, &err), 0);
	assert_ptr_equal(at, &words[2]);
	assert_string_equal(shared.top, "/t");
	at = bad;
	assert_int_equal(options_parse_leading(leading, &at, &err), -EINVAL);
	assert_string_equal(err->hint, "`lobosbench --help` shows commands and options");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_follows_as_a_word_or_an_equals_sign),
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(a_list_keeps_each_text_once),
		cmocka_unit_test(values_have_the_type_of_their_kind),
		cmocka_unit_test(unknown_options_are_refused),
		cmocka_unit_test(abbreviations_are_refused),
		cmocka_unit_test(missing_and_superfluous_values_are_refused),
		cmocka_unit_test(bad_values_are_refused),
		cmocka_unit_test(a_missing_argument_is_refused_with_its_help),
		cmocka_unit_test(lists_have_an_end),
		cmocka_unit_test(an_argument_too_many_is_refused),
		cmocka_unit_test(leading_options_end_before_the_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
