/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stats.h - arrays in, numbers out
 *
 * Pure, on GSL. An observation that never came to its end (a reboot that failed)
 * is INFINITY: it takes its place above all others and is never left out, so a
 * quantile that falls on such an observation is INFINITY too. NAN means "cannot
 * be said from these data".
 */
#ifndef STATS_H
#define STATS_H

#include <stdbool.h>
#include <stddef.h>

/* Fewer machines than this cannot carry a 95 % interval of a median: 2 * 0.5^5 > 5 %. */
#define STATS_INTERVAL_LEAST 6

struct stats_interval {
	double low, high;		/* both NAN when there is none */
};

/* What a table shows of a set of observations. */
struct stats_summary {
	size_t n;			/* all, censored ones included */
	size_t censored;		/* how many of them are INFINITY */
	double least, most;
	double median, p25, p75, p95, p99;
	double mad;			/* as stats_mad() */
	struct stats_interval median_interval;	/* stats_median_interval() at 95 % */
};

/* Sorts x in place, ascending. */
void stats_sort(double *x, size_t n);

/*
 * stats_quantile() - a quantile of sorted observations
 * @sorted:	ascending; INFINITY is allowed
 * @n:		how many
 * @p:		0 to 1
 *
 * Type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The
 * American Statistician 50 (1996) 361-365: linear between the order statistics,
 * the default of R and what gsl_stats_quantile_from_sorted_data() computes.
 * That function multiplies a neighbour that has no weight by 0, which for
 * INFINITY is no number, so those places are answered here.
 *
 * Return: the quantile; INFINITY when it needs a censored observation; NAN for n == 0.
 */
double stats_quantile(const double *sorted, size_t n, double p);

/* The median of observations in any order, which stay as they are. NAN for n == 0. */
double stats_median(const double *x, size_t n);

/*
 * stats_mad() - a spread that a few wild observations do not move
 * @x:	n observations in any order
 * @n:	how many
 *
 * Return: 1.4826 times the median distance from the median (Rousseeuw and
 * Croux, JASA 88 (1993) 1273-1283); NAN when the median is not finite or n is 0.
 */
double stats_mad(const double *x, size_t n);

/*
 * stats_summarise() - everything a table shows of a set
 * @x:		n observations in any order, INFINITY for censored ones
 * @machine:	the machine of each; NULL: there is no interval
 * @n:		how many; 0 gives NAN throughout
 *
 * Return: the summary.
 */
struct stats_summary stats_summarise(const double *x, const int *machine, size_t n);

/*
 * stats_median_interval() - where the median would lie, had one measured again
 * @x:		n observations in any order, INFINITY for censored ones
 * @machine:	the machine of each: observations of one machine may resemble each other
 * @n:		how many
 * @confidence:	0 to 1, two-sided
 *
 * The exact sign test by machines (stats_median.c). Below STATS_INTERVAL_LEAST machines
 * not even the whole range covers the median with 95 %, so there is none.
 *
 * Return: the interval between two observations; its high end may be INFINITY.
 */
struct stats_interval stats_median_interval(const double *x, const int *machine, size_t n,
					    double confidence);

/*
 * stats_clopper_pearson() - interval of a share that never covers too little
 * @k:		how many of n; no whole number when several reboots count as one
 * @n:		of how many
 * @confidence:	0 to 1, two-sided
 *
 * Clopper and Pearson, Biometrika 26 (1934) 404-413, by quantiles of the beta
 * distribution.
 *
 * Return: the interval; {0, 1} for n == 0.
 */
struct stats_interval stats_clopper_pearson(double k, double n, double confidence);

/*
 * stats_zero_failures_bound() - what n trials without a failure still allow
 * @n:		trials, all of them successes
 * @confidence:	0 to 1, one-sided
 *
 * The one-sided bound of Clopper and Pearson, which for no failure is
 * 1 - (1 - confidence)^(1/n).
 *
 * Return: the largest rate of failures; 1 for n == 0.
 */
double stats_zero_failures_bound(size_t n, double confidence);

/*
 * stats_trials_to_claim() - how many trials it takes to claim a rate of successes
 * @failures:	among them, all seen already
 * @rate:	claimed, between 0 and 1
 * @confidence:	0 to 1, one-sided
 *
 * The least number of independent trials with so many failures of which Clopper and Pearson's
 * one-sided bound is at that rate or above it: 2 995 without a failure for 99.9 % at 95 %.
 *
 * Return: that number, the failures included.
 */
size_t stats_trials_to_claim(size_t failures, double rate, double confidence);

/* The same bound at 95 % as people do it in their heads: 3/n, at most 1. */
double stats_rule_of_three(size_t n);

/*
 * stats_trend_p() - how likely so much trend is by chance
 * @x:	n observations in the order of time, INFINITY for censored ones
 * @n:	how many
 *
 * Mann, Econometrica 13 (1945) 245-259, with the variance corrected for ties
 * (Kendall, Rank Correlation Methods, 1970, chapter 4) and for continuity.
 *
 * Return: the two-sided probability; 1 for n < 4 or when all are equal.
 */
double stats_trend_p(const double *x, size_t n);

#endif /* STATS_H */
