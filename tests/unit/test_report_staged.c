// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_report_staged.c - the report of ways whose kernel was loaded before the request
 */
#include "report_text.h"

/* None is called first without a word on it, by either clock. */
static void first_says_that_it_was_loaded(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	made_staged_samples(&samples, true, true);
	run.provenance_json = (char *)"{\"kernels\": [{\"bytes\": 6262784}]}";
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions lobos loaded is first, its kernel loaded before the request:** it "
			   "executes 135.9 million");
	assert_reads(text, "Loaded before the request: lobos loaded, kexec vmlinux no-checks loaded; of the other "
			   "ways kexec vmlinux no-checks has the fewest, 202.8 million. By the wall clock: **lobos "
			   "loaded has the lowest median, its kernel loaded before the request, but lobos");
	assert_reads(text, "Loaded before the request: lobos loaded, kexec vmlinux no-checks loaded; of the other "
			   "ways lobos has the lowest median, 1.409\xc2\xa0s. ");
	/* Below the list of the first page, the limit and the latencies. */
	assert_reads(text, "loaded. Their latency has no load in it.   ## How far each way is from the limit");
	assert_reads(text, "loaded. Their latency has no load in it.  The limit is");
	assert_reads(text, "loaded. Their latency has no load in it.  Quantiles are");
	assert_reads(text, "loaded. Their latency has no load in it.   ### Phases in detail");
	free(text);
}

/* Beside ways with hints, in the sentence that names the first of each class. */
static void lead_says_so(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	made_staged_samples(&samples, true, true);
	made_hinted_samples(&samples, true, true);
	text = report_of(&samples, &run);
	assert_reads(text, "lobos loaded is first without hints (135.9 million, its kernel loaded before the "
			   "request), and kexec vmlinux no-checks hinted is first with hints (145.3 million).**");
	assert_reads(text, "lobos loaded has the lowest median without hints (1.386\xc2\xa0s, its kernel loaded "
			   "before the request), and lobos hinted has the lowest median with hints (0.");
	free(text);
}

/* Nothing is said of a way that a boot loader loads, which has no load of its own, or of one alone. */
static void others_are_not(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	text = report_of(&samples, &run);
	assert_silent(text, "oaded before");
	assert_silent(text, "no load in it");
	free(text);
	samples = (sample_vec){ 0 };
	made_samples(&samples, 1, 8 * MADE_CHAIN);
	text = report_of(&samples, &run);
	assert_silent(text, "oaded before");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_says_that_it_was_loaded),
		cmocka_unit_test(lead_says_so),
		cmocka_unit_test(others_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
