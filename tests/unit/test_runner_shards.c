// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_runner_shards.c - that the shards of a run together run what one run does, and nothing twice
 */
#include "base/text.h"
#include "trial_double.h"

/* What one sample is, whichever run it is of. */
struct key {
	int machine, chain, index;
	bool warmup;
	char way[32], variant[64];
};

typedef VEC(struct key) key_vec;

static int by_place(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	return x->machine != y->machine ? x->machine - y->machine : x->index - y->index;
}

/* Appends what the run of a folder has. */
static void add_keys(void **folder, key_vec *to)
{
	sample_vec all = samples_of(folder);

	for (size_t i = 0; i < all.n; i++) {
		struct key key;

		memset(&key, 0, sizeof(key));
		key.machine = all.at[i].machine;
		key.chain = all.at[i].chain;
		key.index = all.at[i].index;
		key.warmup = all.at[i].warmup;
		memcpy(key.way, all.at[i].way, sizeof(key.way));
		memcpy(key.variant, all.at[i].variant, sizeof(key.variant));
		vec_push(to, key);
	}
	vec_free(&all);
}

static void run_shard(int number, int of, int machines, int *status, key_vec *to)
{
	CLEANUP_FREE char *yaml = text_format("name: bench\ntitle: T\nseed: 7\nshard: %d/%d\n"
		"ways: [{way: lobos}, {way: kexec}, {way: kexec, options: [no-checks]}]\n"
		"chain: {machines: %d, reboots: 5, warmups: 1}\n", number, of, machines);
	struct error *err = NULL;
	void *folder = NULL;

	assert_int_equal(scratch_setup(&folder), 0);
	for (*status = 0; run_it(&folder, yaml, &err); ++*status)
		world.fate = all_fine;
	assert_null(err);
	add_keys(&folder, to);
	scratch_teardown(&folder);
}

static void together_they_are_the_whole(void **state)
{
	for (int of = 2; of <= 5; of++) {
		key_vec whole = { 0 }, parts = { 0 };
		int starts;

		world_reset(all_fine, 0);
		run_shard(1, 1, 5, &starts, &whole);
		for (int number = 1; number <= of; number++)
			run_shard(number, of, 5, &starts, &parts);
		qsort(parts.at, parts.n, sizeof(parts.at[0]), by_place);
		assert_int_equal(whole.n, 5 * WAYS * 5);
		assert_int_equal(parts.n, whole.n);
		assert_memory_equal(parts.at, whole.at, whole.n * sizeof(whole.at[0]));
		vec_free(&whole);
		vec_free(&parts);
	}
	(void)state;
}

static enum fate first_hangs(const struct trial_plan *plan, int index)
{
	return plan->machine < 5 * WAYS && index == 2 ? HANGS : FINE;
}

/* Each machine of each shard fails once; those that take their places have numbers of their own. */
static void replacements_do_not_meet(void **state)
{
	key_vec parts = { 0 };
	int starts;

	(void)state;
	world_reset(first_hangs, 0);
	for (int number = 1; number <= 3; number++)
		run_shard(number, 3, 5, &starts, &parts);
	qsort(parts.at, parts.n, sizeof(parts.at[0]), by_place);
	for (size_t i = 1; i < parts.n; i++)
		assert_true(by_place(&parts.at[i - 1], &parts.at[i]) < 0);
	assert_int_equal(parts.n, 5 * WAYS * (3 + 5));
	vec_free(&parts);
}

static enum fate stop_at(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return world.samples == world.at ? STOPPED : FINE;
}

/* A shard that was stopped goes on, also with machines that replace others, and gets to its end. */
static void a_stopped_shard_goes_on(void **state)
{
	for (int at = 1; at <= 2 * WAYS * 5; at += 3) {
		key_vec part = { 0 };
		int starts, counted = 0;

		world_reset(stop_at, at);
		run_shard(2, 3, 5, &starts, &part);
		assert_int_equal(starts, 1);
		for (size_t i = 0; i < part.n; i++) {
			assert_true(part.at[i].chain / WAYS % 3 == 1);
			assert_true(part.at[i].machine < 5 * WAYS ||
				    part.at[i].machine % 3 == (5 * WAYS + 1) % 3);
			counted += !part.at[i].warmup;
		}
		assert_int_equal(counted, 2 * WAYS * 4);
		vec_free(&part);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(together_they_are_the_whole),
		cmocka_unit_test(replacements_do_not_meet),
		cmocka_unit_test(a_stopped_shard_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
