// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_emulator.c - QEMU ends with its parent, except when libvirt only asks what it can do
 */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>

#include <cmocka.h>

#include "base/file.h"
#include "machine/emulator.h"
#include "scratch.h"

#define NAME "qemu-system-i386"
/* A QEMU that tells its number, and what it was given, and does nothing for long. */
#define QEMU "#!/bin/sh\necho \"$# $2\" >words\necho $$ >new\nmv new number\nexec sleep 600\n"

#define PATIENCE_MS 20000
#define A_WHILE_MS 300

static void put_qemu(void **state, const char *script)
{
	CLEANUP_FREE char *path = scratch_path(state, NAME), *list = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(file_write(path, script, &err), 0);
	assert_int_equal(chmod(path, 0755), 0);
	assert_true(asprintf(&list, "%s:/usr/bin:/bin", (const char *)*state) > 0);
	setenv("PATH", list, 1);
}

static char *make(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	char *path = emulator_make(*state, NAME, &err);

	assert_null(err);
	return path;
}

/* A process that has started the emulator, in the folder, and waits to be killed. */
static pid_t start_parent(void **state, const char *emulator, const char *argument)
{
	pid_t parent = fork();

	if (parent)
		return parent;
	if (chdir(*state))
		_exit(1);
	if (!fork()) {
		execl(emulator, emulator, argument, "a b", NULL);
		_exit(127);
	}
	pause();
	_exit(0);
}

/* The emulator's process once it runs. */
static int emulator_process(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "number"), *line = NULL;

	for (int ms = 0; !line && ms < PATIENCE_MS; ms += 10) {
		line = file_first_line(path);
		usleep(10000);
	}
	assert_non_null(line);
	unlink(path);
	return (int)syscall(SYS_pidfd_open, atoi(line), 0);
}

static bool ends_within(int process, int ms)
{
	struct pollfd p = { .fd = process, .events = POLLIN };

	return poll(&p, 1, ms) == 1;
}

/* Return: the emulator's process, whose parent has been killed. */
static int orphan(void **state, const char *argument)
{
	CLEANUP_FREE char *emulator = make(state);
	pid_t parent = start_parent(state, emulator, argument);
	int process = emulator_process(state);

	assert_true(process >= 0);
	assert_false(ends_within(process, 0));
	kill(parent, SIGKILL);
	assert_int_equal(waitpid(parent, NULL, 0), parent);
	return process;
}

static void a_machine_ends_with_its_parent(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "words"), *words = NULL;
	int process;

	put_qemu(state, QEMU);
	process = orphan(state, "-S");
	assert_true(ends_within(process, PATIENCE_MS));
	close(process);
	words = file_first_line(path);
	assert_string_equal(words, "2 a b");
}

static void a_question_does_not(void **state)
{
	int process;

	put_qemu(state, QEMU);
	process = orphan(state, "-daemonize");
	assert_false(ends_within(process, A_WHILE_MS));
	syscall(SYS_pidfd_send_signal, process, SIGKILL, NULL, 0);
	close(process);
}

/* By its time of change libvirt knows whether it has to ask again. */
static void it_changes_when_qemu_does(void **state)
{
	CLEANUP_FREE char *qemu = scratch_path(state, NAME), *path = NULL, *again = NULL;
	struct timespec times[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	struct stat before, after;

	put_qemu(state, QEMU);
	path = make(state);
	assert_int_equal(stat(path, &before), 0);
	again = make(state);
	assert_int_equal(stat(again, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(utimensat(AT_FDCWD, qemu, times, 0), 0);
	free(make(state));
	assert_int_equal(stat(path, &after), 0);
	assert_int_not_equal(before.st_ino, after.st_ino);
}

static void without_qemu_there_is_none(void **state)
{
	setenv("PATH", *state, 1);
	assert_null(make(state));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_machine_ends_with_its_parent, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_question_does_not, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(it_changes_when_qemu_does, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(without_qemu_there_is_none, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
