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

/* Up to so many in each set the distribution of ranks is counted out, as R does. */
#define STATS_COUNTED_MOST 49

struct stats_shift {
	double shift;			/* NAN when nothing can be said of it */
	struct stats_interval interval;	/* both NAN when there are too few for one */
};

/* stats_shift.c */

/*
 * stats_shift() - by how much b exceeds a
 * @a:		na observations in any order, INFINITY for censored ones
 * @na:		how many
 * @b:		nb observations, independent of a
 * @nb:		how many
 * @confidence:	0 to 1, two-sided
 *
 * The median of all na nb differences, Hodges and Lehmann, Annals of Mathematical
 * Statistics 34 (1963) 598-611, and the interval that belongs to the rank-sum test
 * (Moses), exact up to 49 observations a side. Takes memory for 2 na nb doubles.
 *
 * Return: the shift, NAN when a set is empty or both are censored beyond a median;
 * no interval when not even the whole range of differences has that confidence.
 */
struct stats_shift stats_shift(const double *a, size_t na, const double *b, size_t nb,
			       double confidence);

/*
 * stats_share_shift() - by how much one share exceeds another
 * @ka:		how many of the one; no whole number when several reboots count as one
 * @na:		of how many
 * @kb:		how many of the other
 * @nb:		of how many
 * @confidence:	0 to 1, two-sided
 *
 * The interval is joined from two of Clopper and Pearson's, by method 10 of Newcombe,
 * Statistics in Medicine 17 (1998) 873-890.
 *
 * Return: kb/nb - ka/na; NAN throughout when either n is 0.
 */
struct stats_shift stats_share_shift(double ka, double na, double kb, double nb,
				     double confidence);

/* stats_chance.c: two-sided probabilities of so much by chance, 1 where nothing can be tested */

/*
 * stats_rank_p() - whether two sets differ by chance
 * @a:		na observations, INFINITY for censored ones
 * @na:		how many
 * @b:		nb observations, independent of a
 * @nb:		how many
 *
 * The rank-sum test of Wilcoxon, Biometrics Bulletin 1 (1945) 80-83, exact up to
 * STATS_COUNTED_MOST a side. It is the test that stats_shift()'s interval belongs to.
 *
 * Return: the two-sided probability, never 0; 1 when either set is empty.
 */
double stats_rank_p(const double *a, size_t na, const double *b, size_t nb);

/*
 * stats_rank_least() - the smallest probability that two sets can have
 * @na:	observations of the one
 * @nb:	of the other
 *
 * Return: that of the two ways to deal out the ranks in which the sets lie wholly apart.
 */
double stats_rank_least(size_t na, size_t nb);

/* The smallest that stats_fisher_p() can give of so many: all of the one, none of the other. */
double stats_fisher_least(size_t na, size_t nb);

/*
 * stats_fisher_p() - whether two shares differ by chance
 * @ka:	how many of the one
 * @na:	of how many
 * @kb:	how many of the other
 * @nb:	of how many
 *
 * Fisher's exact test: the sum of the probabilities of all tables with these
 * margins that are no likelier than the one seen (Agresti, Categorical Data
 * Analysis, 2002, section 3.5.1). It is the permutation test of two shares.
 *
 * Return: the two-sided probability; 1 when either n is 0.
 */
double stats_fisher_p(size_t ka, size_t na, size_t kb, size_t nb);

/*
 * stats_holm() - many tests at once
 * @p:	n probabilities, each replaced by what it is worth among the others; NAN stays
 * @n:	how many
 *
 * Holm, Scandinavian Journal of Statistics 6 (1979) 65-70: the k-th smallest of m
 * times m + 1 - k, never less than one before it, at most 1.
 */
void stats_holm(double *p, size_t n);

/*
 * stats_false_discoveries() - many questions at once, when some wrong answers may be among many
 * @p:	n probabilities, each replaced; NAN stays
 * @n:	how many
 *
 * Benjamini and Hochberg, JRSS B 57 (1995) 289-300: of those that are then at most q, a share
 * of q is expected to be there by chance.
 */
void stats_false_discoveries(double *p, size_t n);

#endif /* STATS_SHIFT_H */
