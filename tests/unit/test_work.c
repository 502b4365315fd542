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

#include "base/folder.h"
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
	folder = folder_make_below(work, "m0", &err);
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
	folder_remove(again);
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
	folder_remove(work);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_stale_files_go),
		TEST(test_short_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
