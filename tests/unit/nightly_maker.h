/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nightly_maker.h - made nights as a history, for tests of what is judged
 */
#ifndef NIGHTLY_MAKER_H
#define NIGHTLY_MAKER_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "history_maker.h"
#include "analysis/compare_exact.h"
#include "analysis/nightly.h"

static inline struct made_history maker(int nights, bool exact)
{
	struct made_history h = { .nights = nights, .reboots = 3, .exact = exact,
				  .noise = exact ? NOISE_NONE : NOISE_NORMAL,
				  .scenario = "nightly", .memory = "16000" };

	h.rng = gsl_rng_alloc(gsl_rng_mt19937);
	return h;
}

typedef void (*spoil_fn)(sample_vec *samples, int night);

/* All nights of it, the samples of each changed by spoil. */
static inline void add_nights(struct history *to, const struct made_history *h, spoil_fn spoil)
{
	sample_vec samples = { 0 };

	for (int night = 0; night < h->nights; night++) {
		struct run_row run = made_night(h, night);

		samples.n = 0;
		made_night_samples(&samples, h, &run, night);
		if (spoil)
			spoil(&samples, night);
		assert_true(history_add(to, &run, samples.at, samples.n));
		run_row_free(&run);
	}
	vec_free(&samples);
	gsl_rng_free(h->rng);
}

static inline struct nightly *judge_all(const struct history *h)
{
	struct nightly_options options = { 0 };
	struct error *err = NULL;
	struct nightly *n = nightly_judge(h, &options, &err);

	if (!n)
		fail_msg("%s", err->message);
	return n;
}

static inline const struct nightly_metric *find(const struct nightly *n, const char *name)
{
	for (size_t i = 0; i < n->metrics.n; i++)
		if (!strcmp(n->metrics.at[i].name, name))
			return &n->metrics.at[i];
	fail_msg("there is no %s", name);
	return NULL;
}

#endif /* NIGHTLY_MAKER_H */
