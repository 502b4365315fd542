// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare_exact.c - what differs between two sets of samples of the virtual clock
 */
#include "compare_exact.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "exact.h"

typedef VEC(int64_t) count_vec;

/* The least index above after that a counted sample has; INT_MAX when there is none. */
static int next_index(const struct sample *s, size_t n, int after)
{
	int next = INT_MAX;
	size_t i;

	for (i = 0; i < n; i++)
		if (sample_counts(&s[i]) && s[i].index > after && s[i].index < next)
			next = s[i].index;
	return next;
}

/* The counted samples of one index and side. */
struct repeats {
	size_t n, failed;
	const struct sample *first;	/* that came up; NULL when none did */
};

static struct repeats repeats_of(const struct sample *s, size_t n, int index)
{
	struct repeats r = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (!sample_counts(&s[i]) || s[i].index != index)
			continue;
		r.n++;
		if (!sample_succeeded(&s[i]))
			r.failed++;
		else if (!r.first)
			r.first = &s[i];
	}
	return r;
}

/* A phase that is not there takes nothing. */
static int64_t instructions_in(const struct sample *s, unsigned int p)
{
	return s->phases.at[p].state == PHASE_SEEN ? s->phases.at[p].instructions : 0;
}

static int64_t ns_in(const struct sample *s, unsigned int p)
{
	return s->phases.at[p].state == PHASE_SEEN ? s->phases.at[p].ns : 0;
}

static int not_exact(const struct sample *x, const struct sample *y, const char *what,
		     int64_t one, int64_t other, const char *unit, struct error **err)
{
	error_set(err, ERROR_INSTRUMENT, 0,
		  "run %s, %s%s%s: reboot %d is not the same on each machine: %s took %" PRId64
		  " %s on machine %d, %" PRId64 " on machine %d", x->run, x->way,
		  *x->variant ? " " : "", x->variant, x->index, what, one, unit, x->machine,
		  other, y->machine);
	error_hint(err, "what varies cannot be compared exactly: see what the scenario's machine "
		   "takes from the host, or compare by the wall clock");
	return -EINVAL;
}

/* Refuses two samples of one index and side that came up and differ. */
static int check_repeat(const struct sample *x, const struct sample *y, struct error **err)
{
	unsigned int p, varied = exact_varied(x, y);

	for (p = 0; p < PHASES; p++) {
		if (!(varied & 1u << p))
			continue;
		if (instructions_in(x, p) != instructions_in(y, p))
			return not_exact(x, y, phase_name(p), instructions_in(x, p),
					 instructions_in(y, p), "instructions", err);
		return not_exact(x, y, phase_name(p), ns_in(x, p), ns_in(y, p), "virtual ns", err);
	}
	return 0;
}

/* All that came up on a side must repeat the first of their index. */
static int check_repeats(const struct sample *s, size_t n, struct error **err)
{
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < n; i++)
		if (sample_counts(&s[i]) && sample_succeeded(&s[i]))
			rc = check_repeat(repeats_of(s, n, s[i].index).first, &s[i], err);
	return rc;
}

static size_t counted(const struct sample *s, size_t n)
{
	size_t i, all = 0;

	for (i = 0; i < n; i++)
		all += sample_counts(&s[i]);
	return all;
}

/* A side that fails more is worse, whatever the repeats that came up are. */
static void keep_failures(struct compare_exact *to, struct error **err)
{
	snprintf(to->varied, sizeof(to->varied), "%s", (*err)->message);
	error_free(*err);
	*err = NULL;
}

static int by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Sorts the differences of all reboots. Of two middle ones the mean: b against a gives the same. */
static struct exact_difference difference_of(count_vec *d)
{
	qsort(d->at, d->n, sizeof(*d->at), by_value);
	return (struct exact_difference){
		.typical = (d->at[(d->n - 1) / 2] + d->at[d->n / 2]) / 2,
		.least = d->at[0],
		.most = d->at[d->n - 1],
	};
}

struct pair {
	const struct sample *a, *b;
};

typedef VEC(struct pair) pair_vec;

static struct exact_difference over(const pair_vec *pairs,
				    int64_t (*value)(const struct sample *s, unsigned int p),
				    unsigned int p)
{
	struct exact_difference difference;
	count_vec d = { 0 };
	size_t i;

	for (i = 0; i < pairs->n; i++)
		vec_push(&d, value(pairs->at[i].b, p) - value(pairs->at[i].a, p));
	difference = difference_of(&d);
	vec_free(&d);
	return difference;
}

static int64_t all_instructions(const struct sample *s, unsigned int unused)
{
	(void)unused;
	return s->latency_instructions;
}

static int64_t all_ns(const struct sample *s, unsigned int unused)
{
	(void)unused;
	return s->latency_ns;
}

static bool differs(const struct exact_difference *d)
{
	return d->least || d->most;
}

bool compare_exact_differs(const struct compare_exact *c)
{
	return c->phases_n || differs(&c->instructions) || differs(&c->ns);
}

static int64_t size_of(const struct exact_phase *p)
{
	return llabs(p->instructions.typical);
}

/* Puts a phase behind all that differ by more instructions, then by more time. */
static void add_phase(struct compare_exact *to, const struct exact_phase *p)
{
	size_t i = to->phases_n++;

	for (; i > 0; i--) {
		const struct exact_phase *before = &to->phases[i - 1];

		if (size_of(before) > size_of(p) ||
		    (size_of(before) == size_of(p) &&
		     llabs(before->ns.typical) >= llabs(p->ns.typical)))
			break;
		to->phases[i] = *before;
	}
	to->phases[i] = *p;
}

static void compare_phases(const pair_vec *pairs, struct compare_exact *to)
{
	unsigned int p;

	for (p = 0; p < PHASES; p++) {
		struct exact_phase phase = {
			.phase = p,
			.instructions_a = instructions_in(pairs->at[0].a, p),
			.instructions_b = instructions_in(pairs->at[0].b, p),
			.instructions = over(pairs, instructions_in, p),
			.ns = over(pairs, ns_in, p),
		};

		if (differs(&phase.instructions) || differs(&phase.ns))
			add_phase(to, &phase);
	}
}

/* As a share of what a took; no share can be had of nothing. */
static double share(int64_t difference, int64_t of)
{
	return of > 0 ? (double)difference / (double)of : 0;
}

double compare_exact_share(double instructions)
{
	return instructions > 0 ? fmax(COMPARE_EXACT_SHARE, COMPARE_EXACT_CHANCE / instructions) :
				  COMPARE_EXACT_SHARE;
}

static enum compare_verdict verdict_of(const struct compare_exact *c)
{
	double instructions = share(c->instructions.typical, c->instructions_a);
	double ns = share(c->ns.typical, c->ns_a);

	if (c->failed_b || instructions >= c->threshold || ns >= c->threshold)
		return COMPARE_WORSE;
	if (c->failed_a || instructions <= -c->threshold || ns <= -c->threshold)
		return COMPARE_BETTER;
	return COMPARE_SAME;
}

static void compare_pairs(const pair_vec *pairs, struct compare_exact *to)
{
	const struct pair *first = &pairs->at[0];

	to->reboots = pairs->n;
	to->first_index = first->a->index;
	to->instructions_a = first->a->latency_instructions;
	to->instructions_b = first->b->latency_instructions;
	to->ns_a = first->a->latency_ns;
	to->ns_b = first->b->latency_ns;
	to->instructions = over(pairs, all_instructions, 0);
	to->ns = over(pairs, all_ns, 0);
	compare_phases(pairs, to);
	to->identical = !compare_exact_differs(to) && !to->failed_a && !to->failed_b;
	if (isnan(to->threshold))
		to->threshold = compare_exact_share((double)to->instructions_a);
	to->verdict = verdict_of(to);
}

/* True when x failed on a larger share of its machines than y. */
static bool fails_more(const struct repeats *x, const struct repeats *y)
{
	return x->failed * y->n > y->failed * x->n;
}

/* Like with like: the reboots that came up on both sides. */
static void find_pairs(const struct sample *a, size_t na, const struct sample *b, size_t nb,
		       pair_vec *pairs, struct compare_exact *to)
{
	int index;

	for (index = next_index(a, na, INT_MIN); index != INT_MAX;
	     index = next_index(a, na, index)) {
		struct repeats ra = repeats_of(a, na, index), rb = repeats_of(b, nb, index);
		struct pair p = { ra.first, rb.first };

		if (!rb.n)
			continue;
		if (p.a && p.b)
			vec_push(pairs, p);
		to->failed_a += fails_more(&ra, &rb);
		to->failed_b += fails_more(&rb, &ra);
	}
}

int compare_exact(const struct sample *a, size_t na, const struct sample *b, size_t nb,
		  double threshold, struct compare_exact *to, struct error **err)
{
	pair_vec pairs = { 0 };
	int rc = compare_possible(a, na, b, nb, err);

	memset(to, 0, sizeof(*to));
	if (rc)
		return rc;
	to->samples_a = counted(a, na);
	to->samples_b = counted(b, nb);
	to->repeats_a = exactness_of(a, na).repeats;
	to->repeats_b = exactness_of(b, nb).repeats;
	to->threshold = threshold;
	find_pairs(a, na, b, nb, &pairs, to);
	rc = check_repeats(a, na, err);
	if (!rc)
		rc = check_repeats(b, nb, err);
	if (rc && (to->failed_a || to->failed_b)) {
		keep_failures(to, err);
		pairs.n = 0;
		rc = 0;
	}
	if (rc) {
		vec_free(&pairs);
		return rc;
	}
	if (pairs.n) {
		compare_pairs(&pairs, to);
	} else if (to->failed_a || to->failed_b) {
		to->verdict = to->failed_b ? COMPARE_WORSE : COMPARE_BETTER;
	} else {
		rc = -EINVAL;
		error_set(err, ERROR_USAGE, 0,
			  "no counted reboot came up on both sides, so there is none to compare");
		error_hint(err, "an n-th reboot is compared with an n-th: see `chain` of the "
			   "scenarios");
	}
	vec_free(&pairs);
	return rc;
}
