/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * doubts_of_set.h - the doubts that show only in many samples together
 */
#ifndef DOUBTS_OF_SET_H
#define DOUBTS_OF_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * doubts_of_set() - the doubts of one figure of one way. Pure. doubts_of_figures.h has more.
 * @x:	the figure of each sample in the order of time, INFINITY for one that
 *	never came to its end
 * @first:	true for the first counted sample of each machine
 * @n:	how many
 * Return: bits 1 << enum doubt.
 */
uint64_t doubts_of_set(const double *x, const bool *first, size_t n);

#endif /* DOUBTS_OF_SET_H */
