/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stats_shift.h - by how much two sets differ
 *
 * Pure, on GSL. As in stats.h an observation that never came to its end is
 * INFINITY and is never left out: it ranks above all others, and two of them
 * rank alike.
 */
#ifndef STATS_SHIFT_H
#define STATS_SHIFT_H

#include "stats.h"

/* One side of a comparison. */
struct stats_set {
	const double *x;	/* n observations in any order, INFINITY for censored ones */
	const int *stratum;	/* n: only observations of equal strata are compared; NULL: all */
	const int *unit;	/* n: those of a unit change sides together; NULL: each is one */
	size_t n;
};

struct stats_shift {
	double shift;			/* of b against a; NAN when nothing can be said of it */
	struct stats_interval interval;	/* both NAN when there are too few for one */
};

/* Hodges and Lehmann's shift and its interval; units are not looked at. */
struct stats_shift stats_shift(const struct stats_set *a, const struct stats_set *b,
			       double confidence);

/* Two-sided probability of ranks so far apart by chance alone. seed: of arrangements drawn. */
double stats_permutation_p(const struct stats_set *a, const struct stats_set *b,
			   unsigned long seed);

/* The shift, with the interval of all shifts that stats_permutation_p() would not reject. */
struct stats_shift stats_permutation_shift(const struct stats_set *a, const struct stats_set *b,
					   double confidence, unsigned long seed);

/* The least that stats_permutation_p() can return for so many units without strata. */
double stats_permutation_least(size_t units_a, size_t units_b);

/* Difference kb/nb - ka/na of two shares, with Newcombe's interval. */
struct stats_shift stats_share_shift(size_t ka, size_t na, size_t kb, size_t nb,
				     double confidence);

/* Fisher's exact test of two shares: two-sided probability; 1 when either n is 0. */
double stats_fisher_p(size_t ka, size_t na, size_t kb, size_t nb);

/* Holm's correction of p[0..n), in place; a NAN is no test and stays. */
void stats_holm(double *p, size_t n);

#endif /* STATS_SHIFT_H */
