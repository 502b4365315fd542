// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_folder.c - folders: made, removed, with room in them
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/folder.h"
#include "scratch.h"

static void is_made_with_those_above(void **state)
{
	CLEANUP_FREE char *deep = scratch_path(state, "a/b/c"), *made = NULL;
	struct error *err = NULL;

	assert_int_equal(folder_make(deep, &err), 0);
	assert_int_equal(folder_make(deep, &err), 0);
	made = folder_make_below(deep, "d", &err);
	assert_non_null(made);
	assert_int_equal(access(made, W_OK), 0);
}

static void is_refused_below_a_file(void **state)
{
	CLEANUP_FREE char *file = scratch_path(state, "file");
	CLEANUP_ERROR struct error *err = NULL;
	FILE *f = fopen(file, "w");

	assert_non_null(f);
	fclose(f);
	assert_null(folder_make_below(file, "folder", &err));
	assert_int_equal(err->class, ERROR_HOST);
	assert_int_equal(err->code, ENOTDIR);
	assert_non_null(strstr(err->message, file));
}

static void is_removed_but_not_through_links(void **state)
{
	CLEANUP_FREE char *keep = scratch_path(state, "keep"), *go = scratch_path(state, "go");
	CLEANUP_FREE char *link = scratch_path(state, "go/link"), *deep = scratch_path(state, "go/a/b");
	struct error *err = NULL;

	assert_int_equal(folder_make(keep, &err), 0);
	assert_int_equal(folder_make(deep, &err), 0);
	assert_int_equal(symlink(keep, link), 0);
	folder_remove(go);
	assert_int_equal(access(go, F_OK), -1);
	assert_int_equal(access(keep, F_OK), 0);
	folder_remove(go);
}

static void room_is_asked_for(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(folder_check_space(*state, 1, &err), 0);
	assert_int_equal(folder_check_space(*state, UINT64_MAX, &err), -ENOSPC);
	assert_int_equal(err->class, ERROR_HOST);
	assert_non_null(err->hint);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_made_with_those_above),
		TEST(is_refused_below_a_file),
		TEST(is_removed_but_not_through_links),
		TEST(room_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
