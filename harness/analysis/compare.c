// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare.c - two sets of samples
 *
 * Theory of operation. What is compared is one figure a machine (compare_side.h). How
 * they are held together follows from how the samples were planned, never from what
 * they show. The latency is tested by itself; all other metrics together have one more
 * budget of false alarms, shared as by Holm.
 */
#include "compare.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "compare_side.h"

/* Two one-sided tests at 5 % (Schuirmann, J. Pharmacokinetics Biopharm. 15 (1987) 657-680). */
#define SAME_CONFIDENCE 0.9

const char *compare_verdict_words(enum compare_metric m, enum compare_verdict v)
{
	bool share = m == COMPARE_SUCCESS;

	switch (v) {
	case COMPARE_BETTER:
		return share ? "more often" : "faster";
	case COMPARE_WORSE:
		return share ? "less often" : "slower";
	case COMPARE_SAME:
		return "no practical difference";
	case COMPARE_UNDECIDED:
		return "undecided";
	default:
		return "nothing to compare";
	}
}

/* How the figures of the machines of two sides are held together. */
struct plan {
	figure_vec a, b;
	enum compare_test test;
	bool by_index;
	unsigned long seed;
};

/*
 * Which test follows from the number of machines alone: where no arrangement of them is
 * as rare as is asked for, ranks could never tell, and means have to.
 */
static struct plan plan_for(const struct compare_side *a, const struct compare_side *b,
			    const struct compare_options *o)
{
	struct plan plan = { .seed = o->seed, .by_index = compare_sides_by_index(a, b) };
	double least;

	plan.a = compare_side_figures(a, b, plan.by_index);
	plan.b = compare_side_figures(b, a, plan.by_index);
	least = stats_permutation_least(plan.a.n, plan.b.n);
	if (plan.a.n < 2 || plan.b.n < 2)
		plan.test = COMPARE_NO_TEST;
	else
		plan.test = least <= 1 - o->confidence ? COMPARE_RANKS : COMPARE_MEANS;
	return plan;
}

static void free_plan(struct plan *plan)
{
	vec_free(&plan->a);
	vec_free(&plan->b);
}

static struct stats_shift shift_of(const struct plan *p, double confidence)
{
	if (p->test == COMPARE_MEANS)
		return stats_welch(p->a.at, p->a.n, p->b.at, p->b.n, confidence);
	return stats_shift(p->a.at, p->a.n, p->b.at, p->b.n, confidence);
}

static double p_of(const struct plan *p)
{
	if (p->test == COMPARE_NO_TEST)
		return NAN;
	if (p->test == COMPARE_MEANS)
		return stats_welch_p(p->a.at, p->a.n, p->b.at, p->b.n);
	return stats_permutation_p(p->a.at, p->a.n, p->b.at, p->b.n, p->seed);
}

static bool inside(struct stats_interval i, double limit)
{
	return i.low > -limit && i.high < limit;
}

/*
 * A difference counts when chance would hardly show it and it is as large as the
 * threshold; that there is none counts when the interval has no room for one.
 */
static enum compare_verdict verdict_of(const struct compare_row *r, double p, double confidence,
				       double threshold, struct stats_interval same)
{
	bool large = !(fabs(r->by.shift) < threshold);

	if (isnan(p))
		return COMPARE_UNDECIDED;
	if (p <= 1 - confidence && large && !isnan(r->by.shift))
		return (r->by.shift > 0) == compare_large_is_good(r->metric) ? COMPARE_BETTER :
									       COMPARE_WORSE;
	return inside(same, threshold) ? COMPARE_SAME : COMPARE_UNDECIDED;
}

/* One row of times; its verdict waits for the correction, and needs the interval in same. */
static struct compare_row times_row(const struct compare_side *a, const struct compare_side *b,
				    const struct compare_options *o, struct stats_interval *same)
{
	struct compare_row r = {
		.n_a = a->x.n, .n_b = b->x.n,
		.censored_a = a->censored, .censored_b = b->censored,
		.machines_a = compare_side_machines(a), .machines_b = compare_side_machines(b),
		.a = stats_median(a->x.at, a->x.n), .b = stats_median(b->x.at, b->x.n),
		.by = { NAN, { NAN, NAN } }, .of_latency = NAN, .p = NAN, .p_all = NAN,
	};
	struct plan plan;

	if (!r.n_a || !r.n_b)
		return r;
	plan = plan_for(a, b, o);
	r.test = plan.test;
	r.by_index = plan.by_index;
	r.by = shift_of(&plan, o->confidence);
	r.p = r.p_all = p_of(&plan);
	r.verdict = COMPARE_UNDECIDED;
	*same = shift_of(&plan, SAME_CONFIDENCE).interval;
	free_plan(&plan);
	return r;
}

static struct compare_row metric_row(const struct sample *a, size_t na, const struct sample *b,
				     size_t nb, enum compare_metric m,
				     const struct compare_options *o, double latency,
				     struct stats_interval *same)
{
	struct compare_side sa = compare_side_of(a, na, m), sb = compare_side_of(b, nb, m);
	struct compare_row r = times_row(&sa, &sb, o, same);

	r.metric = m;
	r.of_latency = r.by.shift / (m == COMPARE_LATENCY ? r.a : latency);
	compare_side_free(&sa);
	compare_side_free(&sb);
	return r;
}

struct compare_row compare_latency(const struct sample *a, size_t na, const struct sample *b,
				   size_t nb, const struct compare_options *options)
{
	struct stats_interval same = { NAN, NAN };
	struct compare_row r = metric_row(a, na, b, nb, COMPARE_LATENCY, options, NAN, &same);

	if (r.verdict != COMPARE_NOTHING)
		r.verdict = verdict_of(&r, r.p, options->confidence, options->threshold * r.a,
				       same);
	return r;
}

static struct compare_row success_row(const struct compare_row *latency,
				      const struct compare_options *o,
				      struct stats_interval *same)
{
	struct compare_row r = *latency;
	size_t ka = r.n_a - r.censored_a, kb = r.n_b - r.censored_b;

	r.metric = COMPARE_SUCCESS;
	r.of_latency = NAN;
	r.test = COMPARE_NO_TEST;
	r.by_index = false;
	if (!r.n_a || !r.n_b)
		return r;
	r.test = COMPARE_FISHER;
	r.a = (double)ka / (double)r.n_a;
	r.b = (double)kb / (double)r.n_b;
	r.by = stats_share_shift(ka, r.n_a, kb, r.n_b, o->confidence);
	r.p = r.p_all = stats_fisher_p(ka, r.n_a, kb, r.n_b);
	r.verdict = COMPARE_UNDECIDED;
	*same = stats_share_shift(ka, r.n_a, kb, r.n_b, SAME_CONFIDENCE).interval;
	return r;
}

/* Everything but the headline shares one budget of false alarms. */
static void judge_others(struct comparison *to, const struct stats_interval *same,
			 const struct compare_options *o)
{
	double p[COMPARE_METRICS];
	unsigned int m;

	for (m = 0; m < COMPARE_METRICS; m++)
		p[m] = m == COMPARE_LATENCY ? NAN : to->rows[m].p;
	stats_holm(p, COMPARE_METRICS);
	for (m = COMPARE_LATENCY + 1; m < COMPARE_METRICS; m++) {
		struct compare_row *r = &to->rows[m];
		double threshold = o->threshold;

		if (r->verdict == COMPARE_NOTHING)
			continue;
		if (m != COMPARE_SUCCESS)
			threshold *= to->rows[COMPARE_LATENCY].a;
		r->p_all = p[m];
		r->verdict = verdict_of(r, r->p_all, o->confidence, threshold, same[m]);
	}
}

static bool says_other(const struct sample *a, size_t na, const struct sample *b, size_t nb,
		       size_t offset, const char **one, const char **other)
{
	size_t i;

	for (i = 0; i < na + nb; i++) {
		const struct sample *s = i < na ? &a[i] : &b[i - na];

		*other = (const char *)s + offset;
		if (i == 0)
			*one = *other;
		if (strcmp(*one, *other) != 0)
			return true;
	}
	return false;
}

int compare_possible(const struct sample *a, size_t na, const struct sample *b, size_t nb,
		     struct error **err)
{
	const char *one, *other;
	if (says_other(a, na, b, nb, offsetof(struct sample, clock), &one, &other)) {
		error_set(err, ERROR_USAGE, 0, "samples of the %s clock cannot be compared with "
			  "those of the %s clock", one, other);
		error_hint(err, "run both with the same `clock` in the scenario");
		return -EINVAL;
	}
	if (says_other(a, na, b, nb, offsetof(struct sample, accel), &one, &other)) {
		error_set(err, ERROR_USAGE, 0, "samples taken with %s cannot be compared with "
			  "samples taken with %s", one, other);
		error_hint(err, "run both with the same `--accelerator`");
		return -EINVAL;
	}
	return 0;
}

struct comparison compare_samples(const struct sample *a, size_t na, const struct sample *b,
				  size_t nb, const struct compare_options *options)
{
	struct stats_interval same[COMPARE_METRICS];
	struct comparison to = { .verdict = COMPARE_NOTHING };
	const struct compare_row *latency = &to.rows[COMPARE_LATENCY];
	unsigned int m;

	to.rows[COMPARE_LATENCY] = compare_latency(a, na, b, nb, options);
	for (m = COMPARE_LATENCY + 1; m < COMPARE_METRICS; m++)
		to.rows[m] = m == COMPARE_SUCCESS ?
			success_row(latency, options, &same[m]) :
			metric_row(a, na, b, nb, m, options, latency->a, &same[m]);
	judge_others(&to, same, options);
	to.verdict = latency->verdict;
	for (m = 0; m < COMPARE_METRICS; m++)
		if (to.rows[m].verdict == COMPARE_WORSE)
			to.verdict = COMPARE_WORSE;
	return to;
}
