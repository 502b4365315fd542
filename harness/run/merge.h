/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * merge.h - shards of a run that were run apart, as one run
 *
 * Shards are of one run when their scenario, the commit, all images, the accelerator and the
 * emulator are the same. Hosts may differ, but then each sample by the wall clock has a doubt that
 * says so, and the provenance has each host. What the shards have is copied, raw lines too.
 */
#ifndef MERGE_H
#define MERGE_H

#include "base/json.h"
#include "plan/scenario.h"
#include "store/store.h"

/* What is behind the name of a merged run: it may lie beside its shards. */
#define MERGE_SUFFIX	"-all"

/* One shard as it is stored. */
struct merge_part {
	const char *given;		/* the folder as the user wrote it */
	char *folder;			/* of the run */
	struct run_row row;
	struct scenario *scenario;
	char *whole;			/* text of the scenario without its shard */
	json_t *provenance;
	machine_vec machines;
	sample_vec samples;		/* as they were measured */
	proof_vec proofs;
};

typedef VEC(struct merge_part) merge_part_vec;

/* The run that is made from them. */
struct merged {
	struct run_row row;
	machine_vec machines;
	sample_vec samples;
	proof_vec proofs;		/* of two words on one way the worse one */
};

/*
 * merge_read() - read the shard in a folder
 * @given:	the folder of a run, or a results folder, of which the newest run is meant; must
 *		outlive the part
 * @parts:	appended to; each to be freed with merge_part_free(), also on failure
 *
 * Return: 0, or a negative errno with *err set: there is none, or what there is is no shard.
 */
int merge_read(const char *given, merge_part_vec *parts, struct error **err);

/* Frees what a part holds. */
void merge_part_free(struct merge_part *part);

/*
 * merge_check() - refuse what is not the whole of one run
 * @parts:	sorted by the numbers of their shards
 * @partial:	shards may be missing or not complete
 *
 * Return: 0, or -EINVAL with *err set, which names the shards that are the reason.
 */
int merge_check(merge_part_vec *parts, bool partial, struct error **err);

/* Makes one run of checked parts; to be freed with merged_free(). Pure. */
void merge_make(const merge_part_vec *parts, struct merged *to);

/* Frees what a merged run holds. */
void merged_free(struct merged *merged);

/*
 * merge_store() - store the run, and copy what the shards' folders hold, into a results folder
 * @store:	of that folder
 *
 * The row comes last, in one transaction with all samples. Merging the same shards again has no
 * other result. Return: 0, or a negative errno with *err set: then the run is not stored.
 */
int merge_store(const merge_part_vec *parts, struct merged *merged, struct store *store,
		const char *results, struct error **err);

#endif /* MERGE_H */
