// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_work.c - that work.c clears what was left, and nothing else
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "store/work.h"

static void make_file(const char *folder, const char *name)
{
	void *where = (void *)folder;
	CLEANUP_FREE char *path = scratch_path(&where, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fclose(f);
}

static void test_stale_files_go(void **state)
{
	CLEANUP_FREE char *keep = scratch_path(state, "keep");
	CLEANUP_FREE char *keep_file = scratch_path(state, "keep/file");
	CLEANUP_FREE char *work = NULL, *folder = NULL, *link = NULL, *again = NULL;
	struct error *err = NULL;

	assert_int_equal(mkdir(keep, 0755), 0);
	make_file(keep, "file");
	work = work_open(*state, &err);
	assert_non_null(work);
	folder = work_folder(work, "m0", &err);
	assert_non_null(folder);
	make_file(folder, "overlay.qcow2");
	link = scratch_path((void **)&folder, "link");
	assert_int_equal(symlink(keep, link), 0);
	again = work_open(*state, &err);
	assert_string_equal(work, again);
	assert_int_equal(access(folder, F_OK), -1);
	assert_int_equal(access(again, W_OK), 0);
	/* What a link points to is not ours. */
	assert_int_equal(access(keep_file, F_OK), 0);
	work_remove(again);
	assert_int_equal(access(again, F_OK), -1);
}

/* However deep the results lie, a socket's path fits. */
static void test_short_path(void **state)
{
	CLEANUP_FREE char *deep = strdup(*state);
	CLEANUP_FREE char *work = NULL;
	struct error *err = NULL;

	while (strlen(deep) < 120) {
		char *deeper = scratch_path((void **)&deep, "a-rather-long-name");

		assert_int_equal(mkdir(deeper, 0755), 0);
		free(deep);
		deep = deeper;
	}
	work = work_open(deep, &err);
	assert_non_null(work);
	assert_true(strlen(work) + strlen("/m2147483647/marks.sock") < 108);
	work_remove(work);
}

static void test_space(void **state)
{
	struct error *err = NULL;

	assert_int_equal(work_space(*state, 1, &err), 0);
	assert_int_equal(work_space(*state, UINT64_MAX, &err), -ENOSPC);
	assert_int_equal(err->class, ERROR_HOST);
	assert_non_null(err->hint);
	error_free(err);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_stale_files_go),
		TEST(test_short_path),
		TEST(test_space),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
