// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_merge.c - `lobosbench merge`: shards of a run that were run apart, as one run
 */
#include <errno.h>
#include <string.h>

#include "base/folder.h"
#include "commands.h"
#include "report/report.h"
#include "results.h"
#include "run/merge.h"
#include "run/summary.h"
#include "store/lock.h"

struct merge_options {
	struct option_list folders;
	bool partial;
};

#define TO(member) offsetof(struct merge_options, member)

static const struct option options[] = {
	{ "DIR", NULL, "a shard: the folder of its run, or its results folder, of which the newest run "
	  "is meant", OPTION_LIST, .to = TO(folders), .required = true },
	{ "--partial", NULL, "merge what there is when shards are missing or not complete", OPTION_FLAG,
	  .to = TO(partial) },
	{ 0 }
};

static void free_parts(merge_part_vec *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		merge_part_free(&parts->at[i]);
	vec_free(parts);
}

static int read_parts(const struct merge_options *o, merge_part_vec *parts, struct error **err)
{
	int rc = 0;

	for (unsigned int i = 0; !rc && i < o->folders.n; i++)
		rc = merge_read(o->folders.at[i], parts, err);
	return rc ? rc : merge_check(parts, o->partial, err);
}

/* The exit status is that of a run. */
static int say(const struct merged *m)
{
	struct summary summary = summary_count(m->samples.at, m->samples.n);

	summary_print(stdout, m->samples.at, m->samples.n);
	summary_print_count(stdout, &summary);
	if (strcmp(m->row.state, "complete"))
		printf("not the whole run: %zu of %d samples\n", m->samples.n, m->row.samples_planned);
	return summary_status(&summary, (size_t)m->row.samples_planned);
}

static int store_all(const struct settings *global, const merge_part_vec *parts,
		     struct merged *merged, struct error **err)
{
	CLEANUP_FREE char *database = results_database(global);
	CLEANUP(cleanup_lock_release) struct lock *lock = NULL;
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	int rc = folder_make(global->results, err);

	if (rc)
		return rc;
	lock = lock_take(global->results, "merge", err);
	if (!lock)
		return -EBUSY;
	store = store_open(database, false, err);
	rc = store ? merge_store(parts, merged, store, global->results, err) : -EIO;
	if (rc)
		return rc;
	rc = report_write(global, store, merged->row.name, err);
	if (rc < 0) {
		error_wrap(err, "the shards are merged, but the report is not written");
		error_hint(err, "`lobosbench report %s` writes it again", merged->row.name);
		return rc;
	}
	printf("report: %s/%s/report.md\n", global->results, merged->row.name);
	return rc;
}

static int run_merge(const struct settings *global, const void *given, struct error **err)
{
	merge_part_vec parts = { 0 };
	struct merged merged = { 0 };
	int rc = read_parts(given, &parts, err), status;

	if (!rc) {
		merge_make(&parts, &merged);
		rc = store_all(global, &parts, &merged, err);
		status = rc < 0 ? 0 : say(&merged);
		rc = rc ? rc : status;
	}
	merged_free(&merged);
	free_parts(&parts);
	return rc;
}

const struct command command_merge = {
	.name = "merge",
	.summary = "make one run of the shards of a run",
	.prose = "Makes one run, in the results folder, of shards that `lobosbench run --shard` has run, "
		 "on this host or others. Nothing is changed where the shards lie. All shards must be "
		 "there, complete, once each, of the same scenario, commit, images, accelerator and "
		 "emulator. Where hosts differ, the report says so. Merging the same shards again "
		 "writes the same files.",
	.options = options,
	.statuses = "as of `run`: 0 all went well, 1 a reboot failed or is missing",
	.examples = "lobosbench merge results/shards/*\n"
		    "lobosbench --results all merge node1/results node2/results",
	.size = sizeof(struct merge_options),
	.run = run_merge,
};
