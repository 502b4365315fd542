// SPDX-License-Identifier: GPL-2.0-only
/*
 * versus.c - the two sides of a comparison within one run
 */
#include "versus.h"

#include <math.h>
#include <string.h>

#include "clock.h"
#include "report/words.h"
#include "runner.h"

/* The counted reboots of one side, in the order of its machines. */
struct set {
	VEC(double) latency;		/* seconds */
	VEC(int) pair;
	VEC(const struct sample *) sample;
};

/* Both sides over the first pairs. */
struct sets {
	struct set side[2];
};

static void sets_free(struct sets *sets)
{
	for (int side = 0; side < 2; side++) {
		vec_free(&sets->side[side].latency);
		vec_free(&sets->side[side].pair);
		vec_free(&sets->side[side].sample);
	}
}

/* The place in the order of the machine that gave a sample; NULL if it has none. */
static const struct runner_chain *chain_of(const struct runner_chain *order, int chains,
					   const machine_vec *machines, const struct sample *s)
{
	for (size_t i = 0; i < machines->n; i++) {
		int chain = machines->at[i].chain;

		if (machines->at[i].machine == s->machine && chain >= 0 && chain < chains)
			return &order[chain];
	}
	return NULL;
}

static struct runner_chain *order_of(const struct scenario *s)
{
	struct runner_chain *order = calloc(runner_chains(s), sizeof(*order));

	if (!order)
		abort();
	runner_order(s, order);
	return order;
}

static void take(struct set *set, const struct sample *s, int pair)
{
	bool good = s->judgement.verdict == VERDICT_OK && s->latency_ns >= 0;

	vec_push(&set->latency, good ? s->latency_ns / (double)NS_PER_S : INFINITY);
	vec_push(&set->pair, pair);
	vec_push(&set->sample, s);
}

static void gather(struct sets *sets, const struct scenario *s, const machine_vec *machines,
		   const sample_vec *samples, int pairs)
{
	CLEANUP_FREE struct runner_chain *order = order_of(s);

	for (size_t i = 0; i < samples->n; i++) {
		const struct sample *sample = &samples->at[i];
		const struct runner_chain *chain = chain_of(order, runner_chains(s), machines,
							    sample);

		if (chain && chain->block < pairs && runner_counts(sample))
			take(&sets->side[chain->way], sample, chain->block);
	}
}

int versus_pairs(const struct scenario *s, const machine_vec *machines, const sample_vec *samples,
		 bool ended)
{
	CLEANUP_FREE struct runner_chain *order = order_of(s);
	int last = -1, have[2] = { 0 };

	for (size_t i = 0; i < machines->n; i++) {
		int chain = machines->at[i].chain;

		if (chain >= 0 && chain < runner_chains(s) && order[chain].block > last)
			last = order[chain].block;
	}
	if (last < 0 || ended)
		return last + 1;
	for (size_t i = 0; i < samples->n; i++) {
		const struct runner_chain *chain = chain_of(order, runner_chains(s), machines,
							    &samples->at[i]);

		if (chain && chain->block == last && runner_counts(&samples->at[i]))
			have[chain->way]++;
	}
	return last + (have[0] >= runner_counted(s, last) && have[1] >= runner_counted(s, last));
}

static struct versus_side side_of(const struct set *set)
{
	struct versus_side side = {
		.n = set->latency.n, .median_s = stats_median(set->latency.at, set->latency.n),
	};

	for (size_t i = 0; i < set->latency.n; i++)
		side.failed += isinf(set->latency.at[i]);
	return side;
}

/* Phase by phase the same number of instructions, and the same virtual time. */
static bool same_work(const struct sample *a, const struct sample *b)
{
	if (a->judgement.verdict != b->judgement.verdict || a->latency_ns != b->latency_ns ||
	    a->latency_instructions != b->latency_instructions)
		return false;
	for (enum phase p = 0; p < PHASES; p++) {
		const struct phase_time *x = &a->phases.at[p], *y = &b->phases.at[p];

		if (x->state != y->state)
			return false;
		if (x->state == PHASE_SEEN &&
		    (x->ns != y->ns || x->instructions != y->instructions))
			return false;
	}
	return true;
}

/* Reboots in the same place are held against each other; nothing is left to chance. */
static void judge_exactly(const struct sets *sets, struct versus_look *look)
{
	const struct set *a = &sets->side[0], *b = &sets->side[1];
	size_t n = a->latency.n < b->latency.n ? a->latency.n : b->latency.n;
	VEC(double) shifts = { 0 };
	bool same = a->latency.n == b->latency.n && n;

	for (size_t i = 0; i < n; i++) {
		same &= same_work(a->sample.at[i], b->sample.at[i]);
		if (isfinite(a->latency.at[i]) && isfinite(b->latency.at[i]))
			vec_push(&shifts, b->latency.at[i] - a->latency.at[i]);
	}
	if (shifts.n) {
		stats_sort(shifts.at, shifts.n);
		look->shift_s = stats_quantile(shifts.at, shifts.n, 0.5);
		look->interval = (struct stats_interval){ shifts.at[0], shifts.at[shifts.n - 1] };
	}
	if (same)
		look->verdict = VERSUS_SAME;
	else if (look->shift_s > 0 || look->side[1].failed > look->side[0].failed)
		look->verdict = VERSUS_B_SLOWER;
	else if (look->shift_s < 0 || look->side[1].failed < look->side[0].failed)
		look->verdict = VERSUS_B_FASTER;
	else
		look->verdict = VERSUS_DIFFERS;
	vec_free(&shifts);
}

/* A look at a share of the plan may err as often as its share of 5 %, so that all looks together do. */
static void judge_by_chance(const struct sets *sets, const struct scenario *s,
			    struct versus_look *look)
{
	const struct set *a = &sets->side[0], *b = &sets->side[1];
	double confidence = 1 - 0.05 / s->chain.machines;
	double matters = 0.01 * look->side[0].median_s;

	look->interval = stats_shift_interval(b->latency.at, b->latency.n, a->latency.at,
					      a->latency.n, confidence, s->seed);
	look->shift_s = look->side[1].median_s - look->side[0].median_s;
	if (isnan(look->interval.low))
		look->verdict = VERSUS_UNDECIDED;
	else if (look->interval.low > 0)
		look->verdict = VERSUS_B_SLOWER;
	else if (look->interval.high < 0)
		look->verdict = VERSUS_B_FASTER;
	else if (look->interval.low > -matters && look->interval.high < matters)
		look->verdict = VERSUS_SAME;
}

struct versus_look versus_look(const struct scenario *s, const machine_vec *machines,
			       const sample_vec *samples, int pairs)
{
	struct versus_look look = {
		.pairs = pairs, .exact = !strcmp(s->clock, "virtual"), .shift_s = NAN,
		.interval = { NAN, NAN },
	};
	struct sets sets = { 0 };

	gather(&sets, s, machines, samples, pairs);
	for (int side = 0; side < 2; side++)
		look.side[side] = side_of(&sets.side[side]);
	if (look.exact)
		judge_exactly(&sets, &look);
	else
		judge_by_chance(&sets, s, &look);
	sets_free(&sets);
	return look;
}

const char *versus_verdict_name(enum versus_verdict v)
{
	static const char *const names[VERSUS_VERDICTS] = {
		[VERSUS_UNDECIDED] = "undecided",
		[VERSUS_SAME] = "same",
		[VERSUS_B_SLOWER] = "slower",
		[VERSUS_B_FASTER] = "faster",
		[VERSUS_DIFFERS] = "differs",
	};

	return names[v];
}

/* "B (kexec again) is slower than A (kexec)" */
static void put_verdict(FILE *f, const struct versus_look *look, const char *a, const char *b,
			bool last)
{
	switch (look->verdict) {
	case VERSUS_SAME:
		fprintf(f, look->exact ? "A (%s) and B (%s) execute the same, phase by phase" :
			"no difference between A (%s) and B (%s) that would matter", a, b);
		break;
	case VERSUS_B_SLOWER:
		fprintf(f, "B (%s) is slower than A (%s)", b, a);
		break;
	case VERSUS_B_FASTER:
		fprintf(f, "B (%s) is faster than A (%s)", b, a);
		break;
	case VERSUS_DIFFERS:
		fprintf(f, "A (%s) and B (%s) take as long, but do not execute the same", a, b);
		break;
	default:
		fprintf(f, last ? "A (%s) and B (%s) cannot be told apart" :
			"A (%s) and B (%s) cannot be told apart yet", a, b);
		break;
	}
}

static void put_shift(FILE *f, const struct versus_look *look)
{
	double share = look->shift_s / look->side[0].median_s;

	if (isfinite(look->shift_s))
		fprintf(f, ": B takes %s ms (%+.2f %%) against A", words_ms(look->shift_s).s,
			100 * share);
	if (!isnan(look->interval.low))
		fprintf(f, look->exact ? ", in each place of the chain %s ms" :
			", 95 %% interval %s ms", words_ms_interval(look->interval).s);
}

char *versus_words(const struct versus_look *look, const char *a, const char *b, bool last)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	put_verdict(f, look, a, b, last);
	put_shift(f, look);
	fprintf(f, "; %zu and %zu reboots in %d pair%s", look->side[0].n, look->side[1].n,
		look->pairs, look->pairs == 1 ? "" : "s");
	if (look->side[0].failed || look->side[1].failed)
		fprintf(f, ", of which %zu and %zu failed", look->side[0].failed,
			look->side[1].failed);
	fclose(f);
	return text;
}
