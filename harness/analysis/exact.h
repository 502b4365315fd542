/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * exact.h - whether reboots by the virtual clock repeat each other
 *
 * The n-th reboot of each machine of one way is a repeat of the n-th of the others:
 * the same machine was given the same. A run asserts that, and calls no phase exact that varied. Pure.
 */
#ifndef EXACT_H
#define EXACT_H

#include "reboot/sample.h"

/* So many repeats that agree make a figure exact; fewer are just a figure. */
#define EXACT_REPEATS 3

struct exactness {
	size_t reboots;			/* different ones, by their place in the chain */
	size_t repeats;			/* of the one that has fewest; 0 without any */
	unsigned int varied;		/* bit 1 << phase for each that was not the same in all repeats */
	bool exact;			/* repeats are enough, and nothing varied */
};

/*
 * exact_varied() - in which phases two repeats of a reboot differ
 * Return: bits 1 << phase: in virtual time, in instructions, or in being there.
 */
unsigned int exact_varied(const struct sample *a, const struct sample *b);

/*
 * exactness_of() - whether all reboots of one way repeat each other
 * @s:		n samples of one way and variant; those that do not count, or failed, are
 *		passed over: of a failure there is nothing to repeat
 */
struct exactness exactness_of(const struct sample *s, size_t n);

#endif /* EXACT_H */
