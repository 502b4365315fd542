// SPDX-License-Identifier: GPL-2.0-only
/*
 * make_history.c - a database of made-up nights, to try the dashboard with
 *
 * usage: make_history RESULTS NIGHTS [REBOOTS]
 *
 * Five ways with REBOOTS (3) each a night, nine phases, noise of 1 % with a wild night now
 * and then, three planted changes. Put RESULTS where a write costs nothing (/dev/shm): each
 * sample is safe on the disk before the next one.
 */
#include "history_maker.h"

static int fill(struct store *store, const struct made_history *h, struct error **err)
{
	sample_vec samples = { 0 };
	int rc = 0;

	for (int night = 0; !rc && night < h->nights; night++) {
		struct run_row run = made_night(h, night);

		samples.n = 0;
		made_night_samples(&samples, h, &run, night);
		rc = store_run_begin(store, &run, err);
		for (size_t i = 0; !rc && i < samples.n; i++)
			rc = store_sample_add(store, &samples.at[i], err);
		run_row_free(&run);
	}
	vec_free(&samples);
	return rc;
}

int main(int argc, char **argv)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	CLEANUP_FREE char *path = NULL;
	struct made_history h = { .reboots = 3, .noise = NOISE_WILD_NIGHTS, .scenario = "nightly",
				  .memory = "16000", .n_changes = 3 };
	int rc;

	if (argc < 3 || argc > 4 || atoi(argv[2]) < 1 || (argc == 4 && atoi(argv[3]) < 1)) {
		fputs("usage: make_history RESULTS NIGHTS [REBOOTS]\n", stderr);
		return ERROR_USAGE;
	}
	h.nights = atoi(argv[2]);
	h.reboots = argc == 4 ? atoi(argv[3]) : h.reboots;
	h.changes = (const struct made_change[]){
		{ 0, PHASE_KERNEL, h.nights / 2, 0.12 },
		{ 3, PHASE_LOAD, h.nights / 3, -0.15 },
		{ 4, PHASE_FIRMWARE, h.nights - 4, 0.2 },
	};
	h.rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (asprintf(&path, "%s/lobosbench.db", argv[1]) < 0)
		abort();
	store = store_open(path, false, &err);
	rc = store ? fill(store, &h, &err) : -1;
	gsl_rng_free(h.rng);
	if (!rc)
		return 0;
	error_print(err, stderr);
	return err->class;
}
