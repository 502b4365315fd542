// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_profile_table.c - what people read of a profile, and of two
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "profile_maker.h"
#include "report/profile_table.h"
#include "report/profile_versus.h"

static struct profile made(void)
{
	struct profile p;

	profile_make(&p, "lobos");
	profile_add(&p, PHASE_LOAD, "lobos (program);read_image;crc32_body", 24000000);
	profile_add(&p, PHASE_KERNEL, "kernel_init;do_one_initcall;acpi_init", 15000000);
	profile_add(&p, PHASE_KERNEL, "kernel_init;do_one_initcall;pci_init", 2000000);
	p.paths.calls = p.paths.returns = 3;
	call_tree_sort_functions(&p.tree);
	return p;
}

/* What a table prints, to be freed. */
static char *table_of(const struct profile *p, unsigned int top)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	profile_table(p, top, f);
	fclose(f);
	return text;
}

static char *versus_of(const struct profile *a, const struct profile *b)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	profile_versus(a, b, 10, f);
	fclose(f);
	return text;
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("\"%s\" in:\n%s", part, text);
}

static void sums_stand_beside_the_clock(void **state)
{
	struct profile p = made();
	char *text = table_of(&p, 10);

	(void)state;
	assert_has(text, "load              24 000 000        24 000 000          +0           0\n");
	assert_has(text, "all               41 000 000        41 000 000          +0           0\n");
	assert_lacks(text, "firmware");
	free(text);
	profile_free(&p);
}

/* What page faults explain is named so; anything else, more or less, is not passed over. */
static void a_difference_is_named(void **state)
{
	static const struct {
		int64_t more;
		uint64_t faults;
		bool explained;
	} cases[] = {
		{ 0, 0, true }, { 100, 100, true }, { 100, 90, true }, { 100, 40, false },
		{ -1, 100, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct profile p = made();
		char *text;

		p.clock[PHASE_KERNEL] -= cases[i].more;
		p.faults[PHASE_KERNEL] = cases[i].faults;
		text = table_of(&p, 10);
		assert_has(text, cases[i].explained ? "began again: behind a page fault" :
						      "more than its page faults explain");
		free(text);
		profile_free(&p);
	}
}

/* read_image only calls the checksum: one line is enough for both. */
static void what_only_passes_on_is_left_out(void **state)
{
	struct profile p = made();
	char *text = table_of(&p, 10);

	(void)state;
	assert_has(text, "crc32_body\n");
	assert_lacks(text, "read_image\n");
	free(text);
	profile_free(&p);
}

static void initcalls_have_a_table(void **state)
{
	struct profile p = made();
	char *text = table_of(&p, 1);

	(void)state;
	assert_has(text, "\n  initcalls\n"
			 "    million   share  with callees   share      calls  function\n"
			 "     15.000  88.24%        15.000  88.24%          1  acpi_init\n"
			 "\ncall paths");
	assert_lacks(text, "device shutdown");
	free(text);
	profile_free(&p);
}

static void versus_shows_what_gained_and_lost(void **state)
{
	struct profile a = made(), b = made();
	char *text;

	(void)state;
	profile_add(&b, PHASE_KERNEL, "kernel_init;do_one_initcall;pci_init;spin", 300000);
	call_tree_sort_functions(&b.tree);
	text = versus_of(&a, &b);
	assert_has(text, "      17.000        17.300       +0.300000  kernel\n");
	assert_has(text, "       0.000         0.300       +0.300000  spin\n");
	assert_has(text, "       2.000         2.300       +0.300000  pci_init\n");
	assert_lacks(text, "crc32_body");
	free(text);
	profile_free(&a);
	profile_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_stand_beside_the_clock),
		cmocka_unit_test(a_difference_is_named),
		cmocka_unit_test(what_only_passes_on_is_left_out),
		cmocka_unit_test(initcalls_have_a_table),
		cmocka_unit_test(versus_shows_what_gained_and_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
