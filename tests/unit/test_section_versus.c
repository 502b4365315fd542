// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_section_versus.c - what a report says of two sides of one run
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/sections.h"
#include "sample_maker.h"

#define SIDE(variant) "{\"way\": \"kexec\", \"variant\": \"" variant "\", \"reboots\": 12, " \
	"\"failed\": 0, \"median_s\": 2.5}"
#define LOOK(pairs, looked, verdict, shift, words) "{\"pairs\": " pairs ", \"looked\": " looked ", " \
	"\"verdict\": \"" verdict "\", \"words\": \"" words "\", \"a\": " SIDE("") ", " \
	"\"b\": " SIDE("@1a2b3c4d5e") ", \"shift_s\": " shift ", \"low_s\": " shift ", " \
	"\"high_s\": " shift ", \"confidence\": 0.999}"
#define SIDES "\"sides\": [{\"commit\": \"0123456789abcdef\", \"dirty\": true}, " \
	"{\"commit\": \"1a2b3c4d5e6f\", \"dirty\": false}]"

/* The section of a run of two sides, 12 reboots each, B 100 ms slower. To be freed. */
static char *section_of(const char *provenance)
{
	struct run_row run = make_run("run", "");
	struct report *model;
	sample_vec samples = { 0 };
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	run.provenance_json = (char *)provenance;
	for (int machine = 0; machine < 12; machine++) {
		for (int i = 1; i <= 2; i++) {
			struct sample s = make_sample("run", machine, i);

			strcpy(s.variant, machine % 2 ? "@1a2b3c4d5e" : "");
			s.latency_ns += machine % 2 * INT64_C(100000000) + machine * 1000;
			vec_push(&samples, s);
		}
	}
	model = report_model(&run, &samples);
	section_versus(f, model);
	fclose(f);
	report_model_free(model);
	vec_free(&samples);
	return text;
}

static void assert_says(const char *text, const char *sentence)
{
	if (!strstr(text, sentence))
		fail_msg("\"%s\" is not in:\n%s", sentence, text);
}

static void other_runs_have_no_sides(void **state)
{
	CLEANUP_FREE char *text = section_of("{\"seed\": 1}");

	(void)state;
	assert_string_equal(text, "");
}

static void the_last_look_is_the_verdict(void **state)
{
	CLEANUP_FREE char *text = section_of(
		"{" SIDES ", \"versus\": {\"complete\": true, \"looks\": ["
		LOOK("5", "true", "undecided", "null", "not yet") ", "
		LOOK("6", "true", "worse", "0.1", "B <is> slower") "]}}");

	(void)state;
	assert_says(text, "## Side A against side B");
	/* What was stored is text, whatever it looks like. */
	assert_says(text, "**B \\<is\\> slower.**");
	assert_says(text, "0123456789 with changes");
	assert_says(text, "| B    | kexec @1a2b3c4d5e | 1a2b3c4d5e ");
	assert_says(text, "| undecided |");
	assert_says(text, "99.9 %");
	/* Where it is lost, from the samples themselves. */
	assert_says(text, "| latency ");
	assert_says(text, "slower");
}

static void an_interrupted_run_says_so(void **state)
{
	CLEANUP_FREE char *none = section_of("{" SIDES ", \"versus\": {\"complete\": false, "
					     "\"looks\": []}}");
	CLEANUP_FREE char *some = section_of(
		"{" SIDES ", \"versus\": {\"complete\": false, \"looks\": ["
		LOOK("1", "false", "undecided", "null", "not yet") "]}}");

	(void)state;
	assert_says(none, "interrupted before its first pair");
	assert_says(some, "**not yet.** The run was interrupted");
	assert_says(some, "not asked");
}

/* A provenance that is no JSON, or has other types, is no reason to end. */
static void odd_provenances_do_no_harm(void **state)
{
	static const char *const texts[] = {
		"", "[]", "{\"versus\": 3}", "{\"versus\": {\"looks\": [1, null, {}]}}",
		"{\"versus\": {\"looks\": [{\"a\": [], \"b\": 2, \"words\": 7}]}, \"sides\": {}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(section_of(texts[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_runs_have_no_sides),
		cmocka_unit_test(the_last_look_is_the_verdict),
		cmocka_unit_test(an_interrupted_run_says_so),
		cmocka_unit_test(odd_provenances_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
