// SPDX-License-Identifier: GPL-2.0-only
/*
 * profile.c - where the instructions of one reboot went
 */
#include "profile.h"

void profile_free(struct profile *p)
{
	free(p->way);
	free(p->kernel);
	call_tree_free(&p->tree);
	*p = (struct profile){ 0 };
}

uint64_t profile_counted(const struct profile *p, unsigned int phases)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < p->tree.nodes.n; i++)
		sum += call_node_own(&p->tree.nodes.at[i], phases);
	return sum;
}

int64_t profile_clock(const struct profile *p, unsigned int phases)
{
	int64_t sum = 0;

	for (int i = 0; i < PHASES; i++)
		if (phases & 1u << i && p->clock[i] >= 0)
			sum += p->clock[i];
	return sum;
}
