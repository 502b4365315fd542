// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_runner_versus.c - that a comparison runs its pairs in order and ends when they are enough
 */
#include "trial_double.h"

#define SAMPLES_OF_PAIR	(2 * (1 + 4))

static const char versus_text[] =
	"name: bench\n"
	"title: Two sides\n"
	"ways: [{way: lobos}, {way: kexec}]\n"
	"versus: {most: 10}\n"
	"chain: {reboots: 5, warmups: 1}\n";

static struct {
	int asked, enough_at, last;	/* calls; the block count that is enough; of the last call */
	bool fails;
} look;

static int enough(void *arg, int blocks, bool *is_enough, struct error **err)
{
	(void)arg;
	look.asked++;
	look.last = blocks;
	if (look.fails)
		return error_set(err, ERROR_HOST, EIO, "the disk went away");
	*is_enough = blocks >= look.enough_at;
	return 0;
}

static void begin(enum fate (*fate)(const struct trial_plan *, int), int at, int enough_at)
{
	world_reset(fate, at);
	world.enough = enough;
	memset(&look, 0, sizeof(look));
	look.enough_at = enough_at;
}

static void assert_sides(void **state, int a, int b)
{
	sample_vec all = samples_of(state);
	int lobos = 0, kexec = 0;

	for (size_t i = 0; i < all.n; i++) {
		if (!sample_counts(&all.at[i]))
			continue;
		lobos += !strcmp(all.at[i].way, "lobos");
		kexec += !strcmp(all.at[i].way, "kexec");
	}
	vec_free(&all);
	assert_int_equal(lobos, a);
	assert_int_equal(kexec, b);
}

static void test_runs_to_the_limit(void **state)
{
	struct error *err = NULL;

	begin(all_fine, 0, 100);
	assert_int_equal(run_it(state, versus_text, &err), 0);
	assert_sides(state, 10, 10);
	assert_int_equal(world.machines, 6);
	assert_memory_equal(world.ways, ((int[]){ 'l', 'k', 'k', 'l', 'l', 'k' }),
			    6 * sizeof(int));
	/* Asked between pairs: not before the first, not behind the last. */
	assert_int_equal(look.asked, 2);
	assert_int_equal(look.last, 2);
}

static void test_ends_when_enough(void **state)
{
	for (int pairs = 1; pairs < 3; pairs++) {
		void *folder = NULL;
		struct error *err = NULL;

		assert_int_equal(scratch_setup(&folder), 0);
		begin(all_fine, 0, pairs);
		assert_int_equal(run_it(&folder, versus_text, &err), 0);
		assert_sides(&folder, 4 * pairs, 4 * pairs);
		assert_int_equal(look.asked, pairs);
		assert_int_equal(world.machines, 2 * pairs);
		scratch_teardown(&folder);
	}
	(void)state;
}

static enum fate stop_at(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return world.samples == world.at ? STOPPED : FINE;
}

/* Stopped at any sample and continued: as many pairs as without, and the same question. */
static void test_resume_anywhere(void **state)
{
	for (int at = 1; at <= 2 * SAMPLES_OF_PAIR; at++) {
		void *folder = NULL;
		struct error *err = NULL;

		assert_int_equal(scratch_setup(&folder), 0);
		begin(stop_at, at, 2);
		/* After the last one there is nothing left but to say that it was enough. */
		assert_int_equal(run_it(&folder, versus_text, &err), -EINTR);
		assert_null(err);
		begin(all_fine, 0, 2);
		assert_int_equal(run_it(&folder, versus_text, &err), 0);
		assert_sides(&folder, 8, 8);
		assert_int_equal(look.last, 2);
		scratch_teardown(&folder);
	}
	(void)state;
}

static enum fate lobos_hangs(const struct trial_plan *plan, int index)
{
	return plan->way->way[0] == 'l' && index == 2 ? HANGS : FINE;
}

/*
 * A failed reboot counts; the rest of its chain runs before the other side does, on two
 * machines that do not get to its place and one that begins anew.
 */
static void test_failures_count(void **state)
{
	struct error *err = NULL;

	begin(lobos_hangs, 0, 1);
	assert_int_equal(run_it(state, versus_text, &err), 0);
	assert_sides(state, 4, 4);
	assert_memory_equal(world.ways, ((int[]){ 'l', 'l', 'l', 'l', 'k' }),
			    5 * sizeof(int));
}

static void test_error_of_the_look_ends_the_run(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	begin(all_fine, 0, 1);
	look.fails = true;
	assert_true(run_it(state, versus_text, &err) < 0);
	assert_non_null(err);
	assert_string_equal(err->message, "the disk went away");
	assert_sides(state, 4, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_runs_to_the_limit),
		TEST(test_ends_when_enough),
		TEST(test_resume_anywhere),
		TEST(test_failures_count),
		TEST(test_error_of_the_look_ends_the_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
