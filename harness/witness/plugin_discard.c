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
 * of no way to reboot, so all translations are thrown away at two moments:
 *
 *	the mark NO_RETURN	behind its last byte
 *	the reset vector	ahead of its first instruction
 *
 * From there on every way begins with nothing translated, as a processor begins with cold
 * caches. Nothing else is instrumented.
 *
 * DOC: The trace
 *
 * Each of the moments gets one line in a file, with the host's CLOCK_MONOTONIC:
 *
 *	start <nanoseconds>	the machine's first instruction; nothing is thrown away
 *	left <nanoseconds>	the mark NO_RETURN
 *	reset <nanoseconds>	the reset vector, again
 *
 * The line of a reset is written before anything behind the reset is executed: it is exact,
 * while libvirt's event of the same reset takes its time.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "plugin_api.h"
#include "reboot_marks.h"

#define PLUGIN		"discard"

#define RESET_VECTOR	0xfffffff0
#define OUT_AL_IMM8	0xe6		/* out %al, $imm8 */
#define OUT_BYTES	2

/* The last bytes that were written to the port of the marks, the newest first. */
static uint8_t written[REBOOT_MARK_BYTES];
static qemu_plugin_id_t self;
static FILE *trace;
static bool started;

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);

static void watch(qemu_plugin_id_t id)
{
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
}

static void note(const char *moment)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	fprintf(trace, "%s %" PRId64 "\n", moment, now.tv_sec * INT64_C(1000000000) + now.tv_nsec);
	fflush(trace);
}

/* The kernel sets one mark at a time, on whichever processor: its bytes come in order. */
static void before_mark_byte(unsigned int vcpu, void *unused)
{
	(void)unused;
	memmove(written + 1, written, sizeof(written) - 1);
	written[0] = plugin_al(vcpu);
	if (written[2] != REBOOT_MARK_NO_RETURN ||
	    written[0] != (written[2] ^ written[1] ^ REBOOT_MARK_CHECK))
		return;
	note("left");
	qemu_plugin_reset(self, watch);
}

static void before_reset_vector(unsigned int vcpu, void *unused)
{
	(void)vcpu;
	(void)unused;
	note(started ? "reset" : "start");
	if (started)
		qemu_plugin_reset(self, watch);
	started = true;
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (size_t i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint8_t bytes[OUT_BYTES] = { 0 };

		if (qemu_plugin_insn_vaddr(insn) == RESET_VECTOR)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, before_reset_vector,
							       QEMU_PLUGIN_CB_NO_REGS, NULL);
		else if (plugin_insn_bytes(insn, bytes, sizeof(bytes)) == OUT_BYTES &&
			 bytes[0] == OUT_AL_IMM8 && bytes[1] == REBOOT_MARK_PORT)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, before_mark_byte,
							       QEMU_PLUGIN_CB_R_REGS, NULL);
	}
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
					   char **argv)
{
	if (!plugin_api_open(PLUGIN, info, PLUGIN_ANY_VCPUS) || !plugin_al_open(PLUGIN))
		return 1;
	if (argc == 1 && !strncmp(argv[0], "trace=", 6))
		trace = fopen(argv[0] + 6, "we");
	if (!trace) {
		plugin_refuse(PLUGIN, "it needs trace=FILE that can be written");
		return 1;
	}
	self = id;
	watch(id);
	return 0;
}
