// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_gnuplot.c - scripts that work, scripts that do not, texts in them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "report/gnuplot.h"
#include "scratch.h"

static char *written(void (*put)(FILE *f, const char *text), const char *text)
{
	char *got = NULL;
	size_t size;
	FILE *f = open_memstream(&got, &size);

	assert_non_null(f);
	put(f, text);
	assert_int_equal(fclose(f), 0);
	return got;
}

/* What gnuplot itself makes of the texts, in a folder whose name is one of them. */
static void texts_arrive_as_they_are(void **state)
{
	CLEANUP_FREE char *dir = scratch_path(state, "it's $HOME `date`");
	CLEANUP_FREE char *word = written(gnuplot_put_word, "a'b\"c\\n`date`\nd");
	CLEANUP_FREE char *path = NULL, *script = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FCLOSE FILE *f = NULL;
	char line[64];

	assert_int_equal(mkdir(dir, 0777), 0);
	assert_true(asprintf(&script, "set print 'said'\nprint %s", word) > 0);
	assert_int_equal(gnuplot_run(dir, script, &err), 0);
	assert_true(asprintf(&path, "%s/said", dir) > 0);
	f = fopen(path, "re");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	assert_string_equal(line, "a'b\"c\\n`date` d\n");
}

static void a_column_holds_no_quote(void **state)
{
	CLEANUP_FREE char *column = written(gnuplot_put_column, "a\"b\\c\td");

	(void)state;
	assert_string_equal(column, "\"a b c d\"");
}

static void a_mistake_is_told_with_its_line(void **state)
{
	CLEANUP_FREE char *dir = scratch_path(state, "");
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(gnuplot_run(dir, "a = 1\nplot nosuch", &err), -EIO);
	assert_non_null(strstr(err->message, "line 2: undefined variable: nosuch"));
	assert_int_equal(err->class, ERROR_INSTRUMENT);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
	CLEANUP_FREE char *dir = scratch_path(state, "none");
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(gnuplot_run(dir, "print 1", &err), -ENOENT);
	assert_non_null(strstr(err->message, "none"));
}

static int draw_on_full_disk(void *folder)
{
	CLEANUP_ERROR struct error *err = NULL;

	if (scratch_mount(folder, "size=16k"))
		return SCRATCH_NO_MOUNT;
	if (gnuplot_run(folder, "set terminal svg\nset output 'x.svg'\nset samples 10000\n"
			"plot sin(x)", &err) != -ENOSPC)
		return 1;
	return strstr(err->message, folder) ? 0 : 2;
}

/* gnuplot itself leaves half a picture there and ends well. */
static void a_full_disk_is_told(void **state)
{
	int rc = scratch_child(draw_on_full_disk, *state);

	if (rc == SCRATCH_NO_MOUNT)
		skip();
	assert_int_equal(rc, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(texts_arrive_as_they_are, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(a_column_holds_no_quote),
		cmocka_unit_test_setup_teardown(a_mistake_is_told_with_its_line, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_told, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_full_disk_is_told, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
