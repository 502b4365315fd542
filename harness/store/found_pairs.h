/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * found_pairs.h - which of the ways found on two sides belong together
 */
#ifndef FOUND_PAIRS_H
#define FOUND_PAIRS_H

#include "find.h"

/* Whether two groups are of one way and variant; and whether they led to the same kernel, too. */
bool found_same_way(const struct found_group *x, const struct found_group *y);
bool found_same(const struct found_group *x, const struct found_group *y);

/*
 * found_like() - the group of the other side that a group is compared with
 * @a:		side that x is of
 * @b:		the other side
 * @any_clock:	one by the other clock will do
 * Return: a group of b; NULL: there is none.
 */
const struct found_group *found_like(const struct found *a, const struct found *b,
				     const struct found_group *x, bool any_clock);

/* Whether group i's way and kernel are at no smaller index of in, and the other side lacks them. */
bool found_is_lone(const struct found *in, const struct found *other, size_t i);

#endif /* FOUND_PAIRS_H */
