// SPDX-License-Identifier: GPL-2.0-only
/*
 * model_exact.c - which reboots of each way are compared by the exact clock
 *
 * A reboot executes other instructions than the one before it on the same machine, so ways
 * are compared at one index: the lowest of those that most ways have.
 */
#include "model_private.h"

static size_t good_at(const sample_vec *samples, int index)
{
	size_t good = 0;

	for (size_t i = 0; i < samples->n; i++)
		good += samples->at[i].index == index && exact_is_good(&samples->at[i]);
	return good;
}

static int highest_index(const struct report *r)
{
	int index = -1;

	for (size_t i = 0; i < r->samples.n; i++)
		if (r->samples.at[i].index > index)
			index = r->samples.at[i].index;
	return index;
}

static size_t ways_with(const sample_vec *samples, size_t ways, int index)
{
	size_t with = 0;

	for (size_t i = 0; i < ways; i++)
		with += good_at(&samples[i], index) > 0;
	return with;
}

static int common_index(const sample_vec *samples, size_t ways, int last)
{
	size_t most = 0;
	int found = -1;

	for (int index = 0; index <= last; index++) {
		size_t with = ways_with(samples, ways, index);

		if (with <= most)
			continue;
		most = with;
		found = index;
	}
	return found;
}

static void put_indexes(struct report_group *g, const sample_vec *samples, int last)
{
	for (int index = 0; index <= last; index++) {
		struct exact_reboot e;
		struct exact_index at;

		if (!good_at(samples, index))
			continue;
		e = exact_reboot_of(samples->at, samples->n, index);
		at = (struct exact_index){ index, e.instructions[EXACT_LATENCY] };
		vec_push(&g->exact_indexes, at);
	}
}

void model_exact(struct report *r)
{
	CLEANUP_FREE sample_vec *samples = calloc(r->groups.n + 1, sizeof(*samples));
	int last = highest_index(r);

	if (!samples)
		abort();
	for (size_t i = 0; i < r->groups.n; i++)
		samples[i] = report_samples_of(r, &r->groups.at[i]);
	r->exact_index = common_index(samples, r->groups.n, last);
	for (size_t i = 0; i < r->groups.n; i++) {
		struct report_group *g = &r->groups.at[i];

		g->exact = exact_reboot_of(samples[i].at, samples[i].n, r->exact_index);
		put_indexes(g, &samples[i], last);
		vec_free(&samples[i]);
	}
}
