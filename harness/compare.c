// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare.c - two sets of samples
 *
 * Theory of operation. Reboots of one machine resemble each other, and in some
 * ways the n-th reboot of every machine differs from the next. So, where there
 * are machines enough, whole machines are dealt out by the permutation test, and
 * n-th reboots are compared with n-th reboots. Both follow from how the samples
 * were planned, never from what they show. The latency is tested by itself; all
 * other metrics together have one more budget of false alarms (Holm).
 */
#include "compare.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "vec.h"

/* An index is compared with itself only when so many samples of each side have it. */
#define STRATUM_LEAST 3

/* Two one-sided tests at 5 % (Schuirmann, J. Pharmacokinetics Biopharm. 15 (1987) 657-680). */
#define SAME_CONFIDENCE 0.9

/* The values of one metric on one side. */
struct values {
	VEC(double) x;
	VEC(int) index;
	VEC(int) machine;
	size_t censored;
};

static const char *const metric_names[COMPARE_PHASE] = {
	[COMPARE_LATENCY] = "latency",
	[COMPARE_DOWNTIME] = "downtime",
	[COMPARE_SUCCESS] = "success",
};

/**
 * compare_metric_name() - a metric's name as in tables and files
 * @m:	the metric, below COMPARE_METRICS
 *
 * Return: a literal.
 */
const char *compare_metric_name(enum compare_metric m)
{
	return m < COMPARE_PHASE ? metric_names[m] : phase_name((enum phase)(m - COMPARE_PHASE));
}

/**
 * compare_large_is_good() - the direction of a metric
 * @m:	the metric
 *
 * Return: true for the share of successes; every other metric is a time.
 */
bool compare_large_is_good(enum compare_metric m)
{
	return m == COMPARE_SUCCESS;
}

/**
 * compare_verdict_words() - what is said of b
 * @m:	the metric
 * @v:	its verdict
 *
 * Return: a literal.
 */
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

/* Seconds; INFINITY for a reboot that failed; NAN for what was not seen or is not there. */
static double value_of(const struct sample *s, enum compare_metric m)
{
	const struct phase_time *t;

	if (!sample_succeeded(s))
		return INFINITY;
	if (m == COMPARE_LATENCY)
		return (double)s->latency_ns / 1e9;
	if (m == COMPARE_DOWNTIME)
		return s->downtime_ns < 0 ? NAN : (double)s->downtime_ns / 1e9;
	t = &s->phases.at[m - COMPARE_PHASE];
	return t->state == PHASE_SEEN ? (double)t->ns / 1e9 : NAN;
}

static void free_values(struct values *v)
{
	vec_free(&v->x);
	vec_free(&v->index);
	vec_free(&v->machine);
}

/* All values of a metric; none when no reboot that came up shows it. To be freed. */
static struct values values_of(const struct sample *s, size_t n, enum compare_metric m)
{
	struct values v = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		double x = sample_counts(&s[i]) ? value_of(&s[i], m) : NAN;

		if (isnan(x))
			continue;
		v.censored += isinf(x) != 0;
		vec_push(&v.x, x);
		vec_push(&v.index, s[i].index);
		vec_push(&v.machine, s[i].machine);
	}
	if (m >= COMPARE_PHASE && v.censored == v.x.n) {
		free_values(&v);
		memset(&v, 0, sizeof(v));
	}
	return v;
}

static size_t distinct(const int *x, size_t n)
{
	size_t i, k, count = 0;

	for (i = 0; i < n; i++) {
		for (k = 0; k < i && x[k] != x[i]; k++)
			;
		count += k == i;
	}
	return count;
}

static size_t count_equal(const struct values *v, int index)
{
	size_t i, n = 0;

	for (i = 0; i < v->x.n; i++)
		n += v->index.at[i] == index;
	return n;
}

/* True when each index of a is on both sides often enough. */
static bool indexes_match(const struct values *a, const struct values *b)
{
	size_t i;

	for (i = 0; i < a->x.n; i++)
		if (count_equal(a, a->index.at[i]) < STRATUM_LEAST ||
		    count_equal(b, a->index.at[i]) < STRATUM_LEAST)
			return false;
	return a->x.n > 0;
}

static struct stats_set set_of(const struct values *v, bool by_index, bool by_machine)
{
	return (struct stats_set){
		.x = v->x.at,
		.n = v->x.n,
		.stratum = by_index ? v->index.at : NULL,
		.unit = by_machine ? v->machine.at : NULL,
	};
}

/* How the samples are to be compared, from their plan alone. */
struct plan {
	bool by_machine, by_index;
	double confidence;
	unsigned long seed;
};

static struct plan plan_for(const struct values *a, const struct values *b,
			    const struct compare_options *o)
{
	size_t machines_a = distinct(a->machine.at, a->x.n);
	size_t machines_b = distinct(b->machine.at, b->x.n);

	return (struct plan){
		.by_machine = stats_permutation_least(machines_a, machines_b) <=
			      1 - COMPARE_CONFIDENCE,
		.by_index = indexes_match(a, b) && indexes_match(b, a),
		.confidence = o->confidence,
		.seed = o->seed,
	};
}

static struct stats_shift shift_of(const struct stats_set *a, const struct stats_set *b,
				   const struct plan *plan, double confidence)
{
	if (plan->by_machine)
		return stats_permutation_shift(a, b, confidence, plan->seed);
	return stats_shift(a, b, confidence);
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

/* One row of times; the verdict waits for the correction, its second interval for the verdict. */
static struct compare_row times_row(const struct values *a, const struct values *b,
				    enum compare_metric m, const struct plan *plan, double latency,
				    struct stats_interval *same)
{
	struct compare_row r = { .metric = m, .verdict = COMPARE_NOTHING, .p = NAN, .p_all = NAN };
	struct stats_set sa = set_of(a, plan->by_index, plan->by_machine);
	struct stats_set sb = set_of(b, plan->by_index, plan->by_machine);

	r.n_a = a->x.n;
	r.n_b = b->x.n;
	r.censored_a = a->censored;
	r.censored_b = b->censored;
	r.a = stats_median(a->x.at, a->x.n);
	r.b = stats_median(b->x.at, b->x.n);
	r.of_latency = NAN;
	if (!r.n_a || !r.n_b)
		return r;
	r.by = shift_of(&sa, &sb, plan, plan->confidence);
	r.of_latency = r.by.shift / latency;
	r.p = stats_permutation_p(&sa, &sb, plan->seed);
	r.p_all = r.p;
	r.verdict = COMPARE_UNDECIDED;
	*same = shift_of(&sa, &sb, plan, SAME_CONFIDENCE).interval;
	return r;
}

static struct compare_row metric_row(const struct sample *a, size_t na, const struct sample *b,
				     size_t nb, enum compare_metric m,
				     const struct compare_options *o, double latency,
				     struct stats_interval *same)
{
	struct values va = values_of(a, na, m), vb = values_of(b, nb, m);
	struct plan plan = plan_for(&va, &vb, o);
	struct compare_row r;

	if (m == COMPARE_LATENCY)
		latency = stats_median(va.x.at, va.x.n);
	r = times_row(&va, &vb, m, &plan, latency, same);
	free_values(&va);
	free_values(&vb);
	return r;
}

/**
 * compare_latency() - the headline alone
 * @a:		na samples of the one side
 * @na:		how many
 * @b:		nb samples of the other
 * @nb:		how many
 * @options:	threshold, confidence, seed
 *
 * Return: the row, with its verdict.
 */
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

static struct compare_row success_row(const struct sample *a, size_t na, const struct sample *b,
				      size_t nb, const struct compare_options *o,
				      struct stats_interval *same)
{
	struct values va = values_of(a, na, COMPARE_LATENCY);
	struct values vb = values_of(b, nb, COMPARE_LATENCY);
	struct compare_row r = {
		.metric = COMPARE_SUCCESS, .n_a = va.x.n, .n_b = vb.x.n,
		.censored_a = va.censored, .censored_b = vb.censored,
		.of_latency = NAN, .p = NAN, .p_all = NAN,
	};
	size_t ka = va.x.n - va.censored, kb = vb.x.n - vb.censored;

	free_values(&va);
	free_values(&vb);
	if (!r.n_a || !r.n_b)
		return r;
	r.a = (double)ka / (double)r.n_a;
	r.b = (double)kb / (double)r.n_b;
	r.by = stats_share_shift(ka, r.n_a, kb, r.n_b, o->confidence);
	r.p = stats_fisher_p(ka, r.n_a, kb, r.n_b);
	r.p_all = r.p;
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

static size_t machines_of(const struct sample *s, size_t n)
{
	struct values v = values_of(s, n, COMPARE_LATENCY);
	size_t machines = distinct(v.machine.at, v.x.n);

	free_values(&v);
	return machines;
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

/**
 * compare_possible() - can these be held against each other?
 * @a:		na samples of the one side
 * @na:		how many
 * @b:		nb samples of the other
 * @nb:		how many
 * @err:	set when not
 *
 * Return: 0; -EINVAL when clocks or accelerators differ.
 */
int compare_possible(const struct sample *a, size_t na, const struct sample *b, size_t nb,
		     struct error **err)
{
	const char *one, *other;
	int rc = 0;

	if (says_other(a, na, b, nb, offsetof(struct sample, clock), &one, &other)) {
		rc = error_set(err, ERROR_USAGE, EINVAL,
			       "samples of the %s clock cannot be compared with those of the %s "
			       "clock", one, other);
		error_hint(err, "run both with the same `clock` in the scenario");
	} else if (says_other(a, na, b, nb, offsetof(struct sample, accel), &one, &other)) {
		rc = error_set(err, ERROR_USAGE, EINVAL,
			       "samples taken with %s cannot be compared with samples taken with "
			       "%s", one, other);
		error_hint(err, "run both with the same `--accelerator`");
	}
	return rc;
}

/**
 * compare() - all metrics of two sets of samples of the wall clock
 * @a:		na samples of the one side, one way
 * @na:		how many
 * @b:		nb samples of the other
 * @nb:		how many
 * @options:	threshold, confidence, seed
 * @to:		filled
 * @err:	set on failure
 *
 * Return: 0; -EINVAL with *err set as compare_possible().
 */
int compare(const struct sample *a, size_t na, const struct sample *b, size_t nb,
	    const struct compare_options *options, struct comparison *to, struct error **err)
{
	struct stats_interval same[COMPARE_METRICS];
	int rc = compare_possible(a, na, b, nb, err);
	unsigned int m;

	if (rc)
		return rc;
	memset(to, 0, sizeof(*to));
	to->rows[COMPARE_LATENCY] = compare_latency(a, na, b, nb, options);
	for (m = COMPARE_LATENCY + 1; m < COMPARE_METRICS; m++)
		to->rows[m] = m == COMPARE_SUCCESS ?
			success_row(a, na, b, nb, options, &same[m]) :
			metric_row(a, na, b, nb, m, options, to->rows[COMPARE_LATENCY].a, &same[m]);
	judge_others(to, same, options);
	to->machines_a = machines_of(a, na);
	to->machines_b = machines_of(b, nb);
	to->verdict = to->rows[COMPARE_LATENCY].verdict;
	for (m = 0; m < COMPARE_METRICS; m++)
		if (to->rows[m].verdict == COMPARE_WORSE)
			to->verdict = COMPARE_WORSE;
	return 0;
}
