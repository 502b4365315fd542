// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_scenario.c - what a scenario becomes, and what error each wrong one gives
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "plan/scenario.h"

#define HEAD "name: x\ntitle: X\nways: [{way: lobos}]\n"

static struct scenario *parse(const char *text, struct error **err)
{
	return scenario_parse("s.yaml", text, err);
}

static void defaults_are_those_of_the_manual(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	s = parse(HEAD, &err);
	assert_non_null(s);
	assert_string_equal(s->machine.arch, "i386");
	assert_string_equal(s->machine.kernel, "i386");
	assert_int_equal(s->machine.chipset, CHIPSET_PC);
	assert_int_equal(s->machine.firmware, FIRMWARE_BIOS);
	assert_int_equal(s->machine.cpus, 1);
	assert_int_equal(s->machine.memory_mib, 256);
	assert_int_equal(s->machine.accelerator, ACCELERATOR_AUTO);
	assert_null(s->machine.cpu_model);
	assert_int_equal(s->chain.machines, 1);
	assert_int_equal(s->chain.reboots, 6);
	assert_int_equal(s->chain.warmups, 1);
	assert_int_equal(s->chain.settle_ms, 200);
	assert_int_equal(s->chain.parallel, 1);
	assert_null(s->command_line);
	assert_string_equal(s->clock, "wall");
	assert_int_equal(s->target_ms, 3000);
	assert_int_equal(s->fault.kind, FAULT_NONE);
	assert_int_equal(s->timeout.silence_s, 10);
	assert_int_equal(s->timeout.phase_s, 20);
	assert_int_equal(s->seed, 1);
	assert_string_equal(s->ways[0].variant, "");
	assert_string_equal(s->text, HEAD);
}

static void everything_written_is_taken(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	s = parse("name: all\n"
		  "title: All of it\n"
		  "ways:\n"
		  "  - {way: kexec, image: vmlinux, options: [no-checks, quick]}\n"
		  "machine: {arch: i386, kernel: i386-pae, cpus: 2, memory_mib: 512,\n"
		  "          accelerator: tcg, cpu_model: qemu64, cpu_disable: [pse, pse36]}\n"
		  "chain: {machines: 3, reboots: 9, warmups: 0, settle_ms: 0, parallel: 2}\n"
		  "command_line: console=ttyS0 quiet\n"
		  "clock: wall\n"
		  "target_ms: 2000\n"
		  "fault: {kind: delay, at: initcalls, ms: 250}\n"
		  "timeout: {silence_s: 3, phase_s: 4}\n"
		  "seed: 18446744073709551615\n", &err);
	assert_non_null(s);
	assert_string_equal(s->ways[0].variant, "vmlinux no-checks quick");
	assert_string_equal(s->machine.kernel, "i386-pae");
	assert_int_equal(s->machine.cpus, 2);
	assert_int_equal(s->machine.memory_mib, 512);
	assert_int_equal(s->machine.accelerator, ACCELERATOR_TCG);
	assert_string_equal(s->machine.cpu_model, "qemu64");
	assert_int_equal(s->machine.cpu_disable_count, 2);
	assert_string_equal(s->machine.cpu_disable[1], "pse36");
	assert_int_equal(s->chain.warmups, 0);
	assert_int_equal(s->chain.settle_ms, 0);
	assert_int_equal(s->chain.parallel, 2);
	assert_string_equal(s->command_line, "console=ttyS0 quiet");
	assert_int_equal(s->fault.kind, FAULT_DELAY);
	assert_string_equal(s->fault.at, "initcalls");
	assert_int_equal(s->fault.ms, 250);
	assert_int_equal(s->timeout.phase_s, 4);
	assert_true(s->seed == UINT64_MAX);
}

static void a_machine_of_64_bits(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	s = parse(HEAD "machine: {arch: x86_64, chipset: q35, firmware: uefi, cpus: 8,\n"
		  "          memory_mib: 8192, cpu_model: max}\n", &err);
	assert_non_null(s);
	assert_string_equal(s->machine.kernel, "x86_64");
	assert_int_equal(s->machine.chipset, CHIPSET_Q35);
	assert_string_equal(scenario_chipset_name(s->machine.chipset), "q35");
	assert_int_equal(s->machine.firmware, FIRMWARE_UEFI);
	assert_string_equal(firmware_name(s->machine.firmware), "uefi");
	assert_int_equal(s->machine.memory_mib, 8192);
}

static void a_kernel_says_its_architecture(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	s = parse(HEAD "machine: {kernel: x86_64-6.1}\n", &err);
	assert_non_null(s);
	assert_string_equal(s->machine.arch, "x86_64");
	scenario_free(s);
	s = parse(HEAD "machine: {kernel: i386-pae}\n", &err);
	assert_non_null(s);
	assert_string_equal(s->machine.arch, "i386");
}

/* A way may have numbers of its own, which are words of its variant. */
static void a_way_varies_its_machine(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	struct scenario_machine m;

	(void)state;
	s = parse("name: x\ntitle: X\nmachine: {cpus: 2, memory_mib: 128}\n"
		  "ways: [{way: a}, {way: a, memory_mib: 512}, {way: a, cpus: 8},\n"
		  "       {way: a, options: [b], cpus: 1, memory_mib: 64, ramdisk_mib: 20}]\n", &err);
	assert_non_null(s);
	assert_string_equal(s->ways[0].variant, "");
	assert_string_equal(s->ways[1].variant, "memory_mib=512");
	assert_string_equal(s->ways[3].variant, "b cpus=1 memory_mib=64 ramdisk_mib=20");
	m = factor_machine(&s->machine, &s->ways[1].own);
	assert_int_equal(m.cpus, 2);
	assert_int_equal(m.memory_mib, 512);
	m = factor_machine(&s->machine, &s->ways[2].own);
	assert_int_equal(m.cpus, 8);
	assert_int_equal(m.memory_mib, 128);
}

/* Each wrong text with a part of what must be said, line included. */
static const struct {
	const char *text, *said;
} refused[] = {
	{ "", "s.yaml:1: the file is empty" },
	{ "name: [\n", "s.yaml:2: this is not YAML" },
	{ "- a\n", "s.yaml:1: is a list, should be keys with values" },
	{ "title: X\nways: [{way: a}]\n", "s.yaml:1: the key \"name\" is missing" },
	{ HEAD "chain:\n  machines: 2\n  rebots: 3\n",
	  "s.yaml:6: chain.rebots: there is no such key; known here: machines, reboots" },
	{ HEAD "chain:\n  machines: two\n",
	  "s.yaml:5: chain.machines: \"two\" is not a whole number" },
	{ HEAD "chain: {machines: 1.5}\n", "\"1.5\" is not a whole number" },
	{ HEAD "chain: {machines: 010}\n", "\"010\" is not a whole number" },
	{ HEAD "chain: {machines: 0}\n", "chain.machines: 0 is out of range, should be 1 to" },
	{ HEAD "chain: {machines: 4294967297}\n", "s.yaml:4: chain.machines:" },
	{ HEAD "chain: [1]\n", "s.yaml:4: chain: is a list, should be keys with values" },
	{ HEAD "chain: {reboots: 3, warmups: 3}\n", "3 warm-ups of 3 reboots leave none" },
	{ HEAD "machine: {accelerator: fast}\n", "\"fast\" is not one of: auto, kvm, tcg" },
	{ HEAD "machine: {arch: sparc}\n", "s.yaml:4: machine.arch: \"sparc\" is not one of: i386, x86_64" },
	{ HEAD "machine: {arch: x86_64, kernel: i386-pae}\n",
	  "machine.kernel: \"i386-pae\" is no kernel for x86_64" },
	{ HEAD "chain: {kernels: [i386-pae, x86_64]}\n",
	  "s.yaml:4: chain.kernels[1]: \"x86_64\" is no kernel for i386" },
	{ HEAD "clock: both\nchain: {kernels: [i386-pae]}\n",
	  "s.yaml:4: clock: \"both\" is not to be had with \"chain.kernels\"" },
	{ HEAD "machine: {arch: i386, kernel: i3866}\n", "\"i3866\" is no kernel for i386" },
	{ HEAD "machine: {chipset: q36}\n", "machine.chipset: \"q36\" is not one of: pc, q35" },
	{ HEAD "machine: {firmware: efi}\n", "machine.firmware: \"efi\" is not one of: bios, uefi" },
	{ HEAD "machine: {firmware: uefi}\n", "s.yaml:4: machine.firmware: the UEFI firmware has 64" },
	{ HEAD "machine: {arch: x86_64, firmware: uefi, memory_mib: 64}\n",
	  "machine.memory_mib: 64 is too little for UEFI firmware, which needs 128" },
	{ HEAD "machine: {arch: x86_64, firmware: uefi}\nclock: both\n",
	  "s.yaml:5: clock: \"both\" is not to be had with UEFI firmware" },
	{ HEAD "machine: {memory_mib: 4096}\n",
	  "machine.memory_mib: 4096 is out of range, should be 32 to 3072 for i386" },
	{ HEAD "machine: {arch: x86_64, memory_mib: 8193}\n", "8193 is out of range" },
	{ HEAD "machine: {arch: x86_64, memory_mib: 63}\n",
	  "machine.memory_mib: 63 is out of range, should be 64 to 8192 for x86_64" },
	{ HEAD "machine: {cpus: 9}\n", "machine.cpus: 9 is out of range, should be 1 to 8" },
#define WAY(numbers) "name: x\ntitle: X\nways:\n  - {way: a, " numbers "}\n"
	{ WAY("memory_mib: 8"), "s.yaml:4: ways[0].memory_mib: 8 is out of range, should be 32 to 8192" },
	{ WAY("memory_mib: 4096"),
	  "ways[0].memory_mib: 4096 is out of range, should be 32 to 3072 for i386" },
	{ WAY("cpus: 0"), "s.yaml:4: ways[0].cpus: 0 is out of range" },
	{ WAY("cpus: 2") "clock: virtual\n", "s.yaml:4: ways[0].cpus: the virtual clock needs one" },
	{ WAY("ramdisk_mib: -1"), "ways[0].ramdisk_mib: -1 is out of range, should be 1 to 1024" },
	{ HEAD "machine: {memory_mib: 8}\n", "machine.memory_mib: 8 is out of range" },
	{ HEAD "machine: {cpu_disable: pse}\n", "is one value, should be a list" },
	{ HEAD "machine: {kernel: ../etc}\n", "machine.kernel: \"../etc\" may hold only" },
	{ HEAD "clock: guest\n", "clock: \"guest\" is not one of: wall, virtual, both" },
	{ HEAD "clock: both\nmachine: {cpus: 2}\n", "the virtual clock needs one processor" },
	{ HEAD "exact: {machines: 2}\n", "s.yaml:4: exact: is for a run by both clocks" },
	{ HEAD "clock: virtual\nexact: {}\n", "exact: is for a run by both clocks" },
	{ HEAD "clock: both\nexact: {reboots: 1}\n", "exact: 1 warm-ups of 1 reboots leave none" },
	{ HEAD "clock: both\nexact: {machines: 0}\n", "exact.machines: 0 is out of range" },
	{ HEAD "target_ms: -1\n", "target_ms: -1 is out of range" },
	{ HEAD "seed: -1\n", "seed: \"-1\" is not a whole number from 0 up" },
	{ HEAD "title: Y\n", "title: stands here for the second time" },
	{ HEAD "fault: {kind: delay, at: initcalls}\n", "a delay needs the key \"ms\"" },
	{ HEAD "fault: {kind: hang, at: initcalls, ms: 3}\n",
	  "fault.ms: only a delay has a length" },
	{ HEAD "fault: {kind: hang, at: boot_sector}\n", "\"boot_sector\" is no mark at which" },
	{ HEAD "fault: {kind: hang}\n", "fault: the key \"at\" is missing" },
	{ HEAD "versus: {}\n", "ways: a comparison (\"versus\") has two sides; here are 1" },
#define SIDES "name: x\ntitle: X\nways: [{way: a}, {way: b}]\nversus: {most: 30}\n"
	{ SIDES "chain: {machines: 2}\n", "chain.machines: a comparison (\"versus\") itself says" },
	{ SIDES "chain: {kernels: [i386-6.1, i386-6.12]}\n",
	  "chain.kernels: the figures of a comparison (\"versus\") are of reboots to one kernel" },
	{ SIDES "clock: both\n", "s.yaml:5: clock: a comparison (\"versus\") goes by one clock" },
	{ SIDES "chain: {parallel: 2}\n", "chain.parallel: the sides of a comparison" },
	{ "name: x\ntitle: X\nways: [{way: a}, {way: b}]\nversus: {most: 31}\n", "versus.most" },
	{ "name: x\ntitle: X\nways: [{way: a}, {way: b}]\nversus: {most: 9}\n",
	  "s.yaml:4: versus.most: 9 counted reboots a side are fewer than the 10 of the first look" },
	{ "name: x\ntitle: X\nways: [{way: a, revision: HEAD}]\n",
	  "s.yaml:3: ways[0].revision: \"HEAD\" is no full id of a commit" },
	{ HEAD "hints: []\n", "s.yaml:4: hints: has 0 items, should have 1 to" },
	{ "name: x\ntitle: X\nways: [{way: a, plain: maybe}]\nhints: [a]\n",
	  "s.yaml:3: ways[0].plain: \"maybe\" is not true or false" },
	{ "name: A B\ntitle: X\nways: [{way: a}]\n", "s.yaml:1: name: \"A B\" may hold only a-z" },
	{ "name: x\ntitle: X\nways: []\n", "ways: has 0 items, should have 1 to" },
	{ "name: x\ntitle:\nways: [{way: a}]\n", "s.yaml:2: title: is empty" },
	{ "name: x\ntitle: X\nways:\n  - {way: a}\n  - {wax: b}\n",
	  "s.yaml:5: ways[1].wax: there is no" },
};

static void only_emulation_by_the_wall_clock_discards(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *wall = NULL, *virtual = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	wall = parse(HEAD, &err);
	virtual = parse(HEAD "clock: virtual\n", &err);
	assert_true(scenario_discards(wall, ACCELERATOR_TCG));
	assert_false(scenario_discards(wall, ACCELERATOR_KVM));
	assert_false(scenario_discards(virtual, ACCELERATOR_TCG));
}

/* What is not said is enough for exact figures; the accelerator is that of the wall clock. */
static void both_clocks_have_numbers_of_their_own(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	s = parse(HEAD "clock: both\nmachine: {accelerator: kvm}\n", &err);
	assert_non_null(s);
	assert_true(scenario_is_both(s));
	assert_false(scenario_is_virtual(s));
	assert_int_equal(s->machine.accelerator, ACCELERATOR_KVM);
	assert_int_equal(s->exact.machines, SCENARIO_EXACT_MACHINES);
	assert_int_equal(s->exact.reboots, 2);
	assert_int_equal(s->exact.warmups, 1);
	assert_int_equal(s->chain.reboots, 6);
}

static void wrong_ones_are_told_where_and_what(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		CLEANUP_ERROR struct error *err = NULL;

		assert_null(parse(refused[i].text, &err));
		assert_non_null(err);
		assert_int_equal(err->class, ERROR_USAGE);
		if (!strstr(err->message, refused[i].said))
			fail_msg("said \"%s\", should have \"%s\"", err->message, refused[i].said);
	}
}

/* Its first pair decides, so it needs fewer than the first look of the wall clock. */
static void a_virtual_clock_needs_few_reboots(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP(cleanup_scenario_free) struct scenario *s =
		parse("name: x\ntitle: X\nways: [{way: a}, {way: b}]\nclock: virtual\n"
		      "versus: {most: 1}\n", &err);

	(void)state;
	assert_non_null(s);
}

static void missing_file_is_the_users(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_null(scenario_load("tests/data/no-such.yaml", &err));
	assert_int_equal(err->class, ERROR_USAGE);
	assert_non_null(strstr(err->message, "tests/data/no-such.yaml"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_those_of_the_manual),
		cmocka_unit_test(a_machine_of_64_bits),
		cmocka_unit_test(a_kernel_says_its_architecture),
		cmocka_unit_test(a_way_varies_its_machine),
		cmocka_unit_test(everything_written_is_taken),
		cmocka_unit_test(only_emulation_by_the_wall_clock_discards),
		cmocka_unit_test(both_clocks_have_numbers_of_their_own),
		cmocka_unit_test(wrong_ones_are_told_where_and_what),
		cmocka_unit_test(a_virtual_clock_needs_few_reboots),
		cmocka_unit_test(missing_file_is_the_users),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
