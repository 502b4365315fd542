// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_compare_emulators.c - figures of two versions of QEMU, of two clocks, or with other hints are never
 *	compared silently
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/file.h"
#include "commands/commands.h"
#include "sample_maker.h"
#include "scratch.h"

#define OLD	"2026-11-20T031500Z-bench"
#define NEW	"2026-11-22T031500Z-bench"

/* Two machines with three reboots of one way, all the same. @hints: "" or names */
static void add_samples(struct store *store, const char *name, const char *clock, int machine,
			const char *hints)
{
	struct error *err = NULL;

	for (int i = 0; i < 6; i++) {
		struct sample sample = make_sample(name, machine + i / 3, i % 3);

		strcpy(sample.clock, clock);
		strcpy(sample.revision, "");
		strcpy(sample.hints, hints);
		if (*hints)
			strcat(sample.variant, " hinted");
		assert_int_equal(store_sample_add(store, &sample, &err), 0);
	}
}

/* A complete run by one clock, or by both, with hints or without. */
static void add_hinted(void **state, const char *name, const char *clock, const char *versions,
		       const char *hints)
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
	if (strcmp(clock, "virtual"))
		add_samples(store, name, "wall", 0, hints);
	if (strcmp(clock, "wall"))
		add_samples(store, name, "virtual", 2, hints);
}

static void add_run(void **state, const char *name, const char *clock, const char *versions)
{
	add_hinted(state, name, clock, versions, "");
}

/* What the command says of both sides goes to a file; its text is to be freed. */
static int compare_sides(void **state, const char *a, const char *b, char **said, struct error **err)
{
	const struct settings global = { .top = ".", .results = *state };
	CLEANUP_FREE char *path = scratch_path(state, "said");
	char *words[] = { (char *)a, (char *)b, NULL };
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

static int compare(void **state, char **said, struct error **err)
{
	return compare_sides(state, OLD, NEW, said, err);
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

/* The run's machines had other hardware, and another kernel. */
static void change_machines(void **state, const char *run)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db"), *sql = NULL;
	sqlite3 *db;

	assert_true(asprintf(&sql, "UPDATE sample SET arch = 'x86_64', build = 'x86_64-6.12', firmware "
			     "= 'uefi', chipset = 'q35' WHERE run = '%s'", run) > 0);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void times_of_two_machines_say_which(void **state)
{
	CLEANUP_FREE char *said = NULL;
	struct error *err = NULL;

	add_run(state, OLD, "wall", "\"hypervisor\":\"7.2.22\"");
	add_run(state, NEW, "wall", "\"hypervisor\":\"7.2.22\"");
	change_machines(state, NEW);
	assert_int_equal(compare(state, &said, &err), 0);
	assert_non_null(strstr(said, "A: run " OLD ", on i386-6.1, bios, pc, qemu32, 2 CPUs, 1024 MiB\n"));
	assert_non_null(strstr(said, "B: run " NEW ", on x86_64-6.12, uefi, q35, qemu32, 2 CPUs, 1024 MiB\n"));
}

/* Every machine's first reboot led to another kernel than the others did. */
static void change_first_kernels(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE sample SET build = 'i386-7.3' WHERE reboot = 1", NULL,
				      NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void each_kernel_is_compared_with_its_like(void **state)
{
	CLEANUP_FREE char *said = NULL, *one = NULL;
	struct error *err = NULL;

	add_run(state, OLD, "wall", "\"hypervisor\":\"7.2.22\"");
	add_run(state, NEW, "wall", "\"hypervisor\":\"7.2.22\"");
	change_first_kernels(state);
	assert_int_equal(compare(state, &said, &err), 0);
	assert_non_null(strstr(said, "to i386-6.1"));
	assert_non_null(strstr(said, "to i386-7.3"));
	/* Of one run, too. */
	assert_int_equal(compare_sides(state, "i386-6.1", "i386-7.3", &one, &err), 0);
	assert_non_null(strstr(one, "A: kernel i386-6.1, run " NEW ", on i386-6.1, "));
	assert_non_null(strstr(one, "B: kernel i386-7.3, run " NEW ", on i386-7.3, "));
}

#define ONE_QEMU	"\"hypervisor\":\"7.2.22\",\"seabios\":\"1.16.2\""
#define OTHER_QEMU	"\"hypervisor\":\"10.0.13\",\"seabios\":\"1.16.3\""

/* Each clock with its like, the exact one first. */
static void both_clocks_are_compared_one_by_one(void **state)
{
	CLEANUP_FREE char *said = NULL;
	struct error *err = NULL;
	const char *exact, *wall;

	add_run(state, OLD, "both", ONE_QEMU);
	add_run(state, NEW, "both", ONE_QEMU);
	assert_int_equal(compare(state, &said, &err), 0);
	exact = strstr(said, "identical to the instruction");
	wall = strstr(said, "latency too few machines to tell");
	if (!exact || !wall || exact > wall)
		fail_msg("%s", said);
	assert_null(strstr(said, "left out"));
}

static void a_clock_that_one_side_lacks_is_left_out(void **state)
{
	CLEANUP_FREE char *said = NULL;
	struct error *err = NULL;

	add_run(state, OLD, "wall", ONE_QEMU);
	add_run(state, NEW, "both", ONE_QEMU);
	assert_int_equal(compare(state, &said, &err), 0);
	assert_null(strstr(said, "identical to the instruction"));
	assert_non_null(strstr(said, "Only B has figures by the exact clock: they are left out."));
}

static void exact_figures_of_two_qemus_are_left_out_where_there_are_others(void **state)
{
	CLEANUP_FREE char *said = NULL;
	struct error *err = NULL;

	add_run(state, OLD, "both", ONE_QEMU);
	add_run(state, NEW, "both", OTHER_QEMU);
	assert_int_equal(compare(state, &said, &err), 0);
	assert_null(strstr(said, "identical to the instruction"));
	assert_non_null(strstr(said, "The figures by the exact clock are left out"));
	assert_non_null(strstr(said, "with QEMU 10.0.13"));
}

/* Once, though both clocks have the pair. */
static void hints_of_one_side_are_said(void **state)
{
	CLEANUP_FREE char *said = NULL;
	struct error *err = NULL;
	const char *first, *differ = "differ in hints: A had none,";

	add_run(state, OLD, "both", ONE_QEMU);
	add_hinted(state, NEW, "both", ONE_QEMU, "lpj tsc");
	assert_int_equal(compare(state, &said, &err), 0);
	first = strstr(said, differ);
	assert_non_null(first);
	assert_non_null(strstr(first, "lpj tsc."));
	assert_null(strstr(first + 1, differ));
}

static void a_hint_of_another_text_is_said(void **state)
{
	CLEANUP_FREE char *said = NULL;
	struct error *err = NULL;

	add_hinted(state, OLD, "virtual", ONE_QEMU "},\"hints\":{\"lpj\":\"a\",\"tsc\":\"c\"", "lpj tsc");
	add_hinted(state, NEW, "virtual", ONE_QEMU "},\"hints\":{\"lpj\":\"b\",\"tsc\":\"c\"", "lpj tsc");
	assert_int_equal(compare(state, &said, &err), 0);
	assert_non_null(strstr(said, "The hint lpj of B is not that of A: its file was changed."));
	assert_null(strstr(said, "hint tsc"));
	assert_null(strstr(said, "differ in hints"));
}

static void clocks_are_not_mixed(void **state)
{
	CLEANUP_FREE char *said = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	add_run(state, OLD, "wall", ONE_QEMU);
	add_run(state, NEW, "virtual", ONE_QEMU);
	assert_true(compare(state, &said, &err) < 0);
	assert_non_null(strstr(err->message, "samples of the wall clock cannot be compared"));
}

/* Adds a second way to a run. */
static void add_way(void **state, const char *name)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct sample sample = make_sample(name, 9, 1);
	struct error *err = NULL;
	struct store *store = store_open(path, false, &err);

	assert_non_null(store);
	strcpy(sample.way, "lobos");
	strcpy(sample.variant, "");
	assert_int_equal(store_sample_add(store, &sample, &err), 0);
	store_close(store);
}

/* Not even where one side has more than these. */
static void samples_are_not_compared_with_themselves(void **state)
{
	static const char *const other[] = { NEW, NEW ":kexec", NEW ":kexec/vmlinux+no-checks" };

	add_run(state, NEW, "wall", ONE_QEMU);
	add_way(state, NEW);
	for (size_t i = 0; i < 2 * sizeof(other) / sizeof(other[0]); i++) {
		CLEANUP_FREE char *said = NULL;
		CLEANUP_ERROR struct error *err = NULL;
		const char *b = other[i / 2];

		assert_int_equal(compare_sides(state, i % 2 ? b : NEW, i % 2 ? NEW : b, &said, &err),
				 -EINVAL);
		assert_non_null(strstr(err->message, "have the same samples: kexec"));
		assert_string_equal(said, "");
	}
	CLEANUP_FREE char *said = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	assert_int_equal(compare_sides(state, NEW ":lobos", NEW ":kexec", &said, &err), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(exact_figures_of_one_emulator_are_compared),
		TEST(exact_figures_of_two_qemus_are_refused),
		TEST(times_of_two_machines_say_which),
		TEST(each_kernel_is_compared_with_its_like),
		TEST(exact_figures_of_two_firmwares_are_refused),
		TEST(exact_figures_of_an_unknown_qemu_are_refused),
		TEST(times_of_two_qemus_say_which),
		TEST(both_clocks_are_compared_one_by_one),
		TEST(a_clock_that_one_side_lacks_is_left_out),
		TEST(exact_figures_of_two_qemus_are_left_out_where_there_are_others),
		TEST(hints_of_one_side_are_said),
		TEST(a_hint_of_another_text_is_said),
		TEST(clocks_are_not_mixed),
		TEST(samples_are_not_compared_with_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
