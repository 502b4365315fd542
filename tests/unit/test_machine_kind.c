// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_machine_kind.c - which machines are of one kind, and what each kind is called
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "reboot/machine_kind.h"

static struct machine_kind today(void)
{
	return (struct machine_kind){
		.arch = "x86_64", .build = "x86_64-6.12", .firmware = "uefi", .chipset = "q35",
		.cpus = 8, .memory_mib = 6144, .cpu_model = "max",
	};
}

static void a_sample_has_it_all(void **state)
{
	struct sample s = {
		.arch = "x86_64", .build = "x86_64-6.12", .firmware = "uefi", .chipset = "q35",
		.cpus = 8, .memory_mib = 6144, .cpu_model = "max",
	};
	struct machine_kind k = machine_kind_of(&s), expected = today();

	(void)state;
	assert_memory_equal(&k, &expected, sizeof(k));
}

static void each_fact_tells_kinds_apart(void **state)
{
	struct machine_kind a = today(), b[7];

	(void)state;
	for (size_t i = 0; i < 7; i++)
		b[i] = today();
	strcpy(b[0].arch, "i386");
	strcpy(b[1].build, "x86_64-6.1");
	strcpy(b[2].firmware, "bios");
	strcpy(b[3].chipset, "pc");
	b[4].cpus = 4;
	b[5].memory_mib = 256;
	strcpy(b[6].cpu_model, "qemu64");
	assert_true(machine_kind_agrees(&a, &a));
	for (size_t i = 0; i < 7; i++) {
		assert_false(machine_kind_agrees(&a, &b[i]));
		assert_false(machine_kind_agrees(&b[i], &a));
	}
}

/* Samples of older programs lack what there was only one of. */
static void what_is_unknown_agrees_and_is_learnt(void **state)
{
	struct machine_kind old = { .arch = "x86_64" }, new = today();

	(void)state;
	assert_true(machine_kind_agrees(&old, &new));
	machine_kind_learn(&old, &new);
	assert_memory_equal(&old, &new, sizeof(new));
	new.cpus = 1;
	machine_kind_learn(&old, &new);
	assert_int_equal(old.cpus, 8);
}

static void assert_texts(const struct machine_kind *k, const char *name, const char *words)
{
	char text[MACHINE_KIND_TEXT];

	machine_kind_name(k, text);
	assert_string_equal(text, name);
	machine_kind_words(k, text);
	assert_string_equal(text, words);
}

static void names_leave_out_what_is_usual(void **state)
{
	struct machine_kind k = today(), usual = {
		.arch = "i386", .build = "i386-6.1", .firmware = "bios", .chipset = "pc", .cpus = 1,
		.memory_mib = 256, .cpu_model = "qemu32",
	}, old = { .arch = "i386" };

	(void)state;
	assert_texts(&k, "x86_64-6.12-uefi-q35-max-8cpus-6144mib",
		     "x86_64-6.12, uefi, q35, max, 8 CPUs, 6144 MiB");
	assert_texts(&usual, "i386-6.1", "i386-6.1, bios, pc, qemu32, 1 CPU, 256 MiB");
	strcpy(usual.cpu_model, "host-passthrough");
	assert_texts(&usual, "i386-6.1", "i386-6.1, bios, pc, host-passthrough, 1 CPU, 256 MiB");
	assert_texts(&old, "i386", "i386");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sample_has_it_all),
		cmocka_unit_test(each_fact_tells_kinds_apart),
		cmocka_unit_test(what_is_unknown_agrees_and_is_learnt),
		cmocka_unit_test(names_leave_out_what_is_usual),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
