// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_guest_trial.c - guest/trial.c: what the host asks, read by the machine
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../guest/trial.c"

/* trial_read() needs a machine; the pure functions here do not. */
char *file_read(const char *path, size_t *bytes)
{
	(void)path;
	(void)bytes;
	return NULL;
}

void say(const char *fmt, ...)
{
	(void)fmt;
}

static void test_parse_takes_every_key(void **state)
{
	char text[] = "nonce=00ff00ff00ff00ff\nreboots=7\nsettle_ms=200\nimage=/boot/bzImage\n"
		      "options=--no-checks -d\nprevious_log=\ncommand_line=root=/dev/vdb ro\n";
	struct trial t;

	(void)state;
	assert_null(trial_parse(&t, text));
	assert_string_equal(t.nonce, "00ff00ff00ff00ff");
	assert_int_equal(t.reboots, 7);
	assert_int_equal(t.settle_ms, 200);
	assert_string_equal(t.image, "/boot/bzImage");
	assert_string_equal(t.options, "--no-checks -d");
	assert_string_equal(t.previous_log, "");
	assert_string_equal(t.command_line, "root=/dev/vdb ro");
}

static void test_parse_names_what_is_wrong(void **state)
{
	char unknown[] = "nonce=1\nreboot=7\n", no_number[] = "nonce=1\nreboots=many\n";
	char negative[] = "nonce=1\nsettle_ms=-1\n", no_nonce[] = "reboots=7\n";
	char no_value[] = "nonce=1\nwords\n", long_nonce[64] = "nonce=";
	struct trial t;

	(void)state;
	memset(long_nonce + 6, 'a', 40);
	assert_string_equal(trial_parse(&t, unknown), "reboot");
	assert_string_equal(trial_parse(&t, no_number), "reboots");
	assert_string_equal(trial_parse(&t, negative), "settle_ms");
	assert_string_equal(trial_parse(&t, no_nonce), "nonce");
	assert_string_equal(trial_parse(&t, no_value), "words");
	assert_string_equal(trial_parse(&t, long_nonce), "nonce");
}

static void test_nonce_gives_the_place_in_the_chain(void **state)
{
	char nonce[64];

	(void)state;
	assert_int_equal(trial_nonce("ro quiet", nonce, sizeof(nonce)), 0);
	assert_string_equal(nonce, "-");
	assert_int_equal(trial_nonce("ro lobosbench.nonce=0a0b.12 quiet", nonce, sizeof(nonce)), 12);
	assert_string_equal(nonce, "0a0b.12");
	assert_int_equal(trial_nonce("lobosbench.nonce=0a0b", nonce, sizeof(nonce)), 0);
	assert_int_equal(trial_nonce("not.lobosbench.nonce=0a0b.3", nonce, sizeof(nonce)), 0);
	assert_string_equal(nonce, "-");
}

static void test_command_line_has_one_nonce(void **state)
{
	char line[COMMAND_LINE_BYTES];

	(void)state;
	assert_int_equal(trial_command_line(line, "BOOT_IMAGE=/bzImage ro  lobosbench.nonce=0a.1 quiet\n",
					    "0a", 2, 0), 0);
	assert_string_equal(line, "ro quiet lobosbench.nonce=0a.2");
	assert_int_equal(trial_command_line(line, "", "0a", 1, 0), 0);
	assert_string_equal(line, "lobosbench.nonce=0a.1");
}

static void test_blanks_in_quotes_part_no_words(void **state)
{
	const char *quoted = "ro dyndbg=\"file a lobosbench.nonce=0a.1 +p\" quiet";
	char line[COMMAND_LINE_BYTES], nonce[64];

	(void)state;
	assert_int_equal(trial_command_line(line, quoted, "0a", 2, 0), 0);
	assert_string_equal(line, "ro dyndbg=\"file a lobosbench.nonce=0a.1 +p\" quiet lobosbench.nonce=0a.2");
	assert_int_equal(trial_nonce(quoted, nonce, sizeof(nonce)), 0);
	assert_string_equal(nonce, "-");
	assert_int_equal(trial_nonce(line, nonce, sizeof(nonce)), 2);
	assert_int_equal(trial_disk("a=\"b lobosbench.disk=2\""), 0);
	/* The nonce would be a part of it. */
	assert_int_equal(trial_command_line(line, "ro a=\"b c", "0a", 1, 0), -EINVAL);
}

static void test_kernels_of_other_disks(void **state)
{
	char text[] = "nonce=1\ndisks=1 2 0\n", no_number[] = "nonce=1\ndisks=1 x\n";
	char too_high[] = "nonce=1\ndisks=99\n", too_many[] = "nonce=1\ndisks=1 1 1 1 1 1 1 1 1\n";
	char line[COMMAND_LINE_BYTES];
	struct trial t;

	(void)state;
	assert_null(trial_parse(&t, text));
	assert_int_equal(trial_next_disk(&t, 1), 1);
	assert_int_equal(trial_next_disk(&t, 2), 2);
	assert_int_equal(trial_next_disk(&t, 3), 0);
	assert_int_equal(trial_next_disk(&t, 4), 1);
	assert_int_equal(trial_command_line(line, "ro lobosbench.disk=1 quiet", "0a", 2, 2), 0);
	assert_string_equal(line, "ro quiet lobosbench.nonce=0a.2 lobosbench.disk=2");
	assert_int_equal(trial_disk(line), 2);
	assert_int_equal(trial_command_line(line, "ro lobosbench.disk=2", "0a", 3, 0), 0);
	assert_string_equal(line, "ro lobosbench.nonce=0a.3");
	assert_int_equal(trial_disk(line), 0);
	assert_string_equal(trial_parse(&t, no_number), "disks");
	assert_string_equal(trial_parse(&t, too_high), "disks");
	assert_string_equal(trial_parse(&t, too_many), "disks");
}

static void test_command_line_too_long_is_refused(void **state)
{
	char line[COMMAND_LINE_BYTES], base[COMMAND_LINE_BYTES + 1];
	size_t tail = strlen(" lobosbench.nonce=0a.1");

	(void)state;
	memset(base, 'x', sizeof(base));
	base[COMMAND_LINE_BYTES - 1 - tail] = '\0';
	assert_int_equal(trial_command_line(line, base, "0a", 1, 0), 0);
	assert_int_equal(strlen(line), COMMAND_LINE_BYTES - 1);
	base[COMMAND_LINE_BYTES - 1 - tail] = 'x';
	base[COMMAND_LINE_BYTES - tail] = '\0';
	assert_int_equal(trial_command_line(line, base, "0a", 1, 0), -E2BIG);
	base[COMMAND_LINE_BYTES - tail] = 'x';
	base[COMMAND_LINE_BYTES] = '\0';
	assert_int_equal(trial_command_line(line, base, "0a", 1, 0), -E2BIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse_takes_every_key),
		cmocka_unit_test(test_parse_names_what_is_wrong),
		cmocka_unit_test(test_nonce_gives_the_place_in_the_chain),
		cmocka_unit_test(test_command_line_has_one_nonce),
		cmocka_unit_test(test_blanks_in_quotes_part_no_words),
		cmocka_unit_test(test_kernels_of_other_disks),
		cmocka_unit_test(test_command_line_too_long_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
