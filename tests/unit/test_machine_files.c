// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_machine_files.c - what a machine reads of its trial
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "machine/machine_files.h"
#include "base/subprocess.h"
#include "base/text.h"

static struct impl_image images[] = {
	{ .format = (char *)"bzImage", .path = (char *)"/boot/bzImage" },
	{ .format = (char *)"vmlinux", .path = (char *)"/boot/vmlinux" },
};

static struct impl_option options[] = {
	{ .name = (char *)"no-checks", .words = (char *)"--no-checks" },
	{ .name = (char *)"reset-keyboard", .command_line = (char *)"reboot=k" },
	{ .name = (char *)"kept", .command_line = (char *)"memmap=1K$0x800",
	  .previous_log = (char *)"/sys/kept" },
	{ .name = (char *)"ahead", .before = (char *)"echo \"ahead $COMMAND_LINE\"" },
};

static struct impl impl = {
	.name = (char *)"way",
	.images = images,
	.images_count = 2,
	.request = (char *)"echo \"$COMMAND_LINE\"\n",
	.options = options,
	.options_count = 4,
};

static char *chosen[] = { (char *)"no-checks", (char *)"reset-keyboard" };

struct set {
	struct scenario scenario;
	struct scenario_way way;
	struct trial_plan plan;
};

static void make(struct set *s)
{
	*s = (struct set){
		.scenario = { .chain = { .reboots = 7, .settle_ms = 200 } },
		.way = { .way = (char *)"way", .impl = &impl },
	};
	s->plan = (struct trial_plan){ .scenario = &s->scenario, .way = &s->way };
}

static void orders_are(const struct set *s, const char *text)
{
	char *orders = machine_files_orders(&s->plan, "00ff");

	assert_string_equal(orders, text);
	free(orders);
}

static void plain_orders(void **state)
{
	struct set s;

	(void)state;
	make(&s);
	orders_are(&s, "nonce=00ff\nreboots=7\nsettle_ms=200\nimage=/boot/bzImage\noptions=\n"
		   "previous_log=\ncommand_line=\n");
}

static void orders_name_the_disks_of_other_kernels(void **state)
{
	const struct image_chain chain = { .others_count = 2, .order = { 1, 2, 0 }, .order_count = 3 };
	struct set s;

	(void)state;
	make(&s);
	s.plan.chain = &chain;
	orders_are(&s, "nonce=00ff\nreboots=7\nsettle_ms=200\nimage=/boot/bzImage\noptions=\n"
		   "previous_log=\ncommand_line=\ndisks=1 2 0\n");
}

static void full_orders(void **state)
{
	struct set s;

	(void)state;
	make(&s);
	s.way.image = (char *)"vmlinux";
	s.way.options = chosen;
	s.way.options_count = 2;
	s.scenario.command_line = (char *)"console=ttyS0";
	s.scenario.fault.kind = FAULT_DELAY;
	s.scenario.fault.at = (char *)"initcalls";
	s.scenario.fault.ms = 250;
	impl.previous_log = (char *)"/sys/log";
	orders_are(&s, "nonce=00ff\nreboots=7\nsettle_ms=200\nimage=/boot/vmlinux\n"
		   "options=--no-checks\nprevious_log=/sys/log\n"
		   "command_line=console=ttyS0 reboot=k reboot_marks.fault=initcalls:delay:250\n");
	impl.previous_log = NULL;
}

static void an_option_keeps_the_log(void **state)
{
	static char *kept[] = { (char *)"kept" };
	struct set s;

	(void)state;
	make(&s);
	s.way.options = kept;
	s.way.options_count = 1;
	orders_are(&s, "nonce=00ff\nreboots=7\nsettle_ms=200\nimage=/boot/bzImage\noptions=\n"
		   "previous_log=/sys/kept\ncommand_line=\n");
}

/* Runs a text, which it frees, as the machine would; what it prints. */
static char *run_text(char *text, const char *command_line)
{
	char *script = NULL, *output = NULL;
	struct error *err = NULL;

	assert_true(asprintf(&script, "export COMMAND_LINE='%s'\n(%s\n) || :", command_line,
			     text) > 0);
	assert_int_equal(subprocess_run((const char *const[]){ "sh", "-c", script, NULL }, &output,
					&err), 0);
	free(text);
	free(script);
	return output;
}

static void request_is(const struct set *s, const char *command_line, const char *expected)
{
	char *output = run_text(machine_files_request(&s->plan), command_line);

	assert_string_equal(output, expected);
	free(output);
}

static void before_is(const struct set *s, const char *expected)
{
	char *output = run_text(machine_files_before(&s->plan), "ro");

	assert_string_equal(output, expected);
	free(output);
}

static void an_option_is_prepared_behind_the_scenario(void **state)
{
	static char *both[] = { (char *)"kept", (char *)"ahead" };
	struct set s;

	(void)state;
	make(&s);
	assert_null(machine_files_before(&s.plan));
	s.scenario.before = (char *)"echo \"scenario $COMMAND_LINE\"";
	before_is(&s, "scenario ro\n");
	s.way.options = both;
	s.way.options_count = 2;
	before_is(&s, "scenario ro memmap=1K$0x800\nahead ro memmap=1K$0x800\n");
	s.scenario.before = (char *)"echo failed; (exit 3)\n";
	before_is(&s, "failed\n");
	s.scenario.before = NULL;
	before_is(&s, "ahead ro memmap=1K$0x800\n");
	request_is(&s, "ro", "ro memmap=1K$0x800\n");
	request_is(&s, "ro memmap=1K$0x800", "ro memmap=1K$0x800\n");
}

static void words_join_the_running_command_line_once(void **state)
{
	struct set s;

	(void)state;
	make(&s);
	request_is(&s, "ro quiet", "ro quiet\n");
	s.scenario.fault.kind = FAULT_HANG;
	s.scenario.fault.at = (char *)"kernel_entry";
	request_is(&s, "ro quiet", "ro quiet reboot_marks.fault=kernel_entry:hang\n");
	/* As the second reboot of a chain finds it. */
	request_is(&s, "ro reboot_marks.fault=kernel_entry:hang quiet",
		   "ro reboot_marks.fault=kernel_entry:hang quiet\n");
	s.scenario.fault.kind = FAULT_PANIC;
	request_is(&s, "ro", "ro reboot_marks.fault=kernel_entry:panic\n");
	/* A command line of the scenario's own has all words already. */
	s.scenario.command_line = (char *)"whole";
	request_is(&s, "whole", "whole\n");
}

/* The first boot has no part in it: only requests and the command lines they make say so. */
static void hints_join_the_request_and_the_command_line(void **state)
{
	const struct hint quiet = { .words = (char *)"quiet loglevel=1" };
	const struct hint known = { .only = (char *)"way", .request = (char *)"--known" };
	const struct hint *given[] = { &quiet, &known };
	struct set s;

	(void)state;
	make(&s);
	s.way.options = chosen;
	s.way.options_count = 2;
	s.way.given.at = given;
	s.way.given.n = 2;
	request_is(&s, "ro", "ro reboot=k quiet loglevel=1\n");
	request_is(&s, "ro reboot=k quiet loglevel=1", "ro reboot=k quiet loglevel=1\n");
	s.scenario.command_line = (char *)"whole";
	orders_are(&s, "nonce=00ff\nreboots=7\nsettle_ms=200\nimage=/boot/bzImage\n"
		   "options=--no-checks --known\nprevious_log=\n"
		   "command_line=whole reboot=k quiet loglevel=1\n");
}

/* Each reboot's text is of its way, with its image beside the first one's and its options. */
static void a_mixed_chain_asks_by_the_number_of_the_reboot(void **state)
{
	static struct impl other = {
		.name = (char *)"other", .images = &images[1], .images_count = 1,
		.request = (char *)"echo \"other $IMAGE $OPTIONS\"\n", .previous_log = (char *)"/sys/log",
	};
	static char *ahead[] = { (char *)"ahead" }, *checks[] = { (char *)"no-checks" };
	static char *turns[] = { (char *)"way", (char *)"other", (char *)"way-no-checks" };
	struct scenario_way ways[] = {
		{ .way = (char *)"way", .impl = &impl, .options = ahead, .options_count = 1 },
		{ .way = (char *)"other", .impl = &other },
		{ .way = (char *)"way", .impl = &impl, .options = checks, .options_count = 1 },
	};
	static const char *const said[] = { "way /mnt/bzImage \n", "other /mnt/vmlinux \n",
					    "way /mnt/bzImage --no-checks\n" };
	struct set s;

	(void)state;
	make(&s);
	s.scenario.ways = ways;
	s.scenario.ways_count = 3;
	s.scenario.chain.ways = turns;
	s.scenario.chain.ways_count = 3;
	for (unsigned int i = 0; i < 3; i++)
		s.scenario.chain.turns[i] = i;
	impl.request = (char *)"echo \"way $IMAGE $OPTIONS\"\n";
	for (int k = 1; k <= 12; k++) {
		CLEANUP_FREE char *line = text_format("ro' NONCE=00ff.%d IMAGE=/mnt/bzImage OPTIONS='", k);

		request_is(&s, line, said[(k - 1) % 3]);
	}
	s.scenario.before = (char *)"echo scenario";
	for (int k = 1; k <= 3; k++) {
		CLEANUP_FREE char *line = text_format("ro' NONCE=00ff.%d IMAGE=/boot/bzImage OPTIONS='", k);
		CLEANUP_FREE char *output = run_text(machine_files_before(&s.plan), line);

		assert_string_equal(output, k == 1 ? "scenario\nahead ro\n" : "scenario\n");
	}
	orders_are(&s, "nonce=00ff\nreboots=7\nsettle_ms=200\nimage=/boot/bzImage\noptions=\n"
		   "previous_log=/sys/log\ncommand_line=\n");
	impl.request = (char *)"echo \"$COMMAND_LINE\"\n";
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_orders),
		cmocka_unit_test(orders_name_the_disks_of_other_kernels),
		cmocka_unit_test(full_orders),
		cmocka_unit_test(words_join_the_running_command_line_once),
		cmocka_unit_test(hints_join_the_request_and_the_command_line),
		cmocka_unit_test(an_option_keeps_the_log),
		cmocka_unit_test(an_option_is_prepared_behind_the_scenario),
		cmocka_unit_test(a_mixed_chain_asks_by_the_number_of_the_reboot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
