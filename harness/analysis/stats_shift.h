/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stats_shift.h - by how much two sets differ
 *
 * Pure, on GSL. As in stats.h an observation that never came to its end is
 * INFINITY and is never left out: it ranks above all others, and two of them
 * rank alike. A positive shift says that b is larger.
 */
#ifndef STATS_SHIFT_H
#define STATS_SHIFT_H

#include "stats.h"

struct stats_shift {
	double shift;			/* NAN when nothing can be said of it */
	struct stats_interval interval;	/* both NAN when there are too few for one */
};

/* stats_shift.c */

/* Hodges and Lehmann's shift of two sets, and the exact interval of the rank-sum test. */
struct stats_shift stats_shift(const double *a, size_t na, const double *b, size_t nb,
			       double confidence);

/* Difference of two means, with Welch's interval: for sets too small for ranks. */
struct stats_shift stats_welch(const double *a, size_t na, const double *b, size_t nb,
			       double confidence);

/* Difference kb/nb - ka/na of two shares, with Newcombe's interval. */
struct stats_shift stats_share_shift(size_t ka, size_t na, size_t kb, size_t nb,
				     double confidence);

/* stats_test.c: two-sided probabilities of so much by chance, 1 where nothing can be tested */

/* Permutation of ranks; seed: of the arrangements, where there are too many to try all. */
double stats_permutation_p(const double *a, size_t na, const double *b, size_t nb,
			   unsigned long seed);
/* The least that it can return, whatever the observations. */
double stats_permutation_least(size_t na, size_t nb);

double stats_welch_p(const double *a, size_t na, const double *b, size_t nb);

/* Fisher's exact test of two shares. */
double stats_fisher_p(size_t ka, size_t na, size_t kb, size_t nb);

/* Holm's correction of p[0..n), in place; a NAN is no test and stays. */
void stats_holm(double *p, size_t n);

#endif /* STATS_SHIFT_H */
