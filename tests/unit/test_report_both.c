// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_report_both.c - the report of a run by both clocks: a whole one, and the sentences of odd runs
 *
 * tests/golden/report-both.md is the expected text, see report_text.h.
 */
#include "report_text.h"

static void a_whole_report(void **state)
{
	struct run_row run = made_run(154);
	sample_vec samples = { 0 };

	(void)state;
	made_mixed_samples(&samples);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	assert_golden("tests/golden/report-both.md", report_of(&samples, &run));
}

/* What the wall clock says is the same with exact samples beside it and without. */
static void clocks_do_not_mix(void **state)
{
	struct run_row run = made_run(152);
	sample_vec wall = { 0 }, both = { 0 };
	struct report *alone, *with;

	(void)state;
	made_mixed_samples(&wall);
	made_mixed_samples(&both);
	made_exact_samples(&both, MADE_WAYS, EXACT_REPEATS);
	alone = report_model(&run, &wall);
	with = report_model(&run, &both);
	assert_int_equal(alone->counted, with->counted);
	assert_int_equal(alone->groups.n, with->groups.n);
	for (size_t i = 0; i < alone->groups.n; i++) {
		const struct report_group *a = &alone->groups.at[i], *w = &with->groups.at[i];

		assert_string_equal(a->label, w->label);
		assert_memory_equal(&a->latency_of, &w->latency_of, sizeof(a->latency_of));
		assert_int_equal(a->doubts, w->doubts);
	}
	assert_null(alone->exact);
	assert_int_equal(with->exact->counted, MADE_WAYS * EXACT_REPEATS);
	report_model_free(alone);
	report_model_free(with);
	vec_free(&wall);
	vec_free(&both);
}

static void exact_samples_only(void **state)
{
	struct run_row run = made_run(24);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions kexec vmlinux no-checks is first:** it executes 202.8 million "
			   "from request to ready; the next, lobos, executes 8.7 million (4.3\xc2\xa0%) "
			   "more. In order, in millions: kexec vmlinux no-checks 202.8, lobos 211.5, ");
	assert_says(text, "## Where another way beats lobos");
	assert_silent(text, "the wall clock:");
	assert_silent(text, "phases.svg");
	assert_silent(text, " nan ");
	free(text);
}

static void one_way(void **state)
{
	struct run_row run = made_run(10);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, 1, 4);
	made_exact_samples(&samples, 1, EXACT_REPEATS);
	text = report_of(&samples, &run);
	assert_reads(text, "**bios executes** 248.4 million instructions from request to ready. By the wall "
			   "clock: **bios took** 2.554\xc2\xa0s");
	assert_silent(text, " first. ");
	assert_silent(text, "Where another way beats");
	free(text);
}

/* A reboot that failed leaves too few repeats; the first page and the list of failures name it. */
static void a_failure_by_the_exact_clock(void **state)
{
	struct run_row run = made_run(56);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, 2, 16);
	made_exact_samples(&samples, 2, EXACT_REPEATS);
	make_fail(&samples.at[samples.n - 1], VERDICT_HUNG, PHASE_KERNEL);
	text = report_of(&samples, &run);
	assert_reads(text, "*Not exact:* kexec (a reboot came up on 2 machines only, exact figures need 3).");
	assert_reads(text, "kexec is first, but 1 of 3 of its reboots failed:**");
	assert_says(text, "| kexec | virtual | hung    |       1 |                0 |");
	assert_says(text, "kexec, machine 1009, reboot 1: hung in phase kernel");
	assert_reads(text, "Both clocks put kexec first.");
	assert_reads(text, "kexec 12 of 12");
	free(text);
}

static void all_failed_by_the_exact_clock(void **state)
{
	struct run_row run = made_run(56);
	sample_vec samples = { 0 };
	char *text;
	size_t i;

	(void)state;
	made_samples(&samples, 2, 16);
	i = samples.n;
	made_exact_samples(&samples, 2, EXACT_REPEATS);
	for (; i < samples.n; i++)
		make_fail(&samples.at[i], VERDICT_HUNG, PHASE_KERNEL);
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions there is no answer: no reboot that counts came up.** By the "
			   "wall clock: **kexec is the fastest way here:**");
	assert_silent(text, "instructions.svg");
	assert_silent(text, " first. ");
	assert_silent(text, " nan ");
	free(text);
}

/* Warm-ups only by the one clock: the other one has its answer all the same. */
static void no_count_by_the_wall_clock(void **state)
{
	struct run_row run = made_run(40);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, 2, 1);
	made_exact_samples(&samples, 2, EXACT_REPEATS);
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions kexec is first:**");
	assert_reads(text, "By the wall clock: no reboot was counted.");
	assert_silent(text, "figures/latency");
	assert_silent(text, " nan ");
	free(text);
}

/* Repeats that differ are a range, and the phase is named. */
static void what_varies_is_a_range(void **state)
{
	struct run_row run = made_run(56);
	sample_vec samples = { 0 };
	struct sample *last;
	char *text;

	(void)state;
	made_samples(&samples, 2, 16);
	made_exact_samples(&samples, 2, EXACT_REPEATS);
	last = &samples.at[samples.n - 1];
	last->phases.at[PHASE_LOAD].instructions += 7000000;
	last->latency_instructions += 7000000;
	text = report_of(&samples, &run);
	assert_reads(text, "it executes 211.9 to 218.9 million from request to ready");
	assert_reads(text, "*Not exact:* kexec (load varied between repeats).");
	assert_silent(text, "executed the same, to the instruction");
	free(text);
}

/* The wall clock tells nothing apart, so it does not contradict the other one. */
static void undecided_is_no_contradiction(void **state)
{
	struct run_row run = made_run(40);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 4);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	text = report_of(&samples, &run);
	assert_reads(text, "The clocks do not contradict each other: by the wall clock kexec vmlinux "
			   "no-checks ran on too few machines to be told apart from lobos.");
	assert_silent(text, "The clocks disagree");
	free(text);
}

/* What costs time and no instruction is called waiting only where the exact clock saw it. */
static void waiting_is_named_where_it_was_seen(void **state)
{
	struct run_row run = made_run(152);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		if (!*s->variant || !sample_is_virtual(s))
			continue;
		s->phases.at[PHASE_LOAD].ns += 100000000;
		s->latency_ns += 100000000;
	}
	text = report_of(&samples, &run);
	assert_reads(text, "**The clocks disagree:** kexec vmlinux no-checks executes 8.7 million "
			   "instructions fewer than lobos, but takes 0.0");
	assert_reads(text, "They differ most in the phase load: kexec vmlinux no-checks takes 81.");
	assert_reads(text, "there the exact clock sees it wait 100\xc2\xa0ms longer, and waiting costs "
			   "time and no instruction.");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_report),
		cmocka_unit_test(clocks_do_not_mix),
		cmocka_unit_test(exact_samples_only),
		cmocka_unit_test(one_way),
		cmocka_unit_test(a_failure_by_the_exact_clock),
		cmocka_unit_test(all_failed_by_the_exact_clock),
		cmocka_unit_test(no_count_by_the_wall_clock),
		cmocka_unit_test(what_varies_is_a_range),
		cmocka_unit_test(undecided_is_no_contradiction),
		cmocka_unit_test(waiting_is_named_where_it_was_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
