// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin.c - what QEMU calls while it executes the machine's code
 *
 * DOC: Theory of operation
 *
 * All the time, each instruction is counted, and those that write to the port of
 * the marks are looked at: it is shallow. Counting costs one addition for a run of
 * instructions that are sure to follow one another (effect.h), so that a fault in
 * the middle of a block does not count what was not begun. The kernel hardly ever
 * faults: as long as it is shallow, a block of the kernel that has more than two runs
 * is counted whole when it begins, and again when it comes to its end. The difference
 * is how many too many may have been counted. From the point of no return on it is
 * deep: QEMU is asked to translate all code anew, and then each block and each
 * access to memory is seen too, until the new kernel's first instruction. The
 * first reboot of a machine is seen, and no other.
 *
 * Registers are read: which mark is written, and what is loaded into a control register.
 * The size of the code is asked of QEMU. This is inferred:
 *
 *	source		Of a value loaded: operand.h.
 *	descriptor	read from memory, at the address that lgdt loads from.
 *	set-up code	Entered in real mode, with its header's magic behind the entry.
 *	memory		A kernel is entered at its physical address. So where its code lies in
 *			QEMU is that far into the machine's memory.
 *	paging ...	From the loads of CR0 and EFER: crossing.c.
 *
 * One processor only.
 *
 * QEMU 7.2 may hold a pointer to what an instruction that left its block early was to
 * call for its accesses, and would follow it after it has thrown all translations
 * away. It does that by itself when its room for them is full. From the point of no
 * return on that is written to the trace: such a reboot is no evidence.
 */
#include "plugin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PLUGIN		"witness"

#define RESET_VECTOR	0xfffffff0
#define TRAIL_INSNS	64

struct witness witness;

static uint64_t instructions_before(const struct site *site)
{
	return instructions() - site->counted;
}

/* At most so many of them were not. */
static uint64_t unsure(const struct site *site)
{
	return witness.counts->begun - witness.counts->ended - (site->whole ? site->block->n : 0);
}

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
	witness.crossing.deep = instructions();
	witness.trail.n = 0;
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_flush_cb(id, on_flush);
}

static void take_operand(const struct site *site, struct noted *n)
{
	struct insn insns[TRAIL_INSNS] = { 0 };
	size_t ahead = trail_before(&witness.trail, site->block, site->index, insns, TRAIL_INSNS);

	n->operand = operand_of(insns, ahead, site->step.reg, site->block->bits);
	if (n->operand.source == OPERAND_UNKNOWN)
		n->operand.source = OPERAND_REGISTER;
	n->value = plugin_register(VCPU, site->step.reg);
	n->value_known = true;
}

/* wrmsr takes the register's number from ECX, and what to load from EDX and EAX. */
static void take_msr(struct noted *n)
{
	n->msr = (uint32_t)plugin_register(VCPU, PLUGIN_RCX);
	n->value = plugin_register(VCPU, PLUGIN_RDX) << 32 |
		   (uint32_t)plugin_register(VCPU, PLUGIN_RAX);
	n->value_known = true;
}

static void note(const struct site *site, int mark)
{
	struct noted n = {
		.step = site->step, .instructions = instructions_before(site), .linear = site->linear,
		.physical = site->physical, .place = site->block->place, .bits = site->block->bits,
		.mark = mark,
	};

	if (n.step.kind == STEP_CR0 || n.step.kind == STEP_CR3 || n.step.kind == STEP_CR4)
		take_operand(site, &n);
	else if (n.step.kind == STEP_MSR)
		take_msr(&n);
	witness.table = crossing_note(&witness.crossing, &n);
	guest_memory_forget(&witness.memory);
}

static void arm(const struct site *site)
{
	witness.armed = true;
	crossing_begin(&witness.crossing, instructions_before(site), witness.memory.bytes,
		       image_is_wide(&witness.image));
	qemu_plugin_reset(witness.id, on_reset);
}

/*
 * The code that was translated for the deep look stays, for the reason that is given
 * above. So one reboot is all that is seen.
 */
static void disarm(const struct site *site)
{
	uint64_t now = instructions_before(site);

	witness.armed = false;
	witness.deep = false;
	witness.done = true;
	crossing_run(&witness.crossing, now, PLACES);
	crossing_write(&witness.crossing, now, witness.trace);
	fflush(witness.trace);
	crossing_free(&witness.crossing);
	witness.table = NULL;
}

/* Each first byte of a mark's three. */
static void on_mark(const struct site *site)
{
	int mark = plugin_register(VCPU, PLUGIN_RAX) & 0xff;

	fprintf(witness.trace, "{\"line\":\"mark\",\"byte\":%" PRIu64 ",\"instructions\":%" PRIu64
		",\"unsure\":%" PRIu64 ",\"linear\":%" PRId64 ",\"written\":%d}\n", witness.outs,
		instructions_before(site), unsure(site), (int64_t)site->linear, mark);
	fflush(witness.trace);
	if (!witness.done && mark == REBOOT_MARK_NO_RETURN)
		arm(site);
	if (witness.armed)
		note(site, mark);
	if (mark != REBOOT_MARK_KERNEL_ENTRY)
		return;
	place_move_image(&witness.image, site->linear);
	if (witness.armed)
		disarm(site);
}

void on_step(unsigned int vcpu, void *data)
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

/* What happens where a block begins, and is no instruction of it. */
static void note_border(struct block *block, enum step_kind kind)
{
	struct site here = {
		.block = block, .linear = block->linear, .physical = block->physical,
		.step = { .kind = kind, .vector = -1 },
	};

	note(&here, -1);
}

void on_block(unsigned int vcpu, void *data)
{
	struct block *block = data;
	struct crossing *w = &witness.crossing;
	bool reset = block->linear == RESET_VECTOR;

	(void)vcpu;
	if (!witness.armed)
		return;
	trail_add(&witness.trail, block, instructions());
	if (block->place != w->place || reset) {
		w->place = block->place;
		note_border(block, reset ? STEP_RESET : STEP_PLACE);
	}
	if (block->bits != w->bits) {
		w->bits = block->bits;
		if (w->long_mode != BIT_OFF)
			note_border(block, STEP_MODE);
	}
	crossing_run(w, instructions(), block->place);
}

/* The first access of lgdt and lidt: a limit of 16 bits, and behind it the base. */
static void take_table(uint64_t physical)
{
	if (!witness.table)
		return;
	witness.table->table_known = witness.memory.ram;
	witness.table->limit = guest_memory_read(&witness.memory, physical, 2);
	witness.table->base = guest_memory_read(&witness.memory, physical + 2,
						witness.table->bits == 64 ? 8 : 4);
	witness.table = NULL;
}

static const struct memory_access *access_of(qemu_plugin_meminfo_t info)
{
	struct memory_access *a = &witness.accesses[(info ^ info >> 8 ^ info >> 16) % ACCESSES];

	if (!a->known || a->info != info)
		*a = (struct memory_access){
			.info = info, .known = true, .store = qemu_plugin_mem_is_store(info),
			.bytes = 1u << qemu_plugin_mem_size_shift(info),
		};
	return a;
}

/*
 * QEMU 7.2 mistakes stores for loads when it is asked for one of them alone: so both are
 * asked for, and told apart here.
 */
void on_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t linear, void *data)
{
	const struct memory_access *access = access_of(info);
	bool store = access->store;
	uint64_t physical;

	(void)vcpu;
	if (!witness.armed || (!store && !data && !sees_loads()))
		return;
	physical = guest_memory_translate(&witness.memory, info, linear);
	crossing_access(&witness.crossing, instructions(), linear, physical);
	if (store)
		crossing_store(&witness.crossing, physical, access->bytes);
	else if (data)
		take_table(physical);
}

/* "trace=PATH", and those of guest_memory_take() and place_take_image() */
static bool take_argument(const char *text)
{
	if (strncmp(text, "trace=", 6))
		return guest_memory_take(&witness.memory, text) ||
		       place_take_image(&witness.image, text);
	witness.trace = fopen(text + 6, "we");
	return true;
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
					   char **argv)
{
	witness.id = id;
	witness.setup = PLACE_NOWHERE;
	if (!plugin_api_open(PLUGIN, info, 1) || !plugin_registers_open(PLUGIN))
		return 1;
	for (int i = 0; i < argc; i++) {
		if (!take_argument(argv[i])) {
			plugin_refuse(PLUGIN, "it has no argument %s", argv[i]);
			return 1;
		}
	}
	if (!witness.trace || !witness.memory.bytes || !witness.image.linear) {
		plugin_refuse(PLUGIN, "it needs trace=FILE that can be written, memory= and image_linear=");
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_flush_cb(id, on_flush);
	return 0;
}
