// SPDX-License-Identifier: GPL-2.0-only
/*
 * runner_order.c - the order of a run's chains
 */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "runner.h"

int runner_chains(const struct scenario *s)
{
	return s->chain.machines * (int)s->ways_count;
}

int runner_planned(const struct scenario *s)
{
	return runner_chains(s) * s->chain.reboots;
}

void runner_order(const struct scenario *s, struct runner_chain *chains)
{
	gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
	unsigned int ways[s->ways_count];
	int number = 0;

	if (!random)
		abort();
	gsl_rng_set(random, s->seed);
	for (int block = 0; block < s->chain.machines; block++) {
		for (unsigned int w = 0; w < s->ways_count; w++)
			ways[w] = w;
		gsl_ran_shuffle(random, ways, s->ways_count, sizeof(ways[0]));
		for (unsigned int w = 0; w < s->ways_count; w++, number++)
			chains[number] = (struct runner_chain){
				.number = number, .block = block, .way = ways[w],
			};
	}
	gsl_rng_free(random);
}
