// SPDX-License-Identifier: GPL-2.0-only
/*
 * comparison_doubts.c - what is doubtful about the samples of one side of a comparison
 *
 * A side gets the model that a report of these samples has, so its doubts are the report's.
 */
#include "comparison_doubts.h"

#include <string.h>

#include "answer.h"
#include "base/text.h"

static bool is_compared(const struct report_group *g, bool exact, char side,
			const struct comparison_set *set)
{
	for (size_t i = 0; i < set->pairs.n; i++) {
		const struct compared *c = &set->pairs.at[i];

		if (c->exact == exact && !strcmp(side == 'A' ? c->a : c->b, g->label))
			return true;
	}
	return false;
}

/* Those of single reboots, with how many they are. */
static void doubt_reboots(const struct report *r, const struct report_group *g, const char *who,
			  struct comparison_set *set)
{
	static const enum doubt asked[] = {
		DOUBT_NOT_WHOLE, DOUBT_LOG_STALE, DOUBT_RESET_AGAIN, DOUBT_NO_POWER_OFF,
		DOUBT_FAULT_INJECTED, DOUBT_RESTS_ON_CONSOLE, DOUBT_HOST_BUSY, DOUBT_SEVERAL_HOSTS,
	};

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		size_t has = report_doubtful(r, g, asked[i]);

		if (has && asked[i] == DOUBT_NO_POWER_OFF)
			vec_push(&set->doubts, text_format("%s, %zu chain%s: %s", who, has,
							   has == 1 ? "" : "s",
							   doubt_sentence(asked[i])));
		else if (has)
			vec_push(&set->doubts, text_format("%s, %zu of %zu reboots: %s", who, has, g->n,
							   doubt_sentence(asked[i])));
	}
}

/* Those of all latencies together. */
static void doubt_latencies(const struct report_group *g, const char *who,
			    struct comparison_set *set)
{
	const struct report_figure *latency = &g->figures[COMPARE_LATENCY];
	const struct { bool has; enum doubt doubt; } asked[] = {
		{ latency->by_index, DOUBT_INDEX_EFFECT },
		{ latency->two_humped, DOUBT_TWO_HUMPED },
		{ g->doubts & DOUBT_BIT(DOUBT_DRIFT), DOUBT_DRIFT },
	};

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		if (asked[i].has)
			vec_push(&set->doubts, text_format("%s, latencies: %s", who,
							   doubt_sentence(asked[i].doubt)));
}

static void doubt_host(const struct report *wall, char side, struct comparison_set *set)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	answer_host_speed(m, wall);
	if (fclose(m) != 0)
		abort();
	if (*text)
		vec_push(&set->doubts, text_format("Samples of %c:%s", side, text));
}

static void doubt_clock(const struct report *r, char side, struct comparison_set *set)
{
	bool exact = report_virtual(r), any = false;

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE char *who = text_format("%s of %c%s", g->label, side,
						     exact ? " by the exact clock" : "");

		if (!is_compared(g, exact, side, set))
			continue;
		any = true;
		doubt_reboots(r, g, who, set);
		doubt_latencies(g, who, set);
	}
	if (any && !exact)
		doubt_host(r, side, set);
}

void comparison_doubts(const struct found *in, char side, struct comparison_set *set)
{
	/* Neither the target of the run nor its provenance bears on these doubts. */
	const struct run_row run = { 0 };
	sample_vec samples = { 0 };
	struct report *model;

	for (size_t i = 0; i < in->groups.n; i++)
		for (size_t k = 0; k < in->groups.at[i].samples.n; k++)
			vec_push(&samples, in->groups.at[i].samples.at[k]);
	model = report_model(&run, &samples);
	for (const struct report *r = model; r; r = r->exact)
		doubt_clock(r, side, set);
	report_model_free(model);
	vec_free(&samples);
}
