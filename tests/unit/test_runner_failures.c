// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_runner_failures.c - what runner.c does when reboots, machines or the host fail
 */
#include "trial_double.h"

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
	/* Two of four counted by the first machine, the hung one among them; the next gets there. */
	assert_int_equal(all.n, CHAINS * (3 + 5));
	assert_places_kept(state);
	for (size_t i = 0; i < all.n; i++) {
		const struct sample *s = &all.at[i];

		hung += s->judgement.verdict == VERDICT_HUNG;
		assert_int_equal(s->machine >= CHAINS, !!(s->doubts & DOUBT_BIT(DOUBT_RESUMED)));
		assert_int_equal(s->warmup, s->index < (s->machine >= CHAINS ? 3 : 1));
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
	assert_places_kept(state);
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
	assert_places_kept(state);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_failed_reboot),
		TEST(test_given_up),
		TEST(test_failures_with_progress),
		TEST(test_instrument_fault),
		TEST(test_instrument_fails_once),
		TEST(test_instrument_fails_always),
		TEST(test_host_fails),
		TEST(test_parallel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
