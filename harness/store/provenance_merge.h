/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * provenance_merge.h - what a run rests on whose shards were run apart
 *
 * What all shards share stays where a run has it. What differs between them stands below the
 * number of its shard, so that each host is still known and none stands for all.
 */
#ifndef PROVENANCE_MERGE_H
#define PROVENANCE_MERGE_H

#include "base/json.h"
#include "store.h"

/* One shard; all stays the caller's. */
struct provenance_part {
	int shard;			/* its number */
	const struct run_row *row;
	size_t samples;
	const json_t *json;		/* what it rests on */
};

/*
 * provenance_unlike() - why two runs cannot be parts of one. Pure.
 * Hosts may differ. Commit, images, kernels, hints, accelerator and emulator may not.
 *
 * Return: the key in which they differ; NULL when they are alike.
 */
const char *provenance_unlike(const json_t *a, const json_t *b);

/*
 * provenance_merge() - what n shards together rest on. Pure.
 * @parts:	in the order of their numbers, at least one
 * @of:		how many shards the run was split into
 *
 * Return: the caller's.
 */
json_t *provenance_merge(const struct provenance_part *parts, size_t n, int of);

#endif /* PROVENANCE_MERGE_H */
