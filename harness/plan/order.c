// SPDX-License-Identifier: GPL-2.0-only
/*
 * order.c - the order of a run's chains
 */
#include <errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "mixed.h"
#include "order.h"

int order_blocks(const struct scenario *s)
{
	return s->chain.machines + (scenario_is_both(s) ? s->exact.machines : 0);
}

int order_width(const struct scenario *s)
{
	return mixed_is(s) ? 1 : (int)s->ways_count;
}

int order_chains(const struct scenario *s)
{
	return order_blocks(s) * order_width(s);
}

struct scenario order_scenario(const struct scenario *s, int block)
{
	static char wall[] = "wall", virtual[] = "virtual";
	struct scenario one = *s;

	if (!scenario_is_both(s))
		return one;
	one.clock = wall;
	if (block >= s->chain.machines) {
		one.clock = virtual;
		one.machine.accelerator = ACCELERATOR_TCG;
		one.chain.machines = s->exact.machines;
		one.chain.reboots = s->exact.reboots;
		one.chain.warmups = s->exact.warmups;
	}
	return one;
}

const char *order_way(const struct scenario *s, const struct order_chain *chain)
{
	return mixed_is(s) ? MIXED_NAME : s->ways[chain->way].way;
}

const char *order_variant(const struct scenario *s, const struct order_chain *chain)
{
	return mixed_is(s) ? "" : s->ways[chain->way].variant;
}

bool order_is_first(const struct scenario *s, const struct order_chain *chain)
{
	return chain->block == (scenario_is_both(s) && chain->exact ? s->chain.machines : 0);
}

int order_counted(const struct scenario *s, int block)
{
	const struct scenario one = order_scenario(s, block);
	int counted = one.chain.reboots - one.chain.warmups;
	int left = s->versus.most - block * counted;

	return s->versus.on && left < counted ? left : counted;
}

int order_planned(const struct scenario *s, int blocks)
{
	int samples = 0;

	for (int block = 0; block < blocks; block++)
		if (shard_has(&s->shard, block))
			samples += order_width(s) * (order_scenario(s, block).chain.warmups +
						     order_counted(s, block));
	return samples;
}

int order_check_shard(const struct scenario *s, struct error **err)
{
	int blocks = order_blocks(s), rc;

	if (!shard_is_part(&s->shard))
		return 0;
	if (s->versus.on)
		return error_set(err, ERROR_USAGE, EINVAL, "a comparison (\"versus\") has no shards: "
				 "each pair decides whether there is another");
	if (s->shard.of <= blocks)
		return 0;
	rc = error_set(err, ERROR_USAGE, EINVAL, "shard %d of %d: the scenario has %d machine%s of "
		       "each way, so at most as many shards", s->shard.number, s->shard.of, blocks,
		       blocks == 1 ? "" : "s");
	error_hint(err, "more machines with fewer reboots each can be split further");
	return rc;
}

void order_make(const struct scenario *s, struct order_chain *chains)
{
	gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
	unsigned int ways[s->ways_count], width = (unsigned int)order_width(s);
	int number = 0;

	if (!random)
		abort();
	gsl_rng_set(random, s->seed);
	for (int block = 0; block < order_blocks(s); block++) {
		const struct scenario one = order_scenario(s, block);

		for (unsigned int w = 0; w < width; w++)
			ways[w] = s->versus.on && block % 2 ? width - 1 - w : w;
		if (!s->versus.on)
			gsl_ran_shuffle(random, ways, width, sizeof(ways[0]));
		for (unsigned int w = 0; w < width; w++, number++)
			chains[number] = (struct order_chain){
				.number = number, .block = block, .way = ways[w],
				.exact = scenario_is_virtual(&one),
			};
	}
	gsl_rng_free(random);
}
