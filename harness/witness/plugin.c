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
 * From QEMU 9.0 on registers are read. Up to 8.2 the interface shows none, and what is said
 * of one is inferred from the code:
 *
 *	mark		Code that starts from nothing writes constants: mov $id, %al
 *			stands right ahead of the out. Of the kernel's own marks
 *			one matters, NO_RETURN, and for it the last call ahead of
 *			the out had the constant in EAX: mov $5, %eax; call. The
 *			host has the bytes themselves and checks both.
 *	value loaded	operand.h. For a mov from memory, what lies there is read.
 *
 * This is inferred with all of them:
 *
 *	source		Of a value loaded: operand.h.
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
#include "plugin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PLUGIN		"witness"

#define RESET_VECTOR	0xfffffff0
#define TRAIL_INSNS	64
#define CALL_REACH	100		/* instructions from a call to its out */

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

	n->operand = operand_of(insns, trail_before(&witness.trail, site->block, site->index,
						      insns, TRAIL_INSNS), site->step.reg);
	n->value_known = n->operand.source == OPERAND_CONSTANT ||
			 (n->operand.source == OPERAND_LOADED && witness.deep &&
			  witness.memory.ram && sees_loads());
	if (n->operand.source == OPERAND_LOADED)
		n->value = witness.loaded[site->step.reg];
	n->value = (n->value & n->operand.keep) | n->operand.set;
	if (!plugin_shows_registers())
		return;
	n->value = plugin_register(site->step.reg);
	n->value_known = true;
	if (n->operand.source == OPERAND_UNKNOWN)
		n->operand.source = OPERAND_REGISTER;
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
	witness.table = crossing_note(&witness.crossing, &n);
	guest_memory_forget(&witness.memory);
}

static void arm(const struct site *site)
{
	witness.armed = true;
	crossing_begin(&witness.crossing, instructions_before(site), witness.memory.bytes);
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

/* The byte that an out is about to write; -1 if it is not known for sure. */
static int byte_written(const struct site *site)
{
	return plugin_shows_registers() ? (int)(plugin_register(PLUGIN_EAX) & 0xff) :
					  site->constant;
}

/* Each first byte of a mark's three. */
static void on_mark(const struct site *site)
{
	uint64_t now = instructions_before(site);
	int called = now - witness.called_at < CALL_REACH ? witness.called_with : -1;
	int written = byte_written(site), mark = written >= 0 ? written : called;

	fprintf(witness.trace, "{\"line\":\"mark\",\"byte\":%" PRIu64 ",\"instructions\":%" PRIu64
		",\"unsure\":%" PRIu64 ",\"linear\":%" PRIu64 ",\"written\":%d,"
		"\"called_with\":%d}\n", witness.outs, now, unsure(site), site->linear,
		written, called);
	fflush(witness.trace);
	if (!witness.done && mark == REBOOT_MARK_NO_RETURN)
		arm(site);
	if (!witness.armed)
		return;
	note(site, mark);
	if (written == REBOOT_MARK_KERNEL_ENTRY)
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

void on_call(unsigned int vcpu, void *data)
{
	(void)vcpu;
	witness.called_with = ((const struct site *)data)->constant;
	witness.called_at = instructions_before(data);
}

void on_block(unsigned int vcpu, void *data)
{
	struct block *block = data;

	(void)vcpu;
	if (!witness.armed)
		return;
	trail_add(&witness.trail, block, instructions());
	if (block->place != witness.crossing.place || block->linear == RESET_VECTOR) {
		struct site here = {
			.block = block, .linear = block->linear, .physical = block->physical,
			.step = { .kind = block->linear == RESET_VECTOR ? STEP_RESET : STEP_PLACE,
				  .vector = -1 },
		};

		witness.crossing.place = block->place;
		note(&here, -1);
	}
	crossing_run(&witness.crossing, instructions(), block->place);
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
	uintptr_t purpose = (uintptr_t)data;
	uint64_t physical;

	(void)vcpu;
	if (!witness.armed || (!store && purpose != LOAD_TABLE && !sees_loads()))
		return;
	physical = guest_memory_translate(&witness.memory, info, linear);
	crossing_access(&witness.crossing, instructions(), linear, physical);
	if (store)
		crossing_store(&witness.crossing, physical, access->bytes);
	else if (purpose == LOAD_TABLE)
		take_table(physical);
	else if (purpose)
		witness.loaded[purpose - 1] = guest_memory_read(&witness.memory, physical, 4);
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
	if (!plugin_api_open(PLUGIN, info, 1))
		return 1;
	for (int i = 0; i < argc; i++) {
		if (!take_argument(argv[i])) {
			plugin_refuse(PLUGIN, "it has no argument %s", argv[i]);
			return 1;
		}
	}
	if (!witness.trace || !witness.memory.bytes) {
		plugin_refuse(PLUGIN, "it needs trace=FILE that can be written and memory=BYTES");
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_flush_cb(id, on_flush);
	return 0;
}
