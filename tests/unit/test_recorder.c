// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_recorder.c - no byte is lost, stamps never come too early
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "machine/calibration.h"
#include "machine/recorder.h"
#include "reboot/event.h"
#include "reboot_marks.h"

#define MARKS 10000

static char dir[] = "/tmp/lobosbench-test-XXXXXX";

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/console.log", dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/data.log", dir);
	unlink(path);
	return rmdir(dir);
}

static int file(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	/* As QEMU opens it. */
	return open(path, O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC, 0644);
}

static int connect_marks(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s/marks.sock", dir);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static struct recorder *start(void)
{
	struct error *err = NULL;
	struct recorder *r = recorder_start(dir, &err);

	assert_non_null(r);
	assert_null(err);
	return r;
}

/* As the debug port does: one byte a write. */
static void *write_marks(void *arg)
{
	int fd = *(int *)arg;

	for (int i = 0; i < MARKS; i++) {
		uint8_t sequence = 2 + i % 254;
		uint8_t record[] = { REBOOT_MARK_READY, sequence,
				     REBOOT_MARK_READY ^ sequence ^ REBOOT_MARK_CHECK };

		for (size_t j = 0; j < sizeof(record); j++)
			assert_int_equal(write(fd, record + j, 1), 1);
	}
	return NULL;
}

static void ten_thousand_marks_are_all_there(void **state)
{
	struct recorder *r = start();
	struct stream s = { 0 };
	struct mark_faults faults = { 0 };
	event_vec events = { 0 };
	int fd = connect_marks();
	pthread_t writer;
	size_t next = 0;

	(void)state;
	assert_int_equal(pthread_create(&writer, NULL, write_marks, &fd), 0);
	while (events.n < MARKS) {
		assert_true(recorder_wait(r, 10000));
		/* A reader that stalls now and then: it must not matter. */
		if (events.n % 7 == 0)
			clock_sleep_until(clock_now_ns() + 20 * NS_PER_MS);
		recorder_copy(r, RECORDER_MARKS, &s);
		next = event_from_marks(&s, next, &events, &faults);
	}
	pthread_join(writer, NULL);
	assert_int_equal(events.n, MARKS);
	assert_int_equal(faults.lost + faults.damaged + faults.unknown, 0);
	for (size_t i = 1; i < s.chunks.n; i++)
		assert_true(s.chunks.at[i].ns >= s.chunks.at[i - 1].ns);
	assert_int_equal(recorder_fault(r), 0);
	close(fd);
	vec_free(&events);
	stream_free(&s);
	recorder_free(r);
}

static void files_are_followed_byte_by_byte(void **state)
{
	struct recorder *r = start();
	struct stream console = { 0 }, data = { 0 };
	int c = file("console.log"), d = file("data.log");
	const size_t n = 50000;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		uint8_t byte = i * 31 % 251;

		assert_int_equal(write(c, &byte, 1), 1);
		if (i % 10 == 0)
			assert_int_equal(write(d, &byte, 1), 1);
	}
	recorder_stop(r);
	recorder_copy(r, RECORDER_CONSOLE, &console);
	recorder_copy(r, RECORDER_DATA, &data);
	assert_int_equal(console.bytes.n, n);
	assert_int_equal(data.bytes.n, n / 10);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(console.bytes.at[i], i * 31 % 251);
	assert_int_equal(recorder_fault(r), 0);
	close(c);
	close(d);
	stream_free(&console);
	stream_free(&data);
	recorder_free(r);
}

static void a_stamp_is_not_before_its_byte(void **state)
{
	struct recorder *r = start();
	struct stream s = { 0 };
	int c = file("console.log");
	int64_t before = clock_now_ns(), after;

	(void)state;
	assert_int_equal(write(c, "x", 1), 1);
	assert_true(recorder_wait(r, 10000));
	after = clock_now_ns();
	recorder_copy(r, RECORDER_CONSOLE, &s);
	assert_int_equal(s.bytes.n, 1);
	assert_true(s.chunks.at[0].ns >= before);
	assert_true(s.chunks.at[0].ns <= after);
	close(c);
	stream_free(&s);
	recorder_free(r);
}

static void waiting_tells_each_arrival_once(void **state)
{
	struct recorder *r = start();
	int c = file("console.log");

	(void)state;
	assert_false(recorder_wait(r, 0));
	assert_false(recorder_wait(r, 20));
	assert_int_equal(write(c, "x", 1), 1);
	assert_true(recorder_wait(r, 10000));
	assert_false(recorder_wait(r, 20));
	close(c);
	recorder_free(r);
}

static void a_copy_grows_in_place(void **state)
{
	struct recorder *r = start();
	struct stream s = { 0 };
	int c = file("console.log");

	(void)state;
	assert_int_equal(write(c, "one", 3), 3);
	assert_true(recorder_wait(r, 10000));
	recorder_copy(r, RECORDER_CONSOLE, &s);
	recorder_copy(r, RECORDER_CONSOLE, &s);
	assert_int_equal(s.bytes.n, 3);
	assert_int_equal(write(c, "two", 3), 3);
	assert_true(recorder_wait(r, 10000));
	recorder_copy(r, RECORDER_CONSOLE, &s);
	assert_int_equal(s.bytes.n, 6);
	assert_memory_equal(s.bytes.at, "onetwo", 6);
	close(c);
	stream_free(&s);
	recorder_free(r);
}

static void a_lost_connection_is_a_fault(void **state)
{
	struct recorder *r = start();
	int fd = connect_marks();

	(void)state;
	assert_int_equal(write(fd, "m", 1), 1);
	assert_true(recorder_wait(r, 10000));
	assert_int_equal(recorder_fault(r), 0);
	close(fd);
	assert_true(recorder_wait(r, 10000));
	assert_int_equal(recorder_fault(r), EPIPE);
	recorder_free(r);
}

/* A machine: connects, and computes until it is killed or the test ends. */
static pid_t start_machine(void)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		connect_marks();
		for (volatile unsigned int i = 0;; i++)
			;
	}
	assert_true(pid > 0);
	return pid;
}

/* Of that machine alone: on a busy host the recorder may stand still, too. */
static const struct stall *only_stall_of_machine(const stall_vec *stalls)
{
	const struct stall *found = NULL;

	for (size_t i = 0; i < stalls->n; i++) {
		if (stalls->at[i].of != STALL_MACHINE)
			continue;
		assert_null(found);
		found = &stalls->at[i];
	}
	assert_non_null(found);
	return found;
}

static void a_stopped_machine_is_seen(void **state)
{
	struct recorder *r = start();
	int64_t began = clock_now_ns(), stopped, waited, continued;
	pid_t machine = start_machine();
	const struct stall *stall;
	stall_vec stalls = { 0 };

	(void)state;
	clock_sleep_until(clock_now_ns() + 300 * NS_PER_MS);
	stopped = clock_now_ns();
	assert_int_equal(kill(machine, SIGSTOP), 0);
	clock_sleep_until(stopped + 700 * NS_PER_MS);
	assert_int_equal(kill(machine, SIGCONT), 0);
	continued = clock_now_ns();
	clock_sleep_until(continued + 300 * NS_PER_MS);
	waited = recorder_stalls(r, &stalls);
	assert_in_range(waited, 0, clock_now_ns() - began);
	stall = only_stall_of_machine(&stalls);
	/* It had run until shortly before the first beat that found it stopped. */
	assert_true(stall->from_ns <= stopped + 200 * NS_PER_MS);
	assert_in_range(stall->to_ns, stopped + 400 * NS_PER_MS, continued);
	kill(machine, SIGKILL);
	waitpid(machine, NULL, 0);
	vec_free(&stalls);
	recorder_free(r);
}

static void a_link_leads_the_bytes_elsewhere(void **state)
{
	char elsewhere[64], link[64];
	struct recorder *r;
	struct stat st;
	int c;

	(void)state;
	snprintf(elsewhere, sizeof(elsewhere), "%s/elsewhere", dir);
	snprintf(link, sizeof(link), "%s/console.log", dir);
	unlink(link);
	assert_int_equal(symlink(elsewhere, link), 0);
	r = start();
	c = file("console.log");
	assert_int_equal(write(c, "x", 1), 1);
	assert_true(recorder_wait(r, 10000));
	assert_int_equal(stat(elsewhere, &st), 0);
	assert_int_equal(st.st_size, 1);
	close(c);
	recorder_free(r);
	unlink(link);
	unlink(elsewhere);
}

static void a_path_too_long_is_refused(void **state)
{
	struct error *err = NULL;
	char path[160];

	(void)state;
	snprintf(path, sizeof(path), "%s/%0120d", dir, 0);
	assert_int_equal(mkdir(path, 0755), 0);
	assert_null(recorder_start(path, &err));
	assert_int_equal(err->code, ENAMETOOLONG);
	assert_non_null(strstr(err->hint, "107"));
	error_free(err);
	for (const char *const *name = (const char *const[]){ "console.log", "data.log", NULL };
	     *name; name++) {
		char inside[192];

		snprintf(inside, sizeof(inside), "%s/%s", path, *name);
		unlink(inside);
	}
	rmdir(path);
}

static void calibration_gives_plausible_figures(void **state)
{
	struct calibration c;
	struct error *err = NULL;

	(void)state;
	assert_int_equal(calibration_run(dir, CALIBRATION_MESSAGES, &c, &err), 0);
	assert_int_equal(c.messages, CALIBRATION_MESSAGES);
	for (const struct lateness *l = &c.console; l;
	     l = l == &c.console ? &c.marks : NULL) {
		assert_true(l->p50_ns > 0);
		assert_true(l->p50_ns <= l->p99_ns);
		assert_true(l->p99_ns <= l->max_ns);
	}
	assert_non_null(strstr(c.recorder, "priority"));
	print_message("console p50 %ld p99 %ld max %ld us, marks p50 %ld p99 %ld max %ld us, %s\n",
		      c.console.p50_ns / 1000, c.console.p99_ns / 1000, c.console.max_ns / 1000,
		      c.marks.p50_ns / 1000, c.marks.p99_ns / 1000, c.marks.max_ns / 1000,
		      c.recorder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_thousand_marks_are_all_there),
		cmocka_unit_test(files_are_followed_byte_by_byte),
		cmocka_unit_test(a_stamp_is_not_before_its_byte),
		cmocka_unit_test(waiting_tells_each_arrival_once),
		cmocka_unit_test(a_copy_grows_in_place),
		cmocka_unit_test(a_lost_connection_is_a_fault),
		cmocka_unit_test(a_stopped_machine_is_seen),
		cmocka_unit_test(a_link_leads_the_bytes_elsewhere),
		cmocka_unit_test(a_path_too_long_is_refused),
		cmocka_unit_test(calibration_gives_plausible_figures),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
