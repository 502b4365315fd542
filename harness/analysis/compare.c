// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare.c - two sets of samples
 *
 * Theory of operation. Times are compared by one figure a machine (compare_side.h), always
 * with the same three that belong together: the shift of Hodges and Lehmann, its interval
 * of Moses, and the exact rank test that this interval is made of. Shares are compared by
 * Fisher's exact test.
 *
 * Medians and shifts do not add up, means do. So each row also has the means of the
 * reboots that came up, in which a phase that a reboot does not have takes no time.
 */
#include "compare.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* Two one-sided tests at 5 % (Schuirmann, J. Pharmacokinetics Biopharm. 15 (1987) 657-680). */
#define SAME_CONFIDENCE 0.9

static const struct compare_row no_row = {
	.a = NAN, .b = NAN, .mean_a = NAN, .mean_b = NAN, .by = { NAN, { NAN, NAN } },
	.same = { NAN, NAN }, .of_latency = NAN, .p = NAN, .p_all = NAN, .p_least = NAN,
};

/* Fills in what follows from one figure a machine. */
static void compare_machines(struct compare_row *r, const struct compare_side *a,
			     const struct compare_side *b, double confidence)
{
	figure_vec fa, fb;

	r->by_index = compare_sides_by_index(a, b);
	fa = compare_side_figures(a, b, r->by_index);
	fb = compare_side_figures(b, a, r->by_index);
	r->machines_a = fa.n;
	r->machines_b = fb.n;
	r->test = COMPARE_RANKS;
	r->by = stats_shift(fa.at, fa.n, fb.at, fb.n, confidence);
	r->same = stats_shift(fa.at, fa.n, fb.at, fb.n, SAME_CONFIDENCE).interval;
	r->p = stats_rank_p(fa.at, fa.n, fb.at, fb.n);
	r->p_least = stats_rank_least(fa.n, fb.n);
	r->verdict = COMPARE_UNDECIDED;
	vec_free(&fa);
	vec_free(&fb);
}

/* One row of times; compare_judge() gives its verdict. */
static struct compare_row times_row(const struct sample *a, size_t na, const struct sample *b,
				    size_t nb, enum compare_metric m, double confidence)
{
	struct compare_side sa = compare_side_of(a, na, m), sb = compare_side_of(b, nb, m);
	struct compare_row r = no_row;

	r.metric = m;
	r.n_a = sa.x.n;
	r.n_b = sb.x.n;
	r.censored_a = sa.censored;
	r.censored_b = sb.censored;
	r.absent_a = sa.absent;
	r.absent_b = sb.absent;
	r.a = stats_median(sa.x.at, sa.x.n);
	r.b = stats_median(sb.x.at, sb.x.n);
	r.mean_a = compare_side_mean(a, na, m);
	r.mean_b = compare_side_mean(b, nb, m);
	if (r.n_a && r.n_b && !(r.absent_a && r.absent_b))
		compare_machines(&r, &sa, &sb, confidence);
	compare_side_free(&sa);
	compare_side_free(&sb);
	return r;
}

static struct compare_row success_row(const struct compare_row *latency, double confidence)
{
	size_t na = latency->n_a, nb = latency->n_b;
	size_t ka = na - latency->censored_a, kb = nb - latency->censored_b;
	struct compare_row r = no_row;

	r.metric = COMPARE_SUCCESS;
	r.n_a = na;
	r.n_b = nb;
	r.censored_a = latency->censored_a;
	r.censored_b = latency->censored_b;
	r.machines_a = latency->machines_a;
	r.machines_b = latency->machines_b;
	if (!na || !nb)
		return r;
	r.test = COMPARE_FISHER;
	r.a = (double)ka / (double)na;
	r.b = (double)kb / (double)nb;
	r.by = stats_share_shift(ka, na, kb, nb, confidence);
	r.same = stats_share_shift(ka, na, kb, nb, SAME_CONFIDENCE).interval;
	r.p = stats_fisher_p(ka, na, kb, nb);
	r.p_least = stats_fisher_least(na, nb);
	r.verdict = COMPARE_UNDECIDED;
	return r;
}

struct compare_row compare_latency(const struct sample *a, size_t na, const struct sample *b,
				   size_t nb, const struct compare_options *options)
{
	struct comparison only = { .rows = { [COMPARE_LATENCY] = times_row(a, na, b, nb,
					     COMPARE_LATENCY, options->confidence) } };

	compare_judge(&only, 1, options);
	return only.rows[COMPARE_LATENCY];
}

struct comparison compare_samples(const struct sample *a, size_t na, const struct sample *b,
				  size_t nb, const struct compare_options *options)
{
	struct comparison to = { .verdict = COMPARE_NOTHING };

	for (unsigned int m = 0; m < COMPARE_METRICS; m++)
		to.rows[m] = m == COMPARE_SUCCESS ?
			success_row(&to.rows[COMPARE_LATENCY], options->confidence) :
			times_row(a, na, b, nb, m, options->confidence);
	to.came_up_a = compare_side_came_up(a, na);
	to.came_up_b = compare_side_came_up(b, nb);
	compare_judge(&to, 1, options);
	return to;
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
