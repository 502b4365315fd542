// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_scenario_ways.c - the ways of a scenario and its hints, looked up among those that there are
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "plan/trial_plan.h"

static struct scenario *parse(const char *text, struct error **err)
{
	return scenario_parse("s.yaml", text, err);
}

static struct impl_list *impls(void)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct impl_list *list = impl_list_load("tests/data/impls", &err);

	assert_non_null(list);
	return list;
}

static const struct {
	const char *text, *said;
} unresolved[] = {
	{ "name: x\ntitle: X\nways:\n  - {way: one}\n  - {way: none}\n",
	  "s.yaml:5: ways[1]: there is no way \"none\"; known: one, two" },
	{ "name: x\ntitle: X\nways: [{way: one, image: zip}]\n",
	  "ways[0].image: one boots no \"zip\"; its image formats: flat, vmlinux" },
	{ "name: x\ntitle: X\nways: [{way: one, options: [fast, slow]}]\n",
	  "ways[0].options[1]: one has no option \"slow\"; its options: fast" },
	{ "name: x\ntitle: X\nways: [{way: two, options: [a]}]\n", "its options: cold" },
	{ "name: x\ntitle: X\nways: [{way: one, options: [wide]}]\n",
	  "ways[0].options[0]: one has the option \"wide\" on x86_64 only, and this machine is i386" },
	{ "name: x\ntitle: X\nways: [{way: one, options: [still]}]\n",
	  "one has the option \"still\" with the image vmlinux only, and not with flat" },
	{ "name: x\ntitle: X\nways: [{way: one, image: vmlinux, options: [fast, still]}]\n",
	  "ways[0].options[1]: one cannot have the options \"still\" and \"fast\" together" },
	{ "name: x\ntitle: X\nways: [{way: one}, {way: one, image: flat}]\n",
	  "ways[1]: one stands here for the second time" },
	{ "name: x\ntitle: X\nways: [{way: two}]\nmachine: {arch: x86_64, firmware: uefi}\n",
	  "s.yaml:3: ways[0]: two does not run on a machine with \"firmware: uefi\": it calls the BIOS" },
	{ "name: x\ntitle: X\nways: [{way: one}]\nmachine: {arch: x86_64}\n",
	  "ways[0]: one does not run on x86_64" },
	{ "name: x\ntitle: X\nways: [{way: one}]\nhints: [quiet, known, quiet]\n",
	  "s.yaml:4: hints[2]: \"quiet\" stands here for the second time" },
	{ "name: x\ntitle: X\nways:\n  - {way: one}\n  - {way: two, plain: true}\n",
	  "s.yaml:5: ways[1].plain: leaves out the hints of a scenario, and here are none" },
	{ "name: x\ntitle: X\nways: [{way: one}]\nhints: [quiet, loud]\n",
	  "s.yaml:4: hints[1]: there is no hint \"loud\"; known: known, quiet" },
	{ "name: x\ntitle: X\nways: [{way: one, options: [fast, told]}]\nhints: [known]\n",
	  "s.yaml:3: ways[0].options[1]: \"told\" adds --known to the request, and so does the hint "
	  "\"known\"; leave" },
	{ "name: x\ntitle: X\nways: [{way: one}, {way: one}]\nhints: [quiet]\n",
	  "s.yaml:3: ways[1]: one hinted stands here for the second time" },
	{ "name: x\ntitle: X\nways:\n  - {way: two}\n  - {way: two, plain: true}\nhints: [known]\n",
	  "s.yaml:5: ways[1]: two stands here for the second time, for no hint of this scenario is "
	  "for it" },
};

/* What the ways of a mixed chain would leave on each other's machine, and names that are none. */
static const struct {
	const char *text, *said;
} unmixed[] = {
	{ "ways: [{way: one}, {way: two}]\nchain: {ways: [one, three]}\n",
	  "s.yaml:4: chain.ways[1]: \"ways\" has no \"three\"" },
	{ "ways: [{way: one}, {way: two}]\nchain: {ways: [one, one]}\n",
	  "ways[1]: \"chain.ways\" never takes two" },
	{ "ways: [{way: one}, {way: two}]\nchain: {ways: [one, two]}\nclock: virtual\n",
	  "s.yaml:5: clock: \"virtual\" is not to be had with \"chain.ways\"" },
	{ "ways: [{way: one}, {way: two}]\nchain: {ways: [one, two]}\nversus: {}\n",
	  "s.yaml:4: chain.ways: the sides of a comparison" },
	{ "ways: [{way: one}, {way: two}]\nchain: {ways: [one, two]}\nhints: [quiet]\n",
	  "s.yaml:5: hints: are not to be had with \"chain.ways\"" },
	{ "ways: [{way: one, memory_mib: 64}]\nchain: {ways: [one-memory_mib=64]}\n",
	  "s.yaml:3: ways[0]: one memory_mib=64 has a machine of its own" },
	{ "ways: [{way: one, options: [fast]}]\nchain: {ways: [one-fast]}\n",
	  "s.yaml:3: ways[0]: the words that \"fast\" adds to the command line would stay" },
};

static void what_cannot_be_mixed_is_refused(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = impls();

	(void)state;
	for (size_t i = 0; i < sizeof(unmixed) / sizeof(unmixed[0]); i++) {
		CLEANUP_FREE char *text = text_format("name: x\ntitle: X\n%s", unmixed[i].text);
		CLEANUP_ERROR struct error *err = NULL;
		CLEANUP(cleanup_scenario_free) struct scenario *s = parse(text, &err);

		assert_non_null(s);
		assert_int_equal(scenario_resolve(s, "tests/data", list, &err), -EINVAL);
		if (!strstr(err->message, unmixed[i].said))
			fail_msg("said: %s", err->message);
	}
}

/* A variant is named as its files are; a way may have several turns, and one not the first. */
static void reboots_take_the_ways_in_turn(void **state)
{
	static const char *const wanted[] = { "", "vmlinux", "", "", "", "vmlinux" };
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = impls();
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP(cleanup_scenario_free) struct scenario *s =
		parse("name: x\ntitle: X\nways: [{way: one, image: vmlinux}, {way: two}, {way: one}]\n"
		      "chain: {ways: [two, one-vmlinux, one, two]}\n", &err);

	(void)state;
	assert_non_null(s);
	assert_int_equal(scenario_resolve(s, "tests/data", list, &err), 0);
	for (int i = 0; i < 6; i++) {
		const struct trial_plan plan = { .scenario = s, .way = &s->ways[0] };
		const struct scenario_way *way = trial_plan_way(&plan, i + 1);

		assert_string_equal(way->way, i % 4 == 1 || i % 4 == 2 ? "one" : "two");
		assert_string_equal(way->variant, wanted[i]);
	}
}

static void ways_are_looked_up(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = impls();
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	s = parse("name: x\ntitle: X\n"
		  "ways: [{way: one, image: flat, options: [fast]}, {way: one, image: vmlinux}]\n",
		  &err);
	assert_non_null(s);
	assert_int_equal(scenario_resolve(s, "tests/data", list, &err), 0);
	assert_ptr_equal(s->ways[0].impl, impl_find(list, "one"));
	assert_string_equal(s->ways[0].variant, "fast");
	assert_string_equal(s->ways[1].variant, "vmlinux");
}

/* A way with hints and the same without stand in one run; each is given what it can take. */
static void ways_are_given_hints(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = impls();
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	static const char *const variants[] = { "hinted", "", "vmlinux fast hinted", "hinted" };
	static const char *const hints[] = { "quiet known", "", "quiet known", "quiet" };

	(void)state;
	s = parse("name: x\ntitle: X\nways: [{way: one}, {way: one, plain: true},\n"
		  "       {way: one, image: vmlinux, options: [fast]}, {way: two}]\n"
		  "hints: [quiet, known]\n", &err);
	assert_non_null(s);
	assert_int_equal(scenario_resolve(s, "tests/data", list, &err), 0);
	for (unsigned int i = 0; i < s->ways_count; i++) {
		CLEANUP_FREE char *names = scenario_hints(&s->ways[i]);

		assert_string_equal(s->ways[i].variant, variants[i]);
		assert_string_equal(names, hints[i]);
	}
}

/* Two sides that are the same, the image written down or not, stay apart. */
static void the_same_side_again(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = impls();
	static const char *const texts[] = {
		"ways: [{way: one}, {way: one}]\n",
		"ways: [{way: one}, {way: one, image: flat}]\n",
		"ways: [{way: one, plain: true}, {way: one, plain: true}]\nhints: [quiet]\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
		CLEANUP_ERROR struct error *err = NULL;
		CLEANUP_FREE char *text = NULL;

		assert_true(asprintf(&text, "name: x\ntitle: X\nversus: {}\n%s", texts[i]) > 0);
		s = parse(text, &err);
		assert_non_null(s);
		assert_int_equal(scenario_resolve(s, "tests/data", list, &err), 0);
		assert_string_equal(s->ways[0].variant, "");
		assert_string_equal(s->ways[1].variant, "again");
	}
}

static void unknown_ways_images_options_are_refused(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = impls();

	(void)state;
	for (size_t i = 0; i < sizeof(unresolved) / sizeof(*unresolved); i++) {
		CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
		CLEANUP_ERROR struct error *err = NULL;

		s = parse(unresolved[i].text, &err);
		assert_non_null(s);
		assert_true(scenario_resolve(s, "tests/data", list, &err) < 0);
		if (!strstr(err->message, unresolved[i].said))
			fail_msg("said \"%s\", should have \"%s\"", err->message,
				 unresolved[i].said);
	}
}
int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ways_are_looked_up),
		cmocka_unit_test(ways_are_given_hints),
		cmocka_unit_test(the_same_side_again),
		cmocka_unit_test(unknown_ways_images_options_are_refused),
		cmocka_unit_test(what_cannot_be_mixed_is_refused),
		cmocka_unit_test(reboots_take_the_ways_in_turn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
