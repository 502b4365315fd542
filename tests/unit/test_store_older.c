// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_store_older.c - what an older database does not say, or says too much
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "older_store.h"
#include "sample_maker.h"
#include "scratch.h"
#include "store/store.h"

#define RUN	"2026-11-22T031500Z-bench"

/* Makes the file what version 3 was: it does not say which borders are libvirt's. */
static void make_version_3(const char *path)
{
	sqlite3 *db;

	make_version_4(path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "ALTER TABLE phase DROP COLUMN from_event;"
				      "PRAGMA user_version = 3", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* Two samples of which the second failed and is called proved all the same. */
static void make_store(const char *path, struct sample *good, struct sample *bad)
{
	struct run_row run = make_run(RUN, "name: bench\n");
	struct error *err = NULL;
	struct store *s = store_open(path, false, &err);

	assert_non_null(s);
	good->phases.at[PHASE_FIRMWARE] = good->phases.at[PHASE_LOAD];
	good->phases.at[PHASE_BOOTLOADER] = good->phases.at[PHASE_LOAD];
	bad->judgement.verdict = VERDICT_PANICKED;
	assert_int_equal(store_run_begin(s, &run, &err), 0);
	assert_int_equal(store_sample_add(s, good, &err), 0);
	assert_int_equal(store_sample_add(s, bad, &err), 0);
	store_close(s);
	make_version_3(path);
}

static void a_reset_of_old_was_dated_by_libvirt(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct sample a = make_sample(RUN, 0, 0), b = make_sample(RUN, 1, 0), back;
	struct error *err = NULL;
	struct store *s;

	make_store(path, &a, &b);
	for (int read_only = 1; read_only >= 0; read_only--) {
		s = store_open(path, read_only, &err);
		assert_non_null(s);
		assert_int_equal(store_sample_get(s, a.id, &back, &err), 0);
		for (enum phase p = 0; p < PHASES; p++)
			assert_int_equal(back.phases.at[p].from_event,
					 p == PHASE_HANDOFF || p == PHASE_FIRMWARE);
		assert_int_equal(store_sample_get(s, b.id, &back, &err), 0);
		assert_false(back.phases.at[PHASE_HANDOFF].from_event);
		store_close(s);
	}
}

static void a_failure_of_old_is_not_proved(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct sample a = make_sample(RUN, 0, 0), b = make_sample(RUN, 1, 0), back;
	struct error *err = NULL;
	struct store *s;

	make_store(path, &a, &b);
	s = store_open(path, true, &err);
	assert_non_null(s);
	assert_int_equal(store_sample_get(s, a.id, &back, &err), 0);
	assert_true(back.judgement.proved);
	assert_int_equal(store_sample_get(s, b.id, &back, &err), 0);
	assert_int_equal(back.judgement.verdict, VERDICT_PANICKED);
	assert_false(back.judgement.proved);
	store_close(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_reset_of_old_was_dated_by_libvirt),
		TEST(a_failure_of_old_is_not_proved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
