// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_run_record.c - what the user reads when a run ends early
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/scenario.h"
#include "run/run_record.h"
#include "sample_maker.h"
#include "scratch.h"
#include "store/store_private.h"

#define RUN	"2026-11-22T031500Z-bench"
#define YAML	"name: bench\ntitle: B\nways: [{way: kexec}]\nchain: {machines: 1, reboots: 3, warmups: 0}\n"

/* A run of 3 samples of which 1 is stored, and how it ends with ran and *err. */
static int end_after_one(struct store *s, const char *dir, int ran, struct error **err)
{
	struct error *wrong = NULL;
	CLEANUP(cleanup_scenario_free) struct scenario *scenario = scenario_parse("t.yaml", YAML,
										  &wrong);
	const struct run_base base = { .store = s, .scenario = scenario };
	struct run_record record = { .row = make_run(RUN, YAML), .dir = (char *)dir };

	assert_non_null(scenario);
	record.row.samples_planned = 3;
	return run_record_end(&record, &base, ran, err);
}

static struct store *open_with_one(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct run_row run = make_run(RUN, YAML);
	struct sample sample = make_sample(RUN, 0, 0);
	struct error *err = NULL;
	struct store *s = store_open(path, false, &err);

	assert_non_null(s);
	sqlite3_busy_timeout(s->db, 0);
	assert_int_equal(store_run_begin(s, &run, &err), 0);
	assert_int_equal(store_sample_add(s, &sample, &err), 0);
	return s;
}

static void an_interrupted_run_counts_its_samples(void **state)
{
	struct store *s = open_with_one(state);
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(end_after_one(s, *state, -EINTR, &err), -EIO);
	assert_int_equal(err->class, ERROR_INTERRUPTED);
	assert_string_equal(err->message, "run " RUN ", 1 of 3 samples: interrupted");
	assert_non_null(strstr(err->hint, "the same command again"));
	store_close(s);
}

/* While another program holds the database, nobody can say how many are in it. */
static void a_locked_database_is_not_called_empty(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct store *s = open_with_one(state);
	CLEANUP_ERROR struct error *err = NULL;
	struct sample sample = make_sample(RUN, 0, 1);
	sqlite3 *other;

	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(store_sample_add(s, &sample, &err), -EBUSY);
	assert_int_equal(end_after_one(s, *state, -EBUSY, &err), -EBUSY);
	assert_int_equal(err->class, ERROR_BUSY);
	assert_null(strstr(err->message, "of 3 samples"));
	assert_non_null(strstr(err->message, "run " RUN ": "));
	assert_non_null(strstr(err->message, path));
	assert_non_null(strstr(err->hint, "what was stored is safe"));
	sqlite3_close(other);
	store_close(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_interrupted_run_counts_its_samples),
		TEST(a_locked_database_is_not_called_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
