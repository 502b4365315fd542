// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_impl.c - what an impl.yaml becomes, and what each wrong one is told
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>

#include "plan/impl.h"
#include "reboot/phase.h"

static void folders_of_both_depths_are_found(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	const struct impl *one, *two;

	(void)state;
	list = impl_list_load("tests/data/impls", &err);
	assert_non_null(list);
	assert_int_equal(list->n, 2);
	one = impl_find(list, "one");
	two = impl_find(list, "two");
	assert_non_null(one);
	assert_string_equal(one->request, "mark load_begin\nreboot\n");
	assert_string_equal(one->images[1].path, "/boot/vmlinux");
	assert_string_equal(one->previous_log, "/sys/kernel/previous");
	assert_string_equal(one->options[0].words, "--fast");
	assert_string_equal(one->options[0].command_line, "fast=1");
	assert_null(one->options[0].before);
	assert_string_equal(one->options[1].before, "prepare");
	assert_string_equal(one->options[1].previous_log, "/sys/kept");
	assert_string_equal(one->dir, "tests/data/impls/one");
	assert_false(one->resets);
	assert_non_null(two);
	assert_true(two->resets);
	assert_null(two->previous_log);
	assert_int_equal(two->archs_count, 2);
	assert_null(one->firmware.because);
	assert_int_equal(two->firmware.only, FIRMWARE_BIOS);
	assert_string_equal(two->firmware.because, "it calls the BIOS");
	assert_null(impl_find(list, "three"));
}

static void phases_depend_on_image_and_options(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	unsigned int whole = 1u << PHASE_SHUTDOWN | 1u << PHASE_LOAD | 1u << PHASE_QUIESCE |
			     1u << PHASE_HANDOFF | 1u << PHASE_KERNEL | 1u << PHASE_USERSPACE;
	unsigned int decompress = 1u << PHASE_DECOMPRESS;
	char *options[] = { "fast", "far" };
	const struct impl *one;

	(void)state;
	list = impl_list_load("tests/data/impls", &err);
	assert_non_null(list);
	one = impl_find(list, "one");
	assert_int_equal(impl_phases(one, "flat", NULL, 0), whole);
	assert_int_equal(impl_phases(one, NULL, NULL, 0), whole);
	assert_int_equal(impl_phases(one, "vmlinux", NULL, 0), whole | decompress);
	assert_int_equal(impl_phases(one, "vmlinux", options, 1), whole | decompress);
	assert_int_equal(impl_phases(one, "vmlinux", options, 2),
			 (whole & ~(1u << PHASE_LOAD | 1u << PHASE_USERSPACE)) | decompress |
			 1u << PHASE_FIRMWARE);
}

/* What an option changes, where it is among the variant's words; and what an architecture does. */
static void signs_depend_on_options_and_architecture(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	const struct impl *one, *two;

	(void)state;
	list = impl_list_load("tests/data/impls", &err);
	assert_non_null(list);
	one = impl_find(list, "one");
	assert_string_equal(impl_sign(one, "i386", "", SIGN_PAGING_ENDS), "safe_area");
	assert_string_equal(impl_sign(one, "i386", "vmlinux", SIGN_GDT_LOADS), "3");
	assert_string_equal(impl_sign(one, "i386", "vmlinux fast", SIGN_GDT_LOADS), "4");
	assert_string_equal(impl_sign(one, "i386", "far fast", SIGN_GDT_LOADS), "4");
	assert_string_equal(impl_sign(one, "i386", "far fast", SIGN_PAGING_ENDS), "safe_area");
	assert_null(impl_sign(one, "i386", "fast", SIGN_VIDEO));
	two = impl_find(list, "two");
	assert_null(impl_sign(two, "i386", "", SIGN_PAGING_ENDS));
	assert_string_equal(impl_sign(two, "x86_64", "", SIGN_PAGING_ENDS), "never");
	assert_string_equal(impl_sign(two, "x86_64", "", SIGN_BIOS), "yes");
	assert_string_equal(impl_sign(two, "i386", "cold", SIGN_BIOS), "yes");
	assert_string_equal(impl_sign(two, "x86_64", "cold", SIGN_BIOS), "no");
}

#define GOOD_TEXT(name, phases, without)					\
	"name: " name "\ntitle: T\narchs: [i386]\n"				\
	"images: [{format: a, path: /a, without: [" without "]}]\n"		\
	"request: reboot\nphases: [" phases "]\n"

#define PAPER(entry) GOOD_TEXT("x", "shutdown", "load") "paper:\n  - " entry "\n"

static const struct {
	const char *text, *said;
} refused[] = {
	{ GOOD_TEXT("x", "shutdown, flying", "load"),
	  "x/impl.yaml:6: phases[1]: there is no phase \"flying\"" },
	{ GOOD_TEXT("x", "shutdown", "load, b"),
	  "images[0].without[1]: there is no phase \"b\"" },
	{ GOOD_TEXT("x", "shutdown", "") "options: [{name: o, help: h, with: [b]}]\n",
	  "options[0].with[0]: there is no phase \"b\"" },
	{ GOOD_TEXT("x", "shutdown", "")
	  "options: [{name: o, help: h}, {name: p, help: h, without: [c]}]\n",
	  "options[1].without[0]: there is no phase \"c\"" },
	{ GOOD_TEXT("x", "shutdown", "") "options: [{name: o, help: h, images: [a, b]}]\n",
	  "options[0].images[1]: there is no image of the format \"b\"" },
	{ GOOD_TEXT("x", "shutdown", "") "options: [{name: o, help: h, excludes: [p]}]\n",
	  "options[0].excludes[0]: there is no option \"p\"" },
	{ "name: x\n", "x/impl.yaml:1: the key \"title\" is missing" },
	{ GOOD_TEXT("x", "shutdown", "load") "resets: maybe\n",
	  "resets: \"maybe\" is not true or false" },
	{ GOOD_TEXT("x", "shutdown", "load") "firmware: {only: uefi}\n",
	  "firmware: the key \"because\" is missing" },
	{ GOOD_TEXT("x", "shutdown", "load") "firmware: {only: any, because: b}\n",
	  "firmware.only: \"any\" is not one of: bios, uefi" },
	{ GOOD_TEXT("x", "shutdown", "load") "reset: true\n", "reset: there is no such key" },
	{ GOOD_TEXT("x", "shutdown", "load") "signs: {paging_ends: somewhere}\n",
	  "x/impl.yaml:7: signs.paging_ends: \"somewhere\" should be never, reset, old_kernel" },
	{ GOOD_TEXT("x", "shutdown", "load") "signs: {gdt_loads: some}\n",
	  "signs.gdt_loads: \"some\" should be a number" },
	{ GOOD_TEXT("x", "shutdown", "load") "signs: {smell: \"no\"}\n",
	  "there is no such key" },
	{ GOOD_TEXT("x", "shutdown", "load") "options: [{name: o, help: h, signs: {bios: 1}}]\n",
	  "options[0].signs.bios: \"1\" should be yes or no" },
	{ GOOD_TEXT("x", "shutdown", "load") "arch_signs: [{arch: x86_64, bios: \"no\"}]\n",
	  "arch_signs[0]: \"archs\" has no \"x86_64\"" },
	{ GOOD_TEXT("x", "shutdown", "load")
	  "options: [{name: o, help: h, arch_signs: [{arch: i386, bios: 1}]}]\n",
	  "options[0].arch_signs[0].bios: \"1\" should be yes or no" },
	{ PAPER("{claim: taste, section: a, says: b}"),
	  "x/impl.yaml:8: paper[0].claim: there is no claim \"taste\"" },
	{ PAPER("{claim: log, section: a, says: b}") "  - {claim: log, section: a, says: b}\n",
	  "x/impl.yaml:9: paper[1].claim: \"log\" stands here for the second time" },
	{ PAPER("{claim: log, says: b}"), "paper[0]: \"says\" and \"section\" go together" },
	{ PAPER("{claim: ramdisk, now: \"yes\"}"), "paper[0]: \"now\" and \"by\" go together" },
	{ PAPER("{claim: log}"), "paper[0]: needs what the paper \"says\"" },
	{ PAPER("{claim: log, section: a, says: b, value: often}"),
	  "paper[0].value: \"often\" should be yes or no" },
	{ PAPER("{claim: size, section: a, says: b, value: some}"),
	  "paper[0].value: \"some\" should be a number" },
	{ PAPER("{claim: ramdisk, now: a, by: b}"), "paper[0].now: \"a\" should be yes or no" },
	{ PAPER("{claim: ramdisk, value: \"no\", now: \"no\", by: b}"),
	  "paper[0].value: is the value of what the paper \"says\"" },
	{ PAPER("{claim: log, now: \"yes\", by: b}"),
	  "paper[0].now: each run shows this itself" },
};

/* A folder with one impl.yaml of that text; its path is the caller's to free. */
static char *folder_with(const char *text)
{
	char dir[] = "/tmp/test_impl.XXXXXX";
	CLEANUP_FREE char *sub = NULL, *file = NULL;
	FILE *f;

	assert_non_null(mkdtemp(dir));
	assert_true(asprintf(&sub, "%s/x", dir) > 0 && asprintf(&file, "%s/impl.yaml", sub) > 0);
	assert_int_equal(mkdir(sub, 0755), 0);
	f = fopen(file, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return strdup(dir);
}

static void drop_folder(const char *dir)
{
	CLEANUP_FREE char *sub = NULL, *file = NULL;

	assert_true(asprintf(&sub, "%s/x", dir) > 0 && asprintf(&file, "%s/impl.yaml", sub) > 0);
	unlink(file);
	rmdir(sub);
	rmdir(dir);
}

static void wrong_ones_are_told_where_and_what(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		CLEANUP_FREE char *dir = folder_with(refused[i].text);
		CLEANUP_ERROR struct error *err = NULL;
		struct impl_list *list = impl_list_load(dir, &err);

		drop_folder(dir);
		assert_null(list);
		if (!strstr(err->message, refused[i].said))
			fail_msg("said \"%s\", should have \"%s\"", err->message, refused[i].said);
	}
}

static void none_at_all_is_refused(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_null(impl_list_load("tests/unit", &err));
	assert_non_null(strstr(err->message, "tests/unit holds no impl.yaml"));
	assert_non_null(err->hint);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_of_both_depths_are_found),
		cmocka_unit_test(phases_depend_on_image_and_options),
		cmocka_unit_test(signs_depend_on_options_and_architecture),
		cmocka_unit_test(wrong_ones_are_told_where_and_what),
		cmocka_unit_test(none_at_all_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
