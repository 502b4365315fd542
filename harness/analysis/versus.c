// SPDX-License-Identifier: GPL-2.0-only
/*
 * versus.c - the two sides of a comparison within one run
 */
#include "versus.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "compare_exact.h"
#include "plan/order.h"
#include "sequential.h"

/* All samples of both sides over the first pairs, in the order of their machines. */
struct sets {
	sample_vec side[2];
};

static void sets_free(struct sets *sets)
{
	for (int side = 0; side < 2; side++)
		vec_free(&sets->side[side]);
}

/* The place in the order of the machine that gave a sample; NULL if it has none. */
static const struct order_chain *chain_of(const struct order_chain *order, int chains,
					   const machine_vec *machines, const struct sample *s)
{
	for (size_t i = 0; i < machines->n; i++) {
		int chain = machines->at[i].chain;

		if (machines->at[i].machine == s->machine && chain >= 0 && chain < chains)
			return &order[chain];
	}
	return NULL;
}

static struct order_chain *order_of(const struct scenario *s)
{
	struct order_chain *order = calloc(order_chains(s), sizeof(*order));

	if (!order)
		abort();
	order_make(s, order);
	return order;
}

static void gather(struct sets *sets, const struct scenario *s, const machine_vec *machines,
		   const sample_vec *samples, int pairs)
{
	CLEANUP_FREE struct order_chain *order = order_of(s);

	for (size_t i = 0; i < samples->n; i++) {
		const struct sample *sample = &samples->at[i];
		const struct order_chain *chain = chain_of(order, order_chains(s), machines,
							   sample);

		if (!chain || chain->block >= pairs)
			continue;
		vec_push(&sets->side[chain->way], *sample);
		sets->side[chain->way].at[sets->side[chain->way].n - 1].chain = chain->number;
	}
}

int versus_pairs(const struct scenario *s, const machine_vec *machines, const sample_vec *samples,
		 bool ended)
{
	CLEANUP_FREE struct order_chain *order = order_of(s);
	int last = -1, have[2] = { 0 };

	for (size_t i = 0; i < machines->n; i++) {
		int chain = machines->at[i].chain;

		if (chain >= 0 && chain < order_chains(s) && order[chain].block > last)
			last = order[chain].block;
	}
	if (last < 0 || ended)
		return last + 1;
	for (size_t i = 0; i < samples->n; i++) {
		const struct order_chain *chain = chain_of(order, order_chains(s), machines,
							   &samples->at[i]);

		if (chain && chain->block == last && sample_counts(&samples->at[i]))
			have[chain->way]++;
	}
	return last + (have[0] >= order_counted(s, last) && have[1] >= order_counted(s, last));
}

static size_t counted(const sample_vec *samples)
{
	size_t n = 0;

	for (size_t i = 0; i < samples->n; i++)
		n += sample_counts(&samples->at[i]);
	return n;
}

/* Reboots in the same place are compared with each other; nothing is left to chance. */
static void judge_exactly(const struct sets *sets, struct versus_look *look)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct compare_row *row = &look->latency;
	struct compare_exact c;

	row->n_a = counted(&sets->side[0]);
	row->n_b = counted(&sets->side[1]);
	look->looked = true;
	if (compare_exact(sets->side[0].at, sets->side[0].n, sets->side[1].at, sets->side[1].n,
			  NAN, &c, &err)) {
		snprintf(look->reason, sizeof(look->reason), "%s", err->message);
		return;
	}
	if (*c.varied) {
		snprintf(look->reason, sizeof(look->reason), "%s", c.varied);
		return;
	}
	row->censored_a = c.failed_a;
	row->censored_b = c.failed_b;
	row->a = c.ns_a / (double)NS_PER_S;
	row->b = c.ns_b / (double)NS_PER_S;
	row->by.shift = c.ns.typical / (double)NS_PER_S;
	row->by.interval.low = c.ns.least / (double)NS_PER_S;
	row->by.interval.high = c.ns.most / (double)NS_PER_S;
	row->of_latency = row->by.shift / row->a;
	look->instructions = c.instructions.typical;
	look->identical = c.identical;
	look->confidence = 1;
	look->verdict = c.verdict;
}

/* How many looks so many counted reboots of both sides have reached. */
static unsigned int looks_reached(const struct sets *sets)
{
	size_t a = counted(&sets->side[0]), b = counted(&sets->side[1]);
	unsigned int looks = 0;

	while (looks < SEQUENTIAL_LOOKS && (a < b ? a : b) >= sequential_samples(looks))
		looks++;
	return looks;
}

/* @before: looks that the pairs before the last one had reached; each is taken once. */
static void judge_by_chance(const struct sets *sets, unsigned int before,
			    struct versus_look *look)
{
	struct sequential s = sequential_decide(sets->side[0].at, sets->side[0].n,
						sets->side[1].at, sets->side[1].n,
						COMPARE_THRESHOLD);

	look->latency.n_a = counted(&sets->side[0]);
	look->latency.n_b = counted(&sets->side[1]);
	if (!s.looked)
		return;
	look->latency = s.latency;
	look->confidence = 1 - sequential_level(s.look);
	look->looked = looks_reached(sets) > before;
	if (look->looked && s.latency.verdict != COMPARE_NOTHING)
		look->verdict = s.latency.verdict;
}

struct versus_look versus_look(const struct scenario *s, const machine_vec *machines,
			       const sample_vec *samples, int pairs)
{
	struct versus_look look = {
		.pairs = pairs, .exact = scenario_is_virtual(s),
		.latency = { .a = NAN, .b = NAN, .by = { NAN, { NAN, NAN } } },
		.verdict = COMPARE_UNDECIDED,
	};
	struct sets sets = { 0 }, before = { 0 };

	gather(&sets, s, machines, samples, pairs);
	gather(&before, s, machines, samples, pairs - 1);
	if (look.exact)
		judge_exactly(&sets, &look);
	else
		judge_by_chance(&sets, looks_reached(&before), &look);
	sets_free(&sets);
	sets_free(&before);
	return look;
}

const char *versus_verdict_name(enum compare_verdict v)
{
	static const char *const names[] = {
		[COMPARE_NOTHING] = "undecided", [COMPARE_TOO_FEW] = "undecided",
		[COMPARE_UNDECIDED] = "undecided",
		[COMPARE_SAME] = "same", [COMPARE_BETTER] = "better", [COMPARE_WORSE] = "worse",
	};

	return names[v];
}
