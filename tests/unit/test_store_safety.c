// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_store_safety.c - that no kill, full disk or folder costs a stored sample
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "sample_maker.h"
#include "scratch.h"
#include "store/store.h"

#define RUN	"2026-11-22T031500Z-bench"

static struct store *open_with_run(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct run_row run = make_run(RUN, "name: bench\n");
	struct error *err = NULL;
	struct store *s = store_open(path, false, &err);

	assert_non_null(s);
	assert_int_equal(store_run_begin(s, &run, &err), 0);
	return s;
}

struct job {
	const char *path;
	int told;		/* pipe: the child says what it has done */
};

static int add_for_ever(void *arg)
{
	const struct job *job = arg;
	struct error *err = NULL;
	struct store *s = store_open(job->path, false, &err);

	for (int i = 0; s; i++) {
		struct sample sample = make_sample(RUN, 0, i);

		if (store_sample_add(s, &sample, &err) || write(job->told, &i, sizeof(i)) < 0)
			break;
	}
	return 1;
}

/* Starts fn in a child, waits until it has written n integers, kills it. Return: the last one. */
static int kill_after(int (*fn)(void *), const char *path, int n)
{
	int fds[2], told = -1, last;
	struct job job = { .path = path };
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	job.told = fds[1];
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid)
		_exit(fn(&job));
	close(fds[1]);
	for (int i = 0; i < n; i++)
		assert_int_equal(read(fds[0], &told, sizeof(told)), sizeof(told));
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	while (read(fds[0], &last, sizeof(last)) == sizeof(last))
		told = last;
	close(fds[0]);
	return told;
}

/* Killed between two samples or within one: all that were stored are there, whole. */
static void test_kill_loses_nothing(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	sample_vec back = { 0 };
	struct error *err = NULL;
	struct store *s;
	int told;

	store_close(open_with_run(state));
	told = kill_after(add_for_ever, path, 10);
	s = store_open(path, false, &err);
	assert_non_null(s);
	assert_int_equal(store_samples(s, RUN, &back, &err), 0);
	/* One may have been stored and not yet told. */
	assert_in_range(back.n, told + 1, told + 2);
	for (size_t i = 0; i < back.n; i++) {
		assert_int_equal(back.at[i].index, i);
		assert_string_equal(back.at[i].wall_time, "2026-11-22T03:15:00.123Z");
		assert_int_equal(back.at[i].phases.at[PHASE_USERSPACE].last_end_ns, 6000000008);
	}
	vec_free(&back);
	store_close(s);
}

/* Changes every sample so much that changed pages are written before the commit. */
static int change_all(void *arg)
{
	const struct job *job = arg;
	sqlite3 *db;
	int i = 0;

	if (sqlite3_open(job->path, &db) ||
	    sqlite3_exec(db, "PRAGMA cache_size = 5; PRAGMA synchronous = OFF; BEGIN IMMEDIATE;"
			 "UPDATE sample SET reason = hex(zeroblob(3000)), latency_ns = 1", NULL,
			 NULL, NULL))
		return 1;
	if (write(job->told, &i, sizeof(i)) < 0)
		return 1;
	pause();
	return 0;
}

/* A database of 40 samples whose writer was killed while half of a transaction is in the file. */
static void leave_half(void **state, const char *path)
{
	CLEANUP_FREE char *journal = scratch_path(state, "lobosbench.db-journal");
	struct store *s = open_with_run(state);
	struct error *err = NULL;

	for (int i = 0; i < 40; i++) {
		struct sample sample = make_sample(RUN, 0, i);

		assert_int_equal(store_sample_add(s, &sample, &err), 0);
	}
	store_close(s);
	kill_after(change_all, path, 1);
	assert_int_equal(access(journal, F_OK), 0);
}

/* A writer, or a reader that may write, takes the half transaction back. */
static void half_is_taken_back(void **state, bool read_only)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct error *err = NULL;
	sample_vec back = { 0 };
	struct store *s;

	leave_half(state, path);
	s = store_open(path, read_only, &err);
	assert_non_null(s);
	assert_int_equal(store_samples(s, RUN, &back, &err), 0);
	assert_int_equal(back.n, 40);
	for (size_t i = 0; i < back.n; i++)
		assert_int_equal(back.at[i].latency_ns, 2345678901);
	vec_free(&back);
	store_close(s);
}

static void test_kill_in_transaction(void **state)
{
	half_is_taken_back(state, false);
}

static void test_kill_before_reading(void **state)
{
	half_is_taken_back(state, true);
}

static int read_half(void *path)
{
	CLEANUP_ERROR struct error *err = NULL;

	if (scratch_drop_root())
		return 10;
	if (store_open(path, true, &err))
		return 1;
	return err->class == ERROR_HOST && strstr(err->hint, "killed while it wrote") ? 0 : 2;
}

/* Where it cannot be taken back, the message says what happened. */
static void test_kill_read_only(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	CLEANUP_FREE char *journal = scratch_path(state, "lobosbench.db-journal");

	leave_half(state, path);
	assert_int_equal(chmod(path, 0444), 0);
	assert_int_equal(chmod(journal, 0444), 0);
	assert_int_equal(chmod(*state, 0555), 0);
	assert_int_equal(scratch_child(read_half, path), 0);
	assert_int_equal(chmod(*state, 0755), 0);
}

/* Adds until it is refused. Return: 0 when it was refused with that errno and words. */
static int fill(const char *path, int code, int *stored)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct store *s = store_open(path, false, &err);
	int rc = 0;

	for (*stored = 0; s && !rc && *stored < 5000; *stored += !rc) {
		struct sample sample = make_sample(RUN, 0, *stored);

		rc = store_sample_add(s, &sample, &err);
	}
	store_close(s);
	if (rc != -code || !err || err->class != ERROR_HOST || !err->hint)
		return 1;
	return strstr(err->message, path) ? 0 : 2;
}

/* How many samples are there; -1 if any is not whole. */
static int count(const char *path)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct store *s = store_open(path, true, &err);
	sample_vec back = { 0 };
	int n = -1;

	if (s && !store_samples(s, RUN, &back, &err))
		n = back.n;
	for (int i = 0; i < n; i++) {
		if (back.at[i].index != i || back.at[i].phases.at[PHASE_KERNEL].ns != 8000000)
			n = -1;
	}
	vec_free(&back);
	store_close(s);
	return n;
}

static int fill_limited(void *path)
{
	const struct rlimit limit = { 100000, 100000 };
	int stored, rc;

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit))
		return 10;
	rc = fill(path, EFBIG, &stored);
	if (rc)
		return rc;
	return count(path) == stored && stored > 10 ? 0 : 3;
}

/* A limit on the size of files costs nothing that is stored. */
static void test_file_limit(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");

	store_close(open_with_run(state));
	assert_int_equal(scratch_child(fill_limited, path), 0);
}

static int fill_disk(void *folder)
{
	CLEANUP_FREE char *path = scratch_path(&folder, "lobosbench.db");
	int stored, rc;

	if (scratch_mount(folder, "size=256k"))
		return SCRATCH_NO_MOUNT;
	store_close(open_with_run(&folder));
	rc = fill(path, ENOSPC, &stored);
	if (rc)
		return rc;
	return count(path) == stored && stored > 10 ? 0 : 3;
}

/* A disk that is really full; where nothing may be mounted, test_file_limit must do. */
static void test_full_disk(void **state)
{
	int rc = scratch_child(fill_disk, *state);

	if (rc == SCRATCH_NO_MOUNT)
		skip();
	assert_int_equal(rc, 0);
}

/* Room for the database, but no inode for its journal. */
static int use_all_inodes(void *folder)
{
	CLEANUP_FREE char *path = scratch_path(&folder, "lobosbench.db");
	CLEANUP_ERROR struct error *err = NULL;

	if (scratch_mount(folder, "nr_inodes=2"))
		return SCRATCH_NO_MOUNT;
	if (store_open(path, false, &err) || err->code != ENOSPC)
		return 1;
	return strstr(err->hint, "free some space") ? 0 : 2;
}

static void test_no_inode(void **state)
{
	int rc = scratch_child(use_all_inodes, *state);

	if (rc == SCRATCH_NO_MOUNT)
		skip();
	assert_int_equal(rc, 0);
}

static int open_read_only(void *folder)
{
	CLEANUP_FREE char *path = scratch_path(&folder, "lobosbench.db");
	CLEANUP_ERROR struct error *err = NULL;
	struct store *s;

	if (scratch_drop_root())
		return 10;
	s = store_open(path, false, &err);
	if (s || !err || err->class != ERROR_HOST || !strstr(err->hint, "writable"))
		return 1;
	return count(path) == 1 ? 0 : 2;
}

/* A folder, then a file, that cannot be written: refused for writing, read all the same. */
static void test_read_only(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct sample sample = make_sample(RUN, 0, 0);
	struct store *s = open_with_run(state);
	struct error *err = NULL;

	assert_int_equal(store_sample_add(s, &sample, &err), 0);
	store_close(s);
	assert_int_equal(chmod(path, 0666), 0);
	assert_int_equal(chmod(*state, 0555), 0);
	assert_int_equal(scratch_child(open_read_only, *state), 0);
	assert_int_equal(chmod(path, 0444), 0);
	assert_int_equal(chmod(*state, 0777), 0);
	assert_int_equal(scratch_child(open_read_only, *state), 0);
}

/* A run that was killed at its start leaves one: nothing to read, and a new one to write. */
static void test_empty_file(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	CLEANUP_ERROR struct error *err = NULL;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fclose(f);
	assert_null(store_open(path, true, &err));
	assert_int_equal(err->class, ERROR_USAGE);
	assert_non_null(strstr(err->message, "no results"));
	store_close(open_with_run(state));
	assert_int_equal(count(path), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_kill_loses_nothing),
		TEST(test_kill_in_transaction),
		TEST(test_kill_before_reading),
		TEST(test_kill_read_only),
		TEST(test_file_limit),
		TEST(test_full_disk),
		TEST(test_no_inode),
		TEST(test_empty_file),
		TEST(test_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
