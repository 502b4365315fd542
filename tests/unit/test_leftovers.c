// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_leftovers.c - what a dead harness left is ended, and nothing else
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <sys/syscall.h>

#include "base/folder.h"
#include "machine/leftovers.h"
#include "machine/owner.h"
#include "scratch.h"
#include "machine/state_dir.h"

/* A process that waits for ever with these words on its command line. */
static pid_t start(const char *name, const char *words)
{
	int block[2];
	pid_t pid;

	assert_int_equal(pipe(block), 0);
	pid = fork();
	if (!pid) {
		dup2(block[0], 0);
		close(block[1]);
		execl("/bin/sh", name, "-c", "read line", words, NULL);
		_exit(99);
	}
	/* This process alone holds the other end: the reader ends with it at the latest. */
	close(block[0]);
	return pid;
}

/* Until /proc shows the words of the program that was started, not those of this one. */
static void wait_started(pid_t pid, const char *name)
{
	char path[64], line[64] = "";

	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	while (strcmp(line, name)) {
		FILE *f = fopen(path, "r");

		assert_non_null(f);
		memset(line, 0, sizeof(line));
		if (!fread(line, 1, sizeof(line) - 1, f))
			line[0] = '\0';
		fclose(f);
	}
}

static void write_pid(void **state, const char *machine, pid_t pid)
{
	CLEANUP_FREE char *path = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *dir = scratch_path(state, "run/qemu");
	FILE *f;

	assert_int_equal(folder_make(dir, &err), 0);
	assert_true(asprintf(&path, "%s/%s.pid", dir, machine) > 0);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%d\n", pid);
	fclose(f);
}

static int run(void **state, const char *name, const char *machine, const char *folder,
	       unsigned int *ended)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *words = NULL;
	int status;
	pid_t pid;

	assert_true(asprintf(&words, "guest=%s,debug-threads=on file=%s/lib", machine, folder) > 0);
	pid = start(name, words);
	wait_started(pid, name);
	write_pid(state, "lobosbench-a", pid);
	assert_int_equal(leftovers_end(*state, ended, &err), 0);
	kill(pid, SIGUSR1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	return WTERMSIG(status);
}

static void end_one_of_ours(void **state)
{
	CLEANUP_FREE char *file = scratch_path(state, "run/qemu/lobosbench-a.pid");
	unsigned int ended;

	assert_int_equal(run(state, "qemu-system-x", "lobosbench-a", *state, &ended), SIGTERM);
	assert_int_equal(ended, 1);
	assert_int_equal(access(file, F_OK), -1);
}

static void a_machine_of_ours_is_ended(void **state)
{
	int handle = syscall(SYS_pidfd_open, getpid(), 0);
	bool known = handle >= 0 && !syscall(SYS_pidfd_send_signal, handle, 0, NULL, 0);

	if (handle >= 0)
		close(handle);
	/* One valgrind does not know the first call, another only the second. */
	if (!known)
		skip();
	end_one_of_ours(state);
}

/* The pid was given to somebody else since: SIGUSR1, sent by the test, ends it. */
static void another_program_is_left_alone(void **state)
{
	unsigned int ended;

	assert_int_equal(run(state, "editor", "lobosbench-a", *state, &ended), SIGUSR1);
	assert_int_equal(ended, 0);
}

static void another_machine_is_left_alone(void **state)
{
	unsigned int ended;

	assert_int_equal(run(state, "qemu-system-x", "lobosbench-ab", *state, &ended), SIGUSR1);
	assert_int_equal(ended, 0);
}

static void another_folder_is_left_alone(void **state)
{
	unsigned int ended;

	assert_int_equal(run(state, "qemu-system-x", "lobosbench-a", "/elsewhere", &ended),
			 SIGUSR1);
	assert_int_equal(ended, 0);
}

static void nothing_there_is_fine(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	unsigned int ended = 7;

	write_pid(state, "lobosbench-a", 999999999);
	assert_int_equal(leftovers_end(*state, &ended, &err), 0);
	assert_int_equal(ended, 0);
	assert_int_equal(leftovers_end("/no/such/folder", &ended, &err), 0);
	assert_int_equal(ended, 0);
}

static void an_owner_is_alive_then_dead(void **state)
{
	char text[OWNER_LENGTH] = "", mine[OWNER_LENGTH];
	int ends[2], status;
	pid_t pid;

	(void)state;
	owner_text(mine);
	assert_false(owner_is_dead(mine));
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (!pid) {
		owner_text(text);
		_exit(write(ends[1], text, sizeof(text)) != sizeof(text));
	}
	assert_int_equal(read(ends[0], text, sizeof(text)), sizeof(text));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(owner_is_dead(text));
	close(ends[0]);
	close(ends[1]);
}

static void what_cannot_be_known_is_not_dead(void **state)
{
	(void)state;
	assert_false(owner_is_dead(""));
	assert_false(owner_is_dead("a machine of somebody"));
	assert_false(owner_is_dead("lobosbench on 00000000-0000-0000-0000-000000000000 process 2 "
				   "started 1"));
}

static void a_state_folder_has_one_holder(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	int first = state_dir_take(*state, &err), again;

	assert_true(first >= 0);
	assert_int_equal(state_dir_take(*state, &err), -EBUSY);
	assert_int_equal(err->class, ERROR_BUSY);
	assert_non_null(strstr(err->hint, "--state"));
	close(first);
	error_free(err);
	err = NULL;
	again = state_dir_take(*state, &err);
	assert_true(again >= 0);
	close(again);
}

static void a_state_folder_too_deep_is_refused(void **state)
{
	static const char deep[] = "/tmp/0123456789012345678901234567890123456789012345678";
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_int_equal(state_dir_take(deep, &err), -ENAMETOOLONG);
	assert_int_equal(err->class, ERROR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_machine_of_ours_is_ended, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(another_program_is_left_alone, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(another_machine_is_left_alone, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(another_folder_is_left_alone, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(nothing_there_is_fine, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(an_owner_is_alive_then_dead),
		cmocka_unit_test(what_cannot_be_known_is_not_dead),
		cmocka_unit_test_setup_teardown(a_state_folder_has_one_holder, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(a_state_folder_too_deep_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
