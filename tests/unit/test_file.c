// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_file.c - files are read, copied and written whole, or an error says why not
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/path.h"
#include "scratch.h"

#define LONG 300000

static char *bytes_of(const char *path, size_t *n)
{
	struct error *err = NULL;
	char *bytes = file_read(path, FILE_ANY_LENGTH, n, &err);

	assert_non_null(bytes);
	return bytes;
}

/* Longer than any buffer here, with zeros in it. */
static char *make_long(const char *path)
{
	char *bytes = malloc(LONG);
	FILE *f = fopen(path, "w");

	assert_non_null(bytes);
	assert_non_null(f);
	for (int i = 0; i < LONG; i++)
		bytes[i] = (char)(i * 7 / 3);
	assert_int_equal(fwrite(bytes, 1, LONG, f), LONG);
	assert_int_equal(fclose(f), 0);
	return bytes;
}

static void is_read_whole(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "long"), *bytes = make_long(path);
	CLEANUP_FREE char *got = NULL;
	size_t n;

	got = bytes_of(path, &n);
	assert_int_equal(n, LONG);
	assert_memory_equal(got, bytes, LONG);
	assert_int_equal(got[n], 0);
}

static void assert_not_read(const char *path, size_t most, int code)
{
	CLEANUP_ERROR struct error *err = NULL;
	size_t n;

	assert_null(file_read(path, most, &n, &err));
	assert_int_equal(err->class, ERROR_HOST);
	assert_int_equal(err->code, code);
	assert_non_null(strstr(err->message, path));
}

static void is_refused_unless_readable(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "long");
	CLEANUP_FREE char *missing = scratch_path(state, "missing");
	CLEANUP_FREE char *pipe = scratch_path(state, "pipe");

	free(make_long(path));
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_not_read(path, LONG - 1, EFBIG);
	assert_not_read(missing, 1, ENOENT);
	/* A pipe would be waited for, and a device may never end. */
	assert_not_read(pipe, 1, EINVAL);
	assert_not_read("/dev/zero", FILE_ANY_LENGTH, EINVAL);
	/* A regular file of which no byte can be read: address 0 of a process is never mapped. */
	assert_not_read("/proc/self/mem", FILE_ANY_LENGTH, EIO);
}

static void is_copied(void **state)
{
	CLEANUP_FREE char *from = scratch_path(state, "from"), *to = scratch_path(state, "to");
	CLEANUP_FREE char *source = NULL, *copy = NULL, *bytes = NULL, *got = NULL;
	struct error *err = NULL;
	size_t n;

	assert_int_equal(mkdir(from, 0755), 0);
	assert_int_equal(mkdir(to, 0755), 0);
	source = path_below(from, "long");
	copy = path_below(to, "long");
	bytes = make_long(source);
	assert_int_equal(file_copy(from, to, "long", &err), 0);
	got = bytes_of(copy, &n);
	assert_int_equal(n, LONG);
	assert_memory_equal(got, bytes, LONG);
}

/* A source that cannot be read is an error, not an empty copy, and nothing is left behind. */
static void no_half_copy(void **state)
{
	CLEANUP_FREE char *left = scratch_path(state, "mem.new0"), *copy = scratch_path(state, "mem");
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(file_copy("/proc/self", *state, "mem", &err), -EIO);
	assert_non_null(strstr(err->message, "cannot read /proc/self/mem"));
	assert_int_equal(access(copy, F_OK), -1);
	assert_int_equal(access(left, F_OK), -1);
}

static void a_folder_is_not_copied(void **state)
{
	CLEANUP_FREE char *copy = scratch_path(state, "self");
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(file_copy("/proc", *state, "self", &err), -EINVAL);
	assert_int_equal(access(copy, F_OK), -1);
}

static int write_limited(void *path)
{
	const struct rlimit limit = { LONG / 2, LONG / 2 };
	CLEANUP_ERROR struct error *err = NULL;
	struct output_file o;

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) || output_file_open(&o, path, &err))
		return 10;
	for (int i = 0; i < LONG; i++)
		fputc('x', o.f);
	/* The reason is that of the write that failed, whatever happened since. */
	errno = EIO;
	if (output_file_close(&o, &err) != -EFBIG)
		return 1;
	return strstr(err->message, path) ? 0 : 2;
}

static void what_cannot_be_written_leaves_what_was_there(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "text"), *left = scratch_path(state, "text.new0");
	CLEANUP_FREE char *got = NULL;
	struct error *err = NULL;
	size_t n;

	assert_int_equal(file_write(path, "before\n", &err), 0);
	assert_int_equal(scratch_child(write_limited, path), 0);
	got = bytes_of(path, &n);
	assert_string_equal(got, "before\n");
	assert_int_equal(access(left, F_OK), -1);
}

static void assert_text(const char *path, const char *text)
{
	CLEANUP_FREE char *got = NULL;
	size_t n;

	got = bytes_of(path, &n);
	assert_string_equal(got, text);
}

/* Each of two writers at once puts a whole file in place, and leaves nothing else behind. */
static void writers_do_not_mix(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "text");
	struct output_file first, second;
	struct error *err = NULL;

	assert_int_equal(output_file_open(&first, path, &err), 0);
	assert_int_equal(output_file_open(&second, path, &err), 0);
	fputs("the first\n", first.f);
	fputs("2nd\n", second.f);
	assert_int_equal(output_file_close(&first, &err), 0);
	assert_text(path, "the first\n");
	assert_int_equal(output_file_close(&second, &err), 0);
	assert_text(path, "2nd\n");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(*state), 0);
}

static void a_pipe_is_written_in_place(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "pipe");
	CLEANUP_FREE char *link = scratch_path(state, "link");
	CLEANUP_CLOSE int fd = -1;
	struct error *err = NULL;
	char got[8] = "";
	struct stat st;

	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(symlink("pipe", link), 0);
	fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(file_write(path, "one", &err), 0);
	assert_int_equal(file_write(link, "two", &err), 0);
	assert_int_equal(read(fd, got, sizeof(got)), 6);
	assert_string_equal(got, "onetwo");
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
}

static void a_link_is_followed(void **state)
{
	CLEANUP_FREE char *folder = scratch_path(state, "folder");
	CLEANUP_FREE char *path = scratch_path(state, "folder/text");
	CLEANUP_FREE char *link = scratch_path(state, "link");
	struct error *err = NULL;
	struct stat st;

	assert_int_equal(mkdir(folder, 0755), 0);
	assert_int_equal(symlink("folder/text", link), 0);
	assert_int_equal(file_write(link, "new\n", &err), 0);
	assert_text(path, "new\n");
	assert_int_equal(file_write(link, "newer\n", &err), 0);
	assert_text(path, "newer\n");
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void a_folder_is_not_written(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct output_file o;

	assert_int_equal(output_file_open(&o, *state, &err), -EISDIR);
	assert_non_null(strstr(err->message, *state));
}

static void a_full_disk_is_called_that(void **state)
{
	CLEANUP_ERROR struct error *flushed = NULL, *closed = NULL;
	struct output_file o;

	(void)state;
	assert_int_equal(output_file_open_live(&o, "/dev/full", &flushed), 0);
	fputs("more than nothing", o.f);
	assert_int_equal(output_file_flush(&o, &flushed), -ENOSPC);
	assert_string_equal(flushed->message, "cannot write /dev/full");
	assert_int_equal(output_file_close(&o, &closed), -ENOSPC);
}

static void a_live_file_is_seen_to_grow(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "live"), *before = NULL, *after = NULL;
	struct error *err = NULL;
	struct output_file o;
	size_t n;

	assert_int_equal(output_file_open_live(&o, path, &err), 0);
	fputs("one", o.f);
	assert_int_equal(output_file_flush(&o, &err), 0);
	before = bytes_of(path, &n);
	assert_string_equal(before, "one");
	fputs("two", o.f);
	output_file_drop(&o);
	output_file_drop(&o);
	after = bytes_of(path, &n);
	assert_string_equal(after, "onetwo");
}

static void nothing_opens_in_a_missing_folder(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "missing/file");
	CLEANUP_ERROR struct error *err = NULL;
	struct output_file o;

	assert_int_equal(output_file_open(&o, path, &err), -ENOENT);
	assert_non_null(strstr(err->message, path));
	output_file_drop(&o);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_read_whole),
		TEST(is_refused_unless_readable),
		TEST(is_copied),
		TEST(no_half_copy),
		TEST(a_folder_is_not_copied),
		TEST(what_cannot_be_written_leaves_what_was_there),
		TEST(writers_do_not_mix),
		TEST(a_pipe_is_written_in_place),
		TEST(a_link_is_followed),
		TEST(a_folder_is_not_written),
		TEST(a_full_disk_is_called_that),
		TEST(a_live_file_is_seen_to_grow),
		TEST(nothing_opens_in_a_missing_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
