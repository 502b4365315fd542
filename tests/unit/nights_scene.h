/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nights_scene.h - a database of nights, and the files that are made of it
 */
#ifndef NIGHTS_SCENE_H
#define NIGHTS_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "history_maker.h"
#include "scratch.h"
#include "store/store.h"

/* What a machine or a person may put where a name is expected. */
#define EVIL "<script>alert(1)</script>\"'&\x1b[2J\xff\n| `x`"

#define NIGHTS 12

static const struct made_change slowdown = { 0, PHASE_KERNEL, 8, 0.3 };

/* A database of nights by the wall clock, the newest ones slower; scenario named so. */
static inline struct store *make_nights(void **state, const char *scenario, int nights)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct made_history h = { .nights = nights, .reboots = 2, .noise = NOISE_NORMAL,
				  .scenario = scenario, .memory = "16000",
				  .changes = &slowdown, .n_changes = 1 };
	struct error *err = NULL;
	struct store *store = store_open(path, false, &err);
	sample_vec samples = { 0 };

	assert_non_null(store);
	h.rng = gsl_rng_alloc(gsl_rng_mt19937);
	for (int night = 0; night < nights; night++) {
		struct run_row run = made_night(&h, night);

		samples.n = 0;
		made_night_samples(&samples, &h, &run, night);
		assert_int_equal(store_run_begin(store, &run, &err), 0);
		for (size_t i = 0; i < samples.n; i++) {
			struct sample *s = &samples.at[i];

			if (night == NIGHTS - 1 && i == 3) {
				s->judgement.verdict = VERDICT_PANICKED;
				snprintf(s->judgement.reason, sizeof(s->judgement.reason), EVIL);
				s->console_offset = 0;
				s->console_bytes = sizeof(EVIL) - 1;
			}
			assert_int_equal(store_sample_add(store, s, &err), 0);
		}
		run_row_free(&run);
	}
	vec_free(&samples);
	gsl_rng_free(h.rng);
	return store;
}

static inline struct store *make_store(void **state, const char *scenario)
{
	return make_nights(state, scenario, NIGHTS);
}

static inline char *read_whole(const char *dir, const char *name)
{
	CLEANUP_FREE char *path = NULL;
	CLEANUP_FCLOSE FILE *f = NULL;
	char *text = NULL;
	size_t room = 0;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		abort();
	f = fopen(path, "re");
	if (!f)
		fail_msg("there is no %s", path);
	assert_true(getdelim(&text, &room, '\0', f) > 0);
	return text;
}

static inline void assert_no_controls(const char *dir, const char *name)
{
	CLEANUP_FREE char *text = read_whole(dir, name);

	assert_null(strchr(text, '\x1b'));
	assert_null(strchr(text, '\xff'));
}

static inline void assert_harmless(const char *dir, const char *name)
{
	CLEANUP_FREE char *text = read_whole(dir, name);

	assert_null(strstr(text, "<script"));
	assert_no_controls(dir, name);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

#endif /* NIGHTS_SCENE_H */
