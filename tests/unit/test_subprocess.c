// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_subprocess.c - other programs: their output, their failure, their absence
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "scratch.h"
#include "machine/overlay.h"
#include "base/file.h"
#include "base/subprocess.h"

#define RUN(out, err, ...) subprocess_run((const char *const[]){ __VA_ARGS__, NULL }, out, err)

static void output_is_kept(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *output = NULL;

	(void)state;
	assert_int_equal(RUN(&output, &err, "sh", "-c", "echo one; echo two; cat"), 0);
	assert_string_equal(output, "one\ntwo\n");
}

static void words_are_not_split(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *output = NULL;

	(void)state;
	assert_int_equal(RUN(&output, &err, "printf", "%s|", "a b", "$HOME;c"), 0);
	assert_string_equal(output, "a b|$HOME;c|");
}

static void output_goes_into_a_file(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *path = scratch_path(state, "output"), *text = NULL;
	static const char *const seq[] = { "seq", "300000", NULL };
	size_t n;

	assert_int_equal(subprocess_write(seq, path, &err), 0);
	text = file_read(path, FILE_ANY_LENGTH, &n, &err);
	assert_non_null(text);
	assert_true(n > 1 << 20);
	assert_string_equal(text + n - 7, "300000\n");
	assert_int_equal(subprocess_write(seq, "/nonexistent/output", &err), -ENOENT);
}

static void failure_says_the_last_line(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_int_equal(RUN(NULL, &err, "sh", "-c", "echo first >&2; echo last >&2; exit 3"),
			 -EIO);
	assert_string_equal(err->message, "sh ended with status 3: last");
	assert_int_equal(err->class, ERROR_INSTRUMENT);
}

static void a_signal_is_told(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_int_equal(RUN(NULL, &err, "sh", "-c", "kill -9 $$"), -EIO);
	assert_string_equal(err->message, "sh was ended by signal 9");
}

static void a_missing_program_is_the_hosts(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_int_equal(RUN(NULL, &err, "no-such-program"), -ENOENT);
	assert_int_equal(err->class, ERROR_HOST);
	assert_true(subprocess_found("sh"));
	assert_false(subprocess_found("no-such-program"));
}

/* More than a pipe holds, on both sides. */
static void much_output_blocks_nobody(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *output = NULL;

	(void)state;
	assert_int_equal(RUN(&output, &err, "sh", "-c",
			     "head -c 300000 /dev/zero | tr '\\0' e >&2; "
			     "head -c 300000 /dev/zero | tr '\\0' o"), 0);
	assert_int_equal(strlen(output), 300000);
}

static void input_longer_than_a_pipe_is_read(void **state)
{
	const char *const count[] = { "wc", "-c", NULL }, *const ignore[] = { "true", NULL };
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *output = NULL;
	static char text[300001];

	(void)state;
	memset(text, 'i', sizeof(text) - 1);
	assert_int_equal(subprocess_feed(count, text, &output, &err), 0);
	assert_string_equal(output, "300000\n");
	assert_int_equal(subprocess_feed(ignore, text, NULL, &err), 0);
}

static void overlay_has_the_base_and_hides_it(void **state)
{
	CLEANUP_FREE char *base = scratch_path(state, "base.img");
	CLEANUP_FREE char *disk = scratch_path(state, "disk.qcow2");
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *info = NULL;
	FILE *f = fopen(base, "w");

	assert_non_null(f);
	assert_int_equal(ftruncate(fileno(f), 1 << 20), 0);
	fclose(f);
	assert_int_equal(overlay_create(base, disk, &err), 0);
	assert_int_equal(RUN(&info, &err, "qemu-img", "info", disk), 0);
	assert_non_null(strstr(info, "file format: qcow2"));
	assert_non_null(strstr(info, "virtual size: 1 MiB"));
	assert_non_null(strstr(info, base));
	assert_non_null(strstr(info, "backing file format: raw"));
}

static void overlay_without_base_is_refused(void **state)
{
	CLEANUP_FREE char *base = scratch_path(state, "none.img");
	CLEANUP_FREE char *disk = scratch_path(state, "disk.qcow2");
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(overlay_create(base, disk, &err), -ENOENT);
	assert_int_equal(err->class, ERROR_HOST);
	assert_non_null(strstr(err->message, "none.img"));
	assert_string_equal(err->hint, "`make guest` builds it");
	assert_int_equal(access(disk, F_OK), -1);
}

static int shows(void *path)
{
	struct error *err = NULL;

	if (!freopen(path, "w", stderr))
		return 1;
	return subprocess_show((const char *const[]){ "sh", "-c", "echo going on >&2; echo x", NULL },
			       &err) ? 2 : 0;
}

/* What a long one says is passed on; what it prints is not. */
static void a_long_one_is_heard(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "said");
	CLEANUP_FCLOSE FILE *f = NULL;
	char said[64] = "";

	assert_int_equal(scratch_child(shows, path), 0);
	f = fopen(path, "re");
	assert_non_null(f);
	assert_true(fread(said, 1, sizeof(said) - 1, f) > 0);
	assert_string_equal(said, "going on\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_is_kept),
		cmocka_unit_test(words_are_not_split),
		cmocka_unit_test_setup_teardown(output_goes_into_a_file, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(failure_says_the_last_line),
		cmocka_unit_test(a_signal_is_told),
		cmocka_unit_test(a_missing_program_is_the_hosts),
		cmocka_unit_test(much_output_blocks_nobody),
		cmocka_unit_test(input_longer_than_a_pipe_is_read),
		cmocka_unit_test_setup_teardown(overlay_has_the_base_and_hides_it, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(overlay_without_base_is_refused, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_long_one_is_heard, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
