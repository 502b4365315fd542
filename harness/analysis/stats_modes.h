/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stats_modes.h - has a sample more than one hump?
 *
 * Pure. A median between two humps is a value that hardly any observation has.
 */
#ifndef STATS_MODES_H
#define STATS_MODES_H

#include <stddef.h>

/* Hartigan's dip of n sorted, finite observations: its distance from all with one hump. 0 for 0. */
double stats_dip(const double *sorted, size_t n);

/*
 * stats_dip_p() - how likely a sample with one hump has such a dip
 * @dip:	as stats_dip() gives it
 * @n:		observations
 *
 * Return: the probability, to a table of 5 % to 0.01 %: 1 for all that is above it or
 * below 6 observations, 0.0001 for all that is below it.
 */
double stats_dip_p(double dip, size_t n);

/* The same of the finite ones of n observations in any order. */
double stats_humps_p(const double *x, size_t n);

#endif /* STATS_MODES_H */
