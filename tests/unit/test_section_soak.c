// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_section_soak.c - what the report says of many reboots of one machine
 */
#include "report_text.h"

#define MACHINES	2
#define REBOOTS		21

/* lobos keeps its memory, kexec loses a page a reboot and gets slower by 2 ms a reboot. */
static void made_chains(sample_vec *to, int reboots)
{
	static const size_t ways[] = { 1, 3 };

	for (int machine = 0; machine < MACHINES; machine++)
		for (int index = 0; index < reboots; index++)
			for (size_t w = 0; w < 2; w++) {
				struct sample s = made_sample(&made_ways[ways[w]], (int)w, index);
				bool lobos = ways[w] == 3;

				s.id = 1 + ((int64_t)machine * reboots + index) * 2 + (int64_t)w;
				s.machine = s.chain = 2 * machine + (int)w;
				s.index = index;
				s.warmup = !index;
				s.memory_kib = 245056 - (lobos ? 0 : 4 * index);
				/* The second machine is slower as a whole, which is no drift. */
				s.latency_ns = 1000000000 + machine * 300000000 +
					       (lobos ? index % 2 : 2 * index) * INT64_C(1000000);
				vec_push(to, s);
			}
}

static char *soak_of(sample_vec *samples, bool always)
{
	const struct run_row run = { .name = "made", .scenario = "soak", .target_ns = 3000000000,
				     .provenance_json = (char *)"{}" };
	struct report *model = report_model(&run, samples);
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	section_soak(f, model, always);
	fclose(f);
	report_model_free(model);
	vec_free(samples);
	return text;
}

static void losses_drift_and_claims_are_told(void **state)
{
	sample_vec samples = { 0 };

	(void)state;
	made_chains(&samples, REBOOTS);
	/* The last one of a machine hangs; then nobody says what memory it had. */
	make_fail(&samples.at[samples.n - 1], VERDICT_HUNG, PHASE_KERNEL);
	samples.at[samples.n - 1].memory_kib = 0;
	/* Of this one only nothing is known. */
	make_fail(&samples.at[8], VERDICT_INSTRUMENT_FAULT, PHASES);
	assert_golden("tests/golden/soak.md", soak_of(&samples, false));
}

static void a_steady_run_says_so(void **state)
{
	CLEANUP_FREE char *text = NULL;
	sample_vec samples = { 0 };

	(void)state;
	made_chains(&samples, REBOOTS);
	for (size_t i = 0; i < samples.n; i++)
		samples.at[i].memory_kib = 245056;
	text = soak_of(&samples, false);
	assert_says(text, "No way has less memory with each reboot.");
	assert_says(text, "0.000 (0.000 to 0.000)");
}

static void short_chains_are_told_only_when_asked(void **state)
{
	CLEANUP_FREE char *silent = NULL, *text = NULL;
	sample_vec samples = { 0 };

	(void)state;
	made_chains(&samples, 9);
	silent = soak_of(&samples, false);
	assert_string_equal(silent, "");
	made_chains(&samples, 9);
	text = soak_of(&samples, true);
	assert_says(text, "| lobos | 16 of 16 | 100 % |");
	made_chains(&samples, 0);
	free(silent);
	silent = soak_of(&samples, true);
	assert_string_equal(silent, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(losses_drift_and_claims_are_told),
		cmocka_unit_test(a_steady_run_says_so),
		cmocka_unit_test(short_chains_are_told_only_when_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
