// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_progress.c - what progress.c shows, where
 */
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>

#include <cmocka.h>

#include "run/progress.h"
#include "sample_maker.h"
#include "scratch.h"

static void test_pace(void **state)
{
	struct pace p[2] = {
		{ .reboots_left = 10, .machines_left = 2 },
		{ .reboots_left = 5, .machines_left = 1 },
	};

	(void)state;
	assert_true(pace_left(p, 2, 1) < 0);
	/* 2 s a reboot, 6 s with a machine's start; the other way is taken to be alike. */
	p[0].reboots = 4;
	p[0].reboots_s = 8;
	p[0].machines = 1;
	p[0].machines_s = 6;
	assert_float_equal(pace_left(p, 2, 1), 8 * 2 + 2 * 6 + 4 * 2 + 6, 1e-9);
	assert_float_equal(pace_left(p, 2, 2), 21, 1e-9);
	p[1].reboots = 1;
	p[1].reboots_s = 10;
	assert_float_equal(pace_left(p, 2, 1), 8 * 2 + 2 * 6 + 4 * 10 + 6, 1e-9);
	/* Nothing of a way with nothing left need be known. */
	memset(p, 0, sizeof(p));
	p[0].machines = 1;
	p[0].machines_s = 3;
	assert_float_equal(pace_left(p, 2, 1), 0, 1e-9);
}

static void test_duration(void **state)
{
	char text[32];

	(void)state;
	progress_duration(text, sizeof(text), 34.6);
	assert_string_equal(text, "35 s");
	progress_duration(text, sizeof(text), 59.7);
	assert_string_equal(text, "1 min 0 s");
	progress_duration(text, sizeof(text), 200);
	assert_string_equal(text, "3 min 20 s");
	progress_duration(text, sizeof(text), 7500);
	assert_string_equal(text, "2 h 5 min");
}

static void test_line(void **state)
{
	struct progress_view v = { .done = 14, .planned = 56, .failed = 1, .left_s = 80,
				   .now = "lobos, machine 2, reboot 3: kernel" };
	char line[512];

	(void)state;
	progress_line(line, sizeof(line), &v, 120, false);
	assert_string_equal(line, "[#######.......................] 14/56  1 failed"
			    "  1 min 20 s left  lobos, machine 2, reboot 3: kernel");
	progress_line(line, sizeof(line), &v, 60, false);
	assert_string_equal(line, "[######..................] 14/56  1 failed  1 min 20 s left");
	progress_line(line, sizeof(line), &v, 40, false);
	assert_string_equal(line, "14/56  1 failed  1 min 20 s left");
	/* Never as wide as the terminal, whatever its width. */
	for (unsigned int columns = 0; columns < 130; columns++) {
		progress_line(line, sizeof(line), &v, columns, false);
		assert_true(strlen(line) <= (columns > 1 ? columns - 1 : 1));
	}
	progress_line(line, sizeof(line), &v, 60, true);
	assert_non_null(strstr(line, "\033[31m  1 failed\033[0m"));
	v.failed = 0;
	v.left_s = -1;
	progress_line(line, sizeof(line), &v, 80, true);
	assert_null(strchr(line, '\033'));
	assert_non_null(strstr(line, "time left not yet known"));
}

static void show(FILE *out)
{
	CLEANUP(cleanup_progress_free) struct progress *p = progress_new(out, 1, 1, 0);
	struct sample s = make_sample("run", 0, 0);

	progress_plan(p, 0, 1, 3);
	progress_phase(p, "kexec", 0, 0, PHASE_KERNEL);
	progress_sample(p, 0, "kexec", &s, 6, true);
	s.index = 1;
	s.warmup = false;
	s.judgement.verdict = VERDICT_HUNG;
	strcpy(s.judgement.reason, "no byte for 20 s");
	progress_sample(p, 0, "kexec", &s, 2, false);
	progress_note(p, "a note of %d words", 5);
	progress_tick(p);
}

/* Elsewhere than on a terminal: whole lines and nothing else. */
static void test_plain_lines(void **state)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	show(f);
	fclose(f);
	assert_string_equal(text,
		"1/3 kexec, machine 0, reboot 0 (warm-up): ok, 2.346 s; 12 s left\n"
		"2/3 kexec, machine 0, reboot 1: hung: no byte for 20 s; 2 s left\n"
		"a note of 5 words\n");
}

/* The exact part has a pace of its own, which is not known before its first reboot. */
static void test_two_parts(void **state)
{
	CLEANUP_FREE char *text = NULL;
	struct sample s = make_sample("run", 0, 1);
	struct progress *p;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	p = progress_new(f, 1, 1, 2);
	progress_plan(p, 0, 1, 2);
	progress_plan(p, 1, 2, 4);
	progress_sample(p, 0, "lobos", &s, 6, true);
	s.index = 2;
	progress_sample(p, 0, "lobos", &s, 2, false);
	strcpy(s.clock, "virtual");
	s.latency_instructions = 259112000;
	s.machine = 1;
	progress_sample(p, 1, "lobos", &s, 20, true);
	progress_free(p);
	fclose(f);
	assert_string_equal(text,
		"1/6 lobos, machine 0, reboot 1: ok, 2.346 s; 6 s to the exact part\n"
		"2/6 lobos, machine 0, reboot 2: ok, 2.346 s; time left not yet known\n"
		"3/6 lobos, machine 1, reboot 2: ok, 259.112 million instructions; 30 s left\n");
}

/* What show() writes to a terminal of so many columns. */
static void show_on_terminal(unsigned short columns, char *text, size_t size)
{
	struct winsize window = { .ws_row = 24, .ws_col = columns };
	int leader, follower;
	size_t n = 0;
	ssize_t got;
	FILE *f;

	assert_int_equal(openpty(&leader, &follower, NULL, NULL, &window), 0);
	f = fdopen(follower, "w");
	assert_non_null(f);
	show(f);
	fputs("END", f);
	fflush(f);
	text[0] = '\0';
	while (!strstr(text, "END")) {
		got = read(leader, text + n, size - 1 - n);
		assert_true(got > 0);
		n += got;
		text[n] = '\0';
	}
	fclose(f);
	close(leader);
}

static void test_terminal(void **state)
{
	char text[4096], *end;

	(void)state;
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	show_on_terminal(100, text, sizeof(text));
	assert_non_null(strstr(text, "\r\033[K[####################..........] 2/3"));
	assert_non_null(strstr(text, "\033[31mkexec, machine 0, reboot 1: hung: no byte for 20 s\033[0m"));
	assert_non_null(strstr(text, "a note of 5 words"));
	/* At the end the line is taken away. */
	end = strstr(text, "END");
	assert_memory_equal(end - 4, "\r\033[K", 4);
	setenv("NO_COLOR", "1", 1);
	show_on_terminal(100, text, sizeof(text));
	assert_null(strstr(text, "\033[31m"));
	assert_non_null(strstr(text, "\r\033[K"));
	setenv("TERM", "dumb", 1);
	show_on_terminal(100, text, sizeof(text));
	assert_null(strchr(text, '\033'));
	assert_non_null(strstr(text, "1/3 kexec"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pace),
		cmocka_unit_test(test_duration),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_plain_lines),
		cmocka_unit_test(test_two_parts),
		cmocka_unit_test(test_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
