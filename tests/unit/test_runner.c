// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_runner.c - that runner.c runs exactly what was planned, interrupted or not
 */
#include "trial_double.h"

static void test_all_fine(void **state)
{
	struct error *err = NULL;
	sample_vec all;

	world_reset(all_fine, 0);
	assert_int_equal(run_it(state, text, &err), 0);
	all = samples_of(state);
	assert_int_equal(all.n, PLANNED);
	for (size_t i = 0; i < all.n; i++) {
		assert_int_equal(all.at[i].machine, i / 5);
		assert_int_equal(all.at[i].index, i % 5);
		assert_false(all.at[i].doubts & DOUBT_BIT(DOUBT_RESUMED));
	}
	vec_free(&all);
	assert_planned_set(state, 8);
	/* Interleaved: each half of the machines has each way. */
	for (int block = 0; block < MACHINES; block++)
		assert_int_equal(world.ways[block * 3] + world.ways[block * 3 + 1] +
				 world.ways[block * 3 + 2], 'l' + 'k' + 'k' + 1);
	/* Nothing is left: a second call runs nothing. */
	assert_int_equal(run_it(state, text, &err), 0);
	assert_int_equal(world.samples, PLANNED);
}

static enum fate stop_at(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return world.samples == world.at ? STOPPED : FINE;
}

/* Stopped at any moment, and again, and continued: the planned set, and nothing twice. */
static void test_resume_anywhere(void **state)
{
	for (int at = 1; at <= PLANNED; at++) {
		void *folder = NULL;
		struct error *err = NULL;
		sample_vec before, all;

		assert_int_equal(scratch_setup(&folder), 0);
		world_reset(stop_at, at);
		assert_int_equal(run_it(&folder, text, &err), -EINTR);
		assert_null(err);
		before = samples_of(&folder);
		assert_int_equal(before.n, at - 1);
		world_reset(stop_at, 3);
		assert_int_equal(run_it(&folder, text, &err), -EINTR);
		world_reset(all_fine, 0);
		assert_int_equal(run_it(&folder, text, &err), 0);
		assert_planned_set(&folder, 8);
		assert_places_kept(&folder);
		all = samples_of(&folder);
		for (size_t i = 0; i < before.n; i++) {
			size_t k = 0;

			while (k < all.n && all.at[k].id != before.at[i].id)
				k++;
			assert_true(k < all.n);
		}
		vec_free(&before);
		vec_free(&all);
		scratch_teardown(&folder);
	}
	(void)state;
}

static enum fate kill_at(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return world.samples == world.at ? KILLED : FINE;
}

static int run_child(void *state)
{
	struct error *err = NULL;

	return run_it(state, text, &err) ? 1 : 0;
}

static void test_killed(void **state)
{
	struct error *err = NULL;
	sample_vec all;

	world_reset(kill_at, 12);
	assert_int_equal(scratch_child(run_child, state), 1000 + SIGKILL);
	all = samples_of(state);
	assert_int_equal(all.n, 11);
	vec_free(&all);
	world_reset(all_fine, 0);
	assert_int_equal(run_it(state, text, &err), 0);
	assert_planned_set(state, 8);
	all = samples_of(state);
	/* The machine that was killed after one sample of its own, its warm-up, had five to give. */
	assert_int_equal(all.n, PLANNED + 1);
	vec_free(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_all_fine),
		TEST(test_resume_anywhere),
		TEST(test_killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
