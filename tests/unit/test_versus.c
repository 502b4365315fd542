// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_versus.c - that a look takes each reboot for the side and the pair it is of
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample_maker.h"
#include "analysis/sequential.h"
#include "analysis/versus.h"

#define MS	1000000
#define RUN	"run"

/* A run of a comparison in the making. */
struct made {
	struct scenario *scenario;
	machine_vec machines;
	sample_vec samples;
};

static void begin(struct made *m, const char *more)
{
	CLEANUP_FREE char *text = NULL;
	struct error *err = NULL;

	memset(m, 0, sizeof(*m));
	assert_true(asprintf(&text, "name: x\ntitle: X\nways: [{way: kexec}, {way: kexec, options: [o]}]"
			     "\nversus: {}\n%s", more) > 0);
	m->scenario = scenario_parse("x.yaml", text, &err);
	assert_non_null(m->scenario);
}

static void end(struct made *m)
{
	scenario_free(m->scenario);
	vec_free(&m->machines);
	vec_free(&m->samples);
}

static void add_machine(struct made *m, int machine, int chain)
{
	struct machine_row row = { .machine = machine, .chain = chain };

	vec_push(&m->machines, row);
}

static void add_sample(struct made *m, int machine, int index, int64_t latency_ns)
{
	struct sample s = make_sample(RUN, machine, index);

	s.latency_ns = latency_ns;
	s.warmup = index == 0;
	if (latency_ns < 0)
		s.judgement.verdict = VERDICT_HUNG;
	vec_push(&m->samples, s);
}

/* A machine of five counted reboots around a time, a warm-up ahead that is far off. */
static void add_chain(struct made *m, int chain, int64_t ns)
{
	add_machine(m, chain, chain);
	add_sample(m, chain, 0, 100 * ns);
	for (int i = 1; i <= 5; i++)
		add_sample(m, chain, i, ns + i * MS + chain % 3 * MS);
}

/* Machines 0, 3, 4 are of side A, and 1, 2, 5 of side B: AB, BA, AB. */
static void add_pairs(struct made *m, int pairs, int64_t a_ns, int64_t b_ns)
{
	for (int chain = 0; chain < 2 * pairs; chain++)
		add_chain(m, chain, (chain + 1) / 2 % 2 ? b_ns : a_ns);
}

static struct versus_look look_at(const struct made *m, int pairs)
{
	return versus_look(m->scenario, &m->machines, &m->samples, pairs);
}

static void a_clear_difference_is_found(void **state)
{
	struct made m;
	struct versus_look look;

	(void)state;
	begin(&m, "");
	add_pairs(&m, 6, 2000 * (int64_t)MS, 2200 * (int64_t)MS);
	look = look_at(&m, 6);
	assert_true(look.looked);
	assert_int_equal(look.verdict, COMPARE_WORSE);
	assert_int_equal(look.latency.n_a, 30);
	assert_int_equal(look.latency.n_b, 30);
	assert_true(fabs(look.latency.by.shift - 0.2) < 0.002);
	assert_string_equal(versus_verdict_name(look.verdict), "worse");
	end(&m);
}

/* Whatever is first in the pairs: the verdict is of B against A. */
static void the_other_way_round(void **state)
{
	struct made m;

	(void)state;
	begin(&m, "");
	add_pairs(&m, 6, 2200 * (int64_t)MS, 2000 * (int64_t)MS);
	assert_int_equal(look_at(&m, 6).verdict, COMPARE_BETTER);
	end(&m);
}

static void the_same_is_not_called_different(void **state)
{
	struct made m;

	(void)state;
	begin(&m, "");
	add_pairs(&m, 6, 2000 * (int64_t)MS, 2000 * (int64_t)MS);
	for (int pairs = 1; pairs <= 6; pairs++) {
		struct versus_look look = look_at(&m, pairs);

		assert_true(look.verdict != COMPARE_BETTER && look.verdict != COMPARE_WORSE);
	}
	end(&m);
}

/* Later pairs are not there for a look, so what it says never changes. */
static void later_pairs_are_not_looked_at(void **state)
{
	struct made m;
	struct versus_look before, after;

	(void)state;
	begin(&m, "");
	add_pairs(&m, 3, 2000 * (int64_t)MS, 2100 * (int64_t)MS);
	before = look_at(&m, 3);
	for (int chain = 6; chain < 12; chain++)
		add_chain(&m, chain, 9000 * (int64_t)MS);
	after = look_at(&m, 3);
	assert_int_equal(before.verdict, after.verdict);
	assert_int_equal(before.latency.n_a, after.latency.n_a);
	assert_true(before.latency.by.shift == after.latency.by.shift);
	end(&m);
}

/* Below ten a side nothing is said; a look is taken once, however many pairs are within it. */
static void looks_come_at_their_numbers(void **state)
{
	struct made m;
	int looks = 0;

	(void)state;
	begin(&m, "chain: {reboots: 4, warmups: 1}\n");
	for (int chain = 0; chain < 20; chain++) {
		add_machine(&m, chain, chain);
		for (int i = 0; i < 4; i++)
			add_sample(&m, chain, i, (2000 + 13 * chain + i) * (int64_t)MS);
	}
	for (int pairs = 1; pairs <= 10; pairs++) {
		struct versus_look look = look_at(&m, pairs);

		looks += look.looked;
		if (pairs < 4)
			assert_false(look.looked);
		if (!look.looked)
			assert_int_equal(look.verdict, COMPARE_UNDECIDED);
	}
	assert_int_equal(looks, SEQUENTIAL_LOOKS);
	end(&m);
}

/* A machine that replaced another is of the same side and pair. */
static void replaced_machines_and_failures(void **state)
{
	struct made m;
	struct versus_look look;

	(void)state;
	begin(&m, "");
	add_machine(&m, 0, 0);
	add_sample(&m, 0, 0, 2000 * (int64_t)MS);
	add_sample(&m, 0, 1, -1);
	add_chain(&m, 1, 2000 * (int64_t)MS);
	assert_int_equal(versus_pairs(m.scenario, &m.machines, &m.samples, false), 0);
	assert_int_equal(versus_pairs(m.scenario, &m.machines, &m.samples, true), 1);
	add_machine(&m, 12, 0);
	for (int i = 0; i < 5; i++)
		add_sample(&m, 12, i, 2000 * (int64_t)MS);
	assert_int_equal(versus_pairs(m.scenario, &m.machines, &m.samples, false), 1);
	look = look_at(&m, 1);
	assert_int_equal(look.latency.n_a, 5);
	assert_int_equal(look.latency.n_b, 5);
	end(&m);
}

static struct versus_look exact_look(struct made *m, int64_t shift_ns, int64_t instructions)
{
	begin(m, "");
	/* What a scenario with that clock is loaded as. */
	free(m->scenario->clock);
	m->scenario->clock = strdup("virtual");
	for (int chain = 0; chain < 2; chain++) {
		add_machine(m, chain, chain);
		for (int i = 0; i < 3; i++) {
			struct sample *s;

			add_sample(m, chain, i, (2000 + i) * (int64_t)MS + chain * shift_ns);
			s = &m->samples.at[m->samples.n - 1];
			s->latency_instructions = 100000000 + i + chain * instructions;
			s->phases.at[PHASE_KERNEL].instructions += chain * instructions;
			strcpy(s->clock, "virtual");
		}
	}
	return look_at(m, 1);
}

/* By a virtual clock one pair is enough: the same, or not, however little. */
static void one_exact_pair_decides(void **state)
{
	struct versus_look look;
	struct made m;

	(void)state;
	look = exact_look(&m, 0, 0);
	assert_true(look.exact && look.looked && look.identical);
	assert_int_equal(look.verdict, COMPARE_SAME);
	end(&m);
	look = exact_look(&m, 10 * MS, 0);
	assert_int_equal(look.verdict, COMPARE_WORSE);
	assert_false(look.identical);
	assert_true(fabs(look.latency.by.shift - 0.01) < 1e-12);
	end(&m);
	look = exact_look(&m, -10 * MS, 0);
	assert_int_equal(look.verdict, COMPARE_BETTER);
	end(&m);
	look = exact_look(&m, 0, 1);
	assert_int_equal(look.verdict, COMPARE_SAME);
	assert_false(look.identical);
	end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clear_difference_is_found),
		cmocka_unit_test(the_other_way_round),
		cmocka_unit_test(the_same_is_not_called_different),
		cmocka_unit_test(later_pairs_are_not_looked_at),
		cmocka_unit_test(looks_come_at_their_numbers),
		cmocka_unit_test(replaced_machines_and_failures),
		cmocka_unit_test(one_exact_pair_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
