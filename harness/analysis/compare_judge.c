// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare_judge.c - verdicts of comparisons that are read together
 *
 * Theory of operation. Whoever asks many questions of the same samples gets some wrong
 * answers by chance. The questions that are read together are one family, and the chance
 * of any wrong answer in it is kept at that of a single question: Holm's correction. The
 * latencies are one family, because they are asked first; all other rows are another.
 */
#include "compare.h"

#include <math.h>

#include "base/cleanup.h"

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
	case COMPARE_TOO_FEW:
		return "too few machines to tell";
	default:
		return "nothing to compare";
	}
}

static bool is_in(bool latencies, unsigned int metric)
{
	return latencies == (metric == COMPARE_LATENCY);
}

/* Corrects the probabilities of one family, and says how small they could have become. */
static void correct(struct comparison *c, size_t n, bool latencies)
{
	CLEANUP_FREE double *p = calloc(n * COMPARE_METRICS + 1, sizeof(*p));
	size_t i, at = 0, tests = 0;
	unsigned int m;

	if (!p)
		abort();
	for (i = 0; i < n; i++)
		for (m = 0; m < COMPARE_METRICS; m++)
			if (is_in(latencies, m)) {
				tests += !isnan(c[i].rows[m].p);
				p[at++] = c[i].rows[m].p;
			}
	stats_holm(p, at);
	for (i = 0, at = 0; i < n; i++)
		for (m = 0; m < COMPARE_METRICS; m++)
			if (is_in(latencies, m)) {
				struct compare_row *r = &c[i].rows[m];

				r->p_all = p[at++];
				r->p_all_least = isnan(r->p_least) ? NAN :
						 fmin(1, r->p_least * (double)tests);
			}
}

static bool inside(struct stats_interval i, double limit)
{
	return i.low > -limit && i.high < limit;
}

/*
 * A difference counts when chance would hardly show it and it is as large as the
 * threshold; that there is none counts when the interval has no room for one.
 */
static enum compare_verdict verdict_of(const struct compare_row *r, double confidence,
				       double threshold)
{
	if (r->verdict == COMPARE_NOTHING)
		return COMPARE_NOTHING;
	if (r->p_all <= 1 - confidence && fabs(r->by.shift) >= threshold)
		return (r->by.shift > 0) == compare_large_is_good(r->metric) ? COMPARE_BETTER :
									       COMPARE_WORSE;
	if (inside(r->same, threshold))
		return COMPARE_SAME;
	return r->p_all_least > 1 - confidence ? COMPARE_TOO_FEW : COMPARE_UNDECIDED;
}

static void judge(struct comparison *c, const struct compare_options *o)
{
	double latency = c->rows[COMPARE_LATENCY].a;

	for (unsigned int m = 0; m < COMPARE_METRICS; m++) {
		struct compare_row *r = &c->rows[m];
		bool share = m == COMPARE_SUCCESS;

		if (!share)
			r->of_latency = r->by.shift / latency;
		r->verdict = verdict_of(r, o->confidence, o->threshold * (share ? 1 : latency));
	}
	c->verdict = c->rows[COMPARE_LATENCY].verdict;
	for (unsigned int m = 0; m < COMPARE_METRICS; m++)
		if (c->rows[m].verdict == COMPARE_WORSE)
			c->verdict = COMPARE_WORSE;
}

void compare_judge(struct comparison *c, size_t n, const struct compare_options *options)
{
	correct(c, n, true);
	correct(c, n, false);
	for (size_t i = 0; i < n; i++)
		judge(&c[i], options);
}
