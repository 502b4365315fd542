// SPDX-License-Identifier: GPL-2.0-only
/*
 * answer_doubts.c - doubts of the latencies that the first sentence rests on
 */
#include "answer.h"

#include <math.h>

#include "analysis/host_speed.h"
#include "analysis/words.h"
#include "markdown.h"

/* " At index 1 it is 1.405 s, at index 2 2.011 s." */
static void put_indexes(FILE *f, const struct report_figure *figure)
{
	for (size_t i = 0; i < figure->indexes.n; i++)
		fprintf(f, "%s index %d %s%s", i ? ", at" : " At", figure->indexes.at[i].index,
			i ? "" : "it is ", words_seconds(figure->indexes.at[i].of.median).s);
	fputs(".", f);
}

static void put_latency(FILE *f, const struct report_group *g)
{
	const struct report_figure *latency = &g->figures[COMPARE_LATENCY];
	CLEANUP_FREE char *label = md_escaped(g->label);

	if (latency->by_index) {
		fprintf(f, " The latency of %s depends on how often its machine was rebooted before.",
			label);
		put_indexes(f, latency);
	}
	if (latency->two_humped)
		fprintf(f, " The latencies of %s gather around more than one value; hardly any may be "
			"near the median.", label);
	if (g->doubts & DOUBT_BIT(DOUBT_DRIFT))
		fprintf(f, " The latencies of %s move in one direction during the run.", label);
}

void answer_host_speed(FILE *f, const struct report *wall)
{
	struct host_speed speed = { 0 };

	for (size_t i = 0; i < wall->groups.n; i++) {
		sample_vec samples = report_samples_of(wall, &wall->groups.at[i]);

		host_speed_add(&speed, samples.at, samples.n);
		vec_free(&samples);
	}
	if (host_speed_changed(&speed))
		fprintf(f, " The speed of the host changed during the run: whatever the way, a reboot "
			"with a long kernel phase has a long user space too (rank correlation %.2f "
			"over %zu reboots). Spread and humps of the times may be the host's.",
			host_speed_correlation(&speed), speed.kernel.n);
	host_speed_free(&speed);
}

void answer_doubts(FILE *f, const struct report *wall)
{
	const struct report_group *first = answer_counted(wall, 0), *next;

	if (!first)
		return;
	put_latency(f, first);
	next = answer_counted(wall, (size_t)(first - wall->groups.at) + 1);
	if (next)
		put_latency(f, next);
}

void answer_whose(FILE *f, const struct report *r, enum doubt doubt)
{
	const char *before = "";

	for (size_t i = 0; i < r->groups.n; i++) {
		CLEANUP_FREE char *label = md_escaped(r->groups.at[i].label);
		size_t has = 0;

		for (size_t k = 0; k < r->samples.n; k++)
			has += sample_counts(&r->samples.at[k]) &&
			       r->samples.at[k].doubts & DOUBT_BIT(doubt) &&
			       report_group_of(r, &r->samples.at[k]) == &r->groups.at[i];
		if (!has)
			continue;
		fprintf(f, "%s%s %s", before, label, words_of(has, r->groups.at[i].n).s);
		before = ", ";
	}
}
