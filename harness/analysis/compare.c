// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare.c - two sets of samples
 *
 * Theory of operation. Times are compared by one figure a machine (compare_side.h), always
 * with the same three that belong together: the shift of Hodges and Lehmann, its interval
 * of Moses, and the exact rank test that this interval is made of. Shares are compared by
 * Fisher's exact test, or, where the machines differ, by the rank test of their shares.
 *
 * Medians and shifts do not add up, means do. So each row also has the means of the
 * reboots that came up, in which a phase that a reboot does not have takes no time.
 */
#include "compare.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "index_effect.h"

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

/* The share that came up on each machine, in the order of their numbers. */
static figure_vec machine_shares(const struct compare_side *side)
{
	figure_vec shares = { 0 };

	for (int m = compare_side_next_machine(side, INT_MIN); m != INT_MAX;
	     m = compare_side_next_machine(side, m)) {
		double k = 0, n = 0;

		for (size_t i = 0; i < side->x.n; i++) {
			k += side->machine.at[i] == m ? side->x.at[i] : 0;
			n += side->machine.at[i] == m;
		}
		vec_push(&shares, k / n);
	}
	return shares;
}

static void test_shares(struct compare_row *r, const struct compare_side *a,
			const struct compare_side *b)
{
	figure_vec sa, sb;

	if (!r->by_machine) {
		r->test = COMPARE_FISHER;
		r->p = stats_fisher_p(r->n_a - r->censored_a, r->n_a, r->n_b - r->censored_b, r->n_b);
		r->p_least = stats_fisher_least(r->n_a, r->n_b);
		return;
	}
	sa = machine_shares(a);
	sb = machine_shares(b);
	r->test = COMPARE_RANKS;
	r->p = stats_rank_p(sa.at, sa.n, sb.at, sb.n);
	r->p_least = stats_rank_least(sa.n, sb.n);
	vec_free(&sa);
	vec_free(&sb);
}

/* Where the machines of either side differ, they are what was repeated. */
static void compare_shares(struct compare_row *r, const struct compare_side *a,
			   const struct compare_side *b, double confidence)
{
	struct index_effect ea = index_effect_of(a), eb = index_effect_of(b);
	double na = (double)r->n_a, nb = (double)r->n_b;

	r->by_machine = index_effect_of_machines(&ea) || index_effect_of_machines(&eb);
	if (r->by_machine) {
		na = (double)r->machines_a;
		nb = (double)r->machines_b;
	}
	r->by = stats_share_shift(r->a * na, na, r->b * nb, nb, confidence);
	r->same = stats_share_shift(r->a * na, na, r->b * nb, nb, SAME_CONFIDENCE).interval;
	test_shares(r, a, b);
}

static struct compare_row success_row(const struct sample *a, size_t na, const struct sample *b,
				      size_t nb, double confidence)
{
	struct compare_side sa = compare_side_came_up_or_not(a, na);
	struct compare_side sb = compare_side_came_up_or_not(b, nb);
	struct compare_row r = no_row;

	r.metric = COMPARE_SUCCESS;
	r.n_a = sa.x.n;
	r.n_b = sb.x.n;
	r.censored_a = sa.censored;
	r.censored_b = sb.censored;
	r.machines_a = compare_side_machines(&sa);
	r.machines_b = compare_side_machines(&sb);
	if (r.n_a && r.n_b) {
		r.a = (double)(r.n_a - r.censored_a) / (double)r.n_a;
		r.b = (double)(r.n_b - r.censored_b) / (double)r.n_b;
		compare_shares(&r, &sa, &sb, confidence);
		r.verdict = COMPARE_UNDECIDED;
	}
	compare_side_free(&sa);
	compare_side_free(&sb);
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
			success_row(a, na, b, nb, options->confidence) :
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
