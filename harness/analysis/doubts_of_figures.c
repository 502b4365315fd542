// SPDX-License-Identifier: GPL-2.0-only
/*
 * doubts_of_figures.c - figures of a run that are a mixture of several kinds of reboots
 */
#include "doubts_of_figures.h"

#include <math.h>

#include "base/cleanup.h"
#include "compare.h"
#include "stats_modes.h"

/* Whether the values lie apart so far that it matters, between two of their quantiles. */
static bool is_spread(const struct doubted_figure *f, double quantile)
{
	CLEANUP_FREE double *x = calloc(f->side->x.n + 1, sizeof(*x));
	size_t i, n = 0;

	if (!x)
		abort();
	for (i = 0; i < f->side->x.n; i++)
		if (isfinite(f->side->x.at[i]))
			x[n++] = f->side->x.at[i];
	stats_sort(x, n);
	return stats_quantile(x, n, 1 - quantile) - stats_quantile(x, n, quantile) >=
	       COMPARE_THRESHOLD * (f->is_rate ? 1 : f->latency);
}

/* What cannot matter is not asked, so that it does not make the other answers less sure. */
static void ask(struct doubted_figure *f)
{
	f->effect = (struct index_effect){ .p_index = NAN, .p_machine = NAN };
	f->p_humps = NAN;
	f->by_index = f->two_humped = false;
	if (!is_spread(f, 0))
		return;
	f->effect = index_effect_of(f->side);
	if (!f->is_rate && f->side->x.n >= STATS_INTERVAL_LEAST)
		f->p_humps = stats_humps_p(f->side->x.at, f->side->x.n);
}

static bool indexes_matter(const struct doubted_figure *f)
{
	index_figure_vec figures = index_figures(f->side);
	double range = index_figures_range(&figures, f->is_rate);

	vec_free(&figures);
	return range >= COMPARE_THRESHOLD * (f->is_rate ? 1 : f->latency);
}

void doubts_of_figures(struct doubted_figure *f, size_t n)
{
	CLEANUP_FREE double *index = calloc(n + 1, sizeof(*index));
	CLEANUP_FREE double *humps = calloc(n + 1, sizeof(*humps));
	size_t i;

	if (!index || !humps)
		abort();
	for (i = 0; i < n; i++) {
		ask(&f[i]);
		index[i] = f[i].effect.p_index;
		humps[i] = f[i].p_humps;
	}
	stats_false_discoveries(index, n);
	stats_false_discoveries(humps, n);
	for (i = 0; i < n; i++) {
		f[i].by_index = index[i] <= DOUBTFUL_SHARE && indexes_matter(&f[i]);
		f[i].two_humped = humps[i] <= DOUBTFUL_SHARE && is_spread(&f[i], 0.1);
	}
}
