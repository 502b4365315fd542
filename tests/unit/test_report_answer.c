// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_report_answer.c - the first page of runs that are easily said wrong
 */
#include "report_text.h"

static bool is_exact(const struct sample *s, const char *way)
{
	return sample_is_virtual(s) && !strcmp(s->way, way) && !*s->variant;
}

/* The kernel executes so many instructions more, and takes that much longer. */
static void slow_down(struct sample *s, int64_t instructions)
{
	s->phases.at[PHASE_KERNEL].instructions += instructions;
	s->latency_instructions += instructions;
	s->phases.at[PHASE_KERNEL].ns += 8 * instructions;
	s->latency_ns += 8 * instructions;
	s->downtime_ns += 8 * instructions;
}

/* The counted reboots of each machine by the exact clock come twice, the second with index 2. */
static void add_second_index(sample_vec *samples)
{
	size_t n = samples->n;

	for (size_t i = 0; i < n; i++) {
		struct sample s = samples->at[i];

		if (!sample_is_virtual(&s) || s.warmup)
			continue;
		s.id += 50000;
		s.index = 2;
		vec_push(samples, s);
	}
}

/* A whole run by both clocks, with two exact reboots of each machine. */
static sample_vec run_of_two(void)
{
	sample_vec samples = { 0 };

	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	add_second_index(&samples);
	return samples;
}

/* Where the first reboots of a way failed, all ways are compared by their second. */
static void ways_are_compared_at_one_index(void **state)
{
	struct run_row run = made_run(164);
	sample_vec samples = run_of_two();
	char *text;

	(void)state;
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		if (sample_is_virtual(s) && s->index == 2)
			slow_down(s, -20000000);
		if (is_exact(s, "lobos") && s->index == 1)
			make_fail(s, VERDICT_HUNG, PHASE_KERNEL);
	}
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions kexec vmlinux no-checks is first:** it executes 182.8 million");
	assert_reads(text, "In order, in millions: kexec vmlinux no-checks 182.8, lobos 191.5 (3 of 6 "
			   "reboots failed), kexec 191.9, bios 228.4.");
	assert_reads(text, "At index 1, in order: kexec vmlinux no-checks 202.8, kexec 211.9, bios 248.4.");
	assert_reads(text, "Both tables are of reboots with index 2,");
	assert_silent(text, "*Not exact:*");
	free(text);
}

static void another_index_has_another_first(void **state)
{
	struct run_row run = made_run(164);
	sample_vec samples = run_of_two();
	char *text;

	(void)state;
	for (size_t i = 0; i < samples.n; i++)
		if (is_exact(&samples.at[i], "lobos") && !samples.at[i].warmup)
			slow_down(&samples.at[i], samples.at[i].index == 1 ? -20000000 : 30000000);
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions lobos is first:** it executes 191.5 million");
	assert_reads(text, "*By index:* the instructions above are of reboots with index 1, and other "
			   "reboots of the same machines differ. At index 2, in order: kexec vmlinux "
			   "no-checks 202.8, kexec 211.9, lobos 241.5, bios 248.4.");
	free(text);
}

static void a_first_that_failed_is_not_simply_first(void **state)
{
	struct run_row run = made_run(152);
	sample_vec samples = { 0 };
	int machines = 0;
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++) {
		if (!is_exact(&samples.at[i], "lobos") || samples.at[i].warmup)
			continue;
		slow_down(&samples.at[i], -20000000);
		if (machines++)
			make_fail(&samples.at[i], VERDICT_HUNG, PHASE_KERNEL);
	}
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions lobos is first, but 2 of 3 of its reboots failed:** it executes "
			   "191.5 million");
	assert_reads(text, "lobos 191.5 (2 of 3 reboots failed), kexec");
	assert_reads(text, "*Not exact:* lobos (a reboot came up on 1 machine only, exact figures need 3).");
	free(text);
}

/* Nothing is called fewer where nothing is. */
static void a_tie_by_instructions_contradicts_nothing(void **state)
{
	struct run_row run = made_run(152);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++)
		if (sample_is_virtual(&samples.at[i]) && *samples.at[i].variant)
			slow_down(&samples.at[i], 211500060 - samples.at[i].latency_instructions);
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions kexec vmlinux no-checks and lobos are equal:**");
	assert_reads(text, "The clocks do not contradict each other: by instructions kexec vmlinux no-checks "
			   "and lobos are equal.");
	assert_silent(text, "0.000 million");
	free(text);
}

/* Nor is anything where no comparison by the exact clock sees a difference. */
static void what_chance_can_make_puts_no_way_first(void **state)
{
	struct run_row run = made_run(152);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++)
		if (sample_is_virtual(&samples.at[i]) && *samples.at[i].variant)
			slow_down(&samples.at[i], 211450060 - samples.at[i].latency_instructions);
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions kexec vmlinux no-checks and lobos cannot be told apart:** lobos "
			   "executes 0.050 million more from request to ready, which is too little to tell "
			   "anything. In order, in millions: kexec vmlinux no-checks 211.5, lobos 211.5,");
	assert_reads(text, "The clocks do not contradict each other: by instructions kexec vmlinux no-checks "
			   "and lobos cannot be told apart.");
	assert_silent(text, "The clocks disagree");
	free(text);
}

static void the_exact_first_may_be_unknown_by_the_wall_clock(void **state)
{
	struct run_row run = made_run(152);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++)
		if (!sample_is_virtual(&samples.at[i]) && *samples.at[i].variant)
			make_fail(&samples.at[i], VERDICT_INSTRUMENT_FAULT, PHASES);
	text = report_of(&samples, &run);
	assert_reads(text, "No reboot of kexec vmlinux no-checks was counted by the wall clock.");
	free(text);
}

static void instructions_may_not_be_counted(void **state)
{
	struct run_row run = made_run(152);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++) {
		samples.at[i].latency_instructions = -1;
		for (unsigned int p = 0; p < PHASES; p++)
			samples.at[i].phases.at[p].instructions = -1;
	}
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions there is no answer: they were not counted.**");
	assert_reads(text, "lobos: **not exact**: instructions were not counted.");
	assert_silent(text, "The clocks disagree");
	free(text);
}

/* A phase may take longer because it executes more, all of it slow. */
static void a_reason_explains(void **state)
{
	struct run_row run = made_run(152);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++) {
		samples.at[i].phases.at[PHASE_LOAD] =
			(struct phase_time){ .state = PHASE_UNKNOWN, .instructions = -1 };
		samples.at[i].downtime_ns = -1;
	}
	text = report_of(&samples, &run);
	assert_reads(text, "over all phases of all ways it is 8.9 ns: kexec vmlinux no-checks executes more of "
			   "the slow instructions.");
	free(text);
}

/* Its medians say that lobos is faster, its machines that it is not. */
static void a_shift_may_be_negative(void **state)
{
	struct run_row run = made_run(128);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];
		int turn = s->machine / (int)MADE_WAYS;
		int64_t slow = turn % 2 ? 1400 : s->index == 1 + turn / 2 % 3 ? 1300 : 1620;

		if (!strcmp(s->way, "lobos"))
			s->latency_ns = slow * 1000000;
		if (*s->variant)
			s->latency_ns = 1450000000;
	}
	text = report_of(&samples, &run);
	assert_reads(text, "kexec vmlinux no-checks, has a longer median but took 0.");
	assert_reads(text, "s less machine by machine (95\xc2\xa0% interval of the difference");
	free(text);
}

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

/* Half of the reboots fail, so the latency has no median; the phases of the others are asked. */
static void phases_are_asked_though_most_reboots_fail(void **state)
{
	struct run_row run = made_run(256);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 16 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		if (strcmp(s->way, "lobos"))
			continue;
		if (s->index == 2)
			s->phases.at[PHASE_KERNEL].ns += 600000000;
		if (s->machine / (int)MADE_WAYS % 2)
			make_fail(s, VERDICT_HUNG, PHASE_KERNEL);
	}
	text = report_of(&samples, &run);
	assert_reads(text, "| lobos | kernel");
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
	assert_reads(text, "Warm-up reboots of other ways, which are in no rate either, failed: bios 1 of 8; "
			   "see \"What failed\".");
	free(text);
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
	assert_reads(text, "(lobos came up whole 0 of 24 times.)");
	assert_reads(text, "(lobos came up whole 0 of 3 times by the exact clock.)");
	assert_reads(text, "reset more than once before it was ready, so its time is that of more than one "
			   "boot. (Reboots bios 8 of 24.)");
	assert_reads(text, "was to switch itself off through ACPI, and did not. (Reboots bios 8 of 24.)");
	assert_reads(text, "Warm-up reboots by the exact clock, which are in no figure, failed: lobos 3 of 3; "
			   "see \"What failed\".");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ways_are_compared_at_one_index),
		cmocka_unit_test(another_index_has_another_first),
		cmocka_unit_test(a_first_that_failed_is_not_simply_first),
		cmocka_unit_test(a_tie_by_instructions_contradicts_nothing),
		cmocka_unit_test(what_chance_can_make_puts_no_way_first),
		cmocka_unit_test(the_exact_first_may_be_unknown_by_the_wall_clock),
		cmocka_unit_test(instructions_may_not_be_counted),
		cmocka_unit_test(a_reason_explains),
		cmocka_unit_test(a_shift_may_be_negative),
		cmocka_unit_test(doubts_stand_beside_the_answer),
		cmocka_unit_test(humps_of_the_answer_stand_beside_it),
		cmocka_unit_test(phases_are_asked_though_most_reboots_fail),
		cmocka_unit_test(what_was_not_measured_is_on_the_first_page),
		cmocka_unit_test(failed_warmups_are_on_the_first_page),
		cmocka_unit_test(a_way_that_is_never_whole_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
