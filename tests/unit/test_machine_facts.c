// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_machine_facts.c - what a machine lost in a reboot is found, and nothing else
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reboot/machine_facts.h"
#include "reboot/whole.h"

static const char *const usual[MACHINE_FACTS_LINES] = {
	"clocksource tsc", "cpus 2", "memory_kib 248000",
	"memory_map 00001000-0009fbff 00100000-0ffdffff ", "tsc_khz 2300000",
	"block_devices vda:65536 vdb:133120 ", "interrupt_controllers IO-APIC PCI-MSI LOC ",
	"taint 512", "warnings 1", "efi_runtime 1",
};

/* The usual machine with one line of its own, or NULL. */
static struct machine_facts facts_with(const char *line)
{
	struct machine_facts f = { 0 };

	for (unsigned int i = 0; i < MACHINE_FACTS_LINES; i++) {
		const char *key = machine_facts_key(i);
		bool own = line && !strncmp(line, key, strlen(key));

		assert_true(machine_facts_take(&f, i, own ? line : usual[i]));
	}
	assert_true(f.known);
	return f;
}

static void one_line_one_difference(void **state)
{
	static const struct {
		const char *line;
		int difference;		/* -1: none */
	} table[] = {
		{ NULL, -1 },
		{ "cpus 1", DIFFERENCE_CPUS },
		{ "cpus 3", -1 },
		{ "memory_kib 247983", DIFFERENCE_MEMORY },
		{ "memory_kib 247984", -1 },
		{ "memory_kib 250000", -1 },
		{ "memory_map 00001000-0009fbff 00100000-0ffdfffe", DIFFERENCE_MEMORY_MAP },
		{ "memory_map 00001000-0009fbff 00200000-0ffdffff", DIFFERENCE_MEMORY_MAP },
		{ "memory_map 00100000-0ffdffff", DIFFERENCE_MEMORY_MAP },
		{ "memory_map ", DIFFERENCE_MEMORY_MAP },
		/* Cut in two with nothing missing, or with a hole. */
		{ "memory_map 00000000-0009fbff 00100000-00ffffff 01000000-0fffffff", -1 },
		{ "memory_map 00001000-0009fbff 00100000-00ffffff 01000001-0fffffff",
		  DIFFERENCE_MEMORY_MAP },
		{ "clocksource acpi_pm", DIFFERENCE_CLOCKSOURCE },
		{ "clocksource tsc-early", DIFFERENCE_CLOCKSOURCE },
		{ "tsc_khz 2323000", -1 },
		{ "tsc_khz 2323001", DIFFERENCE_TSC },
		{ "tsc_khz 2277000", -1 },
		{ "tsc_khz 2276999", DIFFERENCE_TSC },
		{ "tsc_khz 0", DIFFERENCE_TSC },
		{ "block_devices vdb:133120 vda:65536 vdc:8", -1 },
		{ "block_devices vda:65536", DIFFERENCE_BLOCK_DEVICES },
		{ "block_devices vda:65536 vdb:13312", DIFFERENCE_BLOCK_DEVICES },
		{ "block_devices vda:65536 vdc:133120", DIFFERENCE_BLOCK_DEVICES },
		{ "interrupt_controllers LOC IO-APIC PCI-MSI", -1 },
		{ "interrupt_controllers XT-PIC", DIFFERENCE_INTERRUPT_CONTROLLERS },
		{ "interrupt_controllers IO-APIC PCI-MSI", DIFFERENCE_INTERRUPT_CONTROLLERS },
		{ "interrupt_controllers IO-APIC PCI-MSI LOC XT-PIC",
		  DIFFERENCE_INTERRUPT_CONTROLLERS },
		{ "taint 0", -1 },
		{ "taint 513", DIFFERENCE_TAINT },
		{ "taint 4096", DIFFERENCE_TAINT },
		{ "warnings 2", DIFFERENCE_WARNINGS },
		{ "warnings 0", -1 },
		{ "efi_runtime 0", DIFFERENCE_EFI_RUNTIME },
	};
	struct machine_facts before = facts_with(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct machine_facts after = facts_with(table[i].line);
		int d = table[i].difference;
		uint64_t found = machine_facts_compare(&before, &after);

		if (found != (d < 0 ? 0 : DIFFERENCE_BIT(d)))
			fail_msg("%s: differences %#lx", table[i].line, (unsigned long)found);
	}
}

/* A machine whose CPU was taken offline, or whose disk was taken out, may come up with it. */
static void what_was_gone_before_may_come_back(void **state)
{
	static const char *const poorer[] = { "cpus 1", "memory_kib 1000", "block_devices vda:65536 ",
					      "memory_map 00100000-0ffdffff ", "tsc_khz 0",
					      "efi_runtime 0" };
	struct machine_facts after = facts_with(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(poorer) / sizeof(poorer[0]); i++) {
		struct machine_facts before = facts_with(poorer[i]);

		assert_int_equal(machine_facts_compare(&before, &after), 0);
	}
}

/* Each later reboot lacks what one of them lost, until it is back. */
static void what_was_lost_stays_lost(void **state)
{
	static const struct {
		const char *line;
		int difference;
		bool another;	/* to have the first one again is a change as well */
		bool by_itself;	/* a running machine may lose it */
	} table[] = {
		{ "cpus 1", DIFFERENCE_CPUS, false, false },
		{ "memory_kib 100000", DIFFERENCE_MEMORY, false, false },
		{ "memory_map 00100000-0ffdffff ", DIFFERENCE_MEMORY_MAP, false, false },
		{ "block_devices vda:65536 ", DIFFERENCE_BLOCK_DEVICES, false, false },
		{ "clocksource acpi_pm", DIFFERENCE_CLOCKSOURCE, true, true },
		{ "tsc_khz 2000000", DIFFERENCE_TSC, true, true },
		{ "interrupt_controllers XT-PIC ", DIFFERENCE_INTERRUPT_CONTROLLERS, true,
		  false },
		{ "taint 513", DIFFERENCE_TAINT, false, false },
		{ "warnings 5", DIFFERENCE_WARNINGS, false, true },
		{ "efi_runtime 0", DIFFERENCE_EFI_RUNTIME, false, false },
	};
	struct machine_facts whole = facts_with(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct machine_facts poor = facts_with(table[i].line);
		uint64_t bit = DIFFERENCE_BIT(table[i].difference);
		struct machine_losses losses = { 0 };

		assert_int_equal(machine_facts_follow(&losses, &whole, &whole), 0);
		assert_int_equal(machine_facts_follow(&losses, &whole, &poor), bit);
		for (int k = 0; k < 2; k++)
			assert_int_equal(machine_facts_follow(&losses, &poor, &poor), bit);
		assert_int_equal(machine_facts_follow(&losses, &poor, &whole),
				 table[i].another ? bit : 0);
		assert_int_equal(machine_facts_follow(&losses, &whole, &whole), 0);
		/* Gone before the next request, and back: lost by the machine itself, or taken away. */
		if (table[i].another && !table[i].by_itself)
			continue;
		assert_int_equal(machine_facts_follow(&losses, &poor, &whole),
				 table[i].by_itself ? bit : 0);
		assert_int_equal(machine_facts_follow(&losses, &whole, &whole), 0);
		assert_int_equal(machine_facts_follow(&losses, &poor, &poor),
				 table[i].by_itself ? bit : 0);
	}
}

/* A busy host can cost the first kernel its TSC: the later ones, which have it, are whole. */
static void a_better_clock_is_no_loss(void **state)
{
	struct machine_facts whole = facts_with(NULL);
	struct machine_facts poor = facts_with("clocksource refined-jiffies");
	uint64_t bit = DIFFERENCE_BIT(DIFFERENCE_CLOCKSOURCE);
	struct machine_losses losses = { 0 };

	(void)state;
	assert_int_equal(machine_facts_follow(&losses, &poor, &whole), bit);
	assert_int_equal(machine_facts_follow(&losses, &whole, &whole), 0);
	assert_int_equal(machine_facts_follow(&losses, &whole, &poor), bit);
	assert_int_equal(machine_facts_follow(&losses, &poor, &poor), bit);
}

/* TSC and warnings are from the log, which wraps while the machine runs. */
static void a_log_that_wrapped_loses_nothing(void **state)
{
	struct machine_facts whole = facts_with(NULL), unknown = facts_with("tsc_khz 0");
	struct machine_facts none = facts_with("warnings 0"), more = facts_with("warnings 2");
	uint64_t bit = DIFFERENCE_BIT(DIFFERENCE_TSC);
	struct machine_losses losses = { 0 };

	(void)state;
	assert_int_equal(machine_facts_follow(&losses, &whole, &whole), 0);
	assert_int_equal(machine_facts_follow(&losses, &unknown, &whole), 0);
	assert_int_equal(machine_facts_follow(&losses, &unknown, &unknown), bit);
	assert_int_equal(machine_facts_follow(&losses, &unknown, &unknown), bit);
	assert_int_equal(machine_facts_follow(&losses, &unknown, &whole), 0);
	assert_int_equal(machine_facts_follow(&losses, &none, &whole), 0);
	assert_int_equal(machine_facts_follow(&losses, &none, &more),
			 DIFFERENCE_BIT(DIFFERENCE_WARNINGS));
}

static void differences_add_up(void **state)
{
	struct machine_facts before = facts_with(NULL), after = facts_with("cpus 1");

	(void)state;
	after.warnings = 3;
	assert_int_equal(machine_facts_compare(&before, &after),
			 DIFFERENCE_BIT(DIFFERENCE_CPUS) | DIFFERENCE_BIT(DIFFERENCE_WARNINGS));
}

static void a_line_is_taken_by_its_key(void **state)
{
	struct machine_facts f = { 0 };
	char longer[3000] = "block_devices ";

	(void)state;
	assert_false(machine_facts_take(&f, 1, "clocksource tsc"));
	assert_false(machine_facts_take(&f, 1, "cpus"));
	assert_false(machine_facts_take(&f, 1, "cpus "));
	assert_false(machine_facts_take(&f, 1, "cpus two"));
	assert_false(machine_facts_take(&f, 1, "cpus 2 3"));
	memset(longer + 14, 'x', sizeof(longer) - 15);
	assert_true(machine_facts_take(&f, 5, longer));
	assert_int_equal(strlen(f.block_devices), sizeof(f.block_devices) - 1);
	assert_false(f.known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_one_difference),
		cmocka_unit_test(what_was_gone_before_may_come_back),
		cmocka_unit_test(what_was_lost_stays_lost),
		cmocka_unit_test(a_better_clock_is_no_loss),
		cmocka_unit_test(a_log_that_wrapped_loses_nothing),
		cmocka_unit_test(differences_add_up),
		cmocka_unit_test(a_line_is_taken_by_its_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
