// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_clock.c - a plugin of QEMU that stamps the marks with the virtual clock
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
 * finds its stamp. Little else is instrumented: it costs no time to speak of.
 *
 * DOC: What is asked of QEMU
 *
 * The plugin interface has no clock to read: what it has from QEMU 9.1 on sets the time, in
 * place of -icount. The clock's own functions are found by name among what QEMU exports
 * for its modules: that is no interface, so each of them must be there or the plugin
 * does not load. Names and meaning: softmmu/icount.c of QEMU 7.2, and
 * accel/tcg/icount-common.c of QEMU 10.
 *
 * While code executes, the count can be read only behind an instruction that does
 * input or output, or QEMU ends; current_cpu tells it so, and is NULL outside.
 * An out is such an instruction and the last one of its block, and all instructions of a
 * block are taken off the budget when it begins: icount_update() right ahead of the out gives the
 * count up to and with it.
 *
 * DOC: A processor that waits
 *
 * A processor that has nothing to do halts, and QEMU's main thread then lets the clock skip to the
 * next timer. The main thread looks for a halted processor whenever something wakes it, and
 * the processor's thread counts what it executed only after it has marked the processor as
 * halted. Between these two steps the main thread computes the skip from an old count, and the
 * clock passes the timer by the instructions that are missing. Whether that happens depends on the
 * host. So the count is brought up to date ahead of each instruction that halts.
 *
 * DOC: A reset
 *
 * A machine is reset by QEMU's main thread, some moments after the out that asks for it; its
 * processor is stopped meanwhile. To QEMU that looks like a processor that waits, and
 * when the main thread looks for such before it comes to the reset, it has the
 * clock skip to the next timer: time that depends on the host. A processor with work
 * in its queue does not wait. So ahead of each out that may be the one, two pieces of
 * work are queued. The processor does them behind the out: the first lasts until
 * the reset that was asked for, if any, is being done, and the second is what keeps the
 * queue filled for so long.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plugin_api.h"
#include "reboot_marks.h"

#define PLUGIN		"clock"

#define RESET_VECTOR	0xfffffff0
#define OUT_AL_IMM8	0xe6		/* out %al, $imm8 */
#define OUT_AL_DX	0xee		/* out %al, (%dx) */
#define HLT		0xf4
#define MWAIT		"\x0f\x01\xc9"

/* A reset is asked for within so many outs of a mark or of an earlier reset. */
#define OUTS_TO_RESET	5000
#define WAIT_US		50
#define MOST_BYTES	3		/* of all of these */

static struct {
	FILE *trace;
	void *(*cpu)(int index);		/* qemu_get_cpu() */
	void (*update)(void *cpu);		/* icount_update() */
	int64_t (*instructions)(void);		/* icount_get_raw() */
	int64_t (*ns)(void);			/* icount_get() */
	void (*queue)(void *cpu, void (*work)(void *cpu, uint64_t data), uint64_t data);
						/* async_run_on_cpu() */
	int (*reset_requested)(void);		/* qemu_reset_requested_get() */
	void (*lock)(const char *file, int line);	/* bql_lock_impl() */
	void (*unlock)(void);			/* bql_unlock() */
	int outs;				/* that may still be the one */
} qemu;

static void stamp(unsigned int vcpu, void *what)
{
	/* One for each thread, so its address is asked for in the thread of the processor. */
	void **current, *kept;

	(void)vcpu;
	plugin_internal(PLUGIN, &current, "current_cpu");
	kept = *current;
	qemu.update(qemu.cpu(0));
	*current = NULL;
	fprintf(qemu.trace, "%s %" PRId64 " %" PRId64 "\n", (const char *)what,
		qemu.instructions(), qemu.ns());
	*current = kept;
	fflush(qemu.trace);
	qemu.outs = OUTS_TO_RESET;
}

/* In the thread of the processor, which holds QEMU's lock; the main thread needs it to reset. */
static void wait_for_reset(void *cpu, uint64_t unused)
{
	(void)cpu;
	(void)unused;
	while (qemu.reset_requested()) {
		qemu.unlock();
		usleep(WAIT_US);
		qemu.lock(__FILE__, __LINE__);
	}
}

static void before_out(unsigned int vcpu, void *unused)
{
	(void)vcpu;
	(void)unused;
	if (!qemu.outs)
		return;
	qemu.outs--;
	qemu.queue(qemu.cpu(0), wait_for_reset, 0);
	qemu.queue(qemu.cpu(0), wait_for_reset, 0);
}

/* Like an out, it is the last instruction of its block. */
static void before_wait(unsigned int vcpu, void *unused)
{
	(void)vcpu;
	(void)unused;
	qemu.update(qemu.cpu(0));
}

static bool is_out(const uint8_t *bytes, size_t n)
{
	return (n == 2 && bytes[0] == OUT_AL_IMM8) || (n == 1 && bytes[0] == OUT_AL_DX);
}

static bool is_wait(const uint8_t *bytes, size_t n)
{
	return (n == 1 && bytes[0] == HLT) || (n == 3 && !memcmp(bytes, MWAIT, n));
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (size_t i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint8_t bytes[MOST_BYTES + 1] = { 0 };
		size_t length = plugin_insn_bytes(insn, bytes, sizeof(bytes));
		bool out = is_out(bytes, length);
		const char *what = NULL;

		if (out && bytes[0] == OUT_AL_IMM8 && bytes[1] == REBOOT_MARK_PORT)
			what = "port";
		else if (out)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, before_out,
							       QEMU_PLUGIN_CB_NO_REGS, NULL);
		else if (is_wait(bytes, length))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, before_wait,
							       QEMU_PLUGIN_CB_NO_REGS, NULL);
		else if (qemu_plugin_insn_vaddr(insn) == RESET_VECTOR)
			what = "reset";
		if (what)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, stamp, QEMU_PLUGIN_CB_NO_REGS,
							       (void *)what);
	}
}

static bool find_internals(void)
{
	void *current;

	return plugin_internal(PLUGIN, &current, "current_cpu") &&
	       plugin_internal(PLUGIN, &qemu.cpu, "qemu_get_cpu") &&
	       plugin_internal(PLUGIN, &qemu.update, "icount_update") &&
	       plugin_internal(PLUGIN, &qemu.ns, "icount_get") &&
	       plugin_internal(PLUGIN, &qemu.instructions, "icount_get_raw") &&
	       plugin_internal(PLUGIN, &qemu.queue, "async_run_on_cpu") &&
	       plugin_internal(PLUGIN, &qemu.reset_requested, "qemu_reset_requested_get") &&
	       plugin_internal(PLUGIN, &qemu.lock, "bql_lock_impl") &&
	       plugin_internal(PLUGIN, &qemu.unlock, "bql_unlock");
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
					   char **argv)
{
	if (!plugin_api_open(PLUGIN, info, 1) || !find_internals())
		return 1;
	if (argc == 1 && !strncmp(argv[0], "trace=", 6))
		qemu.trace = fopen(argv[0] + 6, "we");
	if (!qemu.trace) {
		plugin_refuse(PLUGIN, "it needs trace=FILE that can be written");
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	return 0;
}
