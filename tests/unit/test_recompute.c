// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_recompute.c - the figures of whole runs, worked out again by another program
 *
 * tests/recompute is a program of its own in another language. It gets the samples and
 * the report of a run, and a comparison of two of its ways, and must find every figure.
 */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/json.h"
#include "base/subprocess.h"
#include "report/comparison.h"
#include "report/sections.h"
#include "report_samples.h"
#include "scratch.h"
#include "store/export.h"

#define PUBLISHED "results/reference"

static void read_phases(struct sample *s, const json_t *json)
{
	json_t *counts = json_object_get(json, "phases_instructions"), *ns;
	const char *name;

	json_object_foreach(json_object_get(json, "phases_ns"), name, ns) {
		struct phase_time *t = &s->phases.at[phase_from_name(name)];
		json_t *count = json_object_get(counts, name);

		t->state = json_is_null(ns) ? PHASE_UNKNOWN : PHASE_SEEN;
		t->ns = json_integer_value(ns);
		t->instructions = count ? json_integer_value(count) : -1;
	}
}

static int64_t time_at(const json_t *json, const char *key)
{
	return json_is_null(json_object_get(json, key)) ? -1 : json_int_at(json, key);
}

/* One line of a samples.jsonl, as far as a report's figures need it. */
static struct sample read_sample(const json_t *json)
{
	struct sample s = { .clock_error_ns = -1 };

	snprintf(s.way, sizeof(s.way), "%s", json_text_at(json, "way"));
	snprintf(s.variant, sizeof(s.variant), "%s", json_text_at(json, "variant"));
	snprintf(s.accel, sizeof(s.accel), "%s", json_text_at(json, "accel"));
	snprintf(s.clock, sizeof(s.clock), "%s", json_text_at(json, "clock"));
	s.machine = s.chain = (int)json_int_at(json, "machine");
	if (json_object_get(json, "chain"))
		s.chain = (int)json_int_at(json, "chain");
	s.index = (int)json_int_at(json, "index");
	s.warmup = json_is_true(json_object_get(json, "warmup"));
	while (strcmp(verdict_name(s.judgement.verdict), json_text_at(json, "verdict")) != 0)
		s.judgement.verdict++;
	s.judgement.proved = json_is_true(json_object_get(json, "proved"));
	s.latency_ns = time_at(json, "latency_ns");
	s.downtime_ns = time_at(json, "downtime_ns");
	s.latency_instructions = time_at(json, "latency_instructions");
	for (int i = 0; i < PERF_COUNTERS; i++)
		s.perf[i] = -1;
	read_phases(&s, json);
	return s;
}

static sample_vec read_samples(const char *path)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	sample_vec samples = { 0 };
	json_t *json;

	if (!f)
		fail_msg("%s: %s", path, strerror(errno));
	while ((json = json_loadf(f, JSON_DISABLE_EOF_CHECK, NULL))) {
		vec_push(&samples, read_sample(json));
		json_decref(json);
	}
	return samples;
}

static FILE *open_in(void **state, const char *name)
{
	CLEANUP_FREE char *path = scratch_path(state, name);
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	return f;
}

static void write_samples(void **state, const sample_vec *samples)
{
	CLEANUP_FCLOSE FILE *f = open_in(state, "samples.jsonl");
	struct error *err = NULL;

	assert_int_equal(export_samples(samples->at, samples->n, EXPORT_JSONL, f, "samples", &err), 0);
}

static void write_report(void **state, const struct report *r)
{
	CLEANUP_FCLOSE FILE *f = open_in(state, "report.md");

	report_markdown(f, r, "/nonexistent");
}

/* The first two ways of the run, as `lobosbench compare` would. */
static void write_comparison(void **state, const struct report *r)
{
	CLEANUP_FCLOSE FILE *f = open_in(state, "comparison.json");
	const struct report_group *a = &r->groups.at[0], *b = &r->groups.at[1];
	sample_vec sa = report_samples_of(r, a), sb = report_samples_of(r, b);
	struct comparison_set set = { .a = "A", .b = "B" };
	struct compared c = {
		.a = a->label, .b = b->label,
		.options = { .threshold = COMPARE_THRESHOLD, .confidence = COMPARE_CONFIDENCE },
	};

	c.by_chance = compare_samples(sa.at, sa.n, sb.at, sb.n, &c.options);
	vec_push(&set.pairs, c);
	comparison_write(f, &set, COMPARISON_JSON);
	vec_free(&set.pairs);
	vec_free(&sa);
	vec_free(&sb);
}

static void recompute(const char *samples, const char *report, const char *comparison)
{
	const char *const argv[] = { "tests/recompute", samples, report, comparison, NULL };
	CLEANUP_ERROR struct error *err = NULL;

	if (subprocess_show(argv, &err))
		fail_msg("%s", err->message);
}

/* Writes all files of a run and has them recomputed; frees the samples. */
static void recompute_run_of(void **state, sample_vec *samples, const struct run_row *run)
{
	CLEANUP_FREE char *lines = scratch_path(state, "samples.jsonl");
	CLEANUP_FREE char *text = scratch_path(state, "report.md");
	CLEANUP_FREE char *comparison = scratch_path(state, "comparison.json");
	struct report *r;

	write_samples(state, samples);
	r = report_model(run, samples);
	write_report(state, r);
	write_comparison(state, r);
	report_model_free(r);
	vec_free(samples);
	recompute(lines, text, comparison);
}

static void recompute_run(void **state, sample_vec *samples)
{
	struct run_row run = made_run((int)samples->n);

	recompute_run_of(state, samples, &run);
}

/* Measured reboots of six ways on five machines each, many of which depend on the index. */
static void a_measured_run(void **state)
{
	sample_vec samples = read_samples(PUBLISHED "/samples.jsonl");

	recompute_run(state, &samples);
}

/* Eight machines of each way, with ties, failures, faults and phases that were not seen. */
static void a_made_run(void **state)
{
	sample_vec samples = { 0 };

	made_mixed_samples(&samples);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		if (s->id % 29 == 3)
			make_fail(s, VERDICT_HUNG, PHASE_KERNEL);
		if (s->id % 41 == 5)
			make_fail(s, VERDICT_INSTRUMENT_FAULT, PHASES);
		if (s->id % 37 == 7)
			s->phases.at[PHASE_KERNEL] = (struct phase_time){ .state = PHASE_UNKNOWN };
	}
	recompute_run(state, &samples);
}

/* The reboots after a failed one are another machine's, of the same chain. */
static void a_run_with_replaced_machines(void **state)
{
	sample_vec samples = { 0 };

	made_samples(&samples, 2, 8 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		if (s->index == 1 && s->chain % 2)
			make_fail(s, VERDICT_HUNG, PHASE_KERNEL);
		else if (s->index > 1 && s->chain % 2)
			s->machine += 100;
	}
	recompute_run(state, &samples);
}

/* All reboots of some machines of one way failed: in `compare` too each machine counts as one reboot. */
static void machines_that_fail(void **state)
{
	sample_vec samples = { 0 };

	made_samples(&samples, 2, 12 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++)
		if (samples.at[i].machine % 24 == 9)
			make_fail(&samples.at[i], VERDICT_HUNG, PHASE_KERNEL);
	recompute_run(state, &samples);
}

/* On both sides: of two machines that failed no difference is known. Of few machines, and of most. */
static void machines_that_fail_on_both_sides(void **state)
{
	static const int every[] = { 5, 2 };

	for (size_t k = 0; k < sizeof(every) / sizeof(every[0]); k++) {
		sample_vec samples = { 0 };

		made_samples(&samples, 2, 12 * MADE_CHAIN);
		for (size_t i = 0; i < samples.n; i++)
			if (samples.at[i].machine / 2 % every[k] == 1 || samples.at[i].machine % 24 == 0)
				make_fail(&samples.at[i], VERDICT_HUNG, PHASE_KERNEL);
		recompute_run(state, &samples);
	}
}

/* Both clocks, which disagree; a way that varies and one that failed. */
static void a_run_by_both_clocks(void **state)
{
	sample_vec samples = { 0 };
	size_t first;

	made_mixed_samples(&samples);
	first = samples.n;
	made_exact_samples(&samples, MADE_WAYS, 4);
	make_fail(&samples.at[first + 1], VERDICT_HUNG, PHASE_KERNEL);
	samples.at[samples.n - 1].phases.at[PHASE_KERNEL].instructions += 700;
	samples.at[samples.n - 1].latency_instructions += 700;
	recompute_run(state, &samples);
}

/* Reboots that are only in time on some machines: they are no independent ones. */
static void machines_that_differ(void **state)
{
	sample_vec samples = { 0 };

	made_samples(&samples, 2, 9 * MADE_CHAIN);
	for (size_t i = 0; i < samples.n; i++) {
		struct sample *s = &samples.at[i];

		if (s->machine % 3 == 0) {
			s->phases.at[PHASE_KERNEL].ns += 900000000;
			s->latency_ns += 900000000;
			s->downtime_ns += 900000000;
		}
	}
	recompute_run(state, &samples);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

/* Two classes, each ranked by itself, and the limit. */
static void a_run_with_hints(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };

	run.provenance_json = (char *)"{\"kernels\": [{\"bytes\": 6262784}]}";
	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
	made_hinted_samples(&samples, true, true);
	recompute_run_of(state, &samples, &run);
}

/* Chains that lead to three kernels, each of which has figures and a rank of its own. */
static void a_run_through_kernels(void **state)
{
	sample_vec samples = { 0 };

	made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
	lead_to_kernels(&samples);
	recompute_run(state, &samples);
}

/* Ways that were loaded before the request are first, by both clocks; then with hints beside them. */
static void a_run_with_staged_ways(void **state)
{
	for (int hints = 0; hints < 2; hints++) {
		sample_vec samples = { 0 };

		made_samples(&samples, MADE_WAYS, 8 * MADE_CHAIN);
		made_exact_samples(&samples, MADE_WAYS, EXACT_REPEATS);
		made_staged_samples(&samples, true, true);
		if (hints)
			made_hinted_samples(&samples, true, true);
		recompute_run(state, &samples);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_measured_run),
		TEST(a_made_run),
		TEST(a_run_with_replaced_machines),
		TEST(machines_that_fail),
		TEST(machines_that_fail_on_both_sides),
		TEST(a_run_by_both_clocks),
		TEST(machines_that_differ),
		TEST(a_run_with_hints),
		TEST(a_run_through_kernels),
		TEST(a_run_with_staged_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
