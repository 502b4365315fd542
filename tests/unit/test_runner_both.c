// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_runner_both.c - that a run by both clocks has all machines of both, one clock after the other
 */
#include "trial_double.h"

static const char both_text[] =
	"name: bench\n"
	"title: Three ways by both clocks\n"
	"ways: [{way: lobos}, {way: kexec}, {way: kexec, options: [no-checks]}]\n"
	"chain: {machines: 2, reboots: 5, warmups: 1, parallel: 1}\n"
	"clock: both\n"
	"exact: {machines: 3, reboots: 2, warmups: 1}\n"
	"seed: 7\n";

#define EXACT	(3 * WAYS * 2)	/* samples */

/* Counts the samples by each clock, and that none by the wall clock came behind an exact one. */
static void assert_complete(void **state)
{
	size_t wall = 0, exact = 0, counted = 0;
	int64_t last_wall = 0, first_exact = INT64_MAX;
	sample_vec all = samples_of(state);

	for (size_t i = 0; i < all.n; i++) {
		const struct sample *s = &all.at[i];

		if (sample_is_virtual(s)) {
			exact++;
			counted += sample_counts(s);
			first_exact = s->id < first_exact ? s->id : first_exact;
			assert_in_range(s->index, 0, 1);
			assert_int_equal(s->warmup, s->index == 0);
			assert_int_equal(s->clock_error_ns, 0);
			assert_false(s->doubts & DOUBT_BIT(DOUBT_HOST_BUSY));
		} else {
			wall++;
			last_wall = s->id > last_wall ? s->id : last_wall;
			assert_int_equal(s->clock_error_ns, -1);
		}
	}
	assert_true(wall >= PLANNED);
	assert_true(exact >= EXACT);
	assert_int_equal(counted, EXACT / 2);
	assert_true(last_wall < first_exact);
	vec_free(&all);
}

static void all_of_both(void **state)
{
	struct error *err = NULL;
	sample_vec all;

	world_reset(all_fine, 0);
	assert_int_equal(run_it(state, both_text, &err), 0);
	assert_complete(state);
	all = samples_of(state);
	assert_int_equal(all.n, PLANNED + EXACT);
	vec_free(&all);
	/* Nothing is left. */
	assert_int_equal(run_it(state, both_text, &err), 0);
	assert_int_equal(world.samples, PLANNED + EXACT);
}

static enum fate stop_at(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return world.samples == world.at ? STOPPED : FINE;
}

/* Stopped in the one part, at the border or in the other, it goes on where it was. */
static void resumed_anywhere(void **state)
{
	static const int at[] = { 1, PLANNED - 1, PLANNED, PLANNED + 1, PLANNED + EXACT / 2,
				  PLANNED + EXACT - 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		void *folder = NULL;
		struct error *err = NULL;

		assert_int_equal(scratch_setup(&folder), 0);
		world_reset(stop_at, at[i]);
		assert_int_equal(run_it(&folder, both_text, &err), -EINTR);
		world_reset(all_fine, 0);
		assert_int_equal(run_it(&folder, both_text, &err), 0);
		assert_complete(&folder);
		scratch_teardown(&folder);
	}
}

static enum fate exact_lobos_hangs(const struct trial_plan *plan, int index)
{
	(void)index;
	return scenario_is_virtual(plan->scenario) && !strcmp(plan->way->way, "lobos") ? HANGS : FINE;
}

/* A way that works by one clock and not by the other is given up in that part only. */
static void given_up_by_one_clock(void **state)
{
	struct error *err = NULL;
	size_t hung = 0, good = 0;
	sample_vec all;

	world_reset(exact_lobos_hangs, 0);
	assert_int_equal(run_it(state, both_text, &err), 0);
	all = samples_of(state);
	for (size_t i = 0; i < all.n; i++) {
		hung += all.at[i].judgement.verdict == VERDICT_HUNG;
		good += all.at[i].judgement.verdict == VERDICT_OK;
	}
	assert_int_equal(hung, 3 * RUNNER_FRUITLESS_MAX);
	assert_int_equal(good, PLANNED + EXACT * 2 / 3);
	vec_free(&all);
}

static enum fate host_fails(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return world.samples == world.at ? HOST_FAILS : FINE;
}

/* What ends the first part ends the run: the second one does not begin. */
static void an_error_ends_both(void **state)
{
	struct error *err = NULL;
	sample_vec all;

	world_reset(host_fails, 7);
	assert_true(run_it(state, both_text, &err) < 0);
	assert_int_equal(err->class, ERROR_HOST);
	error_free(err);
	all = samples_of(state);
	assert_int_equal(all.n, 6);
	vec_free(&all);
}

static char *profiler(void *arg, const struct scenario *s, const struct scenario_way *way,
		      int machine)
{
	(void)arg;
	(void)way;
	(void)machine;
	assert_true(scenario_is_virtual(s));
	return strdup("file=profile.so");
}

/* Machines with the profiler, of each way. */
static int profiled[WAYS];

static enum fate count_profilers(const struct trial_plan *plan, int index)
{
	int way = !strcmp(plan->way->way, "kexec") + (plan->way->variant[0] != 0);

	profiled[way] += index == 0 && plan->plugin;
	return FINE;
}

/* The first machine of each way by the exact clock has the profiler, and no other. */
static void one_exact_machine_of_each_way_is_profiled(void **state)
{
	static const char *const texts[] = { both_text, text };
	struct error *err = NULL;

	(void)state;
	for (int both = 1; both >= 0; both--) {
		void *folder = NULL;

		assert_int_equal(scratch_setup(&folder), 0);
		world_reset(count_profilers, 0);
		world.plugin = profiler;
		memset(profiled, 0, sizeof(profiled));
		assert_int_equal(run_it(&folder, texts[!both], &err), 0);
		for (int way = 0; way < WAYS; way++)
			assert_int_equal(profiled[way], both);
		scratch_teardown(&folder);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_of_both),
		TEST(resumed_anywhere),
		TEST(given_up_by_one_clock),
		TEST(an_error_ends_both),
		cmocka_unit_test(one_exact_machine_of_each_way_is_profiled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
