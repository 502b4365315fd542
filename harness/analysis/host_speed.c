// SPDX-License-Identifier: GPL-2.0-only
/*
 * host_speed.c - did the speed of the host change while it was measured?
 */
#include "host_speed.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

#include "base/cleanup.h"
#include "stats.h"

#define LEAST 24
#define SPREAD 1.15
#define HIGH 0.4

static bool has_both(const struct sample *s)
{
	return sample_counts(s) && sample_succeeded(s) &&
	       s->phases.at[PHASE_KERNEL].state == PHASE_SEEN &&
	       s->phases.at[PHASE_USERSPACE].state == PHASE_SEEN;
}

static bool is_first_of_index(const struct sample *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (has_both(&s[k]) && s[k].index == s[i].index)
			return false;
	return true;
}

/* Index by index: what depends on the place in the chain is not the host's. */
static void push_relative(host_speed_vec *to, const struct sample *s, size_t n, enum phase phase)
{
	for (size_t i = 0; i < n; i++) {
		host_speed_vec x = { 0 };
		double median;

		if (!has_both(&s[i]) || !is_first_of_index(s, i))
			continue;
		for (size_t k = i; k < n; k++)
			if (has_both(&s[k]) && s[k].index == s[i].index)
				vec_push(&x, (double)s[k].phases.at[phase].ns);
		median = stats_median(x.at, x.n);
		for (size_t k = 0; k < x.n; k++)
			vec_push(to, x.at[k] / median);
		vec_free(&x);
	}
}

void host_speed_add(struct host_speed *h, const struct sample *s, size_t n)
{
	push_relative(&h->kernel, s, n, PHASE_KERNEL);
	push_relative(&h->userspace, s, n, PHASE_USERSPACE);
}

static bool varies(const host_speed_vec *x)
{
	CLEANUP_FREE double *sorted = calloc(x->n, sizeof(*sorted));

	if (!sorted)
		abort();
	for (size_t i = 0; i < x->n; i++)
		sorted[i] = x->at[i];
	gsl_sort(sorted, 1, x->n);
	return stats_quantile(sorted, x->n, 0.9) > SPREAD * stats_quantile(sorted, x->n, 0.1);
}

double host_speed_correlation(const struct host_speed *h)
{
	CLEANUP_FREE double *work = calloc(2 * h->kernel.n + 1, sizeof(*work));

	if (!work)
		abort();
	if (h->kernel.n < LEAST || !varies(&h->kernel))
		return NAN;
	return gsl_stats_spearman(h->kernel.at, 1, h->userspace.at, 1, h->kernel.n, work);
}

bool host_speed_changed(const struct host_speed *h)
{
	return host_speed_correlation(h) >= HIGH;
}

void host_speed_free(struct host_speed *h)
{
	vec_free(&h->kernel);
	vec_free(&h->userspace);
}
