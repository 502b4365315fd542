// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_sample.c - rows of samples, each with its phases
 *
 * One table names every column with the field it holds, so that what is written
 * and what is read cannot differ. Enumerations are stored by name: their numbers
 * may change from one version of the program to the next.
 */
#include "store_private.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

enum kind {
	KIND_TEXT,		/* a char array */
	KIND_INT,
	KIND_BOOL,
	KIND_TIME,		/* int64_t; -1 is NULL */
	KIND_BITS,		/* uint64_t */
	KIND_VERDICT,
	KIND_PHASE,		/* PHASES is NULL */
	KIND_LOG_STATE,
	KIND_WHOLE,		/* WHOLE_UNKNOWN is NULL */
};

struct column {
	const char *name;
	enum kind kind;
	size_t offset;
	size_t size;
};

#define COLUMN(column, kind, field) \
	{ column, kind, offsetof(struct sample, field), sizeof(((struct sample *)NULL)->field) }

static const struct column columns[] = {
	COLUMN("run", KIND_TEXT, run),
	COLUMN("scenario", KIND_TEXT, scenario),
	COLUMN("way", KIND_TEXT, way),
	COLUMN("variant", KIND_TEXT, variant),
	COLUMN("arch", KIND_TEXT, arch),
	COLUMN("kernel", KIND_TEXT, kernel),
	COLUMN("accel", KIND_TEXT, accel),
	COLUMN("clock", KIND_TEXT, clock),
	COLUMN("machine", KIND_INT, machine),
	COLUMN("reboot", KIND_INT, index),
	COLUMN("warmup", KIND_BOOL, warmup),
	COLUMN("verdict", KIND_VERDICT, judgement.verdict),
	COLUMN("proved", KIND_BOOL, judgement.proved),
	COLUMN("phase", KIND_PHASE, judgement.phase),
	COLUMN("reason", KIND_TEXT, judgement.reason),
	COLUMN("request_ns", KIND_TIME, phases.request_ns),
	COLUMN("ready_ns", KIND_TIME, phases.ready_ns),
	COLUMN("last_begun", KIND_PHASE, phases.last_begun),
	COLUMN("latency_ns", KIND_TIME, latency_ns),
	COLUMN("downtime_ns", KIND_TIME, downtime_ns),
	COLUMN("log_state", KIND_LOG_STATE, log_state),
	COLUMN("log_lines", KIND_INT, log_lines),
	COLUMN("log_missing", KIND_INT, log_missing),
	COLUMN("doubts", KIND_BITS, doubts),
	COLUMN("console_bytes", KIND_TIME, console_bytes),
	COLUMN("console_offset", KIND_TIME, console_offset),
	COLUMN("clock_error_ns", KIND_TIME, clock_error_ns),
	COLUMN("task_clock_ns", KIND_TIME, perf[PERF_TASK_CLOCK_NS]),
	COLUMN("page_faults", KIND_TIME, perf[PERF_PAGE_FAULTS]),
	COLUMN("context_switches", KIND_TIME, perf[PERF_CONTEXT_SWITCHES]),
	COLUMN("cycles", KIND_TIME, perf[PERF_CYCLES]),
	COLUMN("instructions", KIND_TIME, perf[PERF_INSTRUCTIONS]),
	COLUMN("trial", KIND_TEXT, trial),
	COLUMN("wall_time", KIND_TEXT, wall_time),
	COLUMN("revision", KIND_TEXT, revision),
	COLUMN("latency_instructions", KIND_TIME, latency_instructions),
	COLUMN("hints", KIND_TEXT, hints),
	COLUMN("firmware", KIND_TEXT, firmware),
	COLUMN("chipset", KIND_TEXT, chipset),
	COLUMN("cpus", KIND_INT, cpus),
	COLUMN("memory_mib", KIND_INT, memory_mib),
	COLUMN("cpu_model", KIND_TEXT, cpu_model),
	COLUMN("build", KIND_TEXT, build),
	COLUMN("whole", KIND_WHOLE, whole),
	COLUMN("differences", KIND_BITS, differences),
	COLUMN("memory_kib", KIND_BITS, memory_kib),
};

#define N_COLUMNS	(sizeof(columns) / sizeof(columns[0]))

_Static_assert(sizeof(int) == sizeof(unsigned int), "KIND_INT reads both");
_Static_assert(PERF_COUNTERS == 5, "a counter needs its column");

static void bind_column(sqlite3_stmt *q, int at, const struct column *c, const struct sample *s)
{
	const void *field = (const char *)s + c->offset;
	const char *text = NULL;
	int64_t number = 0;

	switch (c->kind) {
	case KIND_TEXT:
		text = field;
		break;
	case KIND_VERDICT:
		text = verdict_name(*(const enum verdict *)field);
		break;
	case KIND_LOG_STATE:
		text = preserved_log_state_name(*(const enum preserved_log_state *)field);
		break;
	case KIND_PHASE:
		if (*(const enum phase *)field < PHASES)
			text = phase_name(*(const enum phase *)field);
		break;
	case KIND_INT:
		number = *(const int *)field;
		break;
	case KIND_BOOL:
		number = *(const bool *)field;
		break;
	case KIND_TIME:
	case KIND_BITS:
		number = *(const int64_t *)field;
		break;
	case KIND_WHOLE:
		if (*(const enum whole *)field != WHOLE_UNKNOWN)
			sqlite3_bind_int(q, at, *(const enum whole *)field == WHOLE_YES);
		break;
	}
	if (text)
		sqlite3_bind_text(q, at, text, -1, SQLITE_STATIC);
	else if (c->kind >= KIND_INT && c->kind <= KIND_BITS &&
		 !(c->kind == KIND_TIME && number == -1))
		sqlite3_bind_int64(q, at, number);
}

static enum preserved_log_state log_state_from_name(const char *name)
{
	static const enum preserved_log_state states[] = {
		PRESERVED_LOG_KEPT, PRESERVED_LOG_DAMAGED,
	};

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (!strcmp(name, preserved_log_state_name(states[i])))
			return states[i];
	}
	return PRESERVED_LOG_NONE;
}

static enum whole whole_from(int64_t stored)
{
	if (stored < 0)
		return WHOLE_UNKNOWN;
	return stored ? WHOLE_YES : WHOLE_NO;
}

static void read_column(sqlite3_stmt *q, int at, const struct column *c, struct sample *s)
{
	void *field = (char *)s + c->offset;
	char name[32];

	switch (c->kind) {
	case KIND_TEXT:
		store_column_text(q, at, field, c->size);
		return;
	case KIND_INT:
		*(int *)field = sqlite3_column_int(q, at);
		return;
	case KIND_BOOL:
		*(bool *)field = sqlite3_column_int(q, at);
		return;
	case KIND_TIME:
		*(int64_t *)field = store_column_int(q, at);
		return;
	case KIND_BITS:
		*(int64_t *)field = sqlite3_column_int64(q, at);
		return;
	case KIND_WHOLE:
		*(enum whole *)field = whole_from(store_column_int(q, at));
		return;
	default:
		break;
	}
	store_column_text(q, at, name, sizeof(name));
	if (c->kind == KIND_VERDICT)
		*(enum verdict *)field = verdict_from_name(name);
	else if (c->kind == KIND_PHASE)
		*(enum phase *)field = phase_from_name(name);
	else
		*(enum preserved_log_state *)field = log_state_from_name(name);
}

static int add_phase(struct store *s, int64_t sample, enum phase p, const struct phase_time *t,
		     struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc;

	if (t->state == PHASE_ABSENT)
		return 0;
	rc = store_prepare(s, "INSERT INTO phase (sample, phase, state, ns, first_begin_ns,"
			   " last_end_ns, from_console, from_event, instructions) VALUES (:sample,"
			   " :phase, :state, :ns, :first_begin_ns, :last_end_ns, :from_console,"
			   " :from_event, :instructions)", &q, err);
	if (rc)
		return rc;
	store_bind_int(q, ":sample", sample);
	store_bind_text(q, ":phase", phase_name(p));
	store_bind_text(q, ":state", t->state == PHASE_SEEN ? "seen" : "unknown");
	if (t->state == PHASE_SEEN) {
		store_bind_int(q, ":ns", t->ns);
		store_bind_int(q, ":first_begin_ns", t->first_begin_ns);
		store_bind_int(q, ":last_end_ns", t->last_end_ns);
		if (t->instructions >= 0)
			store_bind_int(q, ":instructions", t->instructions);
	}
	store_bind_int(q, ":from_console", t->from_console);
	store_bind_int(q, ":from_event", t->from_event);
	return store_run_statement(s, q, "store a phase", err);
}

static int add_sample(struct store *s, const struct sample *sample, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	char sql[2048] = "INSERT INTO sample (";
	size_t n = strlen(sql);
	int rc;

	for (size_t i = 0; i < N_COLUMNS; i++)
		n += snprintf(sql + n, sizeof(sql) - n, "%s%s", i ? ", " : "", columns[i].name);
	n += snprintf(sql + n, sizeof(sql) - n, ") VALUES (");
	for (size_t i = 0; i < N_COLUMNS; i++)
		n += snprintf(sql + n, sizeof(sql) - n, "%s?", i ? ", " : "");
	snprintf(sql + n, sizeof(sql) - n, ")");
	rc = store_prepare(s, sql, &q, err);
	if (rc)
		return rc;
	for (size_t i = 0; i < N_COLUMNS; i++)
		bind_column(q, i + 1, &columns[i], sample);
	return store_run_statement(s, q, "store a sample", err);
}

int store_sample_insert(struct store *s, const struct sample *sample, int64_t *id,
			struct error **err)
{
	int rc = add_sample(s, sample, err);

	if (!rc)
		*id = sqlite3_last_insert_rowid(s->db);
	for (enum phase p = 0; !rc && p < PHASES; p++)
		rc = add_phase(s, *id, p, &sample->phases.at[p], err);
	return rc;
}

int store_sample_add(struct store *s, struct sample *sample, struct error **err)
{
	int64_t id = 0;
	int rc = store_exec(s, "BEGIN IMMEDIATE", "store a sample", err);

	if (rc)
		return rc;
	rc = store_sample_insert(s, sample, &id, err);
	if (!rc)
		rc = store_exec(s, "COMMIT", "store a sample", err);
	if (rc) {
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
		return rc;
	}
	sample->id = id;
	return 0;
}

/* q selects them and is used again for the next sample: a history has hundreds of thousands. */
static int read_phases(struct store *s, sqlite3_stmt *q, struct sample *sample,
		       struct error **err)
{
	int rc;

	sqlite3_reset(q);
	store_bind_int(q, ":sample", sample->id);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct phase_time t = { .from_console = sqlite3_column_int(q, 5),
					.from_event = sqlite3_column_int(q, 7) };
		char name[32], state[16];
		enum phase p;

		store_column_text(q, 0, name, sizeof(name));
		store_column_text(q, 1, state, sizeof(state));
		t.state = strcmp(state, "seen") ? PHASE_UNKNOWN : PHASE_SEEN;
		t.ns = sqlite3_column_int64(q, 2);
		t.first_begin_ns = sqlite3_column_int64(q, 3);
		t.last_end_ns = sqlite3_column_int64(q, 4);
		t.instructions = store_column_int(q, 6);
		p = phase_from_name(name);
		if (p < PHASES)
			sample->phases.at[p] = t;
	}
	return rc == SQLITE_DONE ? 0 : store_error(s, "read the phases", err);
}

/* A machine of which no row says more was the only one of its chain. */
#define CHAIN "coalesce((SELECT chain FROM machine WHERE machine.run = sample.run" \
	      " AND machine.machine = sample.machine), sample.machine)"

/* Reads every row of "SELECT id, columns, chain FROM sample" + where, with :run and :id bound. */
static int read_samples(struct store *s, const char *where, const char *run, int64_t id,
			sample_vec *to, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL, *phases = NULL;
	char sql[2048] = "SELECT id";
	size_t n = strlen(sql);
	int rc;

	for (size_t i = 0; i < N_COLUMNS; i++)
		n += snprintf(sql + n, sizeof(sql) - n, ", %s", columns[i].name);
	snprintf(sql + n, sizeof(sql) - n, ", " CHAIN " FROM sample %s", where);
	rc = store_prepare(s, sql, &q, err);
	if (!rc)
		rc = store_prepare(s, "SELECT phase, state, ns, first_begin_ns, last_end_ns,"
				   " from_console, instructions, from_event FROM phase"
				   " WHERE sample = :sample",
				   &phases, err);
	if (rc)
		return rc;
	if (run)
		store_bind_text(q, ":run", run);
	store_bind_int(q, ":id", id);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct sample sample;

		memset(&sample, 0, sizeof(sample));
		sample.id = sqlite3_column_int64(q, 0);
		for (size_t i = 0; i < N_COLUMNS; i++)
			read_column(q, i + 1, &columns[i], &sample);
		sample.chain = sqlite3_column_int(q, N_COLUMNS + 1);
		/* An older lobosbench said so beside failures, too. */
		sample.judgement.proved &= sample.judgement.verdict == VERDICT_OK ||
					   sample.judgement.verdict == VERDICT_LOG_LOST;
		rc = read_phases(s, phases, &sample, err);
		if (rc)
			return rc;
		vec_push(to, sample);
	}
	return rc == SQLITE_DONE ? 0 : store_error(s, "read the samples", err);
}

int store_samples_raw(struct store *s, const char *run, sample_vec *to, struct error **err)
{
	/* Two texts, for with one that fits both SQLite would use no index. */
	if (run)
		return read_samples(s, "WHERE run = :run ORDER BY machine, reboot", run, 0, to, err);
	return read_samples(s, "ORDER BY (SELECT run.id FROM run WHERE run.name = sample.run),"
			    " machine, reboot", NULL, 0, to, err);
}

int store_samples(struct store *s, const char *run, sample_vec *to, struct error **err)
{
	size_t before = to->n;
	int rc = store_samples_raw(s, run, to, err);

	return rc ? rc : store_apply_proofs(s, to->at + before, to->n - before, err);
}

int store_sample_get(struct store *s, int64_t id, struct sample *sample, struct error **err)
{
	sample_vec found = { 0 };
	int rc = read_samples(s, "WHERE id = :id", NULL, id, &found, err);

	if (!rc)
		rc = store_apply_proofs(s, found.at, found.n, err);
	if (!rc && found.n) {
		*sample = found.at[0];
	} else if (!rc) {
		error_set(err, ERROR_USAGE, 0, "%s has no sample %" PRId64, s->path, id);
		rc = -ENOENT;
	}
	vec_free(&found);
	return rc;
}
