// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_scenario_override.c - that options become part of the scenario's text
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "plan/scenario_override.h"
#include "scratch.h"

static const char text[] =
	"# a comment\n"
	"name: bench\n"
	"title: Three ways\n"
	"ways:\n"
	"  - {way: lobos}\n"
	"  - {way: kexec}\n"
	"  - {way: kexec, options: [no-checks]}\n"
	"chain: {machines: 2, reboots: 7}\n";

static struct scenario *overridden(const struct scenario_override *o)
{
	struct error *err = NULL;
	char *changed = scenario_override_text(text, o, &err);
	struct scenario *s;

	assert_non_null(changed);
	s = scenario_parse("test.yaml", changed, &err);
	assert_non_null(s);
	/* The same options give the same text: that is what resuming rests on. */
	free(changed);
	changed = scenario_override_text(text, o, &err);
	assert_string_equal(changed, s->text);
	free(changed);
	return s;
}

static void test_nothing(void **state)
{
	const struct scenario_override none = { 0 };
	struct scenario *s = overridden(&none);

	(void)state;
	assert_string_equal(s->text, text);
	scenario_free(s);
}

static void test_numbers(void **state)
{
	const struct scenario_override o = {
		.machines = "3", .reboots = "9", .parallel = "2", .seed = "42", .accelerator = "tcg",
	};
	struct scenario *s = overridden(&o);

	(void)state;
	assert_int_equal(s->chain.machines, 3);
	assert_int_equal(s->chain.parallel, 2);
	assert_int_equal(s->chain.reboots, 9);
	assert_int_equal(s->seed, 42);
	assert_int_equal(s->machine.accelerator, ACCELERATOR_TCG);
	assert_int_equal(s->ways_count, 3);
	scenario_free(s);
}

/* A kernel brings its architecture, whatever the file has. */
static void test_machine(void **state)
{
	const struct scenario_override o = {
		.kernel = "x86_64-6.12", .chipset = "q35", .firmware = "uefi",
	};
	struct error *err = NULL;
	CLEANUP_FREE char *changed = scenario_override_text(
		"name: x\ntitle: X\nways: [{way: a}]\nmachine: {arch: i386, cpus: 2}\n", &o, &err);
	struct scenario *s = scenario_parse("test.yaml", changed, &err);

	(void)state;
	assert_non_null(s);
	assert_string_equal(s->machine.arch, "x86_64");
	assert_string_equal(s->machine.kernel, "x86_64-6.12");
	assert_int_equal(s->machine.chipset, CHIPSET_Q35);
	assert_int_equal(s->machine.firmware, FIRMWARE_UEFI);
	assert_int_equal(s->machine.cpus, 2);
	scenario_free(s);
	s = overridden(&o);
	assert_string_equal(s->machine.arch, "x86_64");
	scenario_free(s);
}

/* All entries of a way stay; a way that is not there comes in. */
static void test_ways(void **state)
{
	const char *ways[] = { "kexec", "bios" };
	const struct scenario_override o = { .ways = ways, .ways_count = 2 };
	struct scenario *s = overridden(&o);

	(void)state;
	assert_int_equal(s->ways_count, 3);
	assert_string_equal(s->ways[0].way, "kexec");
	assert_string_equal(s->ways[0].variant, "");
	assert_string_equal(s->ways[1].way, "kexec");
	assert_string_equal(s->ways[1].variant, "no-checks");
	assert_string_equal(s->ways[2].way, "bios");
	scenario_free(s);
}

/* A bad value is refused with the words of any scenario, and says where it came from. */
static void test_bad_value(void **state)
{
	const struct scenario_override o = { .machines = "0" };
	CLEANUP_FREE char *changed = NULL;
	struct error *err = NULL;

	(void)state;
	changed = scenario_override_text(text, &o, &err);
	assert_non_null(changed);
	assert_null(scenario_parse("bench.yaml with the options of the command line", changed, &err));
	assert_int_equal(err->class, ERROR_USAGE);
	assert_non_null(strstr(err->message, "chain.machines"));
	error_free(err);
}

#define COMMIT "0123456789abcdef0123456789abcdef01234567"

/* The sides in full, the limit, and none of the keys that have no place in a comparison. */
static void test_versus(void **state)
{
	const char *ways[] = { "kexec" };
	const struct scenario_override o = {
		.ways = ways, .ways_count = 1, .versus = "kexec/vmlinux+no-checks+x", .most = "20",
	};
	struct scenario *s = overridden(&o);

	(void)state;
	assert_true(s->versus.on);
	assert_int_equal(s->versus.most, 20);
	assert_int_equal(s->ways_count, 2);
	assert_string_equal(s->ways[0].way, "kexec");
	assert_null(s->ways[0].image);
	assert_string_equal(s->ways[1].image, "vmlinux");
	assert_int_equal(s->ways[1].options_count, 2);
	assert_string_equal(s->ways[1].options[1], "x");
	assert_string_equal(s->ways[1].variant, "vmlinux no-checks x");
	assert_null(strstr(s->text, "machines"));
	scenario_free(s);
}

/* A side without the scenario's hints beside one with them. */
static void test_plain(void **state)
{
	const char *ways[] = { "kexec/vmlinux+plain+no-checks" };
	const struct scenario_override o = { .ways = ways, .ways_count = 1, .versus = "lobos" };
	CLEANUP_FREE char *changed = NULL, *hinted = NULL;
	struct error *err = NULL;
	struct scenario *s;

	(void)state;
	assert_true(asprintf(&hinted, "%shints: [quiet]\n", text) > 0);
	changed = scenario_override_text(hinted, &o, &err);
	assert_non_null(changed);
	s = scenario_parse("test.yaml", changed, &err);
	assert_non_null(s);
	assert_true(s->ways[0].plain);
	assert_int_equal(s->ways[0].options_count, 1);
	assert_string_equal(s->ways[0].variant, "vmlinux no-checks");
	assert_false(s->ways[1].plain);
	assert_int_equal(s->hints_count, 1);
	scenario_free(s);
}

/* Side B is side A of a commit; options and all, and no alias of YAML. */
static void test_against(void **state)
{
	const char *ways[] = { "kexec/vmlinux+no-checks" };
	struct scenario_override o = { .ways = ways, .ways_count = 1, .against = COMMIT };
	struct scenario *s = overridden(&o);

	(void)state;
	assert_true(s->versus.on);
	assert_int_equal(s->versus.most, SCENARIO_VERSUS_MOST);
	assert_null(s->ways[0].revision);
	assert_string_equal(s->ways[0].variant, "vmlinux no-checks");
	assert_string_equal(s->ways[1].revision, COMMIT);
	assert_string_equal(s->ways[1].variant, "vmlinux no-checks @0123456789");
	assert_null(strchr(s->text, '&'));
	scenario_free(s);
	o.versus = "lobos";
	s = overridden(&o);
	assert_string_equal(s->ways[1].way, "lobos");
	assert_string_equal(s->ways[1].variant, "@0123456789");
	scenario_free(s);
}

static void test_bad_sides(void **state)
{
	static const char *const words[] = { "", "/", "kexec/", "kexec+", "kexec++x", "/vmlinux",
					     "kexec/a/b", "kexec+x/vmlinux", "+x" };
	const char *ways[] = { "kexec", "lobos" };
	struct scenario_override o = { .ways = ways, .ways_count = 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		CLEANUP_ERROR struct error *err = NULL;

		o.versus = words[i];
		assert_null(scenario_override_text(text, &o, &err));
		assert_int_equal(err->class, ERROR_USAGE);
		assert_non_null(strstr(err->message, "is no way: WAY[/IMAGE]"));
	}
	for (o.ways_count = 0; o.ways_count <= 2; o.ways_count += 2) {
		CLEANUP_ERROR struct error *err = NULL;

		o.versus = "bios";
		assert_null(scenario_override_text(text, &o, &err));
		assert_non_null(strstr(err->message, "which way is side A"));
	}
}

static void test_most_without_a_comparison(void **state)
{
	const struct scenario_override o = { .most = "20" };
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_null(scenario_override_text(text, &o, &err));
	assert_non_null(strstr(err->message, "--most is for a comparison"));
}

/* A scenario by both clocks in a file, with options. */
static struct scenario *both_with(void **state, const struct scenario_override *o)
{
	CLEANUP_FREE char *path = scratch_path(state, "both.yaml");
	struct error *err = NULL;
	struct scenario *s;

	assert_int_equal(file_write(path, "name: bench\ntitle: Two ways\n"
				    "ways: [{way: lobos}, {way: kexec}]\n"
				    "chain: {machines: 8, reboots: 5, warmups: 1}\nclock: both\n"
				    "exact: {machines: 3, reboots: 3, warmups: 1}\n", &err), 0);
	s = scenario_load_overridden(path, o, &err);
	if (!s)
		fail_msg("%s", err->message);
	return s;
}

static void assert_numbers(struct scenario *s, int machines, int reboots, int exact_machines,
			   int exact_reboots)
{
	assert_true(scenario_is_both(s));
	assert_int_equal(s->chain.machines, machines);
	assert_int_equal(s->chain.reboots, reboots);
	assert_int_equal(s->exact.machines, exact_machines);
	assert_int_equal(s->exact.reboots, exact_reboots);
	scenario_free(s);
}

/* A small run is small by both clocks; a large one by the wall clock only. */
static void test_numbers_of_both_clocks(void **state)
{
	const struct scenario_override small = { .machines = "1", .reboots = "2" };
	const struct scenario_override large = { .machines = "30", .reboots = "9" };

	assert_numbers(both_with(state, &small), 1, 2, 1, 2);
	assert_numbers(both_with(state, &large), 30, 9, 3, 3);
}

static void test_another_clock(void **state)
{
	const struct scenario_override wall = { .clock = "wall", .machines = "2" };
	const struct scenario_override virtual = { .clock = "virtual" };
	struct scenario *s = both_with(state, &wall);

	assert_string_equal(s->clock, "wall");
	assert_int_equal(s->chain.machines, 2);
	assert_null(strstr(s->text, "exact"));
	scenario_free(s);
	s = both_with(state, &virtual);
	assert_string_equal(s->clock, "virtual");
	assert_int_equal(s->chain.machines, 8);
	scenario_free(s);
}

/* A comparison goes by the clock that a person waits by, unless another one is named. */
static void test_versus_of_both_clocks(void **state)
{
	const char *ways[] = { "kexec" };
	struct scenario_override o = { .ways = ways, .ways_count = 1, .versus = "lobos" };
	struct scenario *s = both_with(state, &o);

	assert_true(s->versus.on);
	assert_string_equal(s->clock, "wall");
	scenario_free(s);
	o.clock = "virtual";
	s = both_with(state, &o);
	assert_string_equal(s->clock, "virtual");
	scenario_free(s);
}

#define IN_FOLDER(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_numbers_of_both_clocks),
		IN_FOLDER(test_another_clock),
		IN_FOLDER(test_versus_of_both_clocks),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_machine),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_bad_value),
		cmocka_unit_test(test_versus),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_against),
		cmocka_unit_test(test_bad_sides),
		cmocka_unit_test(test_most_without_a_comparison),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
