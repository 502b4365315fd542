/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trial_double.h - a trial that needs no machine, for tests of runner.c
 *
 * It gives a sample for each reboot as the plan asks, and asks `fate` what becomes
 * of it.
 */
#ifndef TRIAL_DOUBLE_H
#define TRIAL_DOUBLE_H

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reboot/doubt.h"
#include "run/runner.h"
#include "sample_maker.h"
#include "scratch.h"
#include "store/store_private.h"

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
	runner_enough_fn enough;	/* of the runner; NULL: none */
	runner_plugin_fn plugin;	/* of the runner; NULL: none */
	atomic_bool stop;
	pthread_mutex_t mutex;
	int samples, machines;		/* given so far */
	int at;				/* for fates that come with the at-th sample */
	int ways[64];			/* of each machine in order of its start: first letter */
} world;

static inline void world_reset(enum fate (*fate)(const struct trial_plan *, int), int at)
{
	memset(&world, 0, sizeof(world));
	pthread_mutex_init(&world.mutex, NULL);
	world.fate = fate;
	world.at = at;
}

static inline int give_sample(const struct trial_plan *plan, int index, enum verdict verdict,
		       trial_sample_fn on_sample, void *arg, struct error **err)
{
	struct sample s = make_sample(plan->run, plan->machine, index);

	snprintf(s.way, sizeof(s.way), "%s", plan->way->way);
	snprintf(s.variant, sizeof(s.variant), "%s", plan->way->variant);
	snprintf(s.clock, sizeof(s.clock), "%s", plan->scenario->clock);
	s.warmup = index < plan->scenario->chain.warmups;
	s.judgement.verdict = verdict;
	s.doubts = 0;
	return on_sample(&s, &(event_vec){ 0 }, arg, err);
}

static inline int run_double(struct connection *c, const struct trial_plan *plan,
		      trial_sample_fn on_sample, trial_phase_fn on_phase, void *arg,
		      const atomic_bool *stop, struct error **err)
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
static inline int run_it(void **state, const char *yaml, struct error **err)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario_parse("test.yaml", yaml, err);
	CLEANUP(cleanup_store_close) struct store *store = store_open(path, false, err);
	CLEANUP_ERROR struct error *known = NULL;
	struct run_row run = make_run(RUN, text);
	struct runner r = {
		.scenario = s, .store = store, .run = RUN, .accelerator = ACCELERATOR_TCG,
		.paths = { .work = *state, .consoles = *state }, .trial = run_double,
		.stop = &world.stop, .enough = world.enough, .plugin = world.plugin,
	};

	if (!s || !store)
		return -EINVAL;
	/* No test here cuts the power; waiting for the disk would take most of the time. */
	sqlite3_exec(store->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	store_run_begin(store, &run, &known);
	world.stop = false;
	return runner_run(&r, err);
}

static inline sample_vec samples_of(void **state)
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
static inline void assert_planned_set(void **state, int n)
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

/* Each place of a chain, from the warm-ups on, was counted once for each machine of each way. */
static inline void assert_places_kept(void **state)
{
	sample_vec all = samples_of(state);
	int counted[3][16] = { { 0 } };

	for (size_t i = 0; i < all.n; i++) {
		const struct sample *s = &all.at[i];

		if (!s->warmup && s->judgement.verdict != VERDICT_INSTRUMENT_FAULT)
			counted[!strcmp(s->way, "kexec") + (s->variant[0] != 0)][s->index]++;
	}
	vec_free(&all);
	for (int way = 0; way < 3; way++)
		for (int index = 0; index < 16; index++)
			assert_int_equal(counted[way][index],
					 index >= 1 && index < 5 ? MACHINES : 0);
}

static inline enum fate all_fine(const struct trial_plan *plan, int index)
{
	(void)plan;
	(void)index;
	return FINE;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

#endif /* TRIAL_DOUBLE_H */
