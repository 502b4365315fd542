// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_store.c - that store.c gives back what it was given
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "older_store.h"
#include "sample_maker.h"
#include "scratch.h"
#include "store/store.h"

#define RUN	"2026-11-22T031500Z-bench"

static struct store *open_with_run(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct run_row run = make_run(RUN, "name: bench\n");
	struct error *err = NULL;
	struct store *s = store_open(path, false, &err);

	assert_non_null(s);
	assert_int_equal(store_run_begin(s, &run, &err), 0);
	return s;
}

static void assert_phases_equal(const struct phases *a, const struct phases *b)
{
	assert_int_equal(a->request_ns, b->request_ns);
	assert_int_equal(a->ready_ns, b->ready_ns);
	assert_int_equal(a->last_begun, b->last_begun);
	for (enum phase p = 0; p < PHASES; p++) {
		assert_int_equal(a->at[p].state, b->at[p].state);
		assert_int_equal(a->at[p].ns, b->at[p].ns);
		assert_int_equal(a->at[p].first_begin_ns, b->at[p].first_begin_ns);
		assert_int_equal(a->at[p].last_end_ns, b->at[p].last_end_ns);
		assert_int_equal(a->at[p].from_console, b->at[p].from_console);
		assert_int_equal(a->at[p].from_event, b->at[p].from_event);
		if (a->at[p].state == PHASE_SEEN)
			assert_int_equal(a->at[p].instructions, b->at[p].instructions);
	}
}

static void assert_sample_equal(const struct sample *a, const struct sample *b)
{
	assert_int_equal(a->id, b->id);
	assert_string_equal(a->run, b->run);
	assert_string_equal(a->scenario, b->scenario);
	assert_string_equal(a->way, b->way);
	assert_string_equal(a->variant, b->variant);
	assert_string_equal(a->arch, b->arch);
	assert_string_equal(a->kernel, b->kernel);
	assert_string_equal(a->accel, b->accel);
	assert_string_equal(a->clock, b->clock);
	assert_int_equal(a->machine, b->machine);
	assert_int_equal(a->chain, b->chain);
	assert_int_equal(a->index, b->index);
	assert_int_equal(a->warmup, b->warmup);
	assert_int_equal(a->judgement.verdict, b->judgement.verdict);
	assert_int_equal(a->judgement.proved, b->judgement.proved);
	assert_int_equal(a->judgement.phase, b->judgement.phase);
	assert_string_equal(a->judgement.reason, b->judgement.reason);
	assert_phases_equal(&a->phases, &b->phases);
	assert_int_equal(a->latency_ns, b->latency_ns);
	assert_int_equal(a->downtime_ns, b->downtime_ns);
	assert_string_equal(a->revision, b->revision);
	assert_int_equal(a->latency_instructions, b->latency_instructions);
	assert_int_equal(a->log_state, b->log_state);
	assert_int_equal(a->log_lines, b->log_lines);
	assert_int_equal(a->log_missing, b->log_missing);
	assert_true(a->doubts == b->doubts);
	assert_int_equal(a->console_bytes, b->console_bytes);
	assert_int_equal(a->console_offset, b->console_offset);
	assert_int_equal(a->clock_error_ns, b->clock_error_ns);
	assert_memory_equal(a->perf, b->perf, sizeof(a->perf));
	assert_string_equal(a->trial, b->trial);
	assert_string_equal(a->wall_time, b->wall_time);
	assert_string_equal(a->hints, b->hints);
	assert_string_equal(a->firmware, b->firmware);
	assert_string_equal(a->chipset, b->chipset);
	assert_string_equal(a->cpu_model, b->cpu_model);
	assert_int_equal(a->cpus, b->cpus);
	assert_int_equal(a->memory_mib, b->memory_mib);
	assert_int_equal(a->whole, b->whole);
	assert_true(a->differences == b->differences);
	assert_int_equal(a->memory_kib, b->memory_kib);
	assert_int_equal(a->witness, b->witness);
}

/* Every field that one reboot can have comes back, after closing too. */
static void test_sample_round_trip(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct sample good = make_sample(RUN, 3, 1), bad = make_sample(RUN, 2, 0), one;
	struct store *s = open_with_run(state);
	struct error *err = NULL;
	sample_vec back = { 0 };

	bad.judgement = (struct judgement){
		.verdict = VERDICT_HUNG, .phase = PHASE_KERNEL, .reason = "it \"hung\", 'truly'",
	};
	bad.phases.ready_ns = bad.latency_ns = bad.downtime_ns = -1;
	bad.phases.last_begun = PHASES;
	bad.log_state = PRESERVED_LOG_DAMAGED;
	bad.kernel[0] = '\0';
	assert_int_equal(store_sample_add(s, &good, &err), 0);
	assert_int_equal(store_sample_add(s, &bad, &err), 0);
	assert_true(good.id > 0 && bad.id > good.id);
	store_close(s);

	s = store_open(path, true, &err);
	assert_non_null(s);
	assert_int_equal(store_samples(s, RUN, &back, &err), 0);
	assert_int_equal(back.n, 2);
	assert_sample_equal(&back.at[0], &bad);
	assert_sample_equal(&back.at[1], &good);
	assert_int_equal(store_sample_get(s, good.id, &one, &err), 0);
	assert_sample_equal(&one, &good);
	assert_int_equal(store_sample_get(s, 99, &one, &err), -ENOENT);
	error_free(err);
	vec_free(&back);
	store_close(s);
}

/* An older file is read without being written, then brought up to date by a writer. */
static void test_older(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct sample a = make_sample(RUN, 0, 1), b = make_sample(RUN, 0, 2), back;
	struct store *s = open_with_run(state);
	struct error *err = NULL;
	struct stat before, after;

	assert_int_equal(store_sample_add(s, &a, &err), 0);
	store_close(s);
	make_version_4(path);
	a.hints[0] = a.firmware[0] = a.chipset[0] = a.cpu_model[0] = '\0';
	a.cpus = a.memory_mib = 0;
	a.memory_kib = 0;
	a.whole = WHOLE_UNKNOWN;
	a.differences = 0;
	assert_int_equal(stat(path, &before), 0);
	for (int read_only = 1; read_only >= 0; read_only--) {
		s = store_open(path, read_only, &err);
		assert_non_null(s);
		assert_int_equal(store_sample_get(s, a.id, &back, &err), 0);
		assert_sample_equal(&back, &a);
		assert_int_equal(stat(path, &after), 0);
		assert_true((before.st_mtim.tv_nsec == after.st_mtim.tv_nsec) == read_only);
		if (!read_only)
			assert_int_equal(store_sample_add(s, &b, &err), 0);
		store_close(s);
	}
	s = store_open(path, true, &err);
	assert_int_equal(store_sample_get(s, b.id, &back, &err), 0);
	assert_sample_equal(&back, &b);
	store_close(s);
}

static void put_proof(struct store *s, enum proof_word word)
{
	struct proof p = { .way = "kexec", .variant = "vmlinux no-checks", .word = word,
			   .why = "GDT loads: 1 instead of 3", .kernel = "6.1.0 #1 SMP" };
	struct proof other = { .way = "kexec", .word = PROOF_CONTRADICTED, .why = "of another variant" };
	struct error *err = NULL;
	proof_vec proofs = { 0 };

	vec_push(&proofs, other);
	vec_push(&proofs, p);
	assert_int_equal(store_proofs_put(s, RUN, &proofs, &err), 0);
	vec_free(&proofs);
}

/* All ways to read the sample a: judged by what the witness says, and as it was measured. */
static void assert_judged(struct store *s, const struct sample *a, enum proof_word word)
{
	bool contradicted = word == PROOF_CONTRADICTED;
	struct error *err = NULL;
	sample_vec all = { 0 };
	struct sample one;

	assert_int_equal(store_samples(s, RUN, &all, &err), 0);
	assert_int_equal(store_samples(s, NULL, &all, &err), 0);
	assert_int_equal(store_sample_get(s, a->id, &one, &err), 0);
	vec_push(&all, one);
	assert_int_equal(all.n, 3);
	for (size_t i = 0; i < all.n; i++) {
		const struct judgement *j = &all.at[i].judgement;

		assert_int_equal(all.at[i].witness, word);
		assert_int_equal(j->verdict, contradicted ? VERDICT_WRONG_WAY : VERDICT_OK);
		assert_int_equal(j->proved, !contradicted);
		assert_int_equal(strstr(j->reason, "1 instead of 3") != NULL, contradicted);
	}
	all.n = 0;
	assert_int_equal(store_samples_raw(s, RUN, &all, &err), 0);
	assert_int_equal(all.n, 1);
	assert_sample_equal(&all.at[0], a);
	vec_free(&all);
}

/* What the witness says is part of each verdict that is read, and takes nothing from the sample. */
static void test_proofs(void **state)
{
	struct sample a = make_sample(RUN, 0, 1);
	struct store *s = open_with_run(state);
	struct error *err = NULL;
	proof_vec back = { 0 };

	assert_int_equal(store_sample_add(s, &a, &err), 0);
	assert_judged(s, &a, PROOF_NOT_WITNESSED);
	put_proof(s, PROOF_CONTRADICTED);
	assert_judged(s, &a, PROOF_CONTRADICTED);
	put_proof(s, PROOF_CONFIRMED);
	assert_judged(s, &a, PROOF_CONFIRMED);
	assert_int_equal(store_proofs(s, RUN, &back, &err), 0);
	assert_int_equal(back.n, 2);
	assert_string_equal(back.at[1].way, "kexec");
	assert_string_equal(back.at[1].variant, "vmlinux no-checks");
	assert_int_equal(back.at[1].word, PROOF_CONFIRMED);
	assert_string_equal(back.at[1].why, "GDT loads: 1 instead of 3");
	assert_string_equal(back.at[1].kernel, "6.1.0 #1 SMP");
	assert_string_equal(back.at[1].at, "");
	assert_true(store_proofs_put(s, "no such run", &back, &err) < 0);
	error_free(err);
	assert_judged(s, &a, PROOF_CONFIRMED);
	vec_free(&back);
	store_close(s);
}

/* A reboot is stored once. */
static void test_sample_twice(void **state)
{
	struct sample a = make_sample(RUN, 0, 0), b = make_sample(RUN, 0, 0);
	struct store *s = open_with_run(state);
	struct error *err = NULL;
	sample_vec back = { 0 };

	assert_int_equal(store_sample_add(s, &a, &err), 0);
	assert_true(store_sample_add(s, &b, &err) < 0);
	assert_non_null(err);
	assert_int_equal(b.id, 0);
	assert_int_equal(store_samples(s, NULL, &back, &(struct error *){ NULL }), 0);
	assert_int_equal(back.n, 1);
	error_free(err);
	vec_free(&back);
	store_close(s);
}

static void test_runs(void **state)
{
	struct run_row second = make_run("second", "name: other\n"), row = { 0 };
	struct store *s = open_with_run(state);
	struct error *err = NULL;

	assert_int_equal(store_run_begin(s, &second, &err), 0);
	assert_int_equal(store_run_begin(s, &second, &err), -EEXIST);
	error_free(err);
	err = NULL;
	assert_int_equal(store_run_get(s, NULL, &row, &err), 0);
	assert_string_equal(row.name, "second");
	run_row_free(&row);
	assert_int_equal(store_run_get(s, "third", &row, &err), -ENOENT);
	assert_non_null(strstr(err->message, "third"));
	error_free(err);
	err = NULL;

	strcpy(second.state, "complete");
	strcpy(second.ended, "2026-11-22T03:20:00.000Z");
	second.clock_error_p50_ns = 40000;
	assert_int_equal(store_run_update(s, &second, &err), 0);
	assert_int_equal(store_run_get(s, "second", &row, &err), 0);
	assert_string_equal(row.state, "complete");
	assert_string_equal(row.ended, second.ended);
	assert_string_equal(row.scenario_yaml, "name: other\n");
	assert_string_equal(row.provenance_json, "{\"seed\":1}");
	assert_int_equal(row.clock_error_p50_ns, 40000);
	assert_int_equal(row.clock_error_p99_ns, -1);
	assert_int_equal(row.samples_planned, 56);
	run_row_free(&row);
	store_close(s);
}

/* Exactly that text, the newest with it, and not if that one is complete. */
static void test_resumable(void **state)
{
	struct run_row second = make_run("second", "name: bench\n"), row = { 0 };
	struct store *s = open_with_run(state);
	struct error *err = NULL;

	assert_int_equal(store_run_resumable(s, "name: bench", &row, &err), -ENOENT);
	assert_null(err);
	assert_int_equal(store_run_resumable(s, "name: bench\n", &row, &err), 0);
	assert_string_equal(row.name, RUN);
	run_row_free(&row);
	strcpy(second.state, "interrupted");
	assert_int_equal(store_run_begin(s, &second, &err), 0);
	assert_int_equal(store_run_resumable(s, "name: bench\n", &row, &err), 0);
	assert_string_equal(row.name, "second");
	run_row_free(&row);
	strcpy(second.state, "complete");
	assert_int_equal(store_run_update(s, &second, &err), 0);
	assert_int_equal(store_run_resumable(s, "name: bench\n", &row, &err), -ENOENT);
	assert_null(err);
	store_close(s);
}

static void test_machines(void **state)
{
	struct machine_row m = { .machine = 4, .chain = 1, .way = "kexec", .variant = "vmlinux",
				 .started = "2026-11-22T03:15:00.000Z" };
	struct store *s = open_with_run(state);
	struct error *err = NULL;
	machine_vec back = { 0 };

	assert_int_equal(store_machine_add(s, RUN, &m, &err), 0);
	assert_true(store_machine_add(s, RUN, &m, &err) < 0);
	error_free(err);
	err = NULL;
	assert_int_equal(store_machines(s, RUN, &back, &err), 0);
	assert_int_equal(back.n, 1);
	assert_int_equal(back.at[0].machine, 4);
	assert_int_equal(back.at[0].chain, 1);
	assert_string_equal(back.at[0].variant, "vmlinux");
	vec_free(&back);
	store_close(s);
}

/* A sample goes by the chain of its machine; one without a row, by its own number. */
static void test_chains(void **state)
{
	struct machine_row m = { .machine = 4, .chain = 1 };
	struct sample replaced = make_sample(RUN, 4, 1), older = make_sample(RUN, 5, 1);
	struct store *s = open_with_run(state);
	struct error *err = NULL;
	sample_vec back = { 0 };

	assert_int_equal(store_machine_add(s, RUN, &m, &err), 0);
	assert_int_equal(store_sample_add(s, &replaced, &err), 0);
	assert_int_equal(store_sample_add(s, &older, &err), 0);
	assert_int_equal(store_samples(s, RUN, &back, &err), 0);
	assert_int_equal(back.n, 2);
	assert_int_equal(back.at[0].chain, 1);
	assert_int_equal(back.at[1].chain, 5);
	vec_free(&back);
	store_close(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sample_round_trip),
		TEST(test_older),
		TEST(test_proofs),
		TEST(test_sample_twice),
		TEST(test_runs),
		TEST(test_resumable),
		TEST(test_machines),
		TEST(test_chains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
