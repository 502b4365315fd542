// SPDX-License-Identifier: GPL-2.0-only
/*
 * store.c - the database of all runs
 *
 * What makes a stored sample safe:
 *
 *  - A rollback journal with synchronous=EXTRA. A commit returns when the data,
 *    and the removal of the journal, are on the disk; a process killed or a disk
 *    filled before that leaves a journal that the next opening rolls back. WAL
 *    would be faster, but keeps the newest samples in a second file that is
 *    lost when someone copies only the first, and cannot be read from a folder
 *    that is not writable. One transaction a reboot needs no speed.
 *  - One transaction a sample: its row and the rows of its phases are there
 *    together or not at all.
 *
 * The version of the schema is PRAGMA user_version; an older file is migrated,
 * or a copy in memory when it is only read; a newer one is refused.
 */
#include "store_private.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define STORE_VERSION		9
#define STORE_APPLICATION_ID	0x6c6f626f	/* "lobo": tells our file from any other */
#define STORE_BUSY_MS		30000		/* a reader holds the file for milliseconds */

/* Migration i makes version i + 1 from version i. */
static const char *const migrations[STORE_VERSION] = {
	"CREATE TABLE run ("
	"  id INTEGER PRIMARY KEY,"
	"  name TEXT NOT NULL UNIQUE,"
	"  scenario TEXT NOT NULL,"
	"  started TEXT NOT NULL,"
	"  ended TEXT,"
	"  state TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'complete')),"
	"  scenario_yaml TEXT NOT NULL,"
	"  provenance TEXT NOT NULL,"
	"  target_ns INTEGER NOT NULL,"
	"  clock_error_p50_ns INTEGER,"
	"  clock_error_p99_ns INTEGER,"
	"  samples_planned INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE machine ("
	"  run TEXT NOT NULL REFERENCES run (name),"
	"  machine INTEGER NOT NULL,"
	"  chain INTEGER NOT NULL,"
	"  way TEXT NOT NULL,"
	"  variant TEXT NOT NULL,"
	"  started TEXT NOT NULL,"
	"  PRIMARY KEY (run, machine)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE sample ("
	"  id INTEGER PRIMARY KEY,"
	"  run TEXT NOT NULL REFERENCES run (name),"
	"  scenario TEXT NOT NULL,"
	"  way TEXT NOT NULL,"
	"  variant TEXT NOT NULL,"
	"  arch TEXT NOT NULL,"
	"  kernel TEXT NOT NULL,"
	"  accel TEXT NOT NULL,"
	"  clock TEXT NOT NULL,"
	"  machine INTEGER NOT NULL,"
	"  reboot INTEGER NOT NULL,"
	"  warmup INTEGER NOT NULL,"
	"  verdict TEXT NOT NULL,"
	"  proved INTEGER NOT NULL,"
	"  phase TEXT,"
	"  reason TEXT NOT NULL,"
	"  request_ns INTEGER,"
	"  ready_ns INTEGER,"
	"  last_begun TEXT,"
	"  latency_ns INTEGER,"
	"  downtime_ns INTEGER,"
	"  log_state TEXT NOT NULL,"
	"  log_lines INTEGER NOT NULL,"
	"  log_missing INTEGER NOT NULL,"
	"  doubts INTEGER NOT NULL,"
	"  console_bytes INTEGER,"
	"  console_offset INTEGER,"
	"  clock_error_ns INTEGER,"
	"  task_clock_ns INTEGER,"
	"  page_faults INTEGER,"
	"  context_switches INTEGER,"
	"  cycles INTEGER,"
	"  instructions INTEGER,"
	"  trial TEXT NOT NULL,"
	"  wall_time TEXT NOT NULL,"
	"  UNIQUE (run, machine, reboot)"
	") STRICT;"
	"CREATE TABLE phase ("
	"  sample INTEGER NOT NULL REFERENCES sample (id) ON DELETE CASCADE,"
	"  phase TEXT NOT NULL,"
	"  state TEXT NOT NULL CHECK (state IN ('seen', 'unknown')),"
	"  ns INTEGER,"
	"  first_begin_ns INTEGER,"
	"  last_end_ns INTEGER,"
	"  from_console INTEGER NOT NULL,"
	"  PRIMARY KEY (sample, phase)"
	") STRICT, WITHOUT ROWID;",
	("ALTER TABLE sample ADD COLUMN latency_instructions INTEGER;"
	 "ALTER TABLE phase ADD COLUMN instructions INTEGER;"),
	"ALTER TABLE sample ADD COLUMN revision TEXT NOT NULL DEFAULT '';",
	/* By the wall clock every reset that led to a boot sector was libvirt's event. */
	("ALTER TABLE phase ADD COLUMN from_event INTEGER NOT NULL DEFAULT 0;"
	 "UPDATE phase SET from_event = 1 WHERE phase IN ('handoff', 'firmware') AND sample IN"
	 " (SELECT sample.id FROM sample JOIN phase AS p ON p.sample = sample.id"
	 "  WHERE p.phase = 'bootloader' AND sample.clock = 'wall');"),
	("ALTER TABLE sample ADD COLUMN hints TEXT;"
	 "ALTER TABLE sample ADD COLUMN firmware TEXT;"
	 "ALTER TABLE sample ADD COLUMN chipset TEXT;"
	 "ALTER TABLE sample ADD COLUMN cpus INTEGER;"
	 "ALTER TABLE sample ADD COLUMN memory_mib INTEGER;"
	 "ALTER TABLE sample ADD COLUMN whole INTEGER;"
	 "ALTER TABLE sample ADD COLUMN differences INTEGER;"),
	"CREATE TABLE proof ("
	"  run TEXT NOT NULL REFERENCES run (name),"
	"  way TEXT NOT NULL,"
	"  variant TEXT NOT NULL,"
	"  witness TEXT NOT NULL,"
	"  why TEXT NOT NULL,"
	"  kernel TEXT NOT NULL,"
	"  at TEXT NOT NULL,"
	"  PRIMARY KEY (run, way, variant)"
	") STRICT, WITHOUT ROWID;",
	"ALTER TABLE sample ADD COLUMN build TEXT;",
	"ALTER TABLE sample ADD COLUMN memory_kib INTEGER;",
	"ALTER TABLE sample ADD COLUMN cpu_model TEXT;",
};

int store_prepare(struct store *s, const char *sql, sqlite3_stmt **statement, struct error **err)
{
	if (sqlite3_prepare_v2(s->db, sql, -1, statement, NULL) != SQLITE_OK)
		return store_error(s, "read the schema", err);
	return 0;
}

void store_bind_text(sqlite3_stmt *statement, const char *name, const char *text)
{
	int at = sqlite3_bind_parameter_index(statement, name);

	sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

void store_bind_int(sqlite3_stmt *statement, const char *name, int64_t value)
{
	int at = sqlite3_bind_parameter_index(statement, name);

	sqlite3_bind_int64(statement, at, value);
}

int store_run_statement(struct store *s, sqlite3_stmt *statement, const char *doing,
			struct error **err)
{
	if (sqlite3_step(statement) != SQLITE_DONE)
		return store_error(s, doing, err);
	return 0;
}

int store_exec(struct store *s, const char *sql, const char *doing, struct error **err)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_error(s, doing, err);
	return 0;
}

void store_column_text(sqlite3_stmt *statement, int column, char *to, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	snprintf(to, size, "%s", text ? text : "");
}

int64_t store_column_int(sqlite3_stmt *statement, int column)
{
	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return -1;
	return sqlite3_column_int64(statement, column);
}

static int pragma_int(struct store *s, const char *sql, int *value, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *statement = NULL;
	int rc;

	/* The first statement is where SQLite looks at the file. */
	if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) != SQLITE_OK)
		return store_error(s, "open the database", err);
	rc = sqlite3_step(statement);
	if (rc != SQLITE_ROW)
		return store_error(s, "open the database", err);
	*value = sqlite3_column_int(statement, 0);
	return 0;
}

/* Refuses what is not ours; *tables is 0 for a file that nothing was ever stored in. */
static int check_version(struct store *s, int *version, int *tables, struct error **err)
{
	int application = 0, rc;

	rc = pragma_int(s, "PRAGMA user_version", version, err);
	if (!rc)
		rc = pragma_int(s, "PRAGMA application_id", &application, err);
	if (!rc)
		rc = pragma_int(s, "SELECT count(*) FROM sqlite_schema", tables, err);
	if (rc)
		return rc;
	if (*tables && application != STORE_APPLICATION_ID) {
		rc = error_set(err, ERROR_USAGE, EINVAL, "%s: a database of another program",
			       s->path);
		error_hint(err, "--results names another folder");
		return rc;
	}
	if (*version > STORE_VERSION) {
		rc = error_set(err, ERROR_USAGE, EINVAL,
			       "%s: schema version %d, this lobosbench knows up to %d", s->path,
			       *version, STORE_VERSION);
		error_hint(err, "use a newer lobosbench, or --results with another folder");
		return rc;
	}
	return 0;
}

static int migrate(struct store *s, struct error **err)
{
	CLEANUP_FREE char *stamp = NULL;
	int version, tables, rc;

	/* Two programs may find the same old file: the second sees the first one's work. */
	rc = store_exec(s, "BEGIN IMMEDIATE", "write to the database", err);
	if (rc)
		return rc;
	rc = check_version(s, &version, &tables, err);
	for (; !rc && version < STORE_VERSION; version++)
		rc = store_exec(s, migrations[version], "bring the schema up to date", err);
	if (!rc && asprintf(&stamp, "PRAGMA user_version = %d; PRAGMA application_id = %d; COMMIT",
			    STORE_VERSION, STORE_APPLICATION_ID) < 0)
		abort();
	if (!rc)
		rc = store_exec(s, stamp, "bring the schema up to date", err);
	if (rc)
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

/* Reading leaves the file as it is: an older one is brought up to date in memory. */
static int migrate_copy(struct store *s, struct error **err)
{
	sqlite3 *file = s->db, *memory = NULL;
	sqlite3_backup *backup = NULL;
	int rc = 0;

	if (sqlite3_open(":memory:", &memory) == SQLITE_OK)
		backup = sqlite3_backup_init(memory, "main", file, "main");
	if (backup)
		sqlite3_backup_step(backup, -1);
	sqlite3_backup_finish(backup);
	s->db = memory;
	if (sqlite3_errcode(memory) != SQLITE_OK)
		rc = store_error(s, "read the database", err);
	sqlite3_close(file);
	return rc ? rc : migrate(s, err);
}

static int no_results(struct store *s, int code, struct error **err)
{
	int rc = error_set(err, ERROR_USAGE, code, "%s: no results", s->path);

	error_hint(err, "`lobosbench run SCENARIO` makes some; --results names their folder");
	return rc;
}

static int set_up(struct store *s, bool read_only, struct error **err)
{
	int version, tables, rc;

	rc = store_exec(s, "PRAGMA foreign_keys = ON; PRAGMA synchronous = EXTRA",
			"open the database", err);
	if (!rc && !read_only)
		rc = store_exec(s, "PRAGMA journal_mode = DELETE", "open the database", err);
	if (!rc)
		rc = check_version(s, &version, &tables, err);
	if (rc)
		return rc;
	/* A run that was killed at its very start leaves a file of 0 bytes. */
	if (read_only && !tables)
		return no_results(s, 0, err);
	if (version == STORE_VERSION)
		return 0;
	return read_only ? migrate_copy(s, err) : migrate(s, err);
}

/*
 * Opening a file that cannot be written succeeds, and so does beginning a
 * transaction in a folder that cannot take its journal: only a write shows both
 * before a reboot is measured for nothing.
 */
static int check_writable(struct store *s, struct error **err)
{
	CLEANUP_FREE char *sql = NULL;
	int rc;

	if (asprintf(&sql, "BEGIN IMMEDIATE; PRAGMA user_version = %d", STORE_VERSION) < 0)
		abort();
	rc = store_exec(s, sql, "write to the database", err);
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

/* SQLite would wait for a pipe, and take a folder for a failing disk. */
static int check_regular(struct store *s, bool read_only, struct error **err)
{
	struct stat st;
	int rc;

	if (stat(s->path, &st))
		return read_only ? no_results(s, errno, err) : 0;
	if (S_ISREG(st.st_mode))
		return 0;
	rc = error_set(err, ERROR_USAGE, S_ISDIR(st.st_mode) ? EISDIR : EINVAL,
		       "%s: %s, not a database", s->path,
		       S_ISDIR(st.st_mode) ? "a folder" : "not a regular file");
	error_hint(err, "move it away, or name another folder with --results");
	return rc;
}

/* A writer was killed in a commit: only a connection that may write can roll it back. */
static bool needs_rollback(sqlite3 *db)
{
	return sqlite3_exec(db, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL) != SQLITE_OK &&
	       sqlite3_extended_errcode(db) == SQLITE_READONLY_ROLLBACK;
}

static int open_database(struct store *s, int flags, struct error **err)
{
	sqlite3_close(s->db);
	s->db = NULL;
	if (sqlite3_open_v2(s->path, &s->db, flags, NULL) != SQLITE_OK)
		return store_error(s, "open the database", err);
	sqlite3_busy_timeout(s->db, STORE_BUSY_MS);
	return 0;
}

static int open_file(struct store *s, bool read_only, struct error **err)
{
	int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int rc = check_regular(s, read_only, err);

	if (rc)
		return rc;
	store_watch_calls();
	rc = open_database(s, flags, err);
	if (!rc && read_only && needs_rollback(s->db))
		rc = open_database(s, SQLITE_OPEN_READWRITE, err);
	if (!rc)
		rc = set_up(s, read_only, err);
	return rc || read_only ? rc : check_writable(s, err);
}

struct store *store_open(const char *path, bool read_only, struct error **err)
{
	struct store *s = calloc(1, sizeof(*s));

	if (!s)
		abort();
	s->path = strdup(path);
	if (!s->path)
		abort();
	if (open_file(s, read_only, err)) {
		store_close(s);
		return NULL;
	}
	return s;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	sqlite3_close(s->db);
	free(s->path);
	free(s);
}
