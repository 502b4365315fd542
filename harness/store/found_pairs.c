// SPDX-License-Identifier: GPL-2.0-only
/*
 * found_pairs.c - which of the ways found on two sides belong together
 */
#include "found_pairs.h"

#include <string.h>

bool found_same_way(const struct found_group *x, const struct found_group *y)
{
	return !strcmp(x->way, y->way) && !strcmp(x->variant, y->variant);
}

static bool is_one_way(const struct found *in)
{
	for (size_t i = 1; i < in->groups.n; i++)
		if (!found_same_way(&in->groups.at[i], &in->groups.at[0]))
			return false;
	return true;
}

bool found_same(const struct found_group *x, const struct found_group *y)
{
	return found_same_way(x, y) && !strcmp(x->build, y->build);
}

/* Whether the reboots of a way led to several kernels. */
static bool has_kernels(const struct found *in)
{
	for (size_t i = 0; i < in->groups.n; i++)
		for (size_t k = 0; k < i; k++)
			if (found_same_way(&in->groups.at[i], &in->groups.at[k]) &&
			    !found_same(&in->groups.at[i], &in->groups.at[k]))
				return true;
	return false;
}

/*
 * Two single ways are compared whatever they are called, else each with its like. So are kernels:
 * where each side has one, its build does not matter.
 */
static bool is_pair(const struct found *a, const struct found *b, const struct found_group *x,
		    const struct found_group *y)
{
	return (found_same_way(x, y) || (is_one_way(a) && is_one_way(b))) &&
	       (!strcmp(x->build, y->build) || !(has_kernels(a) || has_kernels(b)));
}

const struct found_group *found_like(const struct found *a, const struct found *b,
				     const struct found_group *x, bool any_clock)
{
	for (size_t i = 0; i < b->groups.n; i++)
		if (is_pair(a, b, x, &b->groups.at[i]) &&
		    (any_clock || b->groups.at[i].exact == x->exact))
			return &b->groups.at[i];
	return NULL;
}

bool found_is_lone(const struct found *in, const struct found *other, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (found_same(&in->groups.at[k], &in->groups.at[i]))
			return false;
	return !found_like(in, other, &in->groups.at[i], true);
}
