// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_store_refused.c - what is no database of ours is refused with its reason, and left alone
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include <string.h>
#include <sys/stat.h>

#include "scratch.h"
#include "store/store.h"

/* Nothing else is taken for a failing disk, or waited for. */
static void test_not_regular(void **state)
{
	CLEANUP_FREE char *pipe = scratch_path(state, "pipe");

	assert_int_equal(mkfifo(pipe, 0600), 0);
	for (int read_only = 0; read_only < 2; read_only++) {
		CLEANUP_ERROR struct error *err = NULL;
		CLEANUP_ERROR struct error *of_pipe = NULL;

		assert_null(store_open(*state, read_only, &err));
		assert_int_equal(err->code, EISDIR);
		assert_non_null(strstr(err->message, "a folder"));
		assert_null(strstr(err->hint, "disk"));
		assert_null(store_open(pipe, read_only, &of_pipe));
		assert_int_equal(of_pipe->code, EINVAL);
	}
}

static void assert_refused(const char *path, bool read_only, enum error_class class)
{
	struct error *err = NULL;

	assert_null(store_open(path, read_only, &err));
	assert_non_null(err);
	assert_int_equal(err->class, class);
	assert_non_null(strstr(err->message, path));
	assert_non_null(err->hint);
	error_free(err);
}

static void set_version(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* What is no database of ours, or of a later version, is left alone. */
static void test_refused_files(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	CLEANUP_FREE char *text = scratch_path(state, "text");
	CLEANUP_FREE char *other = scratch_path(state, "other.db");
	CLEANUP_FREE char *none = scratch_path(state, "none.db");
	struct error *err = NULL;
	FILE *f = fopen(text, "w");

	assert_non_null(f);
	for (int i = 0; i < 1000; i++)
		fputs("not a database\n", f);
	fclose(f);
	assert_refused(text, false, ERROR_HOST);
	assert_refused(none, true, ERROR_USAGE);
	set_version(other, "CREATE TABLE t (x)");
	assert_refused(other, false, ERROR_USAGE);
	store_close(store_open(path, false, &err));
	assert_null(err);
	set_version(path, "PRAGMA user_version = 1000");
	assert_refused(path, false, ERROR_USAGE);
	assert_refused(path, true, ERROR_USAGE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_not_regular),
		TEST(test_refused_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
