// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_domain_xml.c - the whole XML of typical machines, and what cannot be said in it
 *
 * The files of tests/golden/ are the expected texts. UPDATE_GOLDEN=1 writes them
 * anew, to be looked at with git diff.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "machine/domain_xml.h"
#include "reboot/sample.h"

static const struct domain_item items[] = {
	{ "opt/lobosbench/trial", "/run/m0/trial" },
	{ "opt/lobosbench/request", "/run/m0/request" },
};

static struct scenario *scenario(const char *machine)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *text = NULL;
	struct scenario *s;

	assert_true(asprintf(&text, "name: x\ntitle: X\nways: [{way: a}]\nmachine: %s\n",
			     machine) > 0);	/* may go on with keys behind the machine */
	s = scenario_parse("s.yaml", text, &err);
	assert_non_null(s);
	return s;
}

static struct domain_config config(const struct scenario *s, enum accelerator accelerator)
{
	return (struct domain_config){
		.name = "lobosbench-x-0",
		.scenario = s,
		.accelerator = accelerator,
		.boot_disk = "/run/m0/boot.qcow2",
		.root_disk = "/run/m0/root.qcow2",
		.console = "/run/m0/console.log",
		.data = "/run/m0/data.log",
		.marks = "/run/m0/marks.sock",
		.items = items,
		.items_count = 2,
		.plugins = "/opt/a,b",
		.trace = accelerator == ACCELERATOR_KVM ? NULL : "/run/m0/trace.log",
		.perf_events = 1u << PERF_TASK_CLOCK_NS | 1u << PERF_PAGE_FAULTS,
	};
}

static char *read_file(const char *path)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t room = 0;

	if (f && getdelim(&text, &room, '\0', f) < 0)
		text[0] = '\0';
	return text;
}

static void compare(const char *golden, const char *machine, enum accelerator accelerator)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario(machine);
	struct domain_config c = config(s, accelerator);
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *xml = NULL, *expected = NULL;

	if (s->machine.firmware == FIRMWARE_UEFI) {
		c.firmware = "/usr/share/OVMF/OVMF_CODE_4M.fd";
		c.variables = "/run/m0/variables.fd";
		c.variables_base = "/usr/share/OVMF/OVMF_VARS_4M.fd";
	}
	xml = domain_xml(&c, &err);
	assert_non_null(xml);
	if (getenv("UPDATE_GOLDEN")) {
		CLEANUP_FCLOSE FILE *f = fopen(golden, "we");

		assert_non_null(f);
		fputs(xml, f);
		return;
	}
	expected = read_file(golden);
	assert_non_null(expected);
	assert_string_equal(xml, expected);
}

static void emulated_machine(void **state)
{
	(void)state;
	compare("tests/golden/domain_tcg.xml", "{memory_mib: 256}", ACCELERATOR_TCG);
}

static void two_cpus_without_big_pages(void **state)
{
	(void)state;
	compare("tests/golden/domain_nopse.xml", "{cpus: 2, cpu_disable: [pse, pse36]}",
		ACCELERATOR_TCG);
}

static void kvm_has_the_cpu_of_the_host(void **state)
{
	(void)state;
	compare("tests/golden/domain_kvm.xml", "{memory_mib: 1024}", ACCELERATOR_KVM);
}

static void the_machine_of_today(void **state)
{
	(void)state;
	compare("tests/golden/domain_uefi.xml", "{arch: x86_64, chipset: q35, firmware: uefi, "
		"cpus: 8, memory_mib: 6144, cpu_model: max}", ACCELERATOR_TCG);
}

static void nothing_to_count_nothing_to_tell(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario("{cpu_model: qemu64}");
	struct domain_config c = config(s, ACCELERATOR_TCG);
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *xml = NULL;

	(void)state;
	c.items_count = 0;
	c.perf_events = 0;
	xml = domain_xml(&c, &err);
	assert_non_null(xml);
	assert_null(strstr(xml, "sysinfo"));
	assert_null(strstr(xml, "perf"));
	assert_non_null(strstr(xml, ">qemu64</model>"));
}

static void a_plugin_is_handed_on_to_qemu(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario("{cpus: 1}");
	struct domain_config c = config(s, ACCELERATOR_TCG);
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *xml = NULL;

	(void)state;
	c.plugin = "file=/w.so,trace=/t";
	c.trace = NULL;
	xml = domain_xml(&c, &err);
	assert_non_null(xml);
	assert_non_null(strstr(xml, "  <qemu:commandline xmlns:qemu=\"http://libvirt.org/schemas/"
				    "domain/qemu/1.0\">\n"
				    "    <qemu:arg value=\"-plugin\"/>\n"
				    "    <qemu:arg value=\"file=/w.so,trace=/t\"/>\n"
				    "  </qemu:commandline>\n</domain>"));
	c.plugin = "file=/caf\xe9/w.so";
	assert_null(domain_xml(&c, &err));
	assert_non_null(strstr(err->message, "the plugin's path is not UTF-8"));
}

static void paths_are_escaped(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario("{cpus: 1}");
	struct domain_config c = config(s, ACCELERATOR_TCG);
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *xml = NULL;

	(void)state;
	c.boot_disk = "/a \"b\"/<c> & d";
	xml = domain_xml(&c, &err);
	assert_non_null(xml);
	assert_non_null(strstr(xml, "/a &quot;b&quot;/&lt;c&gt; &amp; d"));
}

static void paths_that_cannot_be_said_are_refused(void **state)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario("{cpus: 1}");
	struct domain_config c = config(s, ACCELERATOR_TCG);
	CLEANUP_ERROR struct error *err = NULL;
	char deep[200];

	(void)state;
	c.root_disk = "/caf\xe9/root.qcow2";
	assert_null(domain_xml(&c, &err));
	assert_non_null(strstr(err->message, "the root disk's path is not UTF-8"));
	error_free(err);
	err = NULL;
	c = config(s, ACCELERATOR_TCG);
	memset(deep, 'x', sizeof(deep) - 1);
	deep[0] = '/';
	deep[108] = '\0';
	c.marks = deep;
	assert_null(domain_xml(&c, &err));
	assert_non_null(strstr(err->message, "too long for a socket"));
	error_free(err);
	err = NULL;
	deep[107] = '\0';
	free(domain_xml(&c, &err));
	assert_null(err);
}

/* All that enters the machine is fixed, and a comma in a path does not end an option. */
static void test_virtual(void **state)
{
	(void)state;
	compare("tests/golden/domain_virtual.xml", "{cpus: 1}\nclock: virtual", ACCELERATOR_TCG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_virtual),
		cmocka_unit_test(emulated_machine),
		cmocka_unit_test(two_cpus_without_big_pages),
		cmocka_unit_test(kvm_has_the_cpu_of_the_host),
		cmocka_unit_test(the_machine_of_today),
		cmocka_unit_test(nothing_to_count_nothing_to_tell),
		cmocka_unit_test(a_plugin_is_handed_on_to_qemu),
		cmocka_unit_test(paths_are_escaped),
		cmocka_unit_test(paths_that_cannot_be_said_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
