// SPDX-License-Identifier: GPL-2.0-only
/*
 * merge_read.c - shards as they are stored, and whether they are one run
 */
#include "merge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "plan/order.h"
#include "plan/scenario_override.h"
#include "store/provenance_merge.h"

#define DATABASE	"lobosbench.db"

/* The results folder that is meant, and the name of the run in it, NULL for the newest. */
static int find_results(const char *given, char **results, char **run, struct error **err)
{
	CLEANUP_FREE char *path = realpath(given, NULL);
	CLEANUP_FREE char *database = path ? path_below(path, DATABASE) : NULL;
	CLEANUP_FREE char *above = path ? path_above(path, 1) : NULL;
	CLEANUP_FREE char *beside = above ? path_below(above, DATABASE) : NULL;

	if (!path)
		return error_set(err, ERROR_USAGE, errno, "%s", given);
	*run = NULL;
	if (!access(database, F_OK)) {
		*results = steal_ptr(&path);
		return 0;
	}
	if (!beside || access(beside, F_OK))
		return error_set(err, ERROR_USAGE, EINVAL,
				 "%s: neither a results folder nor the folder of a run", given);
	*run = strdup(path + strlen(above) + 1);
	*results = steal_ptr(&above);
	return *run ? 0 : -ENOMEM;
}

static int refuse_no_shard(const struct merge_part *part, struct error **err)
{
	bool merged = json_object_get(part->provenance, "merged") != NULL;
	int rc = error_set(err, ERROR_USAGE, EINVAL, "%s: run %s is no shard of a run%s",
			   part->given, part->row.name, merged ? ", it is merged already" : "");

	error_hint(err, merged ? "give the shards themselves" :
		   "`lobosbench run SCENARIO --shard I/N` makes shards");
	return rc;
}

static int read_rows(struct store *store, struct merge_part *part, struct error **err)
{
	int rc = store_machines(store, part->row.name, &part->machines, err);

	if (!rc)
		rc = store_samples_raw(store, part->row.name, &part->samples, err);
	if (!rc)
		rc = store_proofs(store, part->row.name, &part->proofs, err);
	return rc;
}

static int read_part(struct merge_part *part, struct error **err)
{
	CLEANUP_FREE char *results = NULL, *run = NULL, *database = NULL;
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	int rc = find_results(part->given, &results, &run, err);

	if (rc)
		return rc;
	database = path_below(results, DATABASE);
	store = store_open(database, true, err);
	rc = store ? store_run_get(store, run, &part->row, err) : -EIO;
	if (rc)
		return rc;
	part->folder = path_below(results, part->row.name);
	part->provenance = json_loads(part->row.provenance_json, 0, NULL);
	part->scenario = scenario_parse("scenario", part->row.scenario_yaml, err);
	if (!part->scenario)
		return error_wrap(err, "%s: run %s", part->given, part->row.name);
	if (!part->scenario->shard_text)
		return refuse_no_shard(part, err);
	part->whole = scenario_whole_text(part->row.scenario_yaml);
	return read_rows(store, part, err);
}

int merge_read(const char *given, merge_part_vec *parts, struct error **err)
{
	struct merge_part part = { .given = given };
	int rc = read_part(&part, err);

	vec_push(parts, part);
	return rc;
}

void merge_part_free(struct merge_part *part)
{
	free(part->folder);
	run_row_free(&part->row);
	scenario_free(part->scenario);
	free(part->whole);
	json_decref(part->provenance);
	vec_free(&part->machines);
	vec_free(&part->samples);
	vec_free(&part->proofs);
}

/* "shard 2/4 (DIR, run NAME)", for messages; to be freed. */
static char *words_of(const struct merge_part *part)
{
	char *words = NULL;

	if (asprintf(&words, "shard %d/%d (%s, run %s)", part->scenario->shard.number,
		     part->scenario->shard.of, part->given, part->row.name) < 0)
		abort();
	return words;
}

static int refuse_pair(const struct merge_part *a, const struct merge_part *b, const char *why,
		       struct error **err)
{
	CLEANUP_FREE char *first = words_of(a), *second = words_of(b);

	return error_set(err, ERROR_USAGE, EINVAL, "%s and %s %s", first, second, why);
}

/* Two shards that stand side by side in the order of their numbers. */
static int check_pair(const struct merge_part *a, const struct merge_part *b, struct error **err)
{
	const char *key;
	char why[64];

	if (a->scenario->shard.of != b->scenario->shard.of)
		return refuse_pair(a, b, "are of runs that were split differently", err);
	if (!a->whole || !b->whole || strcmp(a->whole, b->whole))
		return refuse_pair(a, b, "are of different scenarios", err);
	key = provenance_unlike(a->provenance, b->provenance);
	snprintf(why, sizeof(why), "differ in \"%s\" of their provenance", key ? key : "");
	if (key)
		return refuse_pair(a, b, why, err);
	return a->scenario->shard.number == b->scenario->shard.number ?
		refuse_pair(a, b, "are the same shard", err) : 0;
}

/* What is of another shard has no place here, whoever put it there. */
static int check_machines(const struct merge_part *part, struct error **err)
{
	int blocks = order_blocks(part->scenario), width = order_width(part->scenario);
	CLEANUP_FREE char *words = words_of(part);

	for (size_t i = 0; i < part->machines.n; i++) {
		const struct machine_row *m = &part->machines.at[i];
		int block = m->chain / width;

		if (m->chain < 0 || block >= blocks || !shard_has(&part->scenario->shard, block))
			return error_set(err, ERROR_USAGE, EINVAL, "%s has machine %d of chain %d, "
					 "which is not of that shard", words, m->machine, m->chain);
	}
	return 0;
}

static void hint_partial(struct error **err)
{
	error_hint(err, "--partial merges what there is; its report says what is missing");
}

static int check_complete(const struct merge_part *part, struct error **err)
{
	CLEANUP_FREE char *words = words_of(part);

	if (!strcmp(part->row.state, "complete"))
		return 0;
	error_set(err, ERROR_USAGE, EINVAL, "%s is not complete: %zu of %d samples, %s", words,
		  part->samples.n, part->row.samples_planned, part->row.state);
	hint_partial(err);
	return -EINVAL;
}

/* Names all that are missing: their commands are what the user needs. */
static int check_missing(const merge_part_vec *parts, struct error **err)
{
	int of = parts->at[0].scenario->shard.of, missing = 0;
	CLEANUP_FREE char *text = NULL;
	size_t size, at = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (int number = 1; number <= of; number++) {
		if (at < parts->n && parts->at[at].scenario->shard.number == number)
			at++;
		else
			fprintf(f, "%s%d/%d", missing++ ? ", " : "", number, of);
	}
	if (fclose(f) != 0)
		abort();
	if (!missing)
		return 0;
	error_set(err, ERROR_USAGE, EINVAL, "missing shard%s: %s", missing > 1 ? "s" : "", text);
	hint_partial(err);
	return -EINVAL;
}

static int by_number(const void *a, const void *b)
{
	const struct merge_part *x = a, *y = b;

	return x->scenario->shard.number - y->scenario->shard.number;
}

int merge_check(merge_part_vec *parts, bool partial, struct error **err)
{
	int rc = 0;

	qsort(parts->at, parts->n, sizeof(parts->at[0]), by_number);
	for (size_t i = 0; !rc && i < parts->n; i++) {
		rc = i ? check_pair(&parts->at[i - 1], &parts->at[i], err) : 0;
		if (!rc)
			rc = check_machines(&parts->at[i], err);
		if (!rc && !partial)
			rc = check_complete(&parts->at[i], err);
	}
	return rc || partial ? rc : check_missing(parts, err);
}
