// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_seabios.c - the version that a firmware's image names
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "machine/seabios.h"

#define VERSION(bytes) seabios_version(bytes, sizeof(bytes))

static void assert_version(char *found, const char *expected)
{
	if (expected)
		assert_string_equal(found, expected);
	else
		assert_null(found);
	free(found);
}

/* As Debian's, QEMU's own and a release have it. */
static void versions_are_found(void **state)
{
	(void)state;
	assert_version(VERSION("\x90\xc3SeaBIOS (version %s)\n\0\x01" "1.16.2-debian-1.16.2-1\0x"),
		       "1.16.2-debian-1.16.2-1");
	assert_version(VERSION("\0rel-1.16.2-0-gea1b7a0733-prebuilt.qemu.org"),
		       "rel-1.16.2-0-gea1b7a0733-prebuilt.qemu.org");
	assert_version(VERSION("1.16.3"), "1.16.3");
}

static void what_is_none_is_not_taken(void **state)
{
	static const char unended[] = { '1', '.', '2', '.', '3' };
	static char mad[1000] = "1.2.3-";
	size_t i;

	(void)state;
	assert_version(VERSION("version 1.16.2 of\0it 1.2\0v1.2.3\0" "1.2.3 x"), NULL);
	assert_version(VERSION(unended), NULL);
	assert_version(seabios_version("", 0), NULL);
	for (i = 6; i < sizeof(mad) - 1; i++)
		mad[i] = 'a';
	assert_version(VERSION(mad), NULL);
}

/* The image that the machines of this host start with. */
static void this_hosts_image_names_one(void **state)
{
	const char *rom = seabios_rom();
	char *version = rom ? seabios_version_of(rom) : NULL;

	(void)state;
	if (!rom)
		skip();
	assert_non_null(version);
	free(version);
}

static void a_file_that_is_not_there_names_none(void **state)
{
	(void)state;
	assert_null(seabios_version_of("/nonexistent/bios.bin"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_found),
		cmocka_unit_test(what_is_none_is_not_taken),
		cmocka_unit_test(this_hosts_image_names_one),
		cmocka_unit_test(a_file_that_is_not_there_names_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
