// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_report_beware.c - what the first page says of figures that are doubtful or missing
 */
#include "report_text.h"

/* The headline's own figures are doubted beside it, and whose reboots are known by text only. */
static void doubts_stand_beside_the_answer(void **state)
{
	struct run_row run = made_run(128);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		if (strcmp(s->way, "lobos"))
			continue;
		s->doubts |= DOUBT_BIT(DOUBT_RESTS_ON_CONSOLE);
		if (s->index == 2)
			s->latency_ns += 600000000;
	}
	text = report_of(&samples, &run);
	assert_reads(text, "*Beware:* The latency of lobos depends on how often its machine was rebooted "
			   "before. At index 1 it is 1.4");
	assert_reads(text, ", at index 2 2.0");
	assert_reads(text, "(Reboots lobos 24 of 24.)");
	assert_reads(text, "and by the right way (no way was witnessed): lobos");
	free(text);
}

static void humps_of_the_answer_stand_beside_it(void **state)
{
	struct run_row run = made_run(256);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 16 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++)
		if (!strcmp(samples.at[i].way, "lobos") && samples.at[i].id * 7 % 20 < 9)
			samples.at[i].latency_ns += 900000000;
	text = report_of(&samples, &run);
	assert_reads(text, "The latencies of lobos gather around more than one value;");
	free(text);
}

/* Faults that were not repeated are missing, however many warm-ups there were. */
static void what_was_not_measured_is_on_the_first_page(void **state)
{
	struct run_row run = made_run(128);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	strcpy(run.state, "interrupted");
	run.scenario_yaml = (char *)"name: bench\ntitle: Four ways\n"
				    "ways: [{way: bios}, {way: kexec}, {way: other}, {way: lobos}]\n"
				    "chain: {machines: 8, reboots: 4, warmups: 1}\n";
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++)
		if (!samples.at[i].warmup && i % 6 == 0)
			make_fail(&samples.at[i], VERDICT_INSTRUMENT_FAULT, PHASES);
	text = report_of(&samples, &run);
	assert_reads(text, "*Incomplete:* 16 of 96 planned reboots are missing; the run is "
			   "interrupted.");
	free(text);
}

/* Nothing of a warm-up is in a rate, so the first page says which of them failed. */
static void failed_warmups_are_on_the_first_page(void **state)
{
	struct run_row run = made_run(128);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];
		int turn = s->machine / (int)MADE_WAYS;

		if (s->warmup && !strcmp(s->way, "lobos") && turn < 5)
			make_fail(s, VERDICT_PANICKED, PHASE_KERNEL);
		if (s->warmup && !strcmp(s->way, "lobos") && turn == 6)
			make_fail(s, VERDICT_INSTRUMENT_FAULT, PHASES);
		if (s->warmup && !strcmp(s->way, "bios") && turn == 1)
			make_fail(s, VERDICT_HUNG, PHASE_KERNEL);
	}
	text = report_of(&samples, &run);
	assert_reads(text, "Of 24 lobos reboots, **all were ready in under 3\xc2\xa0s**");
	assert_reads(text, "**Of 8 warm-up reboots of lobos, 5 failed**; warm-ups are in no rate, see \"What "
			   "failed\".");
	assert_reads(text, "Failed warm-up reboots of other ways, which are in no rate: bios 1 of 8; "
			   "see \"What failed\".");
	free(text);
}

/* A way whose machines all fail in the warm-up has no counted reboot that could say so. */
static void warmups_that_are_all_there_is_are_there_too(void **state)
{
	struct run_row run = made_run(128);

	(void)state;
	for (int exact = 0; exact < 2; exact++) {
		sample_vec samples = { 0 }, kept = { 0 };
		char *text;

		made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
		for (size_t i = 0; i < samples.n; i++)
			if (samples.at[i].warmup) {
				make_fail(&samples.at[i], VERDICT_PANICKED, PHASE_KERNEL);
				vec_push(&kept, samples.at[i]);
			}
		vec_free(&samples);
		if (exact)
			made_exact_samples(&kept, MADE_WAYS, EXACT_REPEATS);
		text = report_of(&kept, &run);
		assert_reads(text, "Failed warm-up reboots, which are in no rate: bios 8 of 8, ");
		free(text);
	}
}

/* What a way loses, or needs a second boot for, is said beside its time, by each clock. */
static void a_way_that_is_never_whole_is_named(void **state)
{
	struct run_row run = made_run(152);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		s->whole = strcmp(s->way, "lobos") ? WHOLE_YES : WHOLE_NO;
		s->doubts = doubts_of_sample(s);
		if (!strcmp(s->way, "bios") && s->index == 3)
			s->doubts |= DOUBT_BIT(DOUBT_RESET_AGAIN) | DOUBT_BIT(DOUBT_NO_POWER_OFF);
		if (sample_is_virtual(s) && s->warmup && !strcmp(s->way, "lobos"))
			make_fail(s, VERDICT_HUNG, PHASE_KERNEL);
	}
	text = report_of(&samples, &run);
	assert_reads(text, "(Without warm-ups, lobos came up whole 0 of 24 times.)");
	assert_reads(text, "(Without warm-ups, lobos came up whole 0 of 3 times by the exact clock.)");
	assert_reads(text, "reset more than once before it was ready, so its time is that of more than one "
			   "boot. (Reboots bios 8 of 24.)");
	assert_reads(text, "was to switch itself off through ACPI, and did not. (Chains: bios 8.)");
	assert_reads(text, "Failed warm-up reboots by the exact clock, which are in no figure: lobos 3 of 3; "
			   "see \"What failed\".");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(doubts_stand_beside_the_answer),
		cmocka_unit_test(humps_of_the_answer_stand_beside_it),
		cmocka_unit_test(what_was_not_measured_is_on_the_first_page),
		cmocka_unit_test(failed_warmups_are_on_the_first_page),
		cmocka_unit_test(warmups_that_are_all_there_is_are_there_too),
		cmocka_unit_test(a_way_that_is_never_whole_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
