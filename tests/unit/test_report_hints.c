// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_report_hints.c - the report of a run with ways that were given hints, and the limit
 */
#include "report_text.h"

#define QUIET	"name: quiet\\ntitle: The console says less\\nwords: quiet loglevel=1\\nreason: r\\n"	\
		"danger: Nothing is seen.\\ngain: {million_instructions: 1, machine: m, kernel: k}\\n"
#define KERNELS(bytes)	"\"kernels\": [{\"kernel\": \"6.1\", \"bytes\": " bytes "}]"
#define HINTS		"\"hints\": {\"quiet\": \"" QUIET "\"}"

static struct run_row run_with(const char *provenance)
{
	struct run_row run = made_run(0);

	run.provenance_json = (char *)provenance;
	return run;
}

/* Each class has a first and a next of its own, by either clock. */
static void classes_are_ranked_apart(void **state)
{
	struct run_row run = run_with("{" KERNELS("6262784") ", " HINTS "}");
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	made_hinted_samples(&samples, true, true);
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions, from request to ready, kexec vmlinux no-checks is first "
			   "without hints (202.8 million), and kexec vmlinux no-checks hinted is first with "
			   "hints (145.3 million).** **By the wall clock, from request to ready, lobos has the "
			   "lowest median without hints (");
	assert_reads(text, ", and lobos hinted has the lowest median with hints (");
	assert_reads(text, "*Without hints:* **By instructions kexec vmlinux no-checks is first:** it executes "
			   "202.8 million from request to ready; the next, lobos, executes 8.7 million");
	assert_reads(text, "*With hints:* **By instructions kexec vmlinux no-checks hinted is first:** it "
			   "executes 145.3 million from request to ready; the next, lobos hinted, executes 9.2 "
			   "million (6.3\xc2\xa0%) more. In order, in millions: kexec vmlinux no-checks hinted "
			   "145.3, lobos hinted 154.5; the repeats");
	assert_reads(text, "By the wall clock: **lobos hinted is the fastest way here:**");
	assert_reads(text, "Of 24 lobos reboots, **all were ready in under 3\xc2\xa0s**");
	assert_reads(text, "Of 24 lobos hinted reboots, **all were ready in under 3\xc2\xa0s**");
	assert_says(text, "## Where another way without hints beats lobos\n");
	assert_says(text, "## Where another way with hints beats lobos hinted\n");
	assert_reads(text, "* **kexec vmlinux no-checks hinted** by instructions, millions fewer: latency 9.2");
	assert_says(text, "### Where another way without hints is faster than lobos\n");
	assert_says(text, "### Where another way with hints is faster than lobos hinted\n");
	assert_silent(text, " nan ");
	free(text);
}

/* What chance can make puts no way first in the first sentence either. */
static void a_tie_has_no_first(void **state)
{
	struct run_row run = run_with("{" KERNELS("6262784") ", " HINTS "}");
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	made_hinted_samples(&samples, false, true);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];
		bool lobos = !strcmp(s->way, "lobos"), vmlinux = !strncmp(s->variant, "vmlinux", 7);

		if (lobos && !*s->hints)
			s->latency_instructions = 202760048 + 90000;
		if ((lobos || vmlinux) && *s->hints)
			s->latency_instructions = 150000000;
		if (vmlinux && !*s->hints)
			s->latency_instructions = 202760048;
	}
	text = report_of(&samples, &run);
	assert_reads(text, "**By instructions, from request to ready, kexec vmlinux no-checks and lobos cannot be "
			   "told apart without hints (202.8 and 202.9 million), and kexec vmlinux no-checks hinted "
			   "and lobos hinted are equal with hints (150.0 and 150.0 million).**");
	free(text);
}

static void each_way_is_beside_the_limit(void **state)
{
	struct run_row run = run_with("{" KERNELS("6262784") ", " HINTS "}");
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	made_hinted_samples(&samples, false, true);
	text = report_of(&samples, &run);
	assert_says(text, "## How far each way is from the limit\n");
	assert_says(text, "| kexec vmlinux no-checks        | none        |            202.8 |         3.43 |"
			  "    138.8 |         2.35 |\n");
	assert_says(text, "| lobos hinted                   | known quiet |            154.5 |         2.62 |");
	assert_says(text, "| the limit, which is no way     | –           |             59.1 |         1.00 |"
			  "     59.1 |         1.00 |\n");
	assert_reads(text, "The limit is 1.6 million for one plain copy of the kernel's 6 262 784 bytes, four of "
			   "them an instruction; 48.0 million for the kernel phase of lobos hinted, the smallest "
			   "that was measured here");
	assert_reads(text, "9.5 million for the user space of kexec vmlinux no-checks, the smallest, too.");
	assert_silent(text, "No way of this run had hints");
	assert_silent(text, "By the wall clock");
	free(text);
}

/* A kernel of 64 bits moves twice as much by one instruction. */
static void the_limit_of_64_bits(void **state)
{
	struct run_row run = run_with("{" KERNELS("6262784") ", " HINTS "}");
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	for (size_t i = 0; i < samples.n; i++)
		strcpy(samples.at[i].arch, "x86_64");
	text = report_of(&samples, &run);
	assert_reads(text, "The limit is 0.783 million for one plain copy of the kernel's 6 262 784 bytes, eight of "
			   "them an instruction");
	free(text);
}

/* Who had which hint, and what it is, if the run kept that. */
static void hints_are_listed(void **state)
{
	struct run_row run = run_with("{" HINTS "}");
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_samples(&samples, MADE_WAYS, 2 * MADE_CHAIN);
	made_hinted_samples(&samples, true, false);
	text = report_of(&samples, &run);
	assert_says(text, "## Hints\n");
	assert_says(text, "* **quiet** (lobos hinted, kexec vmlinux no-checks hinted): The console says less. ");
	assert_says(text, "command line: quiet loglevel=1. Danger: Nothing is seen.\n");
	assert_reads(text, "* **known** (lobos hinted): the run did not keep what it is.");
	assert_silent(text, "limit");
	free(text);
}

/* With one class only nothing is said of classes. */
static void hinted_ways_alone(void **state)
{
	struct run_row run = run_with("{" KERNELS("null") "}");
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_hinted_samples(&samples, true, true);
	text = report_of(&samples, &run);
	assert_reads(text, "# How long a reboot takes: bench  **By instructions kexec vmlinux no-checks hinted is "
			   "first:**");
	assert_says(text, "## Where another way beats lobos hinted\n");
	assert_reads(text, "The row of the limit is left out: the run did not record how much of its kernel there "
			   "is to copy.");
	assert_silent(text, "ithout hints:");
	free(text);
}

/* What is needed for a limit, and is not there. */
static void no_limit(void **state)
{
	struct run_row old = run_with("{}"), whole = run_with("{" KERNELS("40000000") "}");
	struct run_row plain = run_with("{" KERNELS("4000000") "}");
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	text = report_of(&samples, &old);
	assert_reads(text, "That cannot be said: the run did not record how much of its kernel there is to copy.");
	assert_silent(text, "the limit, which is no way");
	free(text);
	samples = (sample_vec){ 0 };
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	text = report_of(&samples, &whole);
	assert_reads(text, "That cannot be said: the hand-off of kexec vmlinux no-checks executes fewer "
			   "instructions than it copies words");
	free(text);
	samples = (sample_vec){ 0 };
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	text = report_of(&samples, &plain);
	assert_reads(text, "No way of this run had hints, so that kernel found out by itself what the old one "
			   "knew.");
	assert_silent(text, "## Hints");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes_are_ranked_apart),
		cmocka_unit_test(a_tie_has_no_first),
		cmocka_unit_test(each_way_is_beside_the_limit),
		cmocka_unit_test(the_limit_of_64_bits),
		cmocka_unit_test(hints_are_listed),
		cmocka_unit_test(hinted_ways_alone),
		cmocka_unit_test(no_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
