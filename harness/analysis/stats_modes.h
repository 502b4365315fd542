/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stats_modes.h - has a sample more than one hump?
 *
 * Pure. A median between two humps is a value that hardly any observation has.
 */
#ifndef STATS_MODES_H
#define STATS_MODES_H

#include <stdbool.h>
#include <stddef.h>

/* Hartigan's dip of n sorted, finite observations: its distance from all with one hump. 0 for 0. */
double stats_dip(const double *sorted, size_t n);

/*
 * stats_dip_critical() - from which dip on a sample has more than one hump
 * @n:	observations
 *
 * Between two rows of the table, and beyond the last, sqrt(n) times the dip is
 * nearly constant (Hartigan and Hartigan 1985, section 3).
 *
 * Return: the dip at 5 %; INFINITY below 6, where nothing can be said.
 */
double stats_dip_critical(size_t n);

/* True when the finite ones of n observations, in any order, have a dip beyond that. */
bool stats_two_humped(const double *x, size_t n);

#endif /* STATS_MODES_H */
