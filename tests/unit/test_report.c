// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_report.c - samples in, report out: one whole report, and the sentences of odd runs
 *
 * tests/golden/report.md is the expected text, see report_text.h.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/figure_data.h"
#include "report/html.h"
#include "report_text.h"

static char *figure_of(const sample_vec *samples, void (*data)(FILE *, const struct report *))
{
	struct run_row run = made_run(0);
	struct report *model = report_model(&run, samples);
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	data(f, model);
	fclose(f);
	report_model_free(model);
	return text;
}

static void a_whole_report(void **state)
{
	struct run_row run = made_run(130);
	sample_vec samples = { 0 };

	(void)state;
	made_mixed_samples(&samples);
	assert_golden("tests/golden/report.md", report_of(&samples, &run));
}

/* Order in which samples come from the database is no matter. */
static void order_does_not_matter(void **state)
{
	struct run_row run = made_run(50);
	sample_vec samples = { 0 }, turned = { 0 };
	char *is, *should_be;
	size_t i;

	(void)state;
	made_mixed_samples(&samples);
	for (i = samples.n; i > 0; i--)
		vec_push(&turned, samples.at[i - 1]);
	is = report_of(&turned, &run);
	should_be = report_of(&samples, &run);
	assert_string_equal(is, should_be);
	free(is);
	free(should_be);
}

static void nothing_a_machine_says_is_markup(void **state)
{
	struct run_row run = made_run(50);
	struct error *err = NULL;
	sample_vec samples = { 0 };
	char *markdown, *page = NULL;
	const char *c;

	(void)state;
	made_mixed_samples(&samples);
	markdown = report_of(&samples, &run);
	for (c = markdown; *c; c++)
		assert_true(*c == '\n' || (unsigned char)*c >= 0x20);
	assert_int_equal(html_page(markdown, EVIL, "report/style.css", ".",
				   HTML_PICTURES_PNG_BESIDE, &page, &err),
			 0);
	assert_null(strstr(page, "<script"));
	assert_null(strstr(page, "<b>"));
	assert_null(strstr(page, "<strong>bold"));
	assert_null(strstr(page, "href=\"x\""));
	assert_null(strstr(page, "<h1>no heading"));
	assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
	free(markdown);
	free(page);
}

static void no_sample(void **state)
{
	struct run_row run = made_run(40);
	sample_vec samples = { 0 };
	char *text = report_of(&samples, &run);

	(void)state;
	assert_says(text, "**No reboot was counted in this run, so it has no answer.**");
	assert_says(text, "* 40 of 40 planned reboots: the run is complete.");
	assert_silent(text, "figures/");
	assert_silent(text, " nan");
	free(text);
}

static void warmups_only(void **state)
{
	struct run_row run = made_run(4);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 1);
	text = report_of(&samples, &run);
	assert_says(text, "**No reboot was counted");
	assert_says(text, "## Warm-ups");
	assert_silent(text, "figures/");
	free(text);
}

static void all_failed(void **state)
{
	struct run_row run = made_run(48);
	sample_vec samples = { 0 };
	char *text;
	size_t i;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8);
	for (i = 0; i < samples.n; i++)
		make_fail(&samples.at[i], VERDICT_HUNG, PHASE_HANDOFF);
	text = report_of(&samples, &run);
	assert_reads(text, "**No way is the fastest: so many reboots of every way failed that none "
			   "has a median.**");
	assert_reads(text, "**none was ready in under 3\xc2\xa0s**");
	assert_reads(text, "lobos 0 of 6");
	assert_says(text, "| lobos                   | hung    |       8 |                2 |");
	assert_says(text, "hung in phase handoff");
	assert_says(text, "The first 20 of 32 follow");
	assert_silent(text, "phases.svg");
	assert_silent(text, "fastest way here");
	free(text);
}

static void one_sample(void **state)
{
	struct run_row run = made_run(2);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, 1, 2);
	text = report_of(&samples, &run);
	assert_reads(text, "**bios took** 2.554\xc2\xa0s from request to ready (one reboot only); "
			   "no other way was measured");
	assert_reads(text, "Of 1 bios reboot, **it was ready in under 3\xc2\xa0s**");
	assert_says(text, "**too_few**");
	assert_silent(text, "Where another way is faster");
	free(text);
}

/* The answer claims nothing that so few reboots cannot bear. */
static void few_samples(void **state)
{
	struct run_row run = made_run(16);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 4);
	text = report_of(&samples, &run);
	assert_reads(text, "**lobos came first, on too few machines to be sure:**");
	assert_reads(text, "(median of 3 reboots, too few machines for an interval)");
	free(text);
}

/* Two ways with the same times are not told apart, whichever comes first by name. */
static void equal_ways(void **state)
{
	struct run_row run = made_run(60);
	sample_vec samples = { 0 };
	char *text;
	size_t i;

	(void)state;
	made_samples(&samples, 1, 30);
	made_samples(&samples, 1, 30);
	for (i = 30; i < samples.n; i++) {
		strcpy(samples.at[i].way, "other");
		samples.at[i].machine += 100;
		samples.at[i].chain += 100;
	}
	text = report_of(&samples, &run);
	assert_reads(text, "**bios has the lowest median, but other took as long in practice:**");
	free(text);
}

/* A machine that failed is replaced by one with the next free number, in the same chain. */
static void a_failing_index_is_found_over_replaced_machines(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		if (strcmp(s->way, "lobos") == 0 && s->index == 1)
			make_fail(s, VERDICT_PANICKED, PHASE_KERNEL);
		else if (strcmp(s->way, "lobos") == 0 && s->index > 1)
			s->machine += 100;
	}
	text = report_of(&samples, &run);
	assert_reads(text, "**index_effect** (lobos: came up, in time)");
	free(text);
}

/* A way that fails more often than not has no median, and another is the fastest. */
static void the_next_has_no_median(void **state)
{
	struct run_row run = made_run(60);
	sample_vec samples = { 0 };
	char *text;
	size_t i;

	(void)state;
	made_samples(&samples, 2, 20);
	for (i = 0; i < samples.n; i++)
		if (strcmp(samples.at[i].way, "kexec") == 0)
			make_fail(&samples.at[i], VERDICT_WRONG_WAY, PHASES);
	text = report_of(&samples, &run);
	assert_reads(text, "so many reboots of the next, kexec, failed");
	assert_says(text, "  never |");
	free(text);
}

/* Up, and not proved: that is no success, however fast it was. */
static void unproved_is_no_success(void **state)
{
	struct run_row run = made_run(8);
	sample_vec samples = { 0 };
	struct report *r;
	size_t i;

	(void)state;
	made_samples(&samples, 1, 8);
	for (i = 0; i < samples.n; i++)
		samples.at[i].judgement.proved = false;
	r = report_model(&run, &samples);
	assert_int_equal(r->groups.n, 1);
	assert_int_equal(r->groups.at[0].n, 6);
	assert_int_equal(r->groups.at[0].successes, 0);
	assert_int_equal(r->groups.at[0].unproved, 6);
	assert_int_equal(r->groups.at[0].in_time, 0);
	assert_true(isinf(r->groups.at[0].latency_of.median));
	report_model_free(r);
	vec_free(&samples);
}

/* What rests on console text only is said beside the answer. */
static void grave_doubts_are_beside_the_answer(void **state)
{
	CLEANUP_FREE char *text = NULL;
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	const char *doubt;

	(void)state;
	made_samples(&samples, 1, 8);
	for (size_t i = 0; i < samples.n; i++)
		samples.at[i].doubts |= DOUBT_BIT(DOUBT_RESTS_ON_CONSOLE);
	text = report_of(&samples, &run);
	doubt = strstr(text, "*Beware:* Request, ready or a panic is known from console text");
	assert_non_null(doubt);
	assert_true(doubt < strstr(text, "## How long a reboot takes"));
}

/* What the emulator does to the figures is said as the run did it. */
static void a_run_says_whether_it_discards(void **state)
{
	struct run_row run = made_run(8);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, 1, 8);
	text = report_of(&samples, &run);
	assert_says(text, "though the machines keep little translated code");
	assert_silent(text, "throws all translated code away");
	free(text);
	run.provenance_json = (char *)"{\"discards\":true,\"starts\":[{"
				      "\"marks_lateness_ns\":{\"p50\":41000,\"p99\":1180000}}]}";
	made_samples(&samples, 1, 8);
	text = report_of(&samples, &run);
	assert_says(text, "throws all translated code away");
	assert_reads(text, "a reset is stamped inside the emulator");
	assert_silent(text, "though the machines keep little translated code");
	free(text);
}

static void hundreds(void **state)
{
	struct run_row run = made_run(600);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 150);
	text = report_of(&samples, &run);
	assert_reads(text, "**lobos is the fastest way here:**");
	assert_silent(text, "than the slowest seen");
	free(text);
}

/* Failures are in no point, and in every share. */
static void figures_keep_failures(void **state)
{
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, 1, 3);
	make_fail(&samples.at[2], VERDICT_HUNG, PHASE_KERNEL);
	text = figure_of(&samples, figure_cumulative_data);
	assert_says(text, "\n1 \"bios\" 2 1\n");
	assert_says(text, "\n1 2.553552000 0.500000\n1 3.180000 0.500000\n");
	free(text);
	text = figure_of(&samples, figure_latency_data);
	assert_says(text, "\n1 \"bios\" 2 1 -1 -1 -1 1\n");
	assert_says(text, "\n1 0.0000 2.553552000\n");
	free(text);
	text = figure_of(&samples, figure_phases_data);
	assert_says(text, "1 1 0.000000000 0.123360000 123 shutdown\n");
	vec_free(&samples);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_report),
		cmocka_unit_test(order_does_not_matter),
		cmocka_unit_test(nothing_a_machine_says_is_markup),
		cmocka_unit_test(no_sample),
		cmocka_unit_test(warmups_only),
		cmocka_unit_test(all_failed),
		cmocka_unit_test(one_sample),
		cmocka_unit_test(few_samples),
		cmocka_unit_test(equal_ways),
		cmocka_unit_test(a_failing_index_is_found_over_replaced_machines),
		cmocka_unit_test(the_next_has_no_median),
		cmocka_unit_test(unproved_is_no_success),
		cmocka_unit_test(grave_doubts_are_beside_the_answer),
		cmocka_unit_test(a_run_says_whether_it_discards),
		cmocka_unit_test(hundreds),
		cmocka_unit_test(figures_keep_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
