// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_compare_emulators.c - figures of two versions of QEMU are never compared silently
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "commands/commands.h"
#include "sample_maker.h"
#include "scratch.h"

#define OLD	"2026-11-20T031500Z-bench"
#define NEW	"2026-11-22T031500Z-bench"

/* A complete run of two machines with three reboots of one way, all the same. */
static void add_run(void **state, const char *name, const char *clock, const char *versions)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db"), *json = NULL;
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	struct run_row run = make_run(name, "name: bench\n");
	struct error *err = NULL;

	store = store_open(path, false, &err);
	assert_non_null(store);
	assert_true(asprintf(&json, "{\"versions\":{%s}}", versions) > 0);
	run.provenance_json = json;
	strcpy(run.state, "complete");
	assert_int_equal(store_run_begin(store, &run, &err), 0);
	for (int i = 0; i < 6; i++) {
		struct sample sample = make_sample(name, i / 3, i % 3);

		strcpy(sample.clock, clock);
		strcpy(sample.revision, "");
		assert_int_equal(store_sample_add(store, &sample, &err), 0);
	}
}

/* What the command says of OLD and NEW goes to a file; its text is to be freed. */
static int compare(void **state, char **said, struct error **err)
{
	const struct settings global = { .top = ".", .results = *state };
	CLEANUP_FREE char *path = scratch_path(state, "said");
	char *words[] = { (char *)OLD, (char *)NEW, NULL };
	CLEANUP_FREE void *options = malloc(command_compare.size);
	const struct option_set sets[] = { { command_compare.options, options }, { 0 } };
	CLEANUP_ERROR struct error *none = NULL;
	int rc, out = dup(STDOUT_FILENO);
	size_t n;

	memcpy(options, command_compare.defaults, command_compare.size);
	assert_int_equal(options_parse("compare", sets, words, err), 0);
	fflush(stdout);
	assert_non_null(freopen(path, "w", stdout));
	rc = command_compare.run(&global, options, err);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	*said = file_read(path, FILE_ANY_LENGTH, &n, &none);
	return rc;
}

static void exact_figures_of_one_emulator_are_compared(void **state)
{
	CLEANUP_FREE char *said = NULL;
	struct error *err = NULL;

	add_run(state, OLD, "virtual", "\"hypervisor\":\"7.2.22\",\"seabios\":\"1.16.2\"");
	add_run(state, NEW, "virtual", "\"hypervisor\":\"7.2.22\",\"seabios\":\"1.16.2\"");
	assert_int_equal(compare(state, &said, &err), 0);
	assert_non_null(strstr(said, "identical to the instruction"));
	assert_null(strstr(said, "QEMU"));
}

static void refused(void **state, const char *a, const char *b, const char *message)
{
	CLEANUP_FREE char *said = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	add_run(state, OLD, "virtual", a);
	add_run(state, NEW, "virtual", b);
	assert_int_equal(compare(state, &said, &err), -EINVAL);
	assert_non_null(strstr(err->message, message));
	assert_string_equal(said, "");
}

static void exact_figures_of_two_qemus_are_refused(void **state)
{
	refused(state, "\"hypervisor\":\"7.2.22\",\"seabios\":\"1.16.2\"",
		"\"hypervisor\":\"10.0.13\",\"seabios\":\"1.16.2\"",
		"A has QEMU 7.2.22, SeaBIOS 1.16.2, B QEMU 10.0.13, SeaBIOS 1.16.2");
}

static void exact_figures_of_two_firmwares_are_refused(void **state)
{
	refused(state, "\"hypervisor\":\"7.2.22\",\"seabios\":\"1.16.2\"",
		"\"hypervisor\":\"7.2.22\",\"seabios\":\"1.16.3\"", "SeaBIOS 1.16.3");
}

static void exact_figures_of_an_unknown_qemu_are_refused(void **state)
{
	refused(state, "\"hypervisor\":\"7.2.22\",\"seabios\":\"1.16.2\"", "\"hypervisor\":null",
		"B QEMU unknown");
}

static void times_of_two_qemus_say_which(void **state)
{
	CLEANUP_FREE char *said = NULL;
	struct error *err = NULL;

	add_run(state, OLD, "wall", "\"hypervisor\":\"7.2.22\",\"seabios\":\"1.16.2\"");
	add_run(state, NEW, "wall", "\"hypervisor\":\"10.0.13\",\"seabios\":\"1.16.3\"");
	assert_int_equal(compare(state, &said, &err), 0);
	assert_non_null(strstr(said, "A: run " OLD ", with QEMU 7.2.22, SeaBIOS 1.16.2\n"));
	assert_non_null(strstr(said, "B: run " NEW ", with QEMU 10.0.13, SeaBIOS 1.16.3\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(exact_figures_of_one_emulator_are_compared),
		TEST(exact_figures_of_two_qemus_are_refused),
		TEST(exact_figures_of_two_firmwares_are_refused),
		TEST(exact_figures_of_an_unknown_qemu_are_refused),
		TEST(times_of_two_qemus_say_which),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
