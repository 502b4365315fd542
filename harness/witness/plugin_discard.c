// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_discard.c - a plugin of QEMU that throws translated code away when a kernel is left
 *
 * DOC: Theory of operation
 *
 * By emulation a store into a page that holds translated code is slow: QEMU looks through all
 * translations of that page, for each store. A new kernel is copied or unpacked over exactly
 * such pages, and which pages those are depends on what the old system happened to execute
 * there. The same image took 20 ms or 2 s to unpack. That is a property of the emulator and
 * of no way to reboot, so all translations are thrown away behind the mark NO_RETURN. From
 * there on every way begins with nothing translated, as a processor begins with cold caches. A
 * reset needs no more than that: the kernel that asks for it has set the mark.
 *
 * DOC: The trace
 *
 * Each of these moments gets one line in a file, with the host's CLOCK_MONOTONIC:
 *
 *	start <nanoseconds>	the machine's first instruction
 *	left <nanoseconds>	the mark NO_RETURN; translations are thrown away
 *	reset <nanoseconds>	the first instruction behind a reset
 *
 * The line of a reset is written before anything behind the reset is executed: it is exact,
 * while libvirt's event of the same reset takes its time.
 *
 * DOC: What is asked of QEMU
 *
 * An interest in translated code, as the interface has it, costs QEMU 7.2 a quarter of its
 * speed, whatever a plugin does with it. So no code is instrumented. The plugin is a device in
 * front of the one that has the marks: it takes the port of the marks, and hands each byte on
 * to DISCARDS_PORT, where that device is in such a machine. QEMU's functions for that, and its
 * list of what is called at a reset, are found by name among what it exports for its
 * modules. They are no interface, so each must be there or the plugin does not load. Names and
 * struct port_ops: include/exec/memory.h of QEMU 7.2 to 10.
 *
 * A reset is performed by QEMU's main thread while the processors are stopped, and
 * QEMU calls a plugin when a processor goes on.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "plugin_api.h"
#include "reboot/discards.h"
#include "reboot_marks.h"

#define PLUGIN		"discard"

/* A MemoryRegion takes less: 272 bytes in QEMU 7.2. */
#define REGION_BYTES	4096
#define IN_FRONT	1
/* What isa-debugcon is read as. */
#define READ_BACK	0xe9

/* QEMU's MemoryRegionOps. */
struct port_ops {
	uint64_t (*read)(void *opaque, uint64_t offset, unsigned int size);
	void (*write)(void *opaque, uint64_t offset, uint64_t value, unsigned int size);
	void *with_attributes[2];
	int endianness;
	struct {
		unsigned int least, most;
		bool unaligned;
		void *accepts;
	} valid;
	struct {
		unsigned int least, most;
		bool unaligned;
	} done;
};

static struct {
	void *(*ports)(void);			/* get_system_io() */
	void (*init)(void *region, void *owner, const struct port_ops *ops, void *opaque,
		     const char *name, uint64_t size);	/* memory_region_init_io() */
	void (*add)(void *to, uint64_t offset, void *region, int priority);
						/* memory_region_add_subregion_overlap() */
	void (*out)(uint32_t port, uint8_t value);	/* cpu_outb() */
	void (*at_reset)(void (*call)(void *opaque), void *opaque);	/* qemu_register_reset() */
} qemu;

/* QEMU's lock is held in all that uses these. */
static qemu_plugin_id_t self;
static FILE *trace;
static uint8_t written[REBOOT_MARK_BYTES];	/* to the port of the marks, the newest first */
static bool started, was_reset;

static void note(const char *moment)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	fprintf(trace, "%s %" PRId64 "\n", moment, now.tv_sec * INT64_C(1000000000) + now.tv_nsec);
	fflush(trace);
}

static void on_resume(qemu_plugin_id_t id, unsigned int vcpu)
{
	(void)id;
	(void)vcpu;
	if (!was_reset)
		return;
	was_reset = false;
	note(started ? "reset" : "start");
	started = true;
}

static void watch(qemu_plugin_id_t id)
{
	qemu_plugin_register_vcpu_resume_cb(id, on_resume);
}

static void on_reset(void *unused)
{
	(void)unused;
	was_reset = true;
}

static uint64_t read_port(void *unused, uint64_t offset, unsigned int size)
{
	(void)unused;
	(void)offset;
	(void)size;
	return READ_BACK;
}

static void write_port(void *unused, uint64_t offset, uint64_t value, unsigned int size)
{
	(void)unused;
	(void)offset;
	(void)size;
	qemu.out(DISCARDS_PORT, (uint8_t)value);
	memmove(written + 1, written, sizeof(written) - 1);
	written[0] = (uint8_t)value;
	if (written[2] != REBOOT_MARK_NO_RETURN ||
	    written[0] != (written[2] ^ written[1] ^ REBOOT_MARK_CHECK))
		return;
	note("left");
	qemu_plugin_reset(self, watch);
}

/* The first processor: the machine has its ports, and has not begun. */
static void on_processor(qemu_plugin_id_t id, unsigned int vcpu)
{
	static const struct port_ops ops = {
		.read = read_port, .write = write_port,
		.valid = { .least = 1, .most = 1 }, .done = { .least = 1, .most = 1 },
	};
	static _Alignas(max_align_t) char region[REGION_BYTES];

	(void)id;
	if (vcpu)
		return;
	qemu.init(region, NULL, &ops, NULL, "marks", 1);
	qemu.add(qemu.ports(), REBOOT_MARK_PORT, region, IN_FRONT);
	qemu.at_reset(on_reset, NULL);
}

static bool find_internals(void)
{
	return plugin_internal(PLUGIN, &qemu.ports, "get_system_io") &&
	       plugin_internal(PLUGIN, &qemu.init, "memory_region_init_io") &&
	       plugin_internal(PLUGIN, &qemu.add, "memory_region_add_subregion_overlap") &&
	       plugin_internal(PLUGIN, &qemu.out, "cpu_outb") &&
	       plugin_internal(PLUGIN, &qemu.at_reset, "qemu_register_reset");
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
					   char **argv)
{
	if (!plugin_api_open(PLUGIN, info, PLUGIN_ANY_VCPUS) || !find_internals())
		return 1;
	if (argc == 1 && !strncmp(argv[0], "trace=", 6))
		trace = fopen(argv[0] + 6, "we");
	if (!trace) {
		plugin_refuse(PLUGIN, "it needs trace=FILE that can be written");
		return 1;
	}
	self = id;
	qemu_plugin_register_vcpu_init_cb(id, on_processor);
	watch(id);
	return 0;
}
