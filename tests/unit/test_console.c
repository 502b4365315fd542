// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_console.c - what a machine's console says of a refusal
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "report/console.h"
#include "scratch.h"

#define BEFORE	"bootimg: said before the request\r\n"
#define REQUEST	"[    2.104711] lobosbench: request 1\r\n"
#define BY_EFI	"bootimg: this machine was started by EFI, which a new kernel cannot be told without it: " \
		"Operation not supported"
#define PROGRAM	BY_EFI "\r\n"
#define KERNEL	"[    2.131502] bootimg: refused (error 12): no 81920 KiB in one piece, of 3000000 KiB free\r\n"
#define AFTER	"[    2.140012] random: crng init done\r\n"

/* What is said of a refusal whose window has this text; NULL for nothing. */
static void assert_said(void **state, const char *window, const char *should_be)
{
	CLEANUP_FREE char *path = scratch_path(state, "bootimg-m0.console"), *said = NULL, *text = NULL;
	struct sample s = { .console_offset = strlen(BEFORE), .trial = "bootimg-m0" };
	struct error *err = NULL;

	s.console_bytes = (int64_t)strlen(window);
	assert_true(asprintf(&text, "%s%s", BEFORE, window) > 0);
	assert_int_equal(file_write(path, text, &err), 0);
	said = console_refusal(*state, &s);
	if (should_be)
		assert_non_null(said);
	else
		assert_null(said);
	if (said)
		assert_string_equal(said, should_be);
}

static void the_program_says_why(void **state)
{
	assert_said(state, REQUEST PROGRAM AFTER, BY_EFI);
	assert_said(state, REQUEST "monte: said before\r\n" PROGRAM, BY_EFI);
}

/* A program may only know that the kernel refused. */
static void the_kernel_knows_better(void **state)
{
	assert_said(state, REQUEST KERNEL "bootimg: bootimg, see the kernel's log: Cannot allocate memory\r\n"
		    AFTER, "bootimg: refused (error 12): no 81920 KiB in one piece, of 3000000 KiB free");
}

static void nobody_says_anything(void **state)
{
	struct sample s = { .console_bytes = 10, .trial = "bootimg-m1" };

	assert_said(state, REQUEST AFTER, NULL);
	assert_null(console_refusal(*state, &s));
}

/* A machine may write what it likes, and as much: the cut would be in the middle of a letter. */
static void a_line_is_short_and_harmless(void **state)
{
	char window[400] = REQUEST "\x1b[2J", said[200] = "\\x1b[2J";

	for (int i = 0; i < 100; i++)
		strcat(window, "\xc3\xa4");
	for (int i = 0; i < 76; i++)
		strcat(said, "\xc3\xa4");
	strcat(said, "…");
	assert_said(state, window, said);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_program_says_why),
		TEST(the_kernel_knows_better),
		TEST(nobody_says_anything),
		TEST(a_line_is_short_and_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
