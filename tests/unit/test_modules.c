// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_modules.c - modules' functions by their bytes, and where a kernel has the names of tasks
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/subprocess.h"
#include "scratch.h"
#include "witness/modules.h"
#include "witness/task_name.h"

/* Two functions that begin alike, and a call whose target a relocation writes. */
static const char module_source[] =
	".text\n"
	".type open,@function\n.type open_alias,@function\nopen:\nopen_alias:\n"
	"push %ebp\nmov %esp,%ebp\ncall printk\nret\n"
	".size open,.-open\n.size open_alias,.-open_alias\n"
	".type close,@function\nclose:\n"
	"push %ebp\nmov %esp,%ebp\nxor %eax,%eax\nret\n.size close,.-close\n"
	".type twin,@function\ntwin:\n"
	"push %ebp\nmov %esp,%ebp\nxor %eax,%eax\nret\n.size twin,.-twin\n";

static const char kernel_source[] =
	".data\n.globl _start\n_start:\n.skip 64\ninit_task:\n.skip 88\n.asciz \"swapper/0\"\n";

static void run(const char *const *argv)
{
	struct error *err = NULL;

	if (subprocess_run(argv, NULL, &err)) {
		error_print(err, stderr);
		fail();
	}
}

static void assemble(void **state, const char *text, const char *name)
{
	char *source = scratch_path(state, "source.s"), *object = scratch_path(state, name);
	struct error *err = NULL;

	assert_int_equal(file_write(source, text, &err), 0);
	run((const char *const[]){ "as", "--32", "-o", object, source, NULL });
	free(source);
	free(object);
}

static void add(struct call_tree *t, module_code_vec *code, uint64_t address, const char *bytes,
		size_t n)
{
	struct module_code one = {
		.function = call_tree_add_function(t, "(unknown)"), .address = address,
		.bytes = malloc(n), .size = n,
	};

	memcpy(one.bytes, bytes, n);
	vec_push(code, one);
}

static const char *name_of(const struct call_tree *t, size_t i)
{
	return t->functions.at[i];
}

static void functions_are_known_by_their_bytes(void **state)
{
	module_code_vec code = { 0 };
	struct error *err = NULL;
	struct call_tree t;

	assemble(state, module_source, "made.ko");
	call_tree_begin(&t);
	add(&t, &code, 0xf8c41000, "\x55\x89\xe5\xe8\x12\x34\x56\x78\xc3", 9);
	add(&t, &code, 0xf8d00000, "\x55\x89\xe5\x90", 4);
	assert_int_equal(modules_name(*state, &code, &t, &err), 0);
	assert_string_equal(name_of(&t, 1), "open [made]");
	assert_string_equal(name_of(&t, 2), "(unknown)");
	module_code_free(&code);
	call_tree_free(&t);
}

/* Two are the same to the byte: where the section begins, as "open" shows, tells them apart. */
static void addresses_tell_twins_apart(void **state)
{
	module_code_vec code = { 0 };
	struct error *err = NULL;
	struct call_tree t;

	assemble(state, module_source, "made.ko");
	call_tree_begin(&t);
	add(&t, &code, 0xf8c4100f, "\x55\x89\xe5\x31\xc0\xc3", 6);
	assert_int_equal(modules_name(*state, &code, &t, &err), 0);
	assert_string_equal(name_of(&t, 1), "(unknown)");
	add(&t, &code, 0xf8c41000, "\x55\x89\xe5\xe8\x12\x34\x56\x78\xc3", 9);
	assert_int_equal(modules_name(*state, &code, &t, &err), 0);
	assert_string_equal(name_of(&t, 1), "twin [made]");
	module_code_free(&code);
	call_tree_free(&t);
}

static void without_files_names_stay(void **state)
{
	char *none = scratch_path(state, "none");
	module_code_vec code = { 0 };
	struct error *err = NULL;
	struct call_tree t;

	call_tree_begin(&t);
	add(&t, &code, 0xf8c41000, "\x55", 1);
	assert_int_equal(modules_name(none, &code, &t, &err), 0);
	assert_string_equal(name_of(&t, 1), "(unknown)");
	module_code_free(&code);
	call_tree_free(&t);
	free(none);
}

static void what_is_no_module_is_refused(void **state)
{
	char *path = scratch_path(state, "bad.ko");
	module_code_vec code = { 0 };
	struct error *err = NULL;
	struct call_tree t;

	assert_int_equal(file_write(path, "not ELF", &err), 0);
	call_tree_begin(&t);
	add(&t, &code, 0xf8c41000, "\x55", 1);
	assert_true(modules_name(*state, &code, &t, &err) < 0);
	assert_non_null(strstr(err->message, "bad.ko"));
	error_free(err);
	module_code_free(&code);
	call_tree_free(&t);
	free(path);
}

static void a_task_has_its_name_where_the_first_one_has(void **state)
{
	char *object = scratch_path(state, "kernel.o"), *kernel = scratch_path(state, "vmlinux");
	struct error *err = NULL;
	uint64_t offset = 0;

	assemble(state, kernel_source, "kernel.o");
	run((const char *const[]){ "ld", "-m", "elf_i386", "-Tdata=0xc1505000", "-o", kernel, object,
				   NULL });
	assert_int_equal(task_name_offset(kernel, 0xc1505040, &offset, &err), 0);
	assert_int_equal(offset, 88);
	assert_true(task_name_offset(kernel, 0xc2505040, &offset, &err) < 0);
	error_free(err);
	free(object);
	free(kernel);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(functions_are_known_by_their_bytes),
		TEST(addresses_tell_twins_apart),
		TEST(without_files_names_stay),
		TEST(what_is_no_module_is_refused),
		TEST(a_task_has_its_name_where_the_first_one_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
