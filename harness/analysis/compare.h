/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compare.h - two sets of samples: what differs, by how much, and is it chance
 *
 * Side a is what there was, side b what is asked about: a positive shift says that b
 * is larger. Pure. Samples of the virtual clock are compared in compare_exact.h.
 */
#ifndef COMPARE_H
#define COMPARE_H

#include "base/error.h"
#include "compare_side.h"
#include "reboot/sample.h"
#include "stats_shift.h"

/* Below that share of a's latency a difference matters to nobody, unless asked otherwise. */
#define COMPARE_THRESHOLD 0.02
/* Of each verdict on the latency, and of those on all other metrics together. */
#define COMPARE_CONFIDENCE 0.99

enum compare_verdict {
	COMPARE_NOTHING,	/* one side has nothing of it */
	COMPARE_TOO_FEW,	/* no samples of so few machines could tell */
	COMPARE_UNDECIDED,	/* these samples do not tell */
	COMPARE_SAME,		/* no difference as large as the threshold */
	COMPARE_BETTER,
	COMPARE_WORSE
};

/* True when the samples tell, one way or the other. */
static inline bool compare_is_decided(enum compare_verdict v)
{
	return v >= COMPARE_SAME;
}

enum compare_test {
	COMPARE_NO_TEST,
	COMPARE_RANKS,		/* of the machines: exact permutation */
	COMPARE_FISHER
};

struct compare_options {
	double threshold;	/* share of a's median latency; of shares, the difference itself */
	double confidence;	/* 0 to 1 */
};

struct compare_row {
	enum compare_metric metric;
	size_t n_a, n_b;		/* observations, censored ones among them */
	size_t censored_a, censored_b;	/* reboots that failed: their time is INFINITY */
	size_t machines_a, machines_b;	/* that these are from */
	bool absent_a, absent_b;	/* a phase that this side does not have: it takes 0 s */
	double a, b;			/* medians in seconds, or shares */
	double mean_a, mean_b;		/* in seconds, of the reboots that came up; NAN for shares */
	struct stats_shift by;		/* b against a, in the same unit */
	struct stats_interval same;	/* that decides whether there is no practical difference */
	double of_latency;		/* by.shift as a share of a's median latency; NAN for shares */
	enum compare_test test;
	bool by_index;			/* n-th reboots were taken against n-th reboots */
	bool by_machine;		/* of shares: each machine counts as one reboot in it */
	double p;			/* of so much by chance */
	double p_least;			/* the least that so many machines can give */
	double p_all, p_all_least;	/* the same, corrected for all rows of the family */
	enum compare_verdict verdict;
};

/* The means of the phases and of what was in no phase add up to the mean of the latency. */
struct comparison {
	struct compare_row rows[COMPARE_METRICS];	/* COMPARE_NOTHING where there is none */
	struct compare_came_up came_up_a, came_up_b;
	enum compare_verdict verdict;	/* WORSE when any is, else that of the latency */
};

/*
 * compare_samples() - all metrics of two sets of samples of the wall clock. Pure.
 * @a, @b:	na and nb samples, one way each, that compare_possible() lets pass; warm-ups and
 *		instrument faults are passed over
 */
struct comparison compare_samples(const struct sample *a, size_t na, const struct sample *b,
				  size_t nb, const struct compare_options *options);

/*
 * compare_latency() - the headline alone
 * @a:		na samples of the one side
 * @na:		how many
 * @b:		nb samples of the other
 * @nb:		how many
 * @options:	threshold, confidence
 *
 * Return: the row, with its verdict.
 */
struct compare_row compare_latency(const struct sample *a, size_t na, const struct sample *b,
				   size_t nb, const struct compare_options *options);

/*
 * compare_judge() - the verdicts of comparisons that are read together. Pure.
 * @c:		n comparisons, as compare_samples() makes them, with the confidence of their
 *		intervals; verdicts and corrected probabilities are replaced
 * @n:		how many
 * @options:	threshold, confidence
 */
void compare_judge(struct comparison *c, size_t n, const struct compare_options *options);

/* Refuses what compare_samples() and compare_exact() cannot compare: -EINVAL with *err set. */
int compare_possible(const struct sample *a, size_t na, const struct sample *b, size_t nb,
		     struct error **err);

/* "faster", "slower", "more often", "no practical difference", "undecided" ... of b. */
const char *compare_verdict_words(enum compare_metric m, enum compare_verdict v);

#endif /* COMPARE_H */
