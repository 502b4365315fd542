// SPDX-License-Identifier: GPL-2.0-only
/*
 * answer_doubts.c - doubts of the reboots that the first sentences rest on
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

/*
 * Whose counted reboots have a doubt: "lobos 24 of 24, kexec 1 of 24". Only the last reboot of a chain
 * is followed by a power-off, so of that one it is how many.
 */
static void put_whose(FILE *f, const struct report *r, enum doubt doubt)
{
	const char *before = "";

	for (size_t i = 0; i < r->groups.n; i++) {
		CLEANUP_FREE char *label = md_escaped(r->groups.at[i].label);
		size_t has = report_doubtful(r, &r->groups.at[i], doubt);

		if (!has)
			continue;
		if (doubt == DOUBT_NO_POWER_OFF)
			fprintf(f, "%s%s %zu", before, label, has);
		else
			fprintf(f, "%s%s %s", before, label, words_of(has, r->groups.at[i].n).s);
		before = ", ";
	}
}

/* "lobos came up whole 0 of 24 times, kexec 23 of 24", of each way whose reboots did not all do. */
static void put_whole(FILE *f, const struct report *r)
{
	const char *before = "";

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE char *label = md_escaped(g->label);
		sample_vec samples = report_samples_of(r, g);
		size_t compared = 0, whole = 0;

		for (size_t k = 0; k < samples.n; k++) {
			const struct sample *s = &samples.at[k];

			compared += sample_counts(s) && s->whole != WHOLE_UNKNOWN;
			whole += sample_counts(s) && s->whole == WHOLE_YES;
		}
		vec_free(&samples);
		if (whole == compared)
			continue;
		fprintf(f, "%s%s%s %s%s", before, label, *before ? "" : " came up whole",
			words_of(whole, compared).s, *before ? "" : " times");
		before = ", ";
	}
}

/* How many reboots have the doubt, of each way where it is about single ones of them. */
static void put_how_many(FILE *f, const struct report *r, enum doubt doubt, const char *clock)
{
	switch (doubt) {
	case DOUBT_NOT_WHOLE:
		fputs(" (Without warm-ups, ", f);
		put_whole(f, r);
		break;
	case DOUBT_NO_POWER_OFF:
		fputs(" (Chains: ", f);
		put_whose(f, r, doubt);
		break;
	case DOUBT_RESET_AGAIN:
	case DOUBT_LOG_STALE:
	case DOUBT_RESTS_ON_CONSOLE:
		fputs(" (Reboots ", f);
		put_whose(f, r, doubt);
		break;
	default:
		if (!*clock && r->doubtful[doubt] == r->counted)
			return;
		fprintf(f, " (%s reboots", words_of(r->doubtful[doubt], r->counted).s);
	}
	fprintf(f, "%s.)", clock);
}

/* Whether it is a property of ways, so that the ways of each clock must be named. */
static bool is_of_ways(enum doubt doubt)
{
	return doubt == DOUBT_NOT_WHOLE || doubt == DOUBT_LOG_STALE || doubt == DOUBT_RESET_AGAIN ||
	       doubt == DOUBT_NO_POWER_OFF;
}

void answer_grave(FILE *f, const struct report *r, const struct report *said)
{
	static const enum doubt grave[] = {
		DOUBT_NOT_WHOLE, DOUBT_LOG_STALE, DOUBT_RESET_AGAIN, DOUBT_NO_POWER_OFF,
		DOUBT_FAULT_INJECTED, DOUBT_RESTS_ON_CONSOLE, DOUBT_EMULATED, DOUBT_HOST_BUSY,
	};

	for (size_t i = 0; i < sizeof(grave) / sizeof(grave[0]); i++) {
		bool again = said && said->doubtful[grave[i]];

		if (!r->doubtful[grave[i]] || (again && !is_of_ways(grave[i])))
			continue;
		fprintf(f, " %s", doubt_sentence(grave[i]));
		put_how_many(f, r, grave[i], said ? " by the exact clock" : "");
		if (!again)
			fprintf(f, " %s", doubt_advice(grave[i]));
	}
}
