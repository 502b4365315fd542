// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_translate.c - what is asked for when QEMU translates a block of the machine's code
 */
#include "plugin.h"

#include <stdlib.h>
#include <string.h>

#include "effect.h"

#define RUNS_COUNTED	2		/* in a block, one by one: no more than the whole takes */

/* Gathers a block's bytes, and what can be asked of it now. */
static struct block *block_of(struct qemu_plugin_tb *tb, size_t n)
{
	struct block *block = calloc(1, sizeof(*block) + n * sizeof(block->insns[0]));
	const void *host;

	if (!block)
		abort();
	block->n = n;
	block->linear = qemu_plugin_tb_vaddr(tb);
	host = qemu_plugin_insn_haddr(qemu_plugin_tb_get_insn(tb, 0));
	guest_memory_find(&witness.memory, &witness.image, block->linear, host);
	block->physical = guest_memory_physical(&witness.memory, host);
	for (size_t i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		block->insns[i].size = plugin_insn_bytes(insn, block->insns[i].bytes,
							 STEP_INSN_BYTES);
	}
	if (witness.deep)
		block->bits = plugin_code_bits(VCPU);
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

/*
 * Asks for a call when instruction i is executed, if it is one that is to be told.
 * @counted, @whole: of its site
 */
static bool watch_insn(struct qemu_plugin_insn *insn, struct block *block, size_t i,
		       size_t counted, bool whole)
{
	struct site site = {
		.block = block, .index = i, .counted = counted, .whole = whole,
		.linear = qemu_plugin_insn_vaddr(insn),
		.step = step_of(&block->insns[i]), .constant = -1,
	};
	struct site *kept;

	if (site.step.kind == STEP_NONE)
		return false;
	if (site.step.kind == STEP_MARK)
		site.constant = block_constant_al(block, i);
	site.physical = guest_memory_physical(&witness.memory, qemu_plugin_insn_haddr(insn));
	if (witness.armed && site.step.kind == STEP_MARK)
		take_stage(&site);
	kept = malloc(sizeof(*kept));
	if (!kept)
		abort();
	*kept = site;
	qemu_plugin_register_vcpu_insn_exec_cb(insn, on_step, QEMU_PLUGIN_CB_R_REGS, kept);
	return true;
}

static void watch_accesses(struct qemu_plugin_insn *insn, const struct insn *bytes)
{
	enum step_kind kind = step_of(bytes).kind;
	bool table = kind == STEP_LGDT || kind == STEP_LIDT;

	if (sees_loads() ? !insn_is_plain(bytes) : !insn_stores_nothing(bytes))
		qemu_plugin_register_vcpu_mem_cb(insn, on_access, QEMU_PLUGIN_CB_NO_REGS,
						 QEMU_PLUGIN_MEM_RW, (void *)(uintptr_t)table);
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

static bool loads_control_register(const struct block *block)
{
	for (size_t i = 0; i < block->n; i++) {
		enum step_kind kind = step_of(&block->insns[i]).kind;

		if (kind == STEP_CR0 || kind == STEP_CR3 || kind == STEP_CR4)
			return true;
	}
	return false;
}

/*
 * Whether each execution of a block is reported. It is not, for the sake of time, where a
 * firmware, a boot loader or a decompressor goes on and on in protected mode, interrupts
 * off: from there into another place it is a long way, by way of real mode or by a block
 * that is translated for it, as is one of another size. Its first execution is known all
 * the same: it is now.
 */
static bool tells_execution(const struct block *block)
{
	return witness.crossing.stage < STAGE_FIRMWARE ||
	       witness.crossing.protection != BIT_ON ||
	       block->place != witness.crossing.place ||
	       block->bits != witness.crossing.bits || loads_control_register(block);
}

static bool is_counted_whole(const struct block *block)
{
	size_t runs = 1;

	if (witness.deep || block->linear < witness.image.linear)
		return false;
	for (size_t i = 1; i < block->n; i++)
		runs += !insn_is_plain(&block->insns[i - 1]);
	return runs > RUNS_COUNTED;
}

void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);
	struct block *block = block_of(tb, n);
	bool keep = witness.deep, whole;

	(void)id;
	if (!witness.counts)
		witness.counts = plugin_counters(sizeof(*witness.counts));
	whole = is_counted_whole(block);
	for (size_t i = n, run = 1; i-- > 0; run++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		bool begins = !i || (!whole && !insn_is_plain(&block->insns[i - 1]));

		/* What is called for an instruction comes before its own addition. */
		keep |= watch_insn(insn, block, i, begins ? 0 : run, whole);
		if (witness.deep)
			watch_accesses(insn, &block->insns[i]);
		if (!begins)
			continue;
		plugin_add(insn, whole ? &witness.counts->begun : &witness.counts->exact, run);
		run = 0;
	}
	if (whole)
		plugin_add(qemu_plugin_tb_get_insn(tb, n - 1), &witness.counts->ended, n);
	if (!keep) {
		free(block);
		return;
	}
	find_setup(block);
	block->place = place_of(witness.crossing.stage, block->linear, block->physical,
				&witness.image, witness.setup);
	if (!witness.deep)
		return;
	trail_add(&witness.trail, block, instructions());
	if (tells_execution(block))
		qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, QEMU_PLUGIN_CB_NO_REGS, block);
}
