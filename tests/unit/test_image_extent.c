// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_image_extent.c - where a kernel of 32 or of 64 bits lies in memory
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "scratch.h"
#include "base/file.h"
#include "base/subprocess.h"
#include "plan/image_extent.h"

/* Code of 16 bytes, data of 32, and a bss of 64 behind it, at the addresses below. */
static const char source[] =
	".text\n.globl _start\n_start: .fill 16\n.data\n.fill 32\n.bss\n.fill 64\n";

static void expect_extent(void **state, const char *bits, const char *emulation)
{
	char *path = scratch_path(state, "k.s"), *object = scratch_path(state, "k.o");
	char *kernel = scratch_path(state, "vmlinux");
	struct image_extent image;
	struct error *err = NULL;

	assert_int_equal(file_write(path, source, &err), 0);
	assert_int_equal(subprocess_show((const char *const[]){ "as", bits, "-o", object, path, NULL },
					 &err), 0);
	assert_int_equal(subprocess_show((const char *const[]){ "ld", "-n", "-m", emulation,
					 "-Ttext=0x1000000", "-Tdata=0x1200000", "-Tbss=0x1200020",
					 "-o", kernel, object, NULL }, &err), 0);
	assert_int_equal(image_extent(kernel, &image, &err), 0);
	assert_int_equal(image.start, 0x1000000);
	assert_int_equal(image.filled, 0x1200020);
	assert_int_equal(image.end, 0x1200060);
	free(path);
	free(object);
	free(kernel);
}

static void kernels_of_both_sizes_are_understood(void **state)
{
	expect_extent(state, "--32", "elf_i386");
	expect_extent(state, "--64", "elf_x86_64");
}

static void what_is_no_kernel_is_refused(void **state)
{
	char *path = scratch_path(state, "text");
	struct image_extent image;
	struct error *err = NULL;

	assert_int_equal(file_write(path, "not ELF", &err), 0);
	assert_true(image_extent(path, &image, &err) < 0);
	assert_non_null(strstr(err->message, "no ELF file of a kernel"));
	error_free(err);
	free(path);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(kernels_of_both_sizes_are_understood),
		TEST(what_is_no_kernel_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
