// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_run.c - rows of runs, with their machines and groups of samples
 */
#include "store_private.h"

#include <errno.h>
#include <string.h>

#define RUN_COLUMNS								\
	"name, scenario, started, ended, state, scenario_yaml, provenance, "	\
	"target_ns, clock_error_p50_ns, clock_error_p99_ns, samples_planned"

static void bind_or_null(sqlite3_stmt *statement, const char *name, int64_t value)
{
	if (value != -1)
		store_bind_int(statement, name, value);
}

static int write_run(struct store *s, const char *sql, const char *doing,
		     const struct run_row *run, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, sql, &q, err);

	if (rc)
		return rc;
	store_bind_text(q, ":name", run->name);
	store_bind_text(q, ":scenario", run->scenario);
	store_bind_text(q, ":started", run->started);
	if (run->ended[0])
		store_bind_text(q, ":ended", run->ended);
	store_bind_text(q, ":state", run->state);
	store_bind_text(q, ":scenario_yaml", run->scenario_yaml ? run->scenario_yaml : "");
	store_bind_text(q, ":provenance", run->provenance_json ? run->provenance_json : "{}");
	store_bind_int(q, ":target_ns", run->target_ns);
	bind_or_null(q, ":clock_error_p50_ns", run->clock_error_p50_ns);
	bind_or_null(q, ":clock_error_p99_ns", run->clock_error_p99_ns);
	store_bind_int(q, ":samples_planned", run->samples_planned);
	return store_run_statement(s, q, doing, err);
}

int store_run_begin(struct store *s, const struct run_row *run, struct error **err)
{
	int rc = write_run(s, "INSERT INTO run (" RUN_COLUMNS ") VALUES (:name, :scenario,"
			   " :started, :ended, :state, :scenario_yaml, :provenance, :target_ns,"
			   " :clock_error_p50_ns, :clock_error_p99_ns, :samples_planned)",
			   "begin a run", run, err);

	if (rc && sqlite3_extended_errcode(s->db) == SQLITE_CONSTRAINT_UNIQUE) {
		error_free(*err);
		*err = NULL;
		return error_set(err, ERROR_USAGE, EEXIST, "run %s", run->name);
	}
	return rc;
}

int store_run_update(struct store *s, const struct run_row *run, struct error **err)
{
	int rc = write_run(s, "UPDATE run SET scenario = :scenario, started = :started,"
			   " ended = :ended, state = :state, scenario_yaml = :scenario_yaml,"
			   " provenance = :provenance, target_ns = :target_ns,"
			   " clock_error_p50_ns = :clock_error_p50_ns,"
			   " clock_error_p99_ns = :clock_error_p99_ns,"
			   " samples_planned = :samples_planned WHERE name = :name",
			   "store the state of the run", run, err);

	if (rc || sqlite3_changes(s->db))
		return rc;
	error_set(err, ERROR_USAGE, 0, "%s has no run %s", s->path, run->name);
	return -ENOENT;
}

static char *column_copy(sqlite3_stmt *q, int column)
{
	const char *text = (const char *)sqlite3_column_text(q, column);
	char *copy = strdup(text ? text : "");

	if (!copy)
		abort();
	return copy;
}

/* Steps q once and reads its row. -ENOENT without *err when there is none. */
static int read_run(struct store *s, sqlite3_stmt *q, struct run_row *run, struct error **err)
{
	int rc = sqlite3_step(q);

	if (rc == SQLITE_DONE)
		return -ENOENT;
	if (rc != SQLITE_ROW)
		return store_error(s, "read a run", err);
	memset(run, 0, sizeof(*run));
	store_column_text(q, 0, run->name, sizeof(run->name));
	store_column_text(q, 1, run->scenario, sizeof(run->scenario));
	store_column_text(q, 2, run->started, sizeof(run->started));
	store_column_text(q, 3, run->ended, sizeof(run->ended));
	store_column_text(q, 4, run->state, sizeof(run->state));
	run->scenario_yaml = column_copy(q, 5);
	run->provenance_json = column_copy(q, 6);
	run->target_ns = store_column_int(q, 7);
	run->clock_error_p50_ns = store_column_int(q, 8);
	run->clock_error_p99_ns = store_column_int(q, 9);
	run->samples_planned = sqlite3_column_int(q, 10);
	return 0;
}

int store_run_get(struct store *s, const char *name, struct run_row *run, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "SELECT " RUN_COLUMNS " FROM run"
			       " WHERE :name IS NULL OR name = :name ORDER BY id DESC LIMIT 1",
			       &q, err);

	if (rc)
		return rc;
	if (name)
		store_bind_text(q, ":name", name);
	rc = read_run(s, q, run, err);
	if (rc != -ENOENT || *err)
		return rc;
	if (name)
		error_set(err, ERROR_USAGE, 0, "%s has no run %s", s->path, name);
	else
		error_set(err, ERROR_USAGE, 0, "%s has no run", s->path);
	error_hint(err, "each run is a folder beside the database; `lobosbench run SCENARIO` "
		   "makes one");
	return -ENOENT;
}

int store_run_resumable(struct store *s, const char *scenario_yaml, struct run_row *run,
			struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "SELECT " RUN_COLUMNS " FROM (SELECT * FROM run"
			       " WHERE scenario_yaml = :text ORDER BY id DESC LIMIT 1)"
			       " WHERE state <> 'complete'", &q, err);

	if (rc)
		return rc;
	store_bind_text(q, ":text", scenario_yaml);
	return read_run(s, q, run, err);
}

int store_run_completed(struct store *s, const char *scenario, const char *since,
			struct run_row *run, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "SELECT " RUN_COLUMNS " FROM run WHERE scenario = :scenario"
			       " AND started >= :since AND state = 'complete'"
			       " ORDER BY id DESC LIMIT 1", &q, err);

	if (rc)
		return rc;
	store_bind_text(q, ":scenario", scenario);
	store_bind_text(q, ":since", since);
	return read_run(s, q, run, err);
}

int store_runs(struct store *s, run_vec *to, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "SELECT " RUN_COLUMNS " FROM run ORDER BY id", &q, err);

	while (!rc) {
		struct run_row run;

		rc = read_run(s, q, &run, err);
		if (!rc)
			vec_push(to, run);
	}
	return rc == -ENOENT && !*err ? 0 : rc;
}

void run_row_free(struct run_row *run)
{
	free(run->scenario_yaml);
	free(run->provenance_json);
	run->scenario_yaml = NULL;
	run->provenance_json = NULL;
}

int store_machine_add(struct store *s, const char *run, const struct machine_row *machine,
		      struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "INSERT INTO machine (run, machine, chain, way, variant, started)"
			       " VALUES (:run, :machine, :chain, :way, :variant, :started)", &q,
			       err);

	if (rc)
		return rc;
	store_bind_text(q, ":run", run);
	store_bind_int(q, ":machine", machine->machine);
	store_bind_int(q, ":chain", machine->chain);
	store_bind_text(q, ":way", machine->way);
	store_bind_text(q, ":variant", machine->variant);
	store_bind_text(q, ":started", machine->started);
	return store_run_statement(s, q, "store a machine", err);
}

int store_machines(struct store *s, const char *run, machine_vec *to, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "SELECT machine, chain, way, variant, started FROM machine"
			       " WHERE run = :run ORDER BY machine", &q, err);

	if (rc)
		return rc;
	store_bind_text(q, ":run", run);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct machine_row m = {
			.machine = sqlite3_column_int(q, 0),
			.chain = sqlite3_column_int(q, 1),
		};

		store_column_text(q, 2, m.way, sizeof(m.way));
		store_column_text(q, 3, m.variant, sizeof(m.variant));
		store_column_text(q, 4, m.started, sizeof(m.started));
		vec_push(to, m);
	}
	return rc == SQLITE_DONE ? 0 : store_error(s, "read the machines", err);
}

int store_groups(struct store *s, group_vec *to, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "SELECT run.name, way, variant, kernel, revision, build, count(*)"
			       " FROM sample JOIN run ON run.name = sample.run"
			       " WHERE run.state = 'complete'"
			       " GROUP BY run.id, way, variant, kernel, revision, build"
			       " ORDER BY run.id, way, variant, kernel, revision, build", &q, err);

	if (rc)
		return rc;
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct group_row g = { .samples = (size_t)sqlite3_column_int64(q, 6) };

		store_column_text(q, 0, g.run, sizeof(g.run));
		store_column_text(q, 1, g.way, sizeof(g.way));
		store_column_text(q, 2, g.variant, sizeof(g.variant));
		store_column_text(q, 3, g.kernel, sizeof(g.kernel));
		store_column_text(q, 4, g.revision, sizeof(g.revision));
		store_column_text(q, 5, g.build, sizeof(g.build));
		vec_push(to, g);
	}
	return rc == SQLITE_DONE ? 0 : store_error(s, "read the groups of samples", err);
}
