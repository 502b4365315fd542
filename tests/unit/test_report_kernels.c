// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_report_kernels.c - the report of a run whose chains lead through several kernels
 */
#include "report_text.h"

#include "report/captions.h"
#include "report/figure_data.h"
#include "report/paper_facts.h"
#include "report/paper_observed.h"

static const char *const builds[] = { "x86_64-6.12", "x86_64-7.3", "x86_64-6.1" };

#define BUILDS (sizeof(builds) / sizeof(builds[0]))

static sample_vec samples_to_kernels(void)
{
	sample_vec samples = { 0 };

	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	lead_to_kernels(&samples);
	return samples;
}

static char *text_of(sample_vec samples)
{
	struct run_row run = made_run(0);

	return report_of(&samples, &run);
}

/* Every row of a way and every group says to which kernel. */
static void no_figure_is_of_two_kernels(void **state)
{
	char *text = text_of(samples_to_kernels());

	(void)state;
	for (size_t w = 0; w < MADE_WAYS; w++) {
		const struct made_way *way = &made_ways[w];
		char row[100];
		int n = snprintf(row, sizeof(row), "\n| %s%s%s ", way->way, *way->variant ? " " : "",
				 way->variant);

		assert_non_null(strstr(text, row));
		for (const char *at = text; (at = strstr(at, row)); at++)
			if (strncmp(at + n, "to x86\\_64-", 11) && strncmp(at + n, "vmlinux", 7))
				fail_msg("%.80s", at + 1);
	}
	assert_says(text, "\n### Reboots to x86\\_64-6.12\n");
	assert_says(text, "\n### Reboots to x86\\_64-7.3\n");
	assert_says(text, " | lobos to x86\\_64-7.3 |");
	free(text);
}

/* In the order of the chain: what is first to one kernel is not compared with what leads to another. */
static void kernels_are_ranked_apart(void **state)
{
	char *text = text_of(samples_to_kernels());

	(void)state;
	assert_reads(text, "**By the wall clock, from request to ready, lobos has the lowest median to "
			   "x86\\_64-6.12 (1.");
	assert_reads(text, "\xc2\xa0s), lobos has the lowest median to x86\\_64-7.3 (2.");
	assert_reads(text, "\xc2\xa0s), and lobos has the lowest median to x86\\_64-6.1 (1.");
	assert_reads(text, "Reboots to each kernel are ranked among themselves: how fast it starts is no merit "
			   "of a way.");
	assert_silent(text, "hints are ranked");
	assert_reads(text, "*To x86\\_64-7.3:* **lobos to x86\\_64-7.3 is the fastest way here:**");
	assert_reads(text, "the next, kexec vmlinux no-checks to x86\\_64-7.3, took ");
	assert_reads(text, "Of 8 lobos to x86\\_64-6.1 reboots, **all were ready in under 3\xc2\xa0s**");
	assert_says(text, "## Where another way to x86\\_64-6.1 beats lobos to x86\\_64-6.1\n");
	assert_says(text, "### Where another way to x86\\_64-7.3 is faster than lobos to x86\\_64-7.3\n");
	assert_reads(text, "fastest way first, kernel by kernel.");
	free(text);
}

/* The witness watched a way, whatever it led to. */
static void a_way_is_witnessed_once(void **state)
{
	char *text = text_of(samples_to_kernels()), *first;

	(void)state;
	first = strstr(text, "\n* lobos: not witnessed");
	assert_non_null(first);
	assert_null(strstr(first + 1, "\n* lobos: not witnessed"));
	assert_silent(text, "* lobos to x86\\_64-6.12: not witnessed");
	free(text);
}

/* Each figure that is drawn has a row for each way and kernel. */
static void figures_have_a_row_for_each_kernel(void **state)
{
	static void (*const data[])(FILE *f, const struct report *r) = {
		figure_latency_data, figure_cumulative_data, figure_phases_data, caption_phases,
	};
	struct run_row run = made_run(0);
	sample_vec samples = samples_to_kernels();
	struct report *model = report_model(&run, &samples);

	(void)state;
	assert_int_equal(model->groups.n, MADE_WAYS * BUILDS);
	for (size_t i = 0; i < sizeof(data) / sizeof(data[0]); i++) {
		CLEANUP_FREE char *text = NULL;
		size_t size;
		FILE *f = open_memstream(&text, &size);

		data[i](f, model);
		fclose(f);
		for (size_t k = 0; k < BUILDS; k++) {
			CLEANUP_FREE char *label = NULL;

			assert_true(asprintf(&label, "lobos to %s", builds[k]) > 0);
			assert_says(text, label);
		}
	}
	report_model_free(model);
	vec_free(&samples);
}

/* What the table of the paper's claims counts, too. */
static void logs_are_counted_kernel_by_kernel(void **state)
{
	struct paper_facts facts = { 0 };
	struct impl lobos = { .name = (char *)"lobos" };
	struct run_row run = made_run(0);
	sample_vec samples = samples_to_kernels();
	struct observed seen;
	struct report *model;

	(void)state;
	for (size_t i = 0; i < samples.n; i++)
		if (!strcmp(samples.at[i].build, "x86_64-7.3") && samples.at[i].machine < 4)
			samples.at[i].log_state = PRESERVED_LOG_NONE;
	model = report_model(&run, &samples);
	model->facts = &facts;
	paper_observe(&seen, CLAIM_LOG, model, &lobos);
	assert_string_equal(seen.word, "not always");
	assert_string_equal(seen.evidence, "this run: kept in 8 of 8 counted reboots to x86_64-6.12, 7 of 8 to "
			    "x86_64-7.3, 8 of 8 to x86_64-6.1");
	report_model_free(model);
	vec_free(&samples);
}

/* A lobosbench that did not keep the kernel's name led to one kernel only. */
static void unknown_kernels_are_those_that_are_known(void **state)
{
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i += 3)
		strcpy(samples.at[i].build, "i386-6.1");
	text = text_of(samples);
	assert_silent(text, " to i386");
	assert_reads(text, "Of 24 lobos reboots, **all were ready");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_figure_is_of_two_kernels),
		cmocka_unit_test(kernels_are_ranked_apart),
		cmocka_unit_test(a_way_is_witnessed_once),
		cmocka_unit_test(figures_have_a_row_for_each_kernel),
		cmocka_unit_test(logs_are_counted_kernel_by_kernel),
		cmocka_unit_test(unknown_kernels_are_those_that_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
