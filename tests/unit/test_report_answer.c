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
		cmocka_unit_test(phases_are_asked_though_most_reboots_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
