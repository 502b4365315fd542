/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * store_private.h - what the files of the store share
 */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include <sqlite3.h>

#include "store.h"

struct store {
	sqlite3 *db;
	char *path;
};

static inline void store_finalize(sqlite3_stmt *statement)
{
	sqlite3_finalize(statement);
}

DEFINE_CLEANUP(sqlite3_stmt, store_finalize)
#define CLEANUP_STATEMENT CLEANUP(cleanup_store_finalize)

/*
 * store_error() - the last failure of SQLite as an error of ours
 * @s:		the store whose call failed
 * @doing:	what it was to do, as in "cannot DOING"
 *
 * A full disk, a quota, a folder that cannot be written, a file that is no database
 * each get the errno that says so and a hint of their own.
 *
 * Return: a negative errno, *err is set.
 */
int store_error(struct store *s, const char *doing, struct error **err);

/* Has SQLite's system calls watched from here on; before the first file is opened. */
void store_watch_calls(void);

/* Compiles sql; the statement is the caller's. Returns 0 or as store_error(). */
int store_prepare(struct store *s, const char *sql, sqlite3_stmt **statement, struct error **err);

/* Binds text by a parameter's name (":name"); the text must outlive the step. */
void store_bind_text(sqlite3_stmt *statement, const char *name, const char *text);
void store_bind_int(sqlite3_stmt *statement, const char *name, int64_t value);

/* Runs a statement that gives no rows. Returns 0 or as store_error(). */
int store_run_statement(struct store *s, sqlite3_stmt *statement, const char *doing,
			struct error **err);

/* Runs SQL text without parameters. Returns 0 or as store_error(). */
int store_exec(struct store *s, const char *sql, const char *doing, struct error **err);

/* Copies a text column into a buffer of size bytes; NULL reads as "". */
void store_column_text(sqlite3_stmt *statement, int column, char *to, size_t size);

/* An integer column; NULL reads as -1. */
int64_t store_column_int(sqlite3_stmt *statement, int column);

/* Adds the rows of one sample, its own in *id, to the transaction that is open. */
int store_sample_insert(struct store *s, const struct sample *sample, int64_t *id,
			struct error **err);

/* Adds what the witness says of one way of a run to the transaction that is open. */
int store_proof_insert(struct store *s, const char *run, const struct proof *p, struct error **err);

/* Applies what the witness says to samples of any runs, as proof_apply() does. */
int store_apply_proofs(struct store *s, struct sample *samples, size_t n, struct error **err);

#endif /* STORE_PRIVATE_H */
