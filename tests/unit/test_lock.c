// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_lock.c - that lock.c lets in one at a time, and says who it is
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/lock.h"
#include "scratch.h"

static void test_one_at_a_time(void **state)
{
	struct error *err = NULL;
	struct lock *first = lock_take(*state, "scenario bench", &err), *second;
	char pid[32];

	assert_non_null(first);
	second = lock_take(*state, "scenario other", &err);
	assert_null(second);
	assert_int_equal(err->class, ERROR_BUSY);
	snprintf(pid, sizeof(pid), "pid %ld,", (long)getpid());
	assert_non_null(strstr(err->message, pid));
	assert_non_null(strstr(err->message, "since 20"));
	assert_non_null(strstr(err->message, "scenario bench"));
	assert_null(strstr(err->message, "scenario other"));
	assert_non_null(err->hint);
	error_free(err);
	err = NULL;
	lock_release(first);
	second = lock_take(*state, "scenario other", &err);
	assert_non_null(second);
	lock_release(second);
}

static struct lock *volatile held;

static int take_and_die(void *folder)
{
	struct error *err = NULL;

	held = lock_take(folder, "scenario bench", &err);
	if (!held)
		return 1;
	raise(SIGKILL);
	return 2;
}

/* A killed holder holds nothing. */
static void test_killed_holder(void **state)
{
	struct error *err = NULL;
	struct lock *lock;

	assert_int_equal(scratch_child(take_and_die, *state), 1000 + SIGKILL);
	lock = lock_take(*state, "scenario bench", &err);
	assert_non_null(lock);
	lock_release(lock);
}

static int take_unwritable(void *folder)
{
	CLEANUP_ERROR struct error *err = NULL;

	if (scratch_drop_root())
		return 10;
	if (lock_take(folder, "scenario bench", &err) || !err)
		return 1;
	return err->class == ERROR_HOST && err->code == EACCES && err->hint ? 0 : 2;
}

static void test_unwritable(void **state)
{
	assert_int_equal(chmod(*state, 0555), 0);
	assert_int_equal(scratch_child(take_unwritable, *state), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_one_at_a_time),
		TEST(test_killed_holder),
		TEST(test_unwritable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
