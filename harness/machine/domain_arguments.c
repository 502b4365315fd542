// SPDX-License-Identifier: GPL-2.0-only
/*
 * domain_arguments.c - what libvirt does not know of a machine: plugins, -icount, cards
 */
#include <string.h>

#include "domain_xml_private.h"
#include "qemu_option.h"
#include "reboot/virtual_clock.h"

/* No way gains or loses by what was translated before it: see witness/plugin_discard.c. */
bool domain_discards(const struct domain_config *c)
{
	return c->trace && !scenario_is_virtual(c->scenario);
}

static void write_argument(xmlTextWriterPtr w, const char *option, const char *value)
{
	leaf(w, "qemu:arg", "value", option);
	leaf(w, "qemu:arg", "value", value);
}

/*
 * A card in a reader of its own. QEMU's emulation of the controller moves the data of a
 * card by timers of the virtual clock, and waits for the file where it stands, so
 * that what a transfer takes is the same each time. Every other disk completes
 * in the emulator's main thread, whenever the host lets it.
 */
static void write_card(xmlTextWriterPtr w, const char *id, const char *file)
{
	CLEANUP_FREE char *path = qemu_option_value(file), *drive = NULL;
	char card[32];

	if (asprintf(&drive, "if=none,id=%s,format=qcow2,cache=unsafe,file=%s", id, path) < 0)
		abort();
	snprintf(card, sizeof(card), "sd-card,drive=%s", id);
	write_argument(w, "-drive", drive);
	write_argument(w, "-device", "sdhci-pci");
	write_argument(w, "-device", card);
}

static void write_plugin(xmlTextWriterPtr w, const struct domain_config *c, const char *name)
{
	CLEANUP_FREE char *plugins = qemu_option_value(c->plugins);
	CLEANUP_FREE char *trace = qemu_option_value(c->trace), *plugin = NULL;

	if (asprintf(&plugin, "file=%s/%s,trace=%s", plugins, name, trace) < 0)
		abort();
	write_argument(w, "-plugin", plugin);
}

/* Everything that enters the machine is fixed, and its time is what it executes. */
static void write_virtual(xmlTextWriterPtr w, const struct domain_config *c)
{
	char icount[32];

	snprintf(icount, sizeof(icount), "shift=%d,sleep=off", VIRTUAL_CLOCK_SHIFT);
	write_argument(w, "-icount", icount);
	write_argument(w, "-seed", VIRTUAL_CLOCK_SEED);
	/* libvirt draws one for each machine; what the guest reads is the last that is said. */
	write_argument(w, "-uuid", VIRTUAL_CLOCK_UUID);
	/* A card cannot be named in the order of booting; strict would leave it out. */
	write_argument(w, "-boot", "strict=off");
	write_card(w, "boot", c->boot_disk);
	write_card(w, "root", c->root_disk);
	write_plugin(w, c, "clock.so");
}

/* libvirt has a namespace for that. */
void domain_write_arguments(xmlTextWriterPtr w, const struct domain_config *c)
{
	if (!c->plugin && !c->trace)
		return;
	begin(w, "qemu:commandline", "xmlns:qemu", "http://libvirt.org/schemas/domain/qemu/1.0");
	if (c->plugin)
		write_argument(w, "-plugin", c->plugin);
	if (scenario_is_virtual(c->scenario))
		write_virtual(w, c);
	else if (domain_discards(c))
		write_plugin(w, c, "discard.so");
	end(w);
}
