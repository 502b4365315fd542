/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * shard.h - which part of a run one host runs
 *
 * A run is split by blocks of its order (order.h), because a block holds each way once: what
 * differs between hosts then falls on all ways alike. Shards share nothing while they run, and
 * each chain and its machine have the number that they have in the whole run.
 */
#ifndef SHARD_H
#define SHARD_H

#include <stdbool.h>

/* The most shards that a run can be split into. */
#define SHARD_MOST	1000

/* Zeroes stand for the whole run, as 1 of 1 does. */
struct shard {
	int number;			/* from 1 */
	int of;				/* how many there are */
};

/*
 * shard_read() - the shard that a text such as "2/4" names. Pure.
 * @text:	NULL: the whole run
 *
 * Return: false when it names none; then *shard is the whole run.
 */
bool shard_read(const char *text, struct shard *shard);

/* Whether there are other shards. */
bool shard_is_part(const struct shard *shard);

/* Whether a block of the order belongs to the shard: each block does to exactly one. Pure. */
bool shard_has(const struct shard *shard, int block);

#endif /* SHARD_H */
