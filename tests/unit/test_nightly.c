// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_nightly.c - what a series of nights says
 */
#include "nightly_maker.h"
#include "profile_maker.h"
#include "scratch.h"

/* By the exact clock the first night is the baseline, and the second one passes. */
static void exact_nights_pass_from_the_second_on(void **state)
{
	(void)state;
	for (int nights = 1; nights <= 2; nights++) {
		CLEANUP_HISTORY struct history *h = history_new();
		CLEANUP_NIGHTLY struct nightly *n = NULL;
		struct made_history m = maker(nights, true);

		add_nights(h, &m, NULL);
		n = judge_all(h);
		assert_int_equal(nightly_status(n), 0);
		/* Latency and 9 phases, in time and in instructions, and the share that came up. */
		assert_int_equal(n->metrics.n, MADE_HISTORY_WAYS * 21);
		assert_int_equal(n->count[nights == 1 ? NIGHTLY_BASELINE : NIGHTLY_PASS],
				 n->metrics.n);
		assert_int_equal(nightly_verdict(n), nights == 1 ? NIGHTLY_BASELINE : NIGHTLY_PASS);
	}
}

/* The third night is slower in one phase: named, with its commits. */
static void an_exact_slowdown_is_named(void **state)
{
	static const struct made_change change = { 0, PHASE_KERNEL, 2, 0.02 };
	CLEANUP_HISTORY struct history *h = history_new();
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	struct made_history m = maker(3, true);
	const struct nightly_metric *metric;

	(void)state;
	m.changes = &change;
	m.n_changes = 1;
	add_nights(h, &m, NULL);
	n = judge_all(h);
	assert_int_equal(nightly_status(n), 1);
	metric = find(n, "nightly/virtual/lobos/i386/kernel-instructions");
	assert_int_equal(metric->verdict, NIGHTLY_REGRESSION);
	assert_non_null(metric->change);
	assert_true(fabs(metric->level / metric->baseline - 1.02) < 1e-6);
	assert_string_equal(nightly_good(n, metric, metric->change)->name, h->runs.at[1].name);
	assert_string_equal(nightly_bad(n, metric, metric->change)->name, h->runs.at[2].name);
	assert_int_equal(find(n, "nightly/virtual/lobos/i386/load")->verdict, NIGHTLY_PASS);
	assert_int_equal(find(n, "nightly/virtual/bios/i386/latency")->verdict, NIGHTLY_PASS);
}

static void slow_shutdown(sample_vec *samples, int64_t instructions)
{
	for (size_t i = 0; i < samples->n; i++) {
		struct sample *s = &samples->at[i];

		s->phases.at[PHASE_SHUTDOWN].instructions += instructions;
		s->phases.at[PHASE_SHUTDOWN].ns += 8 * instructions;
		s->latency_instructions += instructions;
		s->latency_ns += 8 * instructions;
	}
}

/* Made reboots of a size at which chance is more than 0.05 %: 8 ns an instruction. */
static void shrink(sample_vec *samples)
{
	for (size_t i = 0; i < samples->n; i++) {
		struct sample *s = &samples->at[i];

		s->latency_instructions = 0;
		for (int p = 0; p < PHASES; p++) {
			s->phases.at[p].instructions /= 50;
			s->phases.at[p].ns = 8 * s->phases.at[p].instructions;
			s->latency_instructions += s->phases.at[p].instructions;
		}
		s->latency_ns = 8 * s->latency_instructions;
	}
}

static void luck(sample_vec *samples, int night)
{
	shrink(samples);
	if (night == 2)
		slow_shutdown(samples, COMPARE_EXACT_CHANCE - 1000);
}

static void loss(sample_vec *samples, int night)
{
	shrink(samples);
	if (night == 2)
		slow_shutdown(samples, COMPARE_EXACT_CHANCE + 1000);
}

/* A phase is judged as `compare` judges it: by the whole reboot, and what chance can make is none. */
static void the_luck_of_a_phase_is_no_regression(void **state)
{
	static const spoil_fn spoils[] = { luck, loss };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		CLEANUP_HISTORY struct history *h = history_new();
		CLEANUP_NIGHTLY struct nightly *n = NULL;
		struct made_history m = maker(3, true);

		add_nights(h, &m, spoils[i]);
		n = judge_all(h);
		/* Latency and shutdown of each way, in both units. */
		assert_int_equal(n->count[NIGHTLY_REGRESSION],
				 spoils[i] == loss ? 4 * MADE_HISTORY_WAYS : 0);
	}
}

static void contradict_bootimg(sample_vec *samples, int night)
{
	struct proof p = { .way = "bootimg", .word = PROOF_CONTRADICTED, .why = "real mode: yes" };
	proof_vec proofs = { 0 };

	(void)night;
	vec_push(&proofs, p);
	proof_apply(&proofs, samples->at, samples->n);
	vec_free(&proofs);
}

/* In its first night as in each later one; what nobody witnessed is judged as before. */
static void a_way_that_is_another_fails_each_night(void **state)
{
	static const char *const of[] = { "latency", "latency-instructions", "success" };

	(void)state;
	for (int nights = 1; nights <= 4; nights++) {
		CLEANUP_HISTORY struct history *h = history_new();
		CLEANUP_NIGHTLY struct nightly *n = NULL;
		struct made_history m = maker(nights, true);

		add_nights(h, &m, contradict_bootimg);
		n = judge_all(h);
		assert_int_equal(nightly_status(n), 1);
		assert_int_equal(n->count[NIGHTLY_REGRESSION], sizeof(of) / sizeof(of[0]));
		for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
			char name[80];

			snprintf(name, sizeof(name), "nightly/virtual/bootimg/i386/%s", of[i]);
			assert_int_equal(find(n, name)->verdict, NIGHTLY_REGRESSION);
			assert_string_equal(find(n, name)->why, NIGHTLY_CONTRADICTED);
		}
	}
}

/* Noise is judged from the eighth night on; a change is news for a week. */
static void a_wall_slowdown_is_news_for_a_week(void **state)
{
	static const struct made_change change = { 3, PHASE_FIRMWARE, 40, 0.2 };
	static const struct { int nights; enum nightly_verdict verdict; } table[] = {
		{ 1, NIGHTLY_BASELINE }, { 2, NIGHTLY_FEW }, { 7, NIGHTLY_FEW }, { 8, NIGHTLY_PASS }, { 40, NIGHTLY_PASS },
		{ 44, NIGHTLY_REGRESSION }, { 47, NIGHTLY_REGRESSION }, { 48, NIGHTLY_PASS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		CLEANUP_HISTORY struct history *h = history_new();
		CLEANUP_NIGHTLY struct nightly *n = NULL;
		struct made_history m = maker(table[i].nights, false);

		m.changes = &change;
		m.n_changes = 1;
		add_nights(h, &m, NULL);
		n = judge_all(h);
		assert_int_equal(find(n, "nightly/wall/kexec/i386/firmware")->verdict,
				 table[i].verdict);
		assert_int_equal(nightly_status(n), table[i].verdict == NIGHTLY_REGRESSION);
	}
}

/* What became faster is no regression; it has the sign it has. */
static void an_improvement_is_told(void **state)
{
	static const struct made_change change = { 1, PHASE_LOAD, 2, -0.1 };
	CLEANUP_HISTORY struct history *h = history_new();
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	struct made_history m = maker(3, true);

	(void)state;
	m.changes = &change;
	m.n_changes = 1;
	add_nights(h, &m, NULL);
	n = judge_all(h);
	assert_int_equal(nightly_status(n), 0);
	assert_int_equal(find(n, "nightly/virtual/bootimg/i386/load")->verdict, NIGHTLY_IMPROVED);
}

static void vary(sample_vec *samples, int night)
{
	struct sample again = samples->at[0];

	/* The same reboot of another machine takes another time. */
	again.machine = 9;
	again.phases.at[PHASE_QUIESCE].instructions += night == 2;
	vec_push(samples, again);
}

/* An exact clock whose repeats differ is broken, and that hides all else. */
static void repeats_that_differ_break_it(void **state)
{
	CLEANUP_HISTORY struct history *h = history_new();
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	struct made_history m = maker(3, true);

	(void)state;
	add_nights(h, &m, vary);
	n = judge_all(h);
	assert_int_equal(nightly_status(n), ERROR_INSTRUMENT);
	assert_int_equal(n->count[NIGHTLY_BROKEN], 1);
	assert_int_equal(find(n, "nightly/virtual/lobos/i386/quiesce-instructions")->verdict,
			 NIGHTLY_BROKEN);
}

static void fail_all(sample_vec *samples, int night)
{
	for (size_t i = 0; night == 2 && i < samples->n; i++) {
		struct sample *s = &samples->at[i];

		if (strcmp(s->way, "tkm") != 0)
			continue;
		s->judgement.verdict = VERDICT_HUNG;
		s->judgement.proved = false;
		s->latency_ns = s->latency_instructions = -1;
	}
}

/* A way that comes up no more is a regression the same night, also by the wall clock. */
static void never_is_a_regression(void **state)
{
	(void)state;
	for (int exact = 0; exact <= 1; exact++) {
		CLEANUP_HISTORY struct history *h = history_new();
		CLEANUP_NIGHTLY struct nightly *n = NULL;
		struct made_history m = maker(3, exact);

		add_nights(h, &m, fail_all);
		n = judge_all(h);
		assert_int_equal(nightly_status(n), 1);
		assert_int_equal(find(n, exact ? "nightly/virtual/tkm/i386/latency" :
					 "nightly/wall/tkm/i386/latency")->verdict,
				 NIGHTLY_REGRESSION);
		assert_int_equal(find(n, exact ? "nightly/virtual/tkm/i386/kernel" :
					 "nightly/wall/tkm/i386/kernel")->verdict, NIGHTLY_ENDED);
	}
}

static void lose_a_way(sample_vec *samples, int night)
{
	if (night == 2)
		samples->n -= 3;
}

/* A run of the same text without a way that it had: the instrument lost it. */
static void a_way_that_is_missing_breaks_it(void **state)
{
	CLEANUP_HISTORY struct history *h = history_new();
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	struct made_history m = maker(3, true);

	(void)state;
	add_nights(h, &m, lose_a_way);
	n = judge_all(h);
	assert_int_equal(nightly_status(n), ERROR_INSTRUMENT);
	assert_int_equal(find(n, "nightly/virtual/bios/i386/latency")->verdict, NIGHTLY_BROKEN);
}

/* A fault that is told from outside breaks a night without another one. */
static void a_canary_breaks_it(void **state)
{
	CLEANUP_HISTORY struct history *h = history_new();
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	struct made_history m = maker(2, true);

	(void)state;
	add_nights(h, &m, NULL);
	n = judge_all(h);
	nightly_fault(n, "A/A differs by %d %%", 5);
	assert_int_equal(nightly_status(n), ERROR_INSTRUMENT);
	assert_string_equal(n->faults.at[0], "A/A differs by 5 %");
}

/* A run of LOBOS whose driver's probe took so many instructions. */
static void store_probe(void **state, const char *run, uint64_t instructions)
{
	const struct profile_of of = { *state, run, "lobos", "" };
	struct profile p;

	profile_make(&p, "lobos");
	profile_add(&p, PHASE_KERNEL, "do_one_initcall;probe", instructions);
	profile_store(&p, &of);
}

/* Where both nights kept profiles, an exact change has the function behind it. */
static void the_function_behind_an_exact_change_is_named(void **state)
{
	static const struct made_change change = { 0, PHASE_KERNEL, 2, 0.02 };
	CLEANUP_HISTORY struct history *h = history_new();
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	struct made_history m = maker(3, true);
	const struct nightly_metric *metric;

	m.changes = &change;
	m.n_changes = 1;
	add_nights(h, &m, NULL);
	store_probe(state, h->runs.at[1].name, 1000);
	store_probe(state, h->runs.at[2].name, 301000);
	n = judge_all(h);
	nightly_name_functions(n, *state);
	metric = find(n, "nightly/virtual/lobos/i386/kernel-instructions");
	assert_int_equal(metric->functions.n, 1);
	assert_string_equal(metric->functions.at[0].name, "probe");
	assert_int_equal(metric->functions.at[0].more, 300000);
	assert_int_equal(find(n, "nightly/virtual/lobos/i386/load")->functions.n, 0);
	assert_int_equal(find(n, "nightly/virtual/bios/i386/latency")->functions.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_nights_pass_from_the_second_on),
		cmocka_unit_test(an_exact_slowdown_is_named),
		cmocka_unit_test(the_luck_of_a_phase_is_no_regression),
		cmocka_unit_test(a_way_that_is_another_fails_each_night),
		cmocka_unit_test(a_wall_slowdown_is_news_for_a_week),
		cmocka_unit_test(an_improvement_is_told),
		cmocka_unit_test(repeats_that_differ_break_it),
		cmocka_unit_test(never_is_a_regression),
		cmocka_unit_test(a_way_that_is_missing_breaks_it),
		cmocka_unit_test(a_canary_breaks_it),
		cmocka_unit_test_setup_teardown(the_function_behind_an_exact_change_is_named,
						scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
