// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_runner.c - that runner.c runs exactly what was planned, whatever happens
 *
 * The trial is a double: it gives a sample for each reboot as the plan asks, and
 * asks `fate` what becomes of it.
 */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doubt.h"
#include "runner.h"
#include "sample_maker.h"
#include "scratch.h"
#include "store_private.h"

#define RUN	"2026-11-22T031500Z-bench"

static const char text[] =
	"name: bench\n"
	"title: Three ways\n"
	"ways: [{way: lobos}, {way: kexec}, {way: kexec, options: [no-checks]}]\n"
	"chain: {machines: 2, reboots: 5, warmups: 1, parallel: 1}\n"
	"seed: 7\n";

#define WAYS		3
#define MACHINES	2
#define CHAINS		(WAYS * MACHINES)
#define PLANNED		(CHAINS * 5)

/* What becomes of a reboot. */
enum fate { FINE, HANGS, FAULTY, STOPPED, INSTRUMENT_FAILS, HOST_FAILS, KILLED };

/* One test's world; the double has no argument for it. */
static struct {
	enum fate (*fate)(const struct trial_plan *plan, int index);
	volatile bool stop;
	pthread_mutex_t mutex;
	int samples, machines;		/* given so far */
	int at;				/* for fates that come with the at-th sample */
	int ways[64];			/* of each machine in order of its start: first letter */
} world;

static void world_reset(enum fate (*fate)(const struct trial_plan *, int), int at)
{
	memset(&world, 0, sizeof(world));
	pthread_mutex_init(&world.mutex, NULL);
	world.fate = fate;
	world.at = at;
}

static int give_sample(const struct trial_plan *plan, int index, enum verdict verdict,
		       trial_sample_fn on_sample, void *arg, struct error **err)
{
	struct sample s = make_sample(plan->run, plan->machine, index);

	snprintf(s.way, sizeof(s.way), "%s", plan->way->way);
	snprintf(s.variant, sizeof(s.variant), "%s", plan->way->variant);
	s.warmup = index < plan->scenario->chain.warmups;
	s.judgement.verdict = verdict;
	s.doubts = 0;
	return on_sample(&s, arg, err);
}

static int run_double(struct connection *c, const struct trial_plan *plan,
		      trial_sample_fn on_sample, trial_phase_fn on_phase, void *arg,
		      volatile const bool *stop, struct error **err)
{
	(void)c;
	pthread_mutex_lock(&world.mutex);
	world.ways[world.machines++ % 64] = plan->way->way[0] + (plan->way->variant[0] != 0);
	pthread_mutex_unlock(&world.mutex);
	if (access(plan->paths.work, W_OK))
		return error_set(err, ERROR_HOST, ENOENT, "no work folder");
	for (int i = plan->first_index; i < plan->scenario->chain.reboots; i++) {
		enum fate fate;
		int rc;

		if (*stop)
			return error_set(err, ERROR_INTERRUPTED, EINTR, "stopped");
		on_phase(plan->machine, i, PHASE_KERNEL, arg);
		pthread_mutex_lock(&world.mutex);
		world.samples++;
		fate = world.fate(plan, i);
		pthread_mutex_unlock(&world.mutex);
		if (fate == KILLED)
			raise(SIGKILL);
		if (fate == INSTRUMENT_FAILS)
			return error_set(err, ERROR_INSTRUMENT, EPIPE, "the marks went away");
		if (fate == HOST_FAILS)
			return error_set(err, ERROR_HOST, ENOSPC, "no room for an overlay");
		if (fate == STOPPED) {
			world.stop = true;
			continue;
		}
		rc = give_sample(plan, i, fate == HANGS ? VERDICT_HUNG :
				 fate == FAULTY ? VERDICT_INSTRUMENT_FAULT : VERDICT_OK,
				 on_sample, arg, err);
		if (rc || fate != FINE)
			return rc;
	}
	return 0;
}

/* Runs what is left of RUN in the database of *state; begins it if it is not there. */
static int run_it(void **state, const char *yaml, struct error **err)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario_parse("test.yaml", yaml, err);
	CLEANUP(cleanup_store_close) struct store *store = store_open(path, false, err);
	CLEANUP_ERROR struct error *known = NULL;
	struct run_row run = make_run(RUN, text);
	struct runner r = {
		.scenario = s, .store = store, .run = RUN, .accelerator = ACCELERATOR_TCG,
		.paths = { .work = *state, .consoles = *state }, .trial = run_double,
		.stop = &world.stop,
	};

	if (!s || !store)
		return -EINVAL;
	/* No test here cuts the power; waiting for the disk would take most of the time. */
	sqlite3_exec(store->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	store_run_begin(store, &run, &known);
	world.stop = false;
	return runner_run(&r, err);
}

static sample_vec samples_of(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct error *err = NULL;
	struct store *store = store_open(path, true, &err);
	sample_vec samples = { 0 };

	assert_non_null(store);
	assert_int_equal(store_samples(store, RUN, &samples, &err), 0);
	store_close(store);
	return samples;
}

/* Each way has as many counted reboots, instrument faults left out, as were planned. */
static void assert_planned_set(void **state, int n)
{
	sample_vec all = samples_of(state);
	int lobos = 0, kexec = 0, variant = 0;

	for (size_t i = 0; i < all.n; i++) {
		const struct sample *s = &all.at[i];

		if (s->warmup || s->judgement.verdict == VERDICT_INSTRUMENT_FAULT)
			continue;
		lobos += !strcmp(s->way, "lobos");
		kexec += !strcmp(s->way, "kexec") && !s->variant[0];
		variant += !strcmp(s->variant, "no-checks");
	}
	vec_free(&all);
	assert_int_equal(lobos, n);
	assert_int_equal(kexec, n);
	assert_int_equal(variant, n);
}

static enum fate all_fine(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return FINE;
}

static void test_order(void **state)
{
	struct error *err = NULL;
	struct scenario *s = scenario_parse("test.yaml", text, &err);
	struct runner_chain a[64 * WAYS], b[64 * WAYS];
	int first_of_block[WAYS] = { 0 };

	(void)state;
	assert_non_null(s);
	s->chain.machines = 64;
	assert_int_equal(runner_chains(s), 64 * WAYS);
	assert_int_equal(runner_planned(s), 64 * WAYS * 5);
	runner_order(s, a);
	runner_order(s, b);
	assert_memory_equal(a, b, sizeof(a));
	for (int block = 0; block < 64; block++) {
		int seen = 0;

		for (int i = block * WAYS; i < (block + 1) * WAYS; i++) {
			assert_int_equal(a[i].number, i);
			assert_int_equal(a[i].block, block);
			seen |= 1 << a[i].way;
		}
		assert_int_equal(seen, (1 << WAYS) - 1);
		first_of_block[a[block * WAYS].way]++;
	}
	/* Each way comes first in a fair share of the blocks: 21 of 64 are expected. */
	for (int w = 0; w < WAYS; w++)
		assert_in_range(first_of_block[w], 8, 40);
	s->seed = 8;
	runner_order(s, b);
	assert_memory_not_equal(a, b, sizeof(a));
	scenario_free(s);
}

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

/* The second reboot of every machine numbered below CHAINS hangs. */
static enum fate first_machines_hang(const struct trial_plan *plan, int index)
{
	return plan->machine < CHAINS && index == 2 ? HANGS : FINE;
}

static void test_failed_reboot(void **state)
{
	struct error *err = NULL;
	sample_vec all;
	int hung = 0;

	world_reset(first_machines_hang, 0);
	assert_int_equal(run_it(state, text, &err), 0);
	assert_planned_set(state, 8);
	all = samples_of(state);
	/* Two of four counted by the first machine, the hung one among them; then a warm-up and two. */
	assert_int_equal(all.n, CHAINS * (3 + 3));
	for (size_t i = 0; i < all.n; i++) {
		const struct sample *s = &all.at[i];

		hung += s->judgement.verdict == VERDICT_HUNG;
		assert_int_equal(s->machine >= CHAINS, !!(s->doubts & DOUBT_BIT(DOUBT_RESUMED)));
		assert_int_equal(s->warmup, s->index == 0);
	}
	assert_int_equal(hung, CHAINS);
	vec_free(&all);
}

static enum fate lobos_hangs(const struct trial_plan *plan, int index)
{
	(void)index;
	return strcmp(plan->way->way, "lobos") ? FINE : HANGS;
}

/* A way that never works costs a bounded number of machines, and its samples stay. */
static void test_given_up(void **state)
{
	struct error *err = NULL;
	sample_vec all;
	int hung = 0;

	world_reset(lobos_hangs, 0);
	assert_int_equal(run_it(state, text, &err), 0);
	all = samples_of(state);
	for (size_t i = 0; i < all.n; i++)
		hung += all.at[i].judgement.verdict == VERDICT_HUNG;
	assert_int_equal(hung, MACHINES * RUNNER_FRUITLESS_MAX);
	assert_int_equal(all.n, hung + 4 * 5);
	vec_free(&all);
}

/* Every fourth counted reboot fails, for ever: as long as there are good ones it goes on. */
static enum fate some_hang(const struct trial_plan *plan, int index)
{
	(void)plan;
	return index == 4 ? HANGS : FINE;
}

static void test_failures_with_progress(void **state)
{
	struct error *err = NULL;

	world_reset(some_hang, 0);
	assert_int_equal(run_it(state, "name: bench\ntitle: x\nways: [{way: lobos}, {way: kexec}, "
				"{way: kexec, options: [no-checks]}]\n"
				"chain: {machines: 1, reboots: 41, warmups: 1}\n", &err), 0);
	assert_planned_set(state, 40);
}

static enum fate faulty_once(const struct trial_plan *plan, int index)
{
	return plan->machine < CHAINS && index == 3 ? FAULTY : FINE;
}

/* An instrument fault stays, and its reboot is run again. */
static void test_instrument_fault(void **state)
{
	struct error *err = NULL;
	sample_vec all;
	int faulty = 0;

	world_reset(faulty_once, 0);
	assert_int_equal(run_it(state, text, &err), 0);
	assert_planned_set(state, 8);
	all = samples_of(state);
	for (size_t i = 0; i < all.n; i++)
		faulty += all.at[i].judgement.verdict == VERDICT_INSTRUMENT_FAULT;
	assert_int_equal(faulty, CHAINS);
	vec_free(&all);
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
		assert_int_equal(run_it(&folder, text, &err), at == PLANNED ? 0 : -EINTR);
		world_reset(all_fine, 0);
		assert_int_equal(run_it(&folder, text, &err), 0);
		assert_planned_set(&folder, 8);
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

static enum fate instrument_fails_at(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return world.samples == world.at ? INSTRUMENT_FAILS : FINE;
}

/* One machine's own failure costs that machine. */
static void test_instrument_fails_once(void **state)
{
	struct error *err = NULL;

	world_reset(instrument_fails_at, 13);
	assert_int_equal(run_it(state, text, &err), 0);
	assert_null(err);
	assert_planned_set(state, 8);
}

static enum fate instrument_fails(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return INSTRUMENT_FAILS;
}

static void test_instrument_fails_always(void **state)
{
	struct error *err = NULL;

	world_reset(instrument_fails, 0);
	assert_int_equal(run_it(state, text, &err), -EPIPE);
	assert_int_equal(err->class, ERROR_INSTRUMENT);
	assert_int_equal(world.machines, RUNNER_FRUITLESS_MAX);
	error_free(err);
}

static enum fate host_fails_at(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return world.samples == world.at ? HOST_FAILS : FINE;
}

static const char parallel_text[] =
	"name: bench\ntitle: Three ways\n"
	"ways: [{way: lobos}, {way: kexec}, {way: kexec, options: [no-checks]}]\n"
	"chain: {machines: 2, reboots: 5, warmups: 1, parallel: 4}\n";

/* The host's failure ends all machines, and says why; later the run goes on. */
static void test_host_fails(void **state)
{
	struct error *err = NULL;

	world_reset(host_fails_at, 7);
	assert_int_equal(run_it(state, parallel_text, &err), -ENOSPC);
	assert_int_equal(err->class, ERROR_HOST);
	assert_non_null(strstr(err->message, "overlay"));
	error_free(err);
	err = NULL;
	world_reset(all_fine, 0);
	assert_int_equal(run_it(state, parallel_text, &err), 0);
	assert_planned_set(state, 8);
}

static void test_parallel(void **state)
{
	struct error *err = NULL;

	world_reset(first_machines_hang, 0);
	assert_int_equal(run_it(state, parallel_text, &err), 0);
	assert_planned_set(state, 8);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_order),
		TEST(test_all_fine),
		TEST(test_failed_reboot),
		TEST(test_given_up),
		TEST(test_failures_with_progress),
		TEST(test_instrument_fault),
		TEST(test_resume_anywhere),
		TEST(test_killed),
		TEST(test_instrument_fails_once),
		TEST(test_instrument_fails_always),
		TEST(test_host_fails),
		TEST(test_parallel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
