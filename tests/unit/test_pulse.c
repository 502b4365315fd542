// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_pulse.c - what stood still is seen, what idles or works is not
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine/pulse.h"

#define MS	INT64_C(1000000)
#define TICK	(10 * MS)

static void beats_too_far_apart_are_the_harness(void **state)
{
	struct pulse p = { .beat_ns = 1000 * MS };
	stall_vec seen = { 0 };

	(void)state;
	for (int64_t ms = 1050; ms <= 2000; ms += 50)
		pulse_of_harness(&p, ms * MS);
	pulse_of_harness(&p, 2149 * MS);
	assert_int_equal(p.stalls.n, 0);
	/* The gap is still open, and visible before the next beat. */
	pulse_stalls(&p, 2298 * MS, &seen);
	assert_int_equal(seen.n, 0);
	pulse_stalls(&p, 2299 * MS, &seen);
	assert_int_equal(seen.n, 1);
	pulse_of_harness(&p, 2899 * MS);
	assert_int_equal(p.stalls.n, 1);
	assert_int_equal(p.stalls.at[0].of, STALL_RECORDER);
	assert_int_equal(p.stalls.at[0].from_ns, 2199 * MS);
	assert_int_equal(p.stalls.at[0].to_ns, 2899 * MS);
	pulse_stalls(&p, 2900 * MS, &seen);
	assert_int_equal(seen.n, 1);
	vec_free(&seen);
	pulse_free(&p);
}

enum look { IDLES, WAITS, STOPPED };

static void beat(struct pulse *p, int64_t *ms, int n, enum look look, int64_t ticks)
{
	for (int i = 0; i < n; i++) {
		*ms += 50;
		pulse_of_machine(p, *ms * MS, &(struct vitals){
			.stopped = look == STOPPED, .waits = look == WAITS, .ticks = ticks,
		});
	}
}

static void a_machine_that_is_stopped_is_still(void **state)
{
	struct pulse p = { 0 };
	int64_t ms = 1000;

	(void)state;
	pulse_watch(&p, 1, ms * MS);
	/* It works. */
	for (int64_t ticks = 0; ticks < 20; ticks++)
		beat(&p, &ms, 1, WAITS, ticks);
	/* It idles, for long; it waits for a processor. */
	beat(&p, &ms, 100, IDLES, 19);
	beat(&p, &ms, 39, WAITS, 19);
	beat(&p, &ms, 10, IDLES, 19);
	assert_int_equal(p.stalls.n, 0);
	/* It is stopped for a second. */
	beat(&p, &ms, 1, WAITS, 20);
	beat(&p, &ms, 20, STOPPED, 20);
	assert_int_equal(p.stalls.n, 1);
	assert_int_equal(p.stalls.at[0].of, STALL_MACHINE);
	assert_int_equal(p.stalls.at[0].from_ns, (ms - 1000) * MS);
	assert_int_equal(p.stalls.at[0].to_ns, ms * MS);
	/* Then again, as shortly as can be seen, and then it waits for too long. */
	beat(&p, &ms, 1, WAITS, 25);
	beat(&p, &ms, 1, STOPPED, 25);
	assert_int_equal(p.stalls.n, 2);
	assert_int_equal(p.stalls.at[1].to_ns - p.stalls.at[1].from_ns, 50 * MS);
	beat(&p, &ms, 1, IDLES, 25);
	beat(&p, &ms, 41, WAITS, 25);
	assert_int_equal(p.stalls.n, 3);
	pulse_free(&p);
}

#define THREAD	7

/* Looks twice a second at a thread that has waited so much longer. */
static void look(struct pulse *p, int64_t *ms, int64_t *waited_ms, int64_t more_ms)
{
	*ms += 500;
	*waited_ms += more_ms;
	pulse_of_thread(p, *ms * MS, THREAD, *waited_ms * MS, true);
	pulse_of_thread(p, *ms * MS, THREAD + 2, *ms * MS, false);
	p->threads_ns = *ms * MS;
}

static void a_thread_without_a_processor_is_a_machine_that_stands_still(void **state)
{
	struct pulse p = { 0 };
	int64_t ms = 1000, waited = 70000;

	(void)state;
	/* What it waited for before is not known to be in one piece. */
	look(&p, &ms, &waited, 0);
	/* A busy but fair host, then a crowded one. */
	for (int i = 0; i < 100; i++)
		look(&p, &ms, &waited, 250);
	look(&p, &ms, &waited, 449);
	look(&p, &ms, &waited, 0);
	assert_int_equal(p.stalls.n, 0);
	/* A wait of 0.9 s shows when it is over. */
	look(&p, &ms, &waited, 0);
	look(&p, &ms, &waited, 900);
	assert_int_equal(p.stalls.n, 1);
	assert_int_equal(p.stalls.at[0].of, STALL_MACHINE);
	assert_int_equal(p.stalls.at[0].from_ns, (ms - 900) * MS);
	assert_int_equal(p.stalls.at[0].to_ns, ms * MS);
	/* Many pieces with next to no processor between them. */
	look(&p, &ms, &waited, 451);
	assert_int_equal(p.stalls.n, 2);
	/* Soon behind a look, what is short is short. */
	pulse_of_thread(&p, (ms + 100) * MS, THREAD, (waited + 100) * MS, true);
	/* Another thread. Those that are no virtual CPU may wait. */
	pulse_of_thread(&p, (ms + 100) * MS, THREAD + 1, 5000 * MS, true);
	assert_int_equal(p.stalls.n, 2);
	assert_int_equal(p.waited_ns, (waited + 100) * MS);
	pulse_free(&p);
}

/* Else time-outs would count its waits as time that it had, at its end. */
static void what_an_ended_machine_waited_stays(void **state)
{
	struct pulse p = { 0 };

	(void)state;
	pulse_watch(&p, 1, 1000 * MS);
	pulse_of_thread(&p, 1500 * MS, THREAD, 400 * MS, true);
	pulse_watch(&p, 0, 2000 * MS);
	assert_int_equal(p.waited_ns, 400 * MS);
	pulse_watch(&p, 2, 3000 * MS);
	assert_int_equal(p.waited_ns, 0);
	pulse_free(&p);
}

static void a_processor_that_comes_back_was_taken(void **state)
{
	struct pulse p = { 0 };

	(void)state;
	pulse_of_host(&p, 1000 * MS, "cpu  9 9 9 9 9 9 9 4000 0 0\ncpu0 1 2 3 4 5 6 7 1000 0 0\n"
		      "cpu1 1 2 3 4 5 6 7 3000 0 0\nintr 1 2\n", TICK);
	/* Much, but all in all, and in small pieces. */
	pulse_of_host(&p, 1500 * MS, "cpu  9 9 9 9 9 9 9 4060 0 0\ncpu0 1 2 3 4 5 6 7 1030 0 0\n"
		      "cpu1 1 2 3 4 5 6 7 3030 0 0\nintr 1 2\n", TICK);
	assert_int_equal(p.stalls.n, 0);
	pulse_of_host(&p, 2000 * MS, "cpu  9 9 9 9 9 9 9 4100 0 0\ncpu0 1 2 3 4 5 6 7 1030 0 0\n"
		      "cpu1 1 2 3 4 5 6 7 3080 0 0\nintr 1 2\n", TICK);
	assert_int_equal(p.stalls.n, 1);
	assert_int_equal(p.stalls.at[0].of, STALL_HOST);
	assert_int_equal(p.stalls.at[0].from_ns, 1500 * MS);
	assert_int_equal(p.stalls.at[0].to_ns, 2000 * MS);
	/* A processor that was not there before; a host without /proc/stat. */
	pulse_of_host(&p, 2500 * MS, "cpu7 1 2 3 4 5 6 7 9999 0 0\n", TICK);
	pulse_of_host(&p, 3000 * MS, "", TICK);
	assert_int_equal(p.stalls.n, 1);
	pulse_free(&p);
}

/* Where a host may have control groups that can be frozen. */
static const struct {
	const char *root, *file, *frozen, *thawed;
} groups[] = {
	{ "/sys/fs/cgroup/freezer", "freezer.state", "FROZEN", "THAWED" },
	{ "/sys/fs/cgroup/unified", "cgroup.freeze", "1", "0" },
	{ "/sys/fs/cgroup", "cgroup.freeze", "1", "0" },
};

static bool put(const char *folder, const char *file, const char *text)
{
	char path[256];
	int fd;
	bool ok;

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	fd = open(path, O_WRONLY);
	ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	close(fd);
	return ok;
}

static size_t machine_stalls(struct pulse *p, int64_t *ms, int beats)
{
	size_t n = 0;

	for (int i = 0; i < beats; i++)
		pulse_beat(p, (*ms += 50) * MS);
	for (size_t i = 0; i < p->stalls.n; i++)
		n += p->stalls.at[i].of == STALL_MACHINE;
	return n;
}

/* An idle process, which a machine may be too, in a group of its own. Return: false if it cannot be. */
static bool freeze_one(size_t i)
{
	struct pulse p = { .beat_ns = 1000 * MS };
	char folder[64], pid_text[16];
	int64_t ms = 1000;
	pid_t pid;
	bool can;

	snprintf(folder, sizeof(folder), "%s/lobosbench-test-%d", groups[i].root, (int)getpid());
	if (mkdir(folder, 0755))
		return false;
	pid = fork();
	if (!pid)
		for (;;)
			pause();
	snprintf(pid_text, sizeof(pid_text), "%d", (int)pid);
	can = put(folder, "cgroup.procs", pid_text) && put(folder, groups[i].file, groups[i].thawed);
	if (can) {
		pulse_watch(&p, pid, ms * MS);
		assert_int_equal(machine_stalls(&p, &ms, 20), 0);
		assert_true(put(folder, groups[i].file, groups[i].frozen));
		usleep(200000);
		assert_int_equal(machine_stalls(&p, &ms, 20), 1);
		assert_true(put(folder, groups[i].file, groups[i].thawed));
		usleep(200000);
		assert_int_equal(machine_stalls(&p, &ms, 20), 1);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	pulse_free(&p);
	rmdir(folder);
	return can;
}

static void a_frozen_group_is_no_idle_machine(void **state)
{
	bool any = false;

	(void)state;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		any |= freeze_one(i);
	if (!any)
		skip();
}

static void states_and_times_are_read(void **state)
{
	int64_t ticks = -1;

	(void)state;
	assert_int_equal(pulse_parse("77 (a) T (b) T 1 77 77 0 -1 4194624 1 0 0 0 250 31 0 0 20 0 5\n",
				     &ticks), 'T');
	assert_int_equal(ticks, 281);
	assert_int_equal(pulse_parse("77 (qemu) R 1 77", &ticks), '\0');
	assert_int_equal(pulse_parse("", &ticks), '\0');
	assert_int_equal(ticks, 281);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(beats_too_far_apart_are_the_harness),
		cmocka_unit_test(a_machine_that_is_stopped_is_still),
		cmocka_unit_test(a_thread_without_a_processor_is_a_machine_that_stands_still),
		cmocka_unit_test(what_an_ended_machine_waited_stays),
		cmocka_unit_test(a_processor_that_comes_back_was_taken),
		cmocka_unit_test(a_frozen_group_is_no_idle_machine),
		cmocka_unit_test(states_and_times_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
