/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * merge_scene.h - shards of a run in folders of their own, for tests of what merges them
 */
#ifndef MERGE_SCENE_H
#define MERGE_SCENE_H

#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "plan/order.h"
#include "run/merge.h"
#include "trial_double.h"

#define BLOCKS	5
#define OF	3

/* What a test may have otherwise in one shard. */
struct made_shard {
	int number, of;		/* 0: a run that is no shard */
	const char *clock, *state, *seed, *commit, *sha256, *hypervisor, *cpu, *boot;
};

static inline struct made_shard a_shard(int number)
{
	return (struct made_shard){
		.number = number, .of = OF, .clock = "virtual", .state = "complete", .seed = "7",
		.commit = "c0ffee", .sha256 = "abc", .hypervisor = "7.2.22", .cpu = "A", .boot = "b1",
	};
}

static inline char *yaml_of(const struct made_shard *m)
{
	CLEANUP_FREE char *shard = m->of ? text_format("shard: %d/%d\n", m->number, m->of) :
					   text_format("%s", "");

	return text_format("name: bench\ntitle: T\nseed: %s\nclock: %s\n%s"
			   "ways: [{way: lobos}, {way: kexec}, {way: kexec, options: [no-checks]}]\n"
			   "chain: {machines: %d, reboots: 3, warmups: 1}\n", m->seed, m->clock, shard,
			   BLOCKS);
}

static inline char *provenance_text(const struct made_shard *m)
{
	CLEANUP_JSON json_t *json = json_pack(
		"{s:i, s:{s:s, s:i}, s:i, s:s, s:{s:s, s:s}, s:{s:s, s:b}, s:[{s:s, s:s}], s:[{s:s, s:s}],"
		" s:{s:i, s:i}}",
		"schema", 1, "cpu", "model", m->cpu, "count", 2, "memory_mib", 4096, "accelerator", "tcg",
		"versions", "hypervisor", m->hypervisor, "seabios", "1.16", "source", "commit", m->commit,
		"dirty", 0, "images", "path", "boot.img", "sha256", m->sha256, "starts", "at",
		"2026-11-22T03:15:00.000Z", "boot", m->boot, "shard", "number", m->number, "of", m->of);

	return json_dumps(json, JSON_INDENT(1));
}

/* Its row as the program would have stored it. */
static inline void store_row(const char *folder, const struct made_shard *m, const char *yaml)
{
	CLEANUP_FREE char *path = path_below(folder, "lobosbench.db");
	CLEANUP_FREE char *provenance = provenance_text(m);
	struct run_row row = make_run(RUN, yaml);
	struct error *err = NULL;
	struct store *store = store_open(path, false, &err);

	assert_non_null(store);
	snprintf(row.started, sizeof(row.started), "2026-11-22T03:%02u:00.000Z", (20u - m->number) % 60);
	snprintf(row.ended, sizeof(row.ended), "2026-11-22T04:%02u:00.000Z", (unsigned int)m->number % 60);
	snprintf(row.state, sizeof(row.state), "%s", m->state);
	row.provenance_json = provenance;
	assert_int_equal(store_run_update(store, &row, &err), 0);
	store_close(store);
}

/* Runs a shard in a folder below *state, with a console of one machine; its path, to be freed. */
static inline char *make_shard(void **state, const char *name, const struct made_shard *m)
{
	CLEANUP_FREE char *yaml = yaml_of(m);
	struct error *err = NULL;
	char *folder = folder_make_below(*state, name, &err);
	CLEANUP_FREE char *run = path_below(folder, RUN "/consoles");
	CLEANUP_FREE char *console = NULL, *text_of = text_format("console of %s", name);

	assert_int_equal(folder_make(run, &err), 0);
	console = path_below(run, name);
	assert_int_equal(file_write(console, text_of, &err), 0);
	assert_int_equal(run_it((void **)&folder, yaml, &err), 0);
	store_row(folder, m, yaml);
	return folder;
}

static inline void free_parts(merge_part_vec *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		merge_part_free(&parts->at[i]);
	vec_free(parts);
}

#endif /* MERGE_SCENE_H */
