// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_sizes.c - which line falls into which column
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "plan/sizes.h"

static char *shared[] = { "../common/user" };
static char *arch_dependent[] = { "module/bios.c" };

static struct impl made_impl(void)
{
	return (struct impl){
		.name = "x", .dir = "impls/x",
		.sizes = { .shared = shared, .shared_count = 1,
			   .arch_dependent = arch_dependent, .arch_dependent_count = 1 },
	};
}

#define FILE_OF(path, language, code) \
	"\"" path "\": {\"blank\": 7, \"comment\": 9, \"code\": " #code \
	", \"language\": \"" language "\"}"

static const char report[] = "{\"header\": {\"cloc_version\": \"1.96\"},"
	FILE_OF("impls/x/files/kernel/x/a.c", "C", 1000) ","
	FILE_OF("impls/x/files/include/x.h", "C/C++ Header", 200) ","
	FILE_OF("impls/x/files/kernel/x/Makefile", "make", 50000) ","
	FILE_OF("impls/x/files/arch/x86/b.c", "C", 30) ","
	FILE_OF("impls/x/files/arch/x86/c_32.S", "Assembly", 4) ","
	FILE_OF("impls/x/files/kernel/x/d_32.c", "C", 2000) ","
	FILE_OF("impls/x/module/bios.c", "C", 10000) ","
	FILE_OF("impls/x/module/e_64.c", "C", 20000) ","
	FILE_OF("impls/x/module/f.c", "C", 40000) ","
	FILE_OF("impls/x/module/g.S", "Assembly", 1) ","
	FILE_OF("impls/x/user/h.c", "C", 6) ","
	FILE_OF("impls/x/user/x.hook", "Bourne Shell", 3) ","
	FILE_OF("impls/x/user/README.md", "Markdown", 70000) ","
	FILE_OF("impls/x/../common/user/i.c", "C", 500) ","
	FILE_OF("impls/xy/files/kernel/j.c", "C", 900000) ","
	"\"SUM\": {\"blank\": 1, \"comment\": 1, \"code\": 1000000, \"nFiles\": 15}}";

static void each_line_has_its_column(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct impl impl = made_impl();
	json_t *json = json_loads(report, 0, NULL);
	struct size size = { 0 };

	(void)state;
	assert_non_null(json);
	assert_int_equal(sizes_add_cloc(&size, json, &impl, &err), 0);
	json_decref(json);
	assert_int_equal(size.kernel, 1000 + 200 + 30 + 4 + 2000 + 10000 + 20000 + 40000 + 1);
	assert_int_equal(size.arch_dependent, 30 + 4 + 10000 + 20000 + 1);
	assert_int_equal(size.assembly, 4 + 1);
	assert_int_equal(size.user, 6 + 3);
	assert_int_equal(size.shared, 500);
	assert_int_equal(size.parts.lines[PART_COMMON], 1000 + 200 + 2000 + 40000);
	assert_int_equal(size.parts.lines[PART_X86], 30 + 10000 + 1);
	assert_int_equal(size.parts.lines[PART_I386], 4);
	assert_int_equal(size.parts.lines[PART_X86_64], 20000);
}

static void a_name_that_is_not_there_is_refused(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct impl impl = made_impl();
	json_t *json = json_loads("{" FILE_OF("impls/x/module/f.c", "C", 1) "}", 0, NULL);
	struct size size = { 0 };

	(void)state;
	assert_int_equal(sizes_add_cloc(&size, json, &impl, &err), -EINVAL);
	json_decref(json);
	assert_non_null(strstr(err->message, "impls/x/impl.yaml: sizes.arch_dependent[0]: "
			       "\"module/bios.c\""));
}

static void a_patch_has_added_and_removed_lines(void **state)
{
	static const char diff[] =
		"what it is for\n-- a dash\n+ a plus\n"
		"--- a/kernel/x.c\n+++ b/kernel/x.c\n"
		"@@ -1,4 +1,5 @@ function\n one\n-two\n--- a line that begins so\n+2\n"
		"+++ and one that is added\n+\n three\n"
		"--- a/y\n+++ b/y\n@@ -7 +7,2 @@\n last\n+more\n\\ No newline at end of file\n";
	CLEANUP_ERROR struct error *err = NULL;
	struct size size = { 0 };

	(void)state;
	assert_int_equal(sizes_add_patch(&size, diff, &err), 0);
	assert_int_equal(size.stock_added, 4);
	assert_int_equal(size.stock_removed, 2);
}

static void a_patch_that_is_cut_is_refused(void **state)
{
	static const char *const cut[] = {
		"", "no diff\n", "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n one\n+two\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cut) / sizeof(*cut); i++) {
		CLEANUP_ERROR struct error *err = NULL;
		struct size size = { 0 };

		assert_int_equal(sizes_add_patch(&size, cut[i], &err), -EINVAL);
	}
}

static void json_gives_back_what_it_got(void **state)
{
	CLEANUP(sizes_free) struct sizes sizes = { .counter = "cloc 1.96" }, back = { 0 };
	struct size size = { "x", 1, 2, 3, 4, 5, 6, 7,
			     { { 8, 9, 10, 11, 12 }, { { "6.1", 13, 14 }, { "7.3", 15, 0 } }, 2 } };
	json_t *json;

	(void)state;
	vec_push(&sizes.ways, size);
	json = sizes_json(&sizes);
	assert_true(sizes_from_json(&back, json));
	assert_string_equal(back.counter, "cloc 1.96");
	assert_int_equal(back.ways.n, 1);
	assert_memory_equal(sizes_of(&back, "x"), &size, sizeof(size));
	assert_null(sizes_of(&back, "y"));
	json_decref(json);
}

static void damaged_json_gives_nothing(void **state)
{
	static const char *const damaged[] = {
		"{}", "[]", "{\"counter\": \"c\"}", "{\"counter\": 1, \"ways\": []}",
		"{\"counter\": \"c\", \"ways\": [{\"way\": \"x\"}]}",
		"{\"counter\": \"c\", \"ways\": [{\"way\": \"x\", \"kernel\": -1, "
		"\"arch_dependent\": 0, \"assembly\": 0, \"user\": 0, \"shared\": 0, "
		"\"stock_added\": 0, \"stock_removed\": 0}]}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(damaged) / sizeof(*damaged); i++) {
		json_t *json = json_loads(damaged[i], 0, NULL);
		struct sizes sizes;

		assert_non_null(json);
		assert_false(sizes_from_json(&sizes, json));
		assert_int_equal(sizes.ways.n, 0);
		json_decref(json);
	}
	assert_false(sizes_from_json(&(struct sizes){ 0 }, NULL));
}

/* A folder in which cloc is this script; "" for none. It becomes the whole PATH. */
static void make_cloc(void **state, const char *script)
{
	CLEANUP_FREE char *path = scratch_path(state, "cloc");
	FILE *f;

	if (*script) {
		f = fopen(path, "w");
		assert_non_null(f);
		fprintf(f, "#!/bin/sh\n%s\n", script);
		assert_int_equal(fclose(f), 0);
		assert_int_equal(chmod(path, 0755), 0);
	}
	assert_int_equal(setenv("PATH", *state, 1), 0);
}

static int count_here(struct sizes *sizes, struct error **err)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *impls = impl_list_load("impls", err);

	assert_non_null(impls);
	return sizes_count(sizes, impls, err);
}

static void without_cloc_it_is_told_what_to_install(void **state)
{
	CLEANUP(sizes_free) struct sizes sizes = { 0 };
	CLEANUP_ERROR struct error *err = NULL;

	make_cloc(state, "");
	assert_int_equal(count_here(&sizes, &err), -ENOENT);
	assert_int_equal(err->class, ERROR_HOST);
	assert_non_null(strstr(err->hint, "apt-get install cloc"));
}

static void another_cloc_is_not_believed(void **state)
{
	CLEANUP(sizes_free) struct sizes sizes = { 0 };
	CLEANUP_ERROR struct error *err = NULL;

	make_cloc(state, "echo '{\"files\": 3}'");
	assert_true(count_here(&sizes, &err) < 0);
	assert_int_equal(err->class, ERROR_INSTRUMENT);
	assert_int_equal(sizes.ways.n, 0);
}

/* The real ways by the real counter: what must hold whatever their lines are. */
static void the_ways_of_the_checkout_are_counted(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *impls = NULL;
	CLEANUP(sizes_free) struct sizes sizes = { 0 };
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	impls = impl_list_load("impls", &err);
	assert_non_null(impls);
	if (sizes_count(&sizes, impls, &err))
		fail_msg("%s", err->message);
	assert_int_equal(sizes.ways.n, impls->n);
	for (size_t i = 0; i < sizes.ways.n; i++) {
		const struct size *s = &sizes.ways.at[i];
		CLEANUP_FREE char *files = NULL, *module = NULL;

		assert_true(asprintf(&files, "%s/files", impls->at[i].dir) > 0 &&
			    asprintf(&module, "%s/module", impls->at[i].dir) > 0);
		assert_int_equal(s->kernel > 0, !access(files, F_OK) || !access(module, F_OK));
		assert_true(s->kernel >= s->arch_dependent && s->arch_dependent >= s->assembly);
		assert_int_equal(portability_total(&s->parts), s->kernel);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_has_its_column),
		cmocka_unit_test(a_name_that_is_not_there_is_refused),
		cmocka_unit_test(a_patch_has_added_and_removed_lines),
		cmocka_unit_test(a_patch_that_is_cut_is_refused),
		cmocka_unit_test(json_gives_back_what_it_got),
		cmocka_unit_test(damaged_json_gives_nothing),
		cmocka_unit_test(the_ways_of_the_checkout_are_counted),
		/* Last, for they change PATH. */
		cmocka_unit_test_setup_teardown(without_cloc_it_is_told_what_to_install,
						scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(another_cloc_is_not_believed, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
