// SPDX-License-Identifier: GPL-2.0-only
/*
 * run_record.c - what a run leaves: its row, its folder, its provenance
 */
#include "run_record.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/clock.h"
#include "base/folder.h"
#include "base/json.h"
#include "plan/order.h"
#include "run_provenance.h"
#include "store/export.h"
#include "store/provenance.h"
#include "store/work.h"
#include "summary.h"
#include "versus_record.h"

static void cleanup_samples(sample_vec *samples)
{
	vec_free(samples);
}

#define CLEANUP_SAMPLES	CLEANUP(cleanup_samples)

static int go_on(struct run_row *row, const struct run_base *b, struct error **err)
{
	CLEANUP_SAMPLES sample_vec samples = { 0 };
	int rc = store_samples(b->store, row->name, &samples, err);

	if (rc)
		return rc;
	fprintf(stderr, "continuing run %s: %zu of %d samples are there\n", row->name, samples.n,
		row->samples_planned);
	row->ended[0] = '\0';
	snprintf(row->state, sizeof(row->state), "running");
	run_provenance_start(row, b->calibration, samples.n);
	return store_run_update(b->store, row, err);
}

/* Finds the run to continue. -ENOENT without *err when there is none. */
static int resume(struct run_row *row, const struct run_base *b, json_t *now, struct error **err)
{
	const char *other;
	int rc;

	if (b->begin_new)
		return -ENOENT;
	rc = store_run_resumable(b->store, b->scenario->text, row, err);
	if (rc)
		return rc;
	other = provenance_differs(row->provenance_json, now);
	if (!other)
		return go_on(row, b, err);
	fprintf(stderr, "run %s was interrupted and stays so, for \"%s\" of its provenance has "
		"changed since; beginning a new run\n", row->name, other);
	run_row_free(row);
	memset(row, 0, sizeof(*row));
	return -ENOENT;
}

static int begin(struct run_row *row, const struct run_base *b, json_t *now, struct error **err)
{
	const struct scenario *s = b->scenario;
	time_t t = time(NULL);
	char stamp[24];
	struct tm tm;
	int rc = -EEXIST;

	gmtime_r(&t, &tm);
	strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H%M%SZ", &tm);
	clock_wall_time(clock_now_ns(), row->started, sizeof(row->started));
	snprintf(row->scenario, sizeof(row->scenario), "%s", s->name);
	snprintf(row->state, sizeof(row->state), "running");
	row->scenario_yaml = strdup(s->text);
	row->provenance_json = json_dumps(now, JSON_INDENT(1));
	if (!row->scenario_yaml || !row->provenance_json)
		abort();
	row->target_ns = s->target_ms * (int64_t)NS_PER_MS;
	row->clock_error_p50_ns = -1;
	row->clock_error_p99_ns = -1;
	row->samples_planned = order_planned(s, order_blocks(s));
	run_provenance_start(row, b->calibration, 0);
	/* Two runs in one second have the same stamp. */
	for (int i = 1; rc == -EEXIST && i < 100; i++) {
		error_free(*err);
		*err = NULL;
		if (i == 1)
			snprintf(row->name, sizeof(row->name), "%s-%s", stamp, s->name);
		else
			snprintf(row->name, sizeof(row->name), "%s-%s-%d", stamp, s->name, i);
		rc = store_run_begin(b->store, row, err);
	}
	return rc;
}

/* Another commit whose kernel and guest come out the same is no other side. */
static bool same_disks(const struct run_base *b)
{
	const struct image_set *of = b->images->of;

	return b->scenario->versus.on && b->scenario->ways[1].unpacked &&
	       !strcmp(of[0].boot, of[1].boot) && !strcmp(of[0].root, of[1].root);
}

/* A run of several commits says which. */
static void tell_sides(const struct run_base *b, json_t *now)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_read(now);

	for (size_t i = 0; i < p->sides.n; i++) {
		const struct provenance_side *side = &p->sides.at[i];
		CLEANUP_FREE char *label = versus_record_label(b->scenario, (int)i);

		if (b->scenario->versus.on)
			fprintf(stderr, "side %c: ", 'A' + (int)i);
		fprintf(stderr, "%s, commit %.*s%s\n", label, SCENARIO_REVISION_SHORT,
			*side->commit ? side->commit : "not known",
			side->dirty ? " with changes" : "");
	}
	if (same_disks(b))
		fprintf(stderr, "both sides boot the same disks: only impl.yaml may differ\n");
}

int run_record_open(struct run_record *r, const struct run_base *b, struct error **err)
{
	CLEANUP_JSON json_t *now = run_provenance(b, err);
	int rc;

	if (!now)
		return -EIO;
	tell_sides(b, now);
	rc = resume(&r->row, b, now, err);
	if (rc == -ENOENT && !*err)
		rc = begin(&r->row, b, now, err);
	if (rc)
		return rc;
	r->dir = folder_make_below(b->global->results, r->row.name, err);
	if (!r->dir)
		return -EIO;
	r->consoles = folder_make_below(r->dir, "consoles", err);
	return r->consoles ? 0 : -EIO;
}

void run_record_close(struct run_record *r)
{
	run_row_free(&r->row);
	free(r->dir);
	free(r->consoles);
}

static int store_end(struct run_record *r, const struct run_base *b, const char *state,
		     const sample_vec *samples, struct error **err)
{
	CLEANUP_FREE char *path = NULL;
	int rc;

	snprintf(r->row.state, sizeof(r->row.state), "%s", state);
	clock_wall_time(clock_now_ns(), r->row.ended, sizeof(r->row.ended));
	rc = store_run_update(b->store, &r->row, err);
	if (rc)
		return rc;
	if (asprintf(&path, "%s/samples.jsonl", r->dir) < 0)
		abort();
	return export_file(samples->at, samples->n, EXPORT_JSONL, path, err);
}

int run_record_latest(const char *results, const char *run, struct error **err)
{
	CLEANUP_FREE char *latest = NULL, *fresh = NULL;

	if (asprintf(&latest, "%s/latest", results) < 0 ||
	    asprintf(&fresh, "%s/.latest.new", results) < 0)
		abort();
	unlink(fresh);
	if (symlink(run, fresh) || rename(fresh, latest))
		return error_set(err, ERROR_HOST, errno, "%s: cannot be pointed to the run", latest);
	return 0;
}

/* The looks of a comparison become part of its row; the last one is for people. */
static int end_versus(struct run_record *r, const struct run_base *b, const sample_vec *samples,
		      bool ended, struct versus_look *last, struct error **err)
{
	const struct versus_record v = {
		.scenario = b->scenario, .store = b->store, .run = r->row.name,
	};

	return b->scenario->versus.on ? versus_record_end(&v, &r->row, samples, ended, last, err) :
	       0;
}

static void print_versus(const struct scenario *s, const struct versus_look *last)
{
	CLEANUP_FREE char *words = versus_record_words(s, last, true);

	printf("%s\n", words);
}

static int end_complete(struct run_record *r, const struct run_base *b, struct error **err)
{
	CLEANUP_SAMPLES sample_vec samples = { 0 };
	struct versus_look last = { 0 };
	struct summary summary;
	int rc = store_samples(b->store, r->row.name, &samples, err);

	if (!rc)
		rc = end_versus(r, b, &samples, true, &last, err);
	if (!rc)
		rc = store_end(r, b, "complete", &samples, err);
	if (!rc)
		rc = run_record_latest(b->global->results, r->row.name, err);
	if (rc)
		return rc;
	summary = summary_count(samples.at, samples.n);
	summary_print(stdout, samples.at, samples.n);
	summary_print_count(stdout, &summary);
	if (b->scenario->versus.on)
		print_versus(b->scenario, &last);
	fflush(stdout);
	return summary_status(&summary, (size_t)r->row.samples_planned);
}

/*
 * The database may be what failed. A row that cannot be written then stays "running",
 * which is the same, and samples that cannot be read are not called none.
 */
static int end_interrupted(struct run_record *r, const struct run_base *b, int ran,
			   struct error **err)
{
	CLEANUP_SAMPLES sample_vec samples = { 0 };
	CLEANUP_ERROR struct error *second = NULL;
	struct versus_look last;
	bool known = !store_samples(b->store, r->row.name, &samples, &second);

	if (known && !end_versus(r, b, &samples, false, &last, &second))
		store_end(r, b, "interrupted", &samples, &second);
	if (!*err)
		ran = error_set(err, ERROR_INTERRUPTED, 0, "interrupted");
	if (known)
		error_wrap(err, "run %s, %zu of %d samples", r->row.name, samples.n,
			   r->row.samples_planned);
	else
		error_wrap(err, "run %s", r->row.name);
	if (!(*err)->hint)
		error_hint(err, "%sthe same command again goes on from there; `lobosbench report` "
			   "reports what there is",
			   (*err)->code == ENOSPC ? "free some space; " : "");
	return ran;
}

int run_record_end(struct run_record *r, const struct run_base *b, int ran,
		   struct error **err)
{
	return ran ? end_interrupted(r, b, ran, err) : end_complete(r, b, err);
}
