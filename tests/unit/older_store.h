/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * older_store.h - a database as an older lobosbench left it
 */
#ifndef OLDER_STORE_H
#define OLDER_STORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <sqlite3.h>

/* Makes the file what version 4 of the schema was. */
static inline void make_version_4(const char *path)
{
	static const char *const added[] = { "hints", "firmware", "chipset", "cpus", "memory_mib",
					     "whole", "differences", "build", "memory_kib",
					     "cpu_model" };
	char sql[80];
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	for (size_t i = 0; i < sizeof(added) / sizeof(added[0]); i++) {
		snprintf(sql, sizeof(sql), "ALTER TABLE sample DROP COLUMN %s", added[i]);
		assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	}
	assert_int_equal(sqlite3_exec(db, "DROP TABLE proof", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 4", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

#endif /* OLDER_STORE_H */
