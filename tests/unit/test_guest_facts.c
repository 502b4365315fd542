// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_guest_facts.c - guest/facts.c: what it reads out of the kernel's words
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define main facts_main
#include "../../guest/facts.c"
#undef main

/* Files are for machines; what their lines say is tried here. */
char *file_read(const char *path, size_t *bytes)
{
	(void)path;
	(void)bytes;
	return NULL;
}

void file_read_line(const char *path, char *to, size_t size)
{
	(void)path;
	snprintf(to, size, "%s", "");
}

static void records_of_the_log(void **state)
{
	static const char *const records[] = {
		"tsc: Detected 2299.998 MHz processor\n",
		"tsc: Refined TSC clocksource calibration: 2300.001 MHz\n SUBSYSTEM=x\n",
		"tsc: Marking TSC unstable due to clocksource watchdog\n",
		"WARNING: CPU: 0 PID: 1 at kernel/x.c:1 f+0x1/0x2\n",
		"BUG: kernel NULL pointer dereference, address: 00000000\n",
		"Oops: 0000 [#1] SMP\n",
		"kernel BUG at kernel/x.c:1!\n",
		"watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [init:1]\n",
		"DEBUG: nothing\n",
		"x: WARNING: of a driver's own\n",
	};
	struct log_facts l = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(records); i++)
		take_record(&l, records[i]);
	assert_int_equal(l.tsc_khz, 2300001);
	assert_int_equal(l.warnings, 5);
}

static void lines_of_interrupts(void **state)
{
	static const char *const lines[] = {
		"           CPU0       CPU1       ",
		"  0:         20          0   IO-APIC   2-edge      timer",
		"  4:       1003          5   IO-APIC   4-edge      ttyS0",
		" 24:          0          0   PCI-MSI 49152-edge      virtio0-config",
		"NMI:          0          0   Non-maskable interrupts",
		"LOC:          0        301   Local timer interrupts",
		"ERR:          0",
		"MIS:          0",
	};
	struct chips c = { "" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		char *line = strdup(lines[i]);

		take_interrupt(line, &c);
		free(line);
	}
	assert_string_equal(c.names, " IO-APIC PCI-MSI LOC ");
}

static void a_timer_that_never_fired_is_not_in_use(void **state)
{
	char line[] = "LOC:          0          0   Local timer interrupts";
	struct chips c = { "" };

	(void)state;
	take_interrupt(line, &c);
	assert_string_equal(c.names, "");
}

static void cpus_are_counted_in_stat(void **state)
{
	char lines[][32] = { "cpu  1 2 3", "cpu0 1 2 3", "cpu3 1 2 3", "intr 7", "cpux" };
	unsigned int n = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		count_cpu(lines[i], &n);
	assert_int_equal(n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_of_the_log),
		cmocka_unit_test(lines_of_interrupts),
		cmocka_unit_test(a_timer_that_never_fired_is_not_in_use),
		cmocka_unit_test(cpus_are_counted_in_stat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
