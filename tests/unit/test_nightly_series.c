// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_nightly_series.c - which nights make a series
 */
#include "nightly_maker.h"

/* Another host, even one that is slower, is another history. */
static void hosts_do_not_mix(void **state)
{
	static const struct made_change change = { 0, PHASE_KERNEL, 0, 0.5 };
	CLEANUP_HISTORY struct history *h = history_new();
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	CLEANUP_NIGHTLY struct nightly *other = NULL;
	struct made_history fast = maker(3, true), slow = maker(3, true), same = maker(1, true);
	struct nightly_options options = { 0 };
	struct error *err = NULL;

	(void)state;
	slow.memory = "64000";
	slow.changes = &change;
	slow.n_changes = 1;
	/* A few MiB are another kernel's, not another host. */
	same.memory = "16010";
	add_nights(h, &fast, NULL);
	add_nights(h, &slow, NULL);
	assert_int_equal(h->hosts.n, 2);
	n = judge_all(h);
	assert_int_equal(nightly_status(n), 0);
	assert_int_equal(n->host, 1);
	options.host = h->hosts.at[0].id;
	other = nightly_judge(h, &options, &err);
	assert_non_null(other);
	assert_int_equal(other->host, 0);
	add_nights(h, &same, NULL);
	assert_int_equal(h->hosts.n, 2);
	options.host = "none";
	assert_null(nightly_judge(h, &options, &err));
	assert_non_null(err);
	error_free(err);
}

static void on_kernel_6_1(sample_vec *samples, int night)
{
	(void)night;
	for (size_t i = 0; i < samples->n; i++) {
		strcpy(samples->at[i].build, "i386-6.1");
		strcpy(samples->at[i].firmware, "bios");
	}
}

static void on_kernel_6_12(sample_vec *samples, int night)
{
	on_kernel_6_1(samples, night);
	for (size_t i = 0; i < samples->n; i++)
		strcpy(samples->at[i].build, "i386-6.12");
}

/* Another kernel, even one that is slower, is another series; what an old run left out is neither. */
static void machines_do_not_mix(void **state)
{
	static const struct made_change change = { 0, PHASE_KERNEL, 0, 0.5 };
	CLEANUP_HISTORY struct history *h = history_new();
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	struct made_history old = maker(1, true), fast = maker(2, true), slow = maker(3, true);

	(void)state;
	slow.changes = &change;
	slow.n_changes = 1;
	add_nights(h, &old, NULL);
	add_nights(h, &fast, on_kernel_6_1);
	add_nights(h, &slow, on_kernel_6_12);
	n = judge_all(h);
	assert_int_equal(nightly_status(n), 0);
	assert_int_equal(find(n, "nightly/virtual/lobos/i386-6.1/kernel")->metric->points.n, 3);
	assert_int_equal(find(n, "nightly/virtual/lobos/i386-6.12/kernel")->metric->points.n, 3);
}

/* A run that compares two sides is no night. */
static void comparisons_are_no_nights(void **state)
{
	CLEANUP_HISTORY struct history *h = history_new();
	struct made_history m = maker(1, true);
	struct run_row run = made_night(&m, 0);
	struct sample none;

	(void)state;
	free(run.provenance_json);
	run.provenance_json = strdup("{\"versus\": {\"complete\": true}}");
	assert_false(history_add(h, &run, &none, 0));
	assert_int_equal(h->runs.n, 0);
	run_row_free(&run);
	gsl_rng_free(m.rng);
}
int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts_do_not_mix),
		cmocka_unit_test(machines_do_not_mix),
		cmocka_unit_test(comparisons_are_no_nights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
