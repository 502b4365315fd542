// SPDX-License-Identifier: GPL-2.0-only
/*
 * clock.c - a plugin of QEMU that stamps the marks with the virtual clock
 *
 * DOC: Theory of operation
 *
 * With -icount the machine's time is a function of what it executed. Each byte
 * that is written to the port of the marks, and each arrival at the reset vector,
 * gets one line in a file: how many instructions were executed up to and with
 * it, and what the virtual clock says.
 *
 *	port <instructions> <nanoseconds>
 *	reset <instructions> <nanoseconds>
 *
 * The line is written before the byte is, so whoever has read a byte of the marks
 * finds its stamp. Nothing else is instrumented: it costs no time to speak of.
 *
 * DOC: What is asked of QEMU
 *
 * The plugin interface has no clock (version 1, up to QEMU 8.2). The clock's own
 * functions are found by name among what QEMU exports for its modules: that is no
 * interface, so each of them must be there or the plugin does not load. Names and
 * meaning: QEMU 7.2, softmmu/icount.c.
 *
 * While code executes, the count can be read only behind an instruction that does
 * input or output, or QEMU ends; current_cpu tells it so, and is NULL outside.
 * An out is such an instruction and the last one of its block, and all instructions of a
 * block are taken off the budget when it begins: icount_update() right ahead of the out gives the
 * count up to and with it.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../witness/qemu_plugin.h"
#include "reboot_marks.h"

#define RESET_VECTOR	0xfffffff0
#define OUT_AL_IMM8	0xe6		/* out %al, $imm8 */

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

static struct {
	FILE *trace;
	void *(*cpu)(int index);		/* qemu_get_cpu() */
	void (*update)(void *cpu);		/* icount_update() */
	int64_t (*instructions)(void);		/* icount_get_raw() */
	int64_t (*ns)(void);			/* icount_get() */
	void *library;
} qemu;

static void stamp(unsigned int vcpu, void *what)
{
	/* One for each thread, so its address is asked for in the thread of the processor. */
	void **current = dlsym(qemu.library, "current_cpu");
	void *kept = *current;

	(void)vcpu;
	qemu.update(qemu.cpu(0));
	*current = NULL;
	fprintf(qemu.trace, "%s %" PRId64 " %" PRId64 "\n", (const char *)what,
		qemu.instructions(), qemu.ns());
	*current = kept;
	fflush(qemu.trace);
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (size_t i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		const uint8_t *bytes = qemu_plugin_insn_data(insn);
		const char *what = NULL;

		if (qemu_plugin_insn_size(insn) == 2 && bytes[0] == OUT_AL_IMM8 &&
		    bytes[1] == REBOOT_MARK_PORT)
			what = "port";
		else if (qemu_plugin_insn_vaddr(insn) == RESET_VECTOR)
			what = "reset";
		if (what)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, stamp, QEMU_PLUGIN_CB_NO_REGS,
							       (void *)what);
	}
}

static bool find(void *to, const char *name)
{
	void *found = dlsym(qemu.library, name);

	memcpy(to, &found, sizeof(found));
	if (found)
		return true;
	qemu_plugin_outs("clock: this QEMU does not export ");
	qemu_plugin_outs(name);
	qemu_plugin_outs("\n");
	return false;
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
					   char **argv)
{
	void *current;

	qemu.library = dlopen(NULL, RTLD_NOW);
	if (!qemu.library || !find(&qemu.cpu, "qemu_get_cpu") ||
	    !find(&qemu.update, "icount_update") || !find(&qemu.ns, "icount_get") ||
	    !find(&qemu.instructions, "icount_get_raw") || !find(&current, "current_cpu"))
		return 1;
	if (argc == 1 && !strncmp(argv[0], "trace=", 6))
		qemu.trace = fopen(argv[0] + 6, "we");
	if (!qemu.trace || !info->system_emulation || info->system.max_vcpus != 1) {
		qemu_plugin_outs("clock: it needs trace=FILE that can be written, and one "
				 "processor\n");
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	return 0;
}
