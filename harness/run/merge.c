// SPDX-License-Identifier: GPL-2.0-only
/*
 * merge.c - shards of a run that were run apart, as one run
 */
#include "merge.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/text.h"
#include "plan/order.h"
#include "reboot/doubt.h"
#include "run_record.h"
#include "store/export.h"
#include "store/provenance.h"
#include "store/provenance_merge.h"

/* What a run's folder has of single machines and ways. */
static const char *const folders[] = { "consoles", "profile", "witness" };

static json_t *provenance_of(const merge_part_vec *parts)
{
	CLEANUP_FREE struct provenance_part *all = calloc(parts->n, sizeof(*all));

	if (!all)
		abort();
	for (size_t i = 0; i < parts->n; i++) {
		const struct merge_part *part = &parts->at[i];

		all[i] = (struct provenance_part){
			.shard = part->scenario->shard.number, .row = &part->row,
			.samples = part->samples.n, .json = part->provenance,
		};
	}
	return provenance_merge(all, parts->n, parts->at[0].scenario->shard.of);
}

/* "2026-11-22T03:15:00.123Z" as runs are named, "2026-11-22T031500Z". */
static void stamp_of(const char *started, char *to, size_t size)
{
	size_t n = 0;

	for (; *started && *started != '.' && n + 2 < size; started++)
		if (*started != ':' && *started != 'Z')
			to[n++] = *started;
	snprintf(to + n, size - n, "Z");
}

/* How many samples the whole run has, whatever shards there are. */
static int planned_of(const struct merge_part *part)
{
	struct scenario whole = *part->scenario;

	whole.shard = (struct shard){ 0 };
	return order_planned(&whole, order_blocks(&whole));
}

static void make_row(const merge_part_vec *parts, bool whole, struct run_row *row)
{
	const struct merge_part *first = &parts->at[0];
	CLEANUP_JSON json_t *provenance = provenance_of(parts);
	char stamp[24];

	*row = first->row;
	row->scenario_yaml = text_format("%s", first->whole);
	row->provenance_json = json_dumps(provenance, JSON_INDENT(1));
	if (!row->provenance_json)
		abort();
	for (size_t i = 1; i < parts->n; i++) {
		const struct run_row *other = &parts->at[i].row;

		if (strcmp(other->started, row->started) < 0)
			strcpy(row->started, other->started);
		if (strcmp(other->ended, row->ended) > 0)
			strcpy(row->ended, other->ended);
		if (other->clock_error_p50_ns > row->clock_error_p50_ns)
			row->clock_error_p50_ns = other->clock_error_p50_ns;
		if (other->clock_error_p99_ns > row->clock_error_p99_ns)
			row->clock_error_p99_ns = other->clock_error_p99_ns;
	}
	stamp_of(row->started, stamp, sizeof(stamp));
	snprintf(row->name, sizeof(row->name), "%.18s-%.40s" MERGE_SUFFIX, stamp,
		 row->scenario);
	strcpy(row->state, whole ? "complete" : "interrupted");
	row->samples_planned = planned_of(first);
}

static bool is_whole(const merge_part_vec *parts)
{
	bool whole = (int)parts->n == parts->at[0].scenario->shard.of;

	for (size_t i = 0; i < parts->n; i++)
		whole &= !strcmp(parts->at[i].row.state, "complete");
	return whole;
}

/* Nobody said that of two accounts of a way the better one counts. */
static void add_proof(proof_vec *to, const struct proof *p)
{
	for (size_t i = 0; i < to->n; i++) {
		struct proof *known = &to->at[i];

		if (strcmp(known->way, p->way) || strcmp(known->variant, p->variant))
			continue;
		if (p->word == PROOF_CONTRADICTED ||
		    (p->word == PROOF_CONFIRMED && known->word == PROOF_NOT_WITNESSED))
			*known = *p;
		return;
	}
	vec_push(to, *p);
}

static int by_machine(const void *a, const void *b)
{
	const struct machine_row *x = a, *y = b;

	return x->machine - y->machine;
}

static int by_place(const void *a, const void *b)
{
	const struct sample *x = a, *y = b;

	return x->machine != y->machine ? x->machine - y->machine : x->index - y->index;
}

static void sort(struct merged *m)
{
	if (m->machines.n)
		qsort(m->machines.at, m->machines.n, sizeof(m->machines.at[0]), by_machine);
	if (m->samples.n)
		qsort(m->samples.at, m->samples.n, sizeof(m->samples.at[0]), by_place);
}

void merge_make(const merge_part_vec *parts, struct merged *to)
{
	CLEANUP_PROVENANCE struct provenance *p = NULL;

	memset(to, 0, sizeof(*to));
	make_row(parts, is_whole(parts), &to->row);
	p = provenance_parse(to->row.provenance_json);
	for (size_t i = 0; i < parts->n; i++) {
		const struct merge_part *part = &parts->at[i];

		for (size_t k = 0; k < part->machines.n; k++)
			vec_push(&to->machines, part->machines.at[k]);
		for (size_t k = 0; k < part->samples.n; k++)
			vec_push(&to->samples, part->samples.at[k]);
		for (size_t k = 0; k < part->proofs.n; k++)
			add_proof(&to->proofs, &part->proofs.at[k]);
	}
	sort(to);
	for (size_t i = 0; i < to->samples.n; i++) {
		struct sample *s = &to->samples.at[i];

		memcpy(s->run, to->row.name, sizeof(s->run));
		if (p->merged.boots > 1 && !sample_is_virtual(s))
			s->doubts |= DOUBT_BIT(DOUBT_SEVERAL_HOSTS);
	}
}

void merged_free(struct merged *merged)
{
	run_row_free(&merged->row);
	vec_free(&merged->machines);
	vec_free(&merged->samples);
	vec_free(&merged->proofs);
}

/* Copies the files of from/name to to/name; there may be no such folder. */
static int copy_folder(const char *from, const char *to, const char *name, struct error **err)
{
	CLEANUP_FREE char *source = path_below(from, name), *target = NULL;
	struct dirent *entry;
	DIR *dir = opendir(source);
	int rc = 0;

	if (!dir)
		return errno == ENOENT ? 0 : error_set(err, ERROR_HOST, errno, "%s", source);
	target = folder_make_below(to, name, err);
	if (!target)
		rc = -EIO;
	while (!rc && (entry = readdir(dir))) {
		CLEANUP_FREE char *path = path_below(source, entry->d_name);
		struct stat st;

		if (!lstat(path, &st) && S_ISREG(st.st_mode))
			rc = file_copy(source, target, entry->d_name, err);
	}
	closedir(dir);
	return rc;
}

/* An account that contradicts a way takes the place of one that does not: it is copied last. */
static int copy_folders(const merge_part_vec *parts, const char *to, struct error **err)
{
	int rc = 0;

	for (int contradicted = 0; contradicted < 2; contradicted++)
		for (size_t i = 0; i < parts->n; i++) {
			const struct merge_part *part = &parts->at[i];

			if (proof_any(&part->proofs, PROOF_CONTRADICTED) != contradicted)
				continue;
			for (size_t f = 0; !rc && f < sizeof(folders) / sizeof(folders[0]); f++)
				rc = copy_folder(part->folder, to, folders[f], err);
		}
	return rc;
}

/* Return: 1 when exactly this run is stored, 0 when none of its name is. */
static int is_stored(const struct merged *merged, struct store *store, struct error **err)
{
	struct run_row known = { 0 };
	CLEANUP_ERROR struct error *none = NULL;
	int rc = store_run_get(store, merged->row.name, &known, &none);
	bool same = !rc && !strcmp(known.provenance_json, merged->row.provenance_json) &&
		    !strcmp(known.scenario_yaml, merged->row.scenario_yaml);

	run_row_free(&known);
	if (rc == -ENOENT)
		return 0;
	if (rc) {
		*err = steal_ptr(&none);
		return rc;
	}
	if (same)
		return 1;
	rc = error_set(err, ERROR_USAGE, EEXIST, "run %s is merged already, from other shards or "
		       "fewer samples of them", merged->row.name);
	error_hint(err, "--results names another folder");
	return rc;
}

int merge_store(const merge_part_vec *parts, struct merged *merged, struct store *store,
		const char *results, struct error **err)
{
	CLEANUP_FREE char *dir = NULL, *samples = NULL;
	int rc = is_stored(merged, store, err);
	bool stored = rc == 1;

	if (rc < 0)
		return rc;
	dir = folder_make_below(results, merged->row.name, err);
	if (!dir)
		return -EIO;
	samples = path_below(dir, "samples.jsonl");
	rc = copy_folders(parts, dir, err);
	if (!rc && !stored)
		rc = store_import(store, &merged->row, &merged->machines, &merged->samples,
				  &merged->proofs, err);
	if (rc)
		return rc;
	proof_apply(&merged->proofs, merged->samples.at, merged->samples.n);
	rc = export_file(merged->samples.at, merged->samples.n, EXPORT_JSONL, samples, err);
	if (!rc && !strcmp(merged->row.state, "complete"))
		rc = run_record_latest(results, merged->row.name, err);
	return rc;
}
