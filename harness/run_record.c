// SPDX-License-Identifier: GPL-2.0-only
/*
 * run_record.c - what a run leaves: its row, its folder, its provenance
 */
#include "run_record.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "clock.h"
#include "export.h"
#include "host.h"
#include "report/report.h"
#include "runner.h"
#include "summary.h"
#include "work.h"

static void cleanup_json_decref(json_t **json)
{
	json_decref(*json);
}

#define CLEANUP_JSON	CLEANUP(cleanup_json_decref)

static void cleanup_samples(sample_vec *samples)
{
	vec_free(samples);
}

#define CLEANUP_SAMPLES	CLEANUP(cleanup_samples)

/* The order of the chains as a list, so that a run says in which order it was made. */
static json_t *order_json(const struct scenario *s)
{
	int n = runner_chains(s);
	CLEANUP_FREE struct runner_chain *chains = calloc(n, sizeof(*chains));
	json_t *order = json_array();

	if (!chains)
		abort();
	runner_order(s, chains);
	for (int i = 0; i < n; i++) {
		const struct scenario_way *way = &s->ways[chains[i].way];

		json_array_append_new(order, json_pack("{s:i, s:i, s:s, s:s}",
						       "chain", chains[i].number,
						       "block", chains[i].block, "way", way->way,
						       "variant", way->variant));
	}
	return order;
}

static json_t *lateness_json(const struct lateness *l)
{
	return json_pack("{s:I, s:I, s:I}", "p50", (json_int_t)l->p50_ns, "p99",
			 (json_int_t)l->p99_ns, "max", (json_int_t)l->max_ns);
}

/* One start of the run: when, how much was there, how exact the recorder was. */
static json_t *start_json(const struct calibration *c, size_t samples)
{
	char now[32];

	clock_wall_time(clock_now_ns(), now, sizeof(now));
	return json_pack("{s:s, s:I, s:s, s:i, s:o, s:o}", "at", now, "samples",
			 (json_int_t)samples, "recorder", c->recorder, "messages", c->messages,
			 "marks_lateness_ns", lateness_json(&c->marks), "console_lateness_ns",
			 lateness_json(&c->console));
}

/* Adds a start to the provenance of a run, and keeps the worst error of the clock. */
static void add_start(struct run_row *row, const struct calibration *c, size_t samples)
{
	CLEANUP_JSON json_t *json = json_loads(row->provenance_json, 0, NULL);
	json_t *starts = json_object_get(json, "starts");

	if (!starts) {
		starts = json_array();
		json_object_set_new(json, "starts", starts);
	}
	json_array_append_new(starts, start_json(c, samples));
	free(row->provenance_json);
	row->provenance_json = json_dumps(json, JSON_INDENT(1));
	if (!row->provenance_json)
		abort();
	if (row->clock_error_p50_ns < c->marks.p50_ns)
		row->clock_error_p50_ns = c->marks.p50_ns;
	if (row->clock_error_p99_ns < c->marks.p99_ns)
		row->clock_error_p99_ns = c->marks.p99_ns;
}

/* Images are told from the checkout on: where that lies differs from host to host. */
static void shorten_paths(json_t *images, const char *top)
{
	size_t n = strlen(top);

	for (size_t i = 0; i < json_array_size(images); i++) {
		json_t *image = json_array_get(images, i);
		const char *path = json_string_value(json_object_get(image, "path"));

		if (path && !strncmp(path, top, n) && path[n] == '/')
			json_object_set_new(image, "path", json_string(path + n + 1));
	}
}

/* What host.c tells, with the order. NULL with *err set. */
static json_t *provenance(const struct run_base *b, struct error **err)
{
	CLEANUP_FREE char *text = host_provenance(b->global->top, b->proof, b->accelerator,
						  b->connection,
						  (const char *const *)b->images->hashed,
						  b->images->hashed_count, err);
	json_t *json;

	if (!text)
		return NULL;
	json = json_loads(text, 0, NULL);
	if (!json_is_object(json)) {
		json_decref(json);
		error_set(err, ERROR_INSTRUMENT, EINVAL, "the provenance is no JSON object");
		return NULL;
	}
	shorten_paths(json_object_get(json, "images"), b->global->top);
	json_object_set_new(json, "seed", json_integer(b->scenario->seed));
	json_object_set_new(json, "order", order_json(b->scenario));
	return json;
}

/* Samples of one run must be comparable: the first key that differs, or NULL. */
static const char *other_base(const char *before, json_t *now)
{
	static const char *const keys[] = { "cpu", "accelerator", "versions", "images" };
	CLEANUP_JSON json_t *then = json_loads(before, 0, NULL);

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		json_t *a = json_object_get(then, keys[i]), *b = json_object_get(now, keys[i]);

		if (a && b && !json_equal(a, b))
			return keys[i];
	}
	return NULL;
}

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
	add_start(row, b->calibration, samples.n);
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
	other = other_base(row->provenance_json, now);
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
	row->samples_planned = runner_planned(s);
	add_start(row, b->calibration, 0);
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

int run_record_open(struct run_record *r, const struct run_base *b, struct error **err)
{
	CLEANUP_JSON json_t *now = provenance(b, err);
	int rc;

	if (!now)
		return -EIO;
	rc = resume(&r->row, b, now, err);
	if (rc == -ENOENT && !*err)
		rc = begin(&r->row, b, now, err);
	if (rc)
		return rc;
	r->dir = work_folder(b->global->results, r->row.name, err);
	if (!r->dir)
		return -EIO;
	r->consoles = work_folder(r->dir, "consoles", err);
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

/* Points results/latest to the run; whoever follows it meanwhile sees the old or the new one. */
static int switch_latest(const struct run_record *r, const char *results, struct error **err)
{
	CLEANUP_FREE char *latest = NULL, *fresh = NULL;

	if (asprintf(&latest, "%s/latest", results) < 0 ||
	    asprintf(&fresh, "%s/.latest.new", results) < 0)
		abort();
	unlink(fresh);
	if (symlink(r->row.name, fresh) || rename(fresh, latest))
		return error_set(err, ERROR_HOST, errno, "%s: cannot be pointed to the run", latest);
	return 0;
}

static int end_complete(struct run_record *r, const struct run_base *b, struct error **err)
{
	CLEANUP_SAMPLES sample_vec samples = { 0 };
	size_t failed;
	int rc = store_samples(b->store, r->row.name, &samples, err);

	if (!rc)
		rc = store_end(r, b, "complete", &samples, err);
	if (!rc)
		rc = switch_latest(r, b->global->results, err);
	if (rc)
		return rc;
	failed = summary_failed(samples.at, samples.n);
	summary_print(stdout, samples.at, samples.n);
	printf("%zu reboots, %zu failed\n", samples.n, failed);
	fflush(stdout);
	if (report_write(b->global, b->store, r->row.name, err)) {
		rc = error_wrap(err, "the run is complete, its report is not");
		error_hint(err, "`lobosbench report` writes it again");
		return rc;
	}
	printf("report: %s/report.md\n", r->dir);
	return failed || samples.n < (size_t)r->row.samples_planned;
}

/* The row may not be writable any more (a full disk); it then stays "running", which is the same. */
static int end_interrupted(struct run_record *r, const struct run_base *b, int ran,
			   struct error **err)
{
	CLEANUP_SAMPLES sample_vec samples = { 0 };
	CLEANUP_ERROR struct error *second = NULL;

	if (!store_samples(b->store, r->row.name, &samples, &second))
		store_end(r, b, "interrupted", &samples, &second);
	if (!*err)
		ran = error_set(err, ERROR_INTERRUPTED, 0, "interrupted");
	error_wrap(err, "run %s, %zu of %d samples", r->row.name, samples.n,
		   r->row.samples_planned);
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
