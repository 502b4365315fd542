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

#include <libxml/xmlwriter.h>

#include "domain_xml.h"
#include "perf.h"
#include "qemu_option.h"
#include "reboot/discards.h"
#include "reboot/virtual_clock.h"
#include "reboot_marks.h"

#define X(text) ((const xmlChar *)(text))

static inline void cleanup_writer(xmlTextWriterPtr *w)
{
	if (*w)
		xmlFreeTextWriter(*w);
}

static inline void cleanup_buffer(xmlBufferPtr *b)
{
	if (*b)
		xmlBufferFree(*b);
}

/* Opens an element: its name, then its attributes as name and value, then NULL. */
static void begin_words(xmlTextWriterPtr w, const char *const *words)
{
	xmlTextWriterStartElement(w, X(*words));
	for (words++; *words; words += 2)
		xmlTextWriterWriteAttribute(w, X(words[0]), X(words[1]));
}

#define begin(w, ...) begin_words(w, (const char *const[]){ __VA_ARGS__, NULL })

static void end(xmlTextWriterPtr w)
{
	xmlTextWriterEndElement(w);
}

#define leaf(w, ...) do { begin(w, __VA_ARGS__); end(w); } while (0)

static void text(xmlTextWriterPtr w, const char *element, const char *content)
{
	xmlTextWriterWriteElement(w, X(element), X(content));
}

static void write_name(xmlTextWriterPtr w, const struct domain_config *c)
{
	char number[16];

	text(w, "name", c->name);
	snprintf(number, sizeof(number), "%d", c->scenario->machine.memory_mib);
	begin(w, "memory", "unit", "MiB");
	xmlTextWriterWriteString(w, X(number));
	end(w);
	snprintf(number, sizeof(number), "%d", c->scenario->machine.cpus);
	text(w, "vcpu", number);
}

static void write_boot(xmlTextWriterPtr w, const struct domain_config *c)
{
	const char *arch = strcmp(c->scenario->machine.arch, "i386") ? c->scenario->machine.arch :
			   "i686";

	begin(w, "os");
	begin(w, "type", "arch", arch, "machine", DOMAIN_CHIPSET);
	xmlTextWriterWriteString(w, X("hvm"));
	end(w);
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

/*
 * Under KVM the host's own CPU; under TCG QEMU's plain ones, for its "max" has
 * features whose emulation costs more than the kernel gains from them.
 */
static const char *default_model(const struct domain_config *c)
{
	if (c->accelerator == ACCELERATOR_KVM)
		return NULL;
	return strcmp(c->scenario->machine.arch, "i386") ? "qemu64" : "qemu32";
}

/* No way gains or loses by what was translated before it: see witness/plugin_discard.c. */
static bool discards(const struct domain_config *c)
{
	return c->trace && !scenario_is_virtual(c->scenario);
}

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
	if (c->accelerator != ACCELERATOR_KVM && !discards(c)) {
		begin(w, "tcg");
		begin(w, "tb-cache", "unit", "MiB");
		xmlTextWriterWriteString(w, X(TRANSLATION_CACHE_MIB));
		end(w);
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

static void write_cpu(xmlTextWriterPtr w, const struct domain_config *c)
{
	const char *model = c->scenario->machine.cpu_model;

	if (!model)
		model = default_model(c);
	if (model) {
		/* check: what TCG cannot emulate is left out; the guest sees what it has. */
		begin(w, "cpu", "mode", "custom", "match", "exact", "check", "none");
		begin(w, "model", "fallback", "forbid");
		xmlTextWriterWriteString(w, X(model));
		end(w);
		if (!c->scenario->machine.cpu_model)
			write_rdrand(w, c);
	} else {
		begin(w, "cpu", "mode", "host-passthrough", "check", "none");
	}
	for (unsigned int i = 0; i < c->scenario->machine.cpu_disable_count; i++)
		leaf(w, "feature", "policy", "disable", "name",
		     c->scenario->machine.cpu_disable[i]);
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

	snprintf(port, sizeof(port), "%#x", discards(c) ? DISCARDS_PORT : REBOOT_MARK_PORT);
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
	if (!scenario_is_virtual(c->scenario)) {
		write_disk(w, c->boot_disk, "vda", "1");
		write_disk(w, c->root_disk, "vdb", NULL);
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

/* libvirt knows no plugins and no -icount; it hands on what stands in this namespace of its own. */
static void write_arguments(xmlTextWriterPtr w, const struct domain_config *c)
{
	if (!c->plugin && !c->trace)
		return;
	begin(w, "qemu:commandline", "xmlns:qemu", "http://libvirt.org/schemas/domain/qemu/1.0");
	if (c->plugin)
		write_argument(w, "-plugin", c->plugin);
	if (scenario_is_virtual(c->scenario))
		write_virtual(w, c);
	else if (discards(c))
		write_plugin(w, c, "discard.so");
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
	write_features(w, c);
	write_cpu(w, c);
	write_clock(w, c);
	write_perf(w, c);
	write_devices(w, c);
	leaf(w, "seclabel", "type", "none");
	write_arguments(w, c);
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
	if (!rc)
		rc = check_text("the console's path", c->console, err);
	if (!rc)
		rc = check_text("the data line's path", c->data, err);
	if (!rc)
		rc = check_text("the marks' path", c->marks, err);
	if (!rc && c->plugin)
		rc = check_text("the plugin's path", c->plugin, err);
	for (unsigned int i = 0; !rc && i < c->items_count; i++)
		rc = check_text("a firmware item's path", c->items[i].file, err);
	return rc;
}

char *domain_xml(const struct domain_config *config, struct error **err)
{
	CLEANUP(cleanup_buffer) xmlBufferPtr buffer = xmlBufferCreate();
	CLEANUP(cleanup_writer) xmlTextWriterPtr w = NULL;
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
