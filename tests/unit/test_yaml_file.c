// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_yaml_file.c - YAML files are loaded whole, or refused with their line, and soon
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/yaml_file.h"
#include "scratch.h"

/* Each text of DEEP brackets took libyaml 20 s and more. */
#define DEEP 100000

struct thing {
	char *name;
	char **list;
	unsigned int list_count;
};

static const cyaml_schema_value_t word = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, 100) };

static const cyaml_schema_field_t fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct thing, name, 0, 100),
	CYAML_FIELD_SEQUENCE("list", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct thing, list,
			     &word, 0, 100),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct thing, fields),
};

static struct thing *load(const char *text, struct error **err)
{
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = yaml_file_parse("t.yaml", text, err);

	return f ? yaml_file_load(f, &schema, err) : NULL;
}

static void what_is_right_is_loaded(void **state)
{
	struct error *err = NULL;
	struct thing *thing = load("name: &n \"o\\x41ne\"\nlist: [*n, two]\n", &err);

	(void)state;
	assert_non_null(thing);
	assert_string_equal(thing->name, "oAne");
	assert_int_equal(thing->list_count, 2);
	assert_string_equal(thing->list[0], "oAne");
	yaml_file_free_data(&schema, thing);
}

static void assert_refused(const char *text, const char *said)
{
	CLEANUP_ERROR struct error *err = NULL;

	if (load(text, &err))
		fail_msg("accepted: %.60s", text);
	assert_int_equal(err->class, ERROR_USAGE);
	if (!strstr(err->message, said))
		fail_msg("\"%s\" is not in \"%s\"", said, err->message);
}

/* Whoever reads a C string would cut it there. */
static void no_text_holds_a_nul(void **state)
{
	(void)state;
	assert_refused("name: \"o\\0ne\"\n", "t.yaml:1: \"o...\" holds the character NUL");
	assert_refused("name: x\nlist: [a, \"b\\x00\"]\n", "t.yaml:2: \"b...\" holds");
	assert_refused("name: x\nlist:\n- \"\\u0000\"\n", "t.yaml:3: \"...\" holds");
	assert_refused("name: x\n\"li\\0st\": [a]\n", "t.yaml:2: \"li...\" holds");
}

static void a_file_is_one_document(void **state)
{
	(void)state;
	assert_refused("name: x\n---\nname: y\n", "t.yaml:2: a second document begins here");
}

/* A name that is n times a, then n times b; to be freed. */
static char *times(int n, const char *a, const char *b)
{
	size_t size;
	char *text = NULL;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	fputs("name: ", f);
	for (int i = 0; i < n; i++)
		fputs(a, f);
	for (int i = 0; i < n; i++)
		fputs(b, f);
	assert_int_equal(fclose(f), 0);
	return text;
}

static void excess_is_refused_at_once(void **state)
{
	static const char *const pairs[][2] = { { "[", "]" }, { "{a: ", "}" } };
	int64_t begin = clock_now_ns();

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		CLEANUP_FREE char *text = times(DEEP, pairs[i][0], pairs[i][1]);

		assert_refused(text, "t.yaml:1: lists and keys are nested more than 32 deep");
	}
	/* Three orders of magnitude less than it took; valgrind is slow. */
	assert_true(clock_now_ns() - begin < INT64_C(5) * NS_PER_S);
}

static void anchors_are_few(void **state)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	assert_non_null(f);
	fputs("name: x\nlist:\n", f);
	for (int i = 0; i < DEEP; i++)
		fprintf(f, "- &a%d x\n", i);
	assert_int_equal(fclose(f), 0);
	assert_refused(text, "t.yaml:67: there are more than 64 anchors");
	free(text);
}

static void files_that_are_no_text_are_refused(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "file"), *fifo = scratch_path(state, "fifo");
	CLEANUP_ERROR struct error *nul = NULL, *folder = NULL, *pipe = NULL, *large = NULL;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fwrite("name: a\0b\n", 1, 10, f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_null(yaml_file_open(path, &nul));
	assert_non_null(strstr(nul->message, "NUL"));
	assert_null(yaml_file_open(*state, &folder));
	assert_null(yaml_file_open(fifo, &pipe));
	assert_non_null(strstr(pipe->message, "not a regular file"));
	assert_int_equal(truncate(path, (1 << 20) + 1), 0);
	assert_null(yaml_file_open(path, &large));
	assert_non_null(strstr(large->message, "longer than 1048576 bytes"));
	assert_int_equal(large->class, ERROR_USAGE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_right_is_loaded),
		TEST(no_text_holds_a_nul),
		TEST(a_file_is_one_document),
		TEST(excess_is_refused_at_once),
		TEST(anchors_are_few),
		TEST(files_that_are_no_text_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
