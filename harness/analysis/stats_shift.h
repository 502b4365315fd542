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
 * stats_welch() - by how much the mean of b exceeds that of a
 * @a:		na observations
 * @na:		how many
 * @b:		nb observations, independent of a
 * @nb:		how many
 * @confidence:	0 to 1, two-sided
 *
 * Welch, Biometrika 34 (1947) 28-35: normal errors, variances that may differ.
 *
 * Return: nothing but NAN with fewer than two in either, or any that is censored; no
 * interval without any spread.
 */
struct stats_shift stats_welch(const double *a, size_t na, const double *b, size_t nb,
			       double confidence);

/*
 * stats_share_shift() - by how much one share exceeds another
 * @ka:		how many of the one
 * @na:		of how many
 * @kb:		how many of the other
 * @nb:		of how many
 * @confidence:	0 to 1, two-sided
 *
 * The interval is method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890,
 * which joins two of Wilson's.
 *
 * Return: kb/nb - ka/na; NAN throughout when either n is 0.
 */
struct stats_shift stats_share_shift(size_t ka, size_t na, size_t kb, size_t nb,
				     double confidence);

/* stats_chance.c: two-sided probabilities of so much by chance, 1 where nothing can be tested */

/*
 * stats_permutation_p() - whether two sets differ by chance
 * @a:		na observations, INFINITY for censored ones
 * @na:		how many
 * @b:		nb observations, independent of a
 * @nb:		how many
 * @seed:	of the arrangements that are drawn, where there are more than 10 000
 *
 * The rank-sum test of Wilcoxon, Biometrics Bulletin 1 (1945) 80-83, with ties as
 * they are.
 *
 * Return: the two-sided probability, never 0; 1 when either set is empty.
 */
double stats_permutation_p(const double *a, size_t na, const double *b, size_t nb,
			   unsigned long seed);

/*
 * stats_permutation_least() - the smallest probability that two sets can have
 * @na:	observations of the one
 * @nb:	of the other
 *
 * Return: that of the two arrangements where they lie wholly apart, or the
 * resolution where arrangements are drawn.
 */
double stats_permutation_least(size_t na, size_t nb);

/*
 * stats_welch_p() - whether two means differ by chance
 * @a:	na observations
 * @na:	how many
 * @b:	nb observations, independent of a
 * @nb:	how many
 *
 * Return: the two-sided probability by stats_welch()'s distribution; 1 with fewer than
 * two in either, any that is censored, or no spread.
 */
double stats_welch_p(const double *a, size_t na, const double *b, size_t nb);

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

#endif /* STATS_SHIFT_H */
