// SPDX-License-Identifier: GPL-2.0-only
/*
 * domain_cpu.c - the processors of a machine, and how they are emulated
 */
#include <string.h>

#include "domain_xml_private.h"

/*
 * MiB of translated code that TCG keeps where nothing discards it. A store into a page
 * that holds any costs it microseconds instead of nanoseconds, and what a reboot writes
 * over is just the pages that ran before: with QEMU's own cache (1 GiB) unpacking a bzImage
 * took 7 to 9 s where the first boot, into pages that had never run, took 0.1 s. A cache this
 * small is emptied several times a boot. A boot and a reboot translate some 40 MiB, so
 * with discards QEMU's own cache is emptied at the moments of these only.
 */
#define TRANSLATION_CACHE_MIB "20"

static void write_features(xmlTextWriterPtr w, const struct domain_config *c)
{
	begin(w, "features");
	leaf(w, "acpi");
	leaf(w, "apic");
	if (c->accelerator != ACCELERATOR_KVM && !domain_discards(c)) {
		begin(w, "tcg");
		around(w, TRANSLATION_CACHE_MIB, "tb-cache", "unit", "MiB");
		end(w);
	}
	end(w);
}

static bool disables(const struct scenario *s, const char *feature)
{
	for (unsigned int i = 0; i < s->machine.cpu_disable_count; i++)
		if (!strcmp(s->machine.cpu_disable[i], feature))
			return true;
	return false;
}

/*
 * Without RDRAND each random number that the kernel draws while it boots costs it 30,000
 * instructions, and how many it draws is a matter of luck: too coarse for the virtual clock.
 */
static void write_rdrand(xmlTextWriterPtr w, const struct domain_config *c)
{
	if (scenario_is_virtual(c->scenario) && !disables(c->scenario, "rdrand"))
		leaf(w, "feature", "policy", "require", "name", "rdrand");
}

/* Opens the element of the CPU; check: what TCG cannot emulate is left out, the guest sees what it has. */
static void begin_cpu(xmlTextWriterPtr w, const struct domain_config *c)
{
	const char *model = scenario_machine_cpu_model(&c->scenario->machine, c->accelerator);

	if (!strcmp(model, "max")) {
		begin(w, "cpu", "mode", "maximum", "check", "none");
		return;
	}
	if (!strcmp(model, SCENARIO_HOST_CPU)) {
		begin(w, "cpu", "mode", SCENARIO_HOST_CPU, "check", "none");
		return;
	}
	begin(w, "cpu", "mode", "custom", "match", "exact", "check", "none");
	around(w, model, "model", "fallback", "forbid");
	if (!c->scenario->machine.cpu_model)
		write_rdrand(w, c);
}

void domain_write_cpu(xmlTextWriterPtr w, const struct domain_config *c)
{
	const struct scenario_machine *m = &c->scenario->machine;

	write_features(w, c);
	begin_cpu(w, c);
	for (unsigned int i = 0; i < m->cpu_disable_count; i++)
		leaf(w, "feature", "policy", "disable", "name", m->cpu_disable[i]);
	end(w);
}
