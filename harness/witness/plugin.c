// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin.c - what QEMU calls while it translates and executes the machine's code
 *
 * DOC: Theory of operation
 *
 * All the time, each instruction is counted, and those that write to the port of
 * the marks are looked at: it is shallow. Counting costs one addition for a run of
 * instructions that are sure to follow one another (effect.h), so that a fault in
 * the middle of a block does not count what was not begun. From the point of no return on it is
 * deep: QEMU is asked to translate all code anew, and then each block and each
 * access to memory is seen too, until the new kernel's first instruction. The
 * first reboot of a machine is seen, and no other.
 *
 * No register can be read. What is said of one is inferred:
 *
 *	mark		Code that starts from nothing writes constants: mov $id, %al
 *			stands right ahead of the out. Of the kernel's own marks
 *			one matters, NO_RETURN, and for it the last call ahead of
 *			the out had the constant in EAX: mov $5, %eax; call. The
 *			host has the bytes themselves and checks both.
 *	value loaded	operand.h. For a mov from memory, what lies there is read.
 *	descriptor	read from memory, at the address that lgdt loads from.
 *	set-up code	Entered in real mode, with its header's magic behind the entry.
 *	memory		The boot sector runs in real mode at 0x7c00, so where it
 *			lies in QEMU is 0x7c00 into the machine's memory.
 *
 * One processor only.
 *
 * QEMU 7.2 may hold a pointer to what an instruction that left its block early was to
 * call for its accesses, and would follow it after it has thrown all translations
 * away. It does that by itself when its room for them is full. From the point of no
 * return on that is written to the trace: such a reboot is no evidence.
 */
#include "guest_memory.h"

#include <inttypes.h>
#include <string.h>

#include "block.h"
#include "crossing.h"
#include "effect.h"
#include "reboot_marks.h"

#define BOOT_SECTOR	0x7c00
#define RESET_VECTOR	0xfffffff0
#define HISTORY_INSNS	64
#define CALL_REACH	100		/* instructions from a call to its out */

/* What a load is for, as the data of its callback: 1 + register, or this. */
#define LOAD_TABLE	9

/* One instruction whose execution is told. */
struct site {
	struct block *block;
	size_t index;
	uint64_t linear, physical;
	struct step step;
	int constant;			/* of a mark: its byte; of a call: EAX; or -1 */
};

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

static struct {
	qemu_plugin_id_t id;
	FILE *trace;
	struct image_extent image;
	uint64_t setup;			/* segment of the new kernel's set-up code */
	struct guest_memory memory;
	uint64_t instructions;
	uint64_t outs;			/* bytes written to the port */
	int called_with;		/* the constant of the last call that had one */
	uint64_t called_at;
	bool armed, deep, done;
	int bits;			/* of the code that was translated last, where it told */
	struct history history;
	uint32_t loaded[8];		/* by the last mov from memory to each register */
	struct noted *table;		/* lgdt or lidt whose operand is about to be loaded */
	struct crossing crossing;
} witness;

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);

static void on_flush(qemu_plugin_id_t id)
{
	(void)id;
	if (!witness.deep)
		return;
	fputs("{\"line\":\"flush\"}\n", witness.trace);
	fflush(witness.trace);
}

/* After qemu_plugin_reset(): nothing that was translated before is left. */
static void on_reset(qemu_plugin_id_t id)
{
	witness.deep = true;
	witness.crossing.deep = witness.instructions;
	witness.history.n = 0;
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_flush_cb(id, on_flush);
}

/*
 * Stores are always seen. Loads tell of registers and of paging, as long as that is on and
 * the way's own code runs. A checksum, a decompressor or a boot loader has very many, and
 * they tell nothing.
 */
static bool sees_loads(void)
{
	return witness.crossing.stage < STAGE_FIRMWARE && witness.crossing.paging != BIT_OFF;
}

static void take_operand(const struct site *site, struct noted *n)
{
	struct insn insns[HISTORY_INSNS];

	n->operand = operand_of(insns, history_before(&witness.history, site->block, site->index,
						      insns, HISTORY_INSNS), site->step.reg);
	n->value_known = n->operand.source == OPERAND_CONSTANT ||
			 (n->operand.source == OPERAND_LOADED && witness.deep &&
			  witness.memory.ram && sees_loads());
	if (n->operand.source == OPERAND_LOADED)
		n->value = witness.loaded[site->step.reg];
	n->value = (n->value & n->operand.keep) | n->operand.set;
}

static void note(const struct site *site, int mark)
{
	struct noted n = {
		.step = site->step, .instructions = witness.instructions, .linear = site->linear,
		.physical = site->physical, .place = site->block->place, .bits = site->block->bits,
		.mark = mark,
	};

	if (n.step.kind == STEP_CR0 || n.step.kind == STEP_CR3 || n.step.kind == STEP_CR4)
		take_operand(site, &n);
	witness.table = crossing_note(&witness.crossing, &n);
	guest_memory_forget(&witness.memory);
}

static void arm(void)
{
	witness.armed = true;
	crossing_begin(&witness.crossing, witness.instructions, witness.memory.bytes);
	qemu_plugin_reset(witness.id, on_reset);
}

/*
 * The code that was translated for the deep look stays, for the reason that is told
 * above. So one reboot is all that is seen.
 */
static void disarm(void)
{
	witness.armed = false;
	witness.deep = false;
	witness.done = true;
	crossing_run(&witness.crossing, witness.instructions, PLACES);
	crossing_write(&witness.crossing, witness.instructions, witness.trace);
	fflush(witness.trace);
	crossing_free(&witness.crossing);
	witness.table = NULL;
}

/* Each first byte of a mark's three. */
static void on_mark(const struct site *site)
{
	int called = witness.instructions - witness.called_at < CALL_REACH ?
		     witness.called_with : -1;

	fprintf(witness.trace, "{\"line\":\"mark\",\"byte\":%" PRIu64 ",\"instructions\":%" PRIu64
		",\"linear\":%" PRIu64 ",\"written\":%d,\"called_with\":%d}\n", witness.outs,
		witness.instructions, site->linear, site->constant, called);
	fflush(witness.trace);
	if (!witness.done && site->constant < 0 && called == REBOOT_MARK_NO_RETURN)
		arm();
	if (!witness.armed)
		return;
	note(site, site->constant >= 0 ? site->constant : called);
	if (site->constant == REBOOT_MARK_KERNEL_ENTRY)
		disarm();
}

static void on_step(unsigned int vcpu, void *data)
{
	const struct site *site = data;

	(void)vcpu;
	if (site->step.kind == STEP_MARK) {
		if (witness.outs % REBOOT_MARK_BYTES == 0)
			on_mark(site);
		witness.outs++;
	} else if (witness.armed) {
		note(site, -1);
	}
}

static void on_call(unsigned int vcpu, void *data)
{
	(void)vcpu;
	witness.called_with = ((const struct site *)data)->constant;
	witness.called_at = witness.instructions;
}

static void on_block(unsigned int vcpu, void *data)
{
	struct block *block = data;

	(void)vcpu;
	if (!witness.armed)
		return;
	history_add(&witness.history, block);
	if (block->place != witness.crossing.place || block->linear == RESET_VECTOR) {
		struct site here = {
			.block = block, .linear = block->linear, .physical = block->physical,
			.step = { .kind = block->linear == RESET_VECTOR ? STEP_RESET : STEP_PLACE,
				  .vector = -1 },
		};

		witness.crossing.place = block->place;
		note(&here, -1);
	}
	crossing_run(&witness.crossing, witness.instructions, block->place);
}

/* The first access of lgdt and lidt: a limit of 16 bits, and behind it the base. */
static void take_table(uint64_t physical)
{
	if (!witness.table)
		return;
	witness.table->table_known = witness.memory.ram;
	witness.table->limit = guest_memory_read(&witness.memory, physical, 2);
	witness.table->base = guest_memory_read(&witness.memory, physical + 2, 4);
	witness.table = NULL;
}

/*
 * QEMU 7.2 mistakes stores for loads when it is asked for one of them alone: so both are
 * asked for, and told apart here.
 */
static void on_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t linear, void *data)
{
	bool store = qemu_plugin_mem_is_store(info);
	uintptr_t purpose = (uintptr_t)data;
	uint64_t physical;

	(void)vcpu;
	if (!witness.armed || (!store && purpose != LOAD_TABLE && !sees_loads()))
		return;
	physical = guest_memory_translate(&witness.memory, info, linear);
	crossing_access(&witness.crossing, witness.instructions, linear, physical);
	if (store)
		crossing_store(&witness.crossing, physical, 1u << qemu_plugin_mem_size_shift(info));
	else if (purpose == LOAD_TABLE)
		take_table(physical);
	else if (purpose)
		witness.loaded[purpose - 1] = guest_memory_read(&witness.memory, physical, 4);
}

/* Where a block's first instruction lies in the emulator. */
static const uint8_t *host_address(struct qemu_plugin_tb *tb)
{
	return qemu_plugin_insn_haddr(qemu_plugin_tb_get_insn(tb, 0));
}

/* Gathers a block's bytes, and what they tell of it. */
static struct block *block_of(struct qemu_plugin_tb *tb, size_t n)
{
	struct block *block = calloc(1, sizeof(*block) + n * sizeof(block->insns[0]));

	if (!block)
		abort();
	block->n = n;
	block->linear = qemu_plugin_tb_vaddr(tb);
	block->physical = guest_memory_physical(&witness.memory, host_address(tb));
	for (size_t i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		size_t size = qemu_plugin_insn_size(insn);

		block->insns[i].size = size < STEP_INSN_BYTES ? size : STEP_INSN_BYTES;
		memcpy(block->insns[i].bytes, qemu_plugin_insn_data(insn), block->insns[i].size);
		if (!block->bits)
			block->bits = step_code_bits(&block->insns[i]);
	}
	if (block->bits)
		witness.bits = block->bits;
	return block;
}

/* What is reached with this block: it is translated because it is about to be executed. */
static void take_stage(const struct site *site)
{
	struct crossing *w = &witness.crossing;

	if (site->constant == REBOOT_MARK_BOOT_SECTOR)
		w->stage = STAGE_LOADER;
	else if (site->constant == REBOOT_MARK_DECOMPRESS_ENTRY)
		w->stage = STAGE_DECOMPRESSOR;
	else if (site->constant == REBOOT_MARK_KERNEL_ENTRY)
		w->stage = STAGE_NEW_KERNEL;
}

/* Asks for a call when instruction i is executed, if it is one that is to be told. */
static bool watch_insn(struct qemu_plugin_insn *insn, struct block *block, size_t i)
{
	struct site site = {
		.block = block, .index = i, .linear = qemu_plugin_insn_vaddr(insn),
		.step = step_of(&block->insns[i]), .constant = -1,
	};
	struct site *kept;

	if (site.step.kind == STEP_MARK)
		site.constant = block_constant_al(block, i);
	else if (site.step.kind == STEP_NONE)
		site.constant = block_constant_call(block, i);
	if (site.step.kind == STEP_NONE && site.constant < 0)
		return false;
	site.physical = guest_memory_physical(&witness.memory, qemu_plugin_insn_haddr(insn));
	if (witness.armed && site.step.kind == STEP_MARK)
		take_stage(&site);
	kept = malloc(sizeof(*kept));
	if (!kept)
		abort();
	*kept = site;
	qemu_plugin_register_vcpu_insn_exec_cb(insn, site.step.kind ? on_step : on_call,
					       QEMU_PLUGIN_CB_NO_REGS, kept);
	return true;
}

static void watch_accesses(struct qemu_plugin_insn *insn, const struct insn *bytes, int bits)
{
	enum step_kind kind = step_of(bytes).kind;
	int reg = operand_loads(bytes, bits);
	uintptr_t purpose = kind == STEP_LGDT || kind == STEP_LIDT ? LOAD_TABLE : reg + 1;

	if (sees_loads() ? !insn_is_plain(bytes) : !insn_stores_nothing(bytes))
		qemu_plugin_register_vcpu_mem_cb(insn, on_access, QEMU_PLUGIN_CB_NO_REGS,
						 QEMU_PLUGIN_MEM_RW, (void *)purpose);
}

/* The first boot's boot sector tells where the machine's memory lies in QEMU. */
static void find_memory(struct qemu_plugin_tb *tb, const struct block *block)
{
	if (!witness.memory.ram && block->linear == BOOT_SECTOR && block->n > 1 &&
	    block_constant_al(block, 1) == REBOOT_MARK_BOOT_SECTOR)
		witness.memory.ram = host_address(tb) - BOOT_SECTOR;
}

/* What is entered in real mode with the magic right behind its first jump is set-up code. */
static void find_setup(const struct block *block)
{
	uint64_t magic = block->physical + SETUP_MAGIC_AT - SETUP_ENTRY;

	if (witness.deep && witness.crossing.protection == BIT_OFF &&
	    block->physical != PLACE_NOWHERE && block->physical >= SETUP_ENTRY &&
	    guest_memory_read(&witness.memory, magic, 4) == SETUP_MAGIC)
		witness.setup = block->physical - SETUP_ENTRY;
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);
	struct block *block = block_of(tb, n);
	bool keep = witness.deep;

	(void)id;
	find_memory(tb, block);
	for (size_t i = n, run = 1; i-- > 0; run++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		bool told = watch_insn(insn, block, i);

		keep |= told;
		if (witness.deep)
			watch_accesses(insn, &block->insns[i],
				       block->bits ? block->bits : witness.bits);
		/* What is called for an instruction finds all before it counted, and not itself. */
		if (i && !told && insn_is_plain(&block->insns[i - 1]))
			continue;
		qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64,
							   &witness.instructions, run);
		run = 0;
	}
	if (!keep) {
		free(block);
		return;
	}
	find_setup(block);
	block->place = place_of(witness.crossing.stage, block->linear, block->physical,
				&witness.image, witness.setup);
	if (witness.deep)
		qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, QEMU_PLUGIN_CB_NO_REGS, block);
}

/* "trace=PATH", "memory=BYTES", "image_start=ADDRESS", "image_end=ADDRESS" */
static bool take_argument(const char *text)
{
	const char *value = strchr(text, '=');

	if (!value++)
		return false;
	if (!strncmp(text, "trace=", 6))
		witness.trace = fopen(value, "we");
	else if (!strncmp(text, "memory=", 7))
		witness.memory.bytes = strtoull(value, NULL, 0);
	else if (!strncmp(text, "image_start=", 12))
		witness.image.start = strtoull(value, NULL, 0);
	else if (!strncmp(text, "image_end=", 10))
		witness.image.end = strtoull(value, NULL, 0);
	else
		return false;
	return true;
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
					   char **argv)
{
	witness.id = id;
	witness.setup = PLACE_NOWHERE;
	witness.called_with = -1;
	for (int i = 0; i < argc; i++) {
		if (!take_argument(argv[i])) {
			qemu_plugin_outs("witness: an argument is wrong\n");
			return 1;
		}
	}
	if (!witness.trace || !witness.memory.bytes || !info->system_emulation ||
	    info->system.max_vcpus != 1) {
		qemu_plugin_outs("witness: it needs a trace, a memory size and one processor\n");
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_flush_cb(id, on_flush);
	return 0;
}
