/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * order.h - the chains of a run and their order
 *
 * A run is a set of chains: for each way of the scenario as many as it has
 * machines, each of so many counted reboots after so many warm-ups. Chains are
 * run in randomised blocks: a block holds one chain of each way, in an order
 * that the seed decides, so that a slow hour of the host falls on all ways alike.
 * In a comparison of two sides a block is a pair, and the order is AB, BA, AB ...:
 * whatever gets slower or faster steadily falls on both sides alike. In a run by both
 * clocks the blocks of the exact one stand behind all others. A mixed chain is of all ways, and so a
 * block has one.
 *
 * A shard of a run (shard.h) has the same order and numbers, and runs the chains of some blocks.
 */
#ifndef ORDER_H
#define ORDER_H

#include "scenario.h"

/* A place further along its chain than this is not reached again when its machine was lost. */
#define ORDER_REPLAY_MOST	20

/* One chain of the order. */
struct order_chain {
	int number;			/* from 0; also of its first machine */
	int block;
	unsigned int way;		/* index in the scenario; of a mixed chain 0 */
	bool exact;			/* by the virtual clock */
};

/* How many blocks a scenario has, how many chains each of them has, and all have. */
int order_blocks(const struct scenario *s);
int order_width(const struct scenario *s);
int order_chains(const struct scenario *s);

/*
 * order_scenario() - the scenario as the chains of one block see it
 * Its clock is one, and `chain` says how often by that clock. Return: a copy that shares all
 * that @s points to, not to be freed.
 */
struct scenario order_scenario(const struct scenario *s, int block);

/* What the chain's machines are called after: its way and variant; MIXED_NAME and "" of a mixed one. */
const char *order_way(const struct scenario *s, const struct order_chain *chain);
const char *order_variant(const struct scenario *s, const struct order_chain *chain);

/* Whether no chain of its way by its clock comes before it. */
bool order_is_first(const struct scenario *s, const struct order_chain *chain);

/* How many counted reboots each chain of a block has: of the last pair of a comparison, the rest. */
int order_counted(const struct scenario *s, int block);

/*
 * order_check_shard() - refuse a shard that the run cannot be split into
 * A comparison is decided pair by pair, and no shard may be empty. Return: 0, or -EINVAL with
 * *err set.
 */
int order_check_shard(const struct scenario *s, struct error **err);

/*
 * How many samples the first so many blocks have without a failure, warm-ups included: those of
 * the scenario's shard.
 */
int order_planned(const struct scenario *s, int blocks);

/*
 * order_make() - the order of the chains. Pure.
 * @chains:	room for order_chains(); chains[i].number is i
 * Depends on nothing but the seed and the numbers of ways and machines. In a comparison
 * blocks are pairs, and each has the two sides in the other order than the one before.
 */
void order_make(const struct scenario *s, struct order_chain *chains);

#endif /* ORDER_H */
