// SPDX-License-Identifier: GPL-2.0-only
/*
 * domain_xml.c - what a machine is made of, as libvirt's XML
 *
 * Pure: it reads and writes no file. One function per section. Format:
 * https://libvirt.org/formatdomain.html
 */
#include <errno.h>
#include <string.h>
#include <sys/un.h>

#include "domain_xml_private.h"
#include "perf.h"
#include "reboot/discards.h"
#include "reboot/virtual_clock.h"
#include "reboot_marks.h"

void xml_begin(xmlTextWriterPtr w, const char *const *words)
{
	xmlTextWriterStartElement(w, X(*words));
	for (words++; *words; words += 2)
		xmlTextWriterWriteAttribute(w, X(words[0]), X(words[1]));
}

static void text(xmlTextWriterPtr w, const char *element, const char *content)
{
	xmlTextWriterWriteElement(w, X(element), X(content));
}

static void write_name(xmlTextWriterPtr w, const struct domain_config *c)
{
	char number[16];

	text(w, "name", c->name);
	snprintf(number, sizeof(number), "%d", c->scenario->machine.memory_mib);
	around(w, number, "memory", "unit", "MiB");
	snprintf(number, sizeof(number), "%d", c->scenario->machine.cpus);
	text(w, "vcpu", number);
}

static void write_boot(xmlTextWriterPtr w, const struct domain_config *c)
{
	const struct scenario_machine *m = &c->scenario->machine;

	begin(w, "os");
	around(w, "hvm", "type", "arch", strcmp(m->arch, "i386") ? m->arch : "i686", "machine",
	       scenario_chipset_name(m->chipset));
	if (c->firmware) {
		around(w, c->firmware, "loader", "readonly", "yes", "secure", "no", "type", "pflash");
		/* libvirt makes each machine's own from the template. */
		around(w, c->variables, "nvram", "template", c->variables_base);
	}
	leaf(w, "bootmenu", "enable", "no");
	end(w);
	/* A panic must stay visible on the console, so nothing restarts a crashed machine. */
	text(w, "on_poweroff", "destroy");
	text(w, "on_reboot", "restart");
	text(w, "on_crash", "preserve");
}

static void write_items(xmlTextWriterPtr w, const struct domain_config *c)
{
	if (!c->items_count)
		return;
	/* By file: as text in the XML, line ends and blanks would depend on its writers. */
	begin(w, "sysinfo", "type", "fwcfg");
	for (unsigned int i = 0; i < c->items_count; i++)
		leaf(w, "entry", "name", c->items[i].name, "file", c->items[i].file);
	end(w);
}

static void write_clock(xmlTextWriterPtr w, const struct domain_config *c)
{
	if (scenario_is_virtual(c->scenario)) {
		begin(w, "clock", "offset", "absolute", "start", VIRTUAL_CLOCK_START);
		leaf(w, "timer", "name", "rtc", "track", "guest");
	} else {
		begin(w, "clock", "offset", "utc");
	}
	/* Servers hide it or do without; here it would only be one more thing to probe. */
	leaf(w, "timer", "name", "hpet", "present", "no");
	end(w);
}

static void write_perf(xmlTextWriterPtr w, const struct domain_config *c)
{
	if (!c->perf_events)
		return;
	begin(w, "perf");
	for (int i = 0; i < PERF_COUNTERS; i++)
		if (c->perf_events & 1u << i)
			leaf(w, "event", "name", perf_events[i].libvirt, "enabled", "yes");
	end(w);
}

static void write_disk(xmlTextWriterPtr w, const char *file, const char *target, const char *order)
{
	begin(w, "disk", "type", "file", "device", "disk");
	/*
	 * The overlay is thrown away after the trial, so nothing is gained by the
	 * host's disk having it: "unsafe" leaves the host's flushes out of the
	 * guest's sync, which would otherwise be a measurement of that disk. The
	 * guest still writes and flushes all it would.
	 */
	leaf(w, "driver", "name", "qemu", "type", "qcow2", "cache", "unsafe");
	leaf(w, "source", "file", file);
	leaf(w, "target", "dev", target, "bus", "virtio");
	if (order)
		leaf(w, "boot", "order", order);
	end(w);
}

static void write_serial_file(xmlTextWriterPtr w, const char *path, const char *port)
{
	begin(w, "serial", "type", "file");
	leaf(w, "source", "path", path, "append", "on");
	begin(w, "target", "type", "isa-serial", "port", port);
	leaf(w, "model", "name", "isa-serial");
	end(w);
	end(w);
}

/* QEMU connects to the recorder, which listens before the machine starts: no first byte is lost. */
static void write_marks(xmlTextWriterPtr w, const struct domain_config *c)
{
	char port[16];

	snprintf(port, sizeof(port), "%#x", domain_discards(c) ? DISCARDS_PORT : REBOOT_MARK_PORT);
	begin(w, "serial", "type", "unix");
	leaf(w, "source", "mode", "connect", "path", c->marks);
	begin(w, "target", "type", "isa-debug", "port", "2");
	leaf(w, "model", "name", "isa-debugcon");
	end(w);
	leaf(w, "address", "type", "isa", "iobase", port);
	end(w);
}

static void write_devices(xmlTextWriterPtr w, const struct domain_config *c)
{
	begin(w, "devices");
	if (c->emulator)
		text(w, "emulator", c->emulator);
	if (!scenario_is_virtual(c->scenario)) {
		write_disk(w, c->boot_disk, "vda", "1");
		write_disk(w, c->root_disk, "vdb", NULL);
		for (unsigned int i = 0; i < c->other_disks_count; i++) {
			const char target[] = { 'v', 'd', (char)('c' + i), '\0' };

			write_disk(w, c->other_disks[i], target, NULL);
		}
	}
	write_serial_file(w, c->console, "0");
	write_serial_file(w, c->data, "1");
	write_marks(w, c);
	leaf(w, "controller", "type", "usb", "model", "none");
	begin(w, "video");
	leaf(w, "model", "type", "none");
	end(w);
	leaf(w, "memballoon", "model", "none");
	leaf(w, "audio", "id", "1", "type", "none");
	end(w);
}

static void write_domain(xmlTextWriterPtr w, const struct domain_config *c)
{
	xmlTextWriterSetIndent(w, 1);
	xmlTextWriterSetIndentString(w, X("  "));
	begin(w, "domain", "type", c->accelerator == ACCELERATOR_KVM ? "kvm" : "qemu");
	write_name(w, c);
	write_items(w, c);
	write_boot(w, c);
	domain_write_cpu(w, c);
	write_clock(w, c);
	write_perf(w, c);
	write_devices(w, c);
	leaf(w, "seclabel", "type", "none");
	domain_write_arguments(w, c);
	end(w);
	xmlTextWriterEndDocument(w);
}

static int check_text(const char *what, const char *value, struct error **err)
{
	if (xmlCheckUTF8(X(value)))
		return 0;
	return error_set(err, ERROR_USAGE, EILSEQ, "%s is not UTF-8: %s", what, value);
}

static int check(const struct domain_config *c, struct error **err)
{
	int rc = 0;

	if (strlen(c->marks) >= sizeof(((struct sockaddr_un *)NULL)->sun_path))
		return error_set(err, ERROR_USAGE, ENAMETOOLONG,
				 "the path is too long for a socket: %s", c->marks);
	rc = check_text("the boot disk's path", c->boot_disk, err);
	if (!rc)
		rc = check_text("the root disk's path", c->root_disk, err);
	for (unsigned int i = 0; !rc && i < c->other_disks_count; i++)
		rc = check_text("a boot disk's path", c->other_disks[i], err);
	if (!rc)
		rc = check_text("the console's path", c->console, err);
	if (!rc)
		rc = check_text("the data line's path", c->data, err);
	if (!rc)
		rc = check_text("the marks' path", c->marks, err);
	if (!rc && c->emulator)
		rc = check_text("the emulator's path", c->emulator, err);
	if (!rc && c->variables)
		rc = check_text("the path of UEFI's variables", c->variables, err);
	if (!rc && c->plugin)
		rc = check_text("the plugin's path", c->plugin, err);
	for (unsigned int i = 0; !rc && i < c->items_count; i++)
		rc = check_text("a firmware item's path", c->items[i].file, err);
	return rc;
}

char *domain_xml(const struct domain_config *config, struct error **err)
{
	CLEANUP(cleanup_xml_buffer) xmlBufferPtr buffer = xmlBufferCreate();
	CLEANUP(cleanup_xml_writer) xmlTextWriterPtr w = NULL;
	char *xml;

	if (check(config, err))
		return NULL;
	if (buffer)
		w = xmlNewTextWriterMemory(buffer, 0);
	if (!w)
		abort();
	write_domain(w, config);
	xmlTextWriterFlush(w);
	xml = strdup((const char *)xmlBufferContent(buffer));
	if (!xml)
		abort();
	return xml;
}
