/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * plugin.h - what the plugin's parts share: plugin.c executes, translate.c prepares
 */
#ifndef PLUGIN_H
#define PLUGIN_H

#include <stdio.h>

#include "block.h"
#include "crossing.h"
#include "plugin_api.h"
#include "plugin_memory.h"
#include "reboot_marks.h"

#define VCPU		0
#define ACCESSES	64		/* kinds of them that are kept */

/* One instruction whose execution is reported. */
struct site {
	struct block *block;
	size_t index;
	size_t counted;			/* from this one on, when its callback comes */
	bool whole;			/* its block is counted whole */
	uint64_t linear, physical;
	struct step step;
	int constant;			/* of a mark: its byte, where the code says it; or -1 */
};

/* What an access is. Asking QEMU for it takes a good part of its time, so answers are kept. */
struct memory_access {
	qemu_plugin_meminfo_t info;
	bool known, store;
	unsigned int bytes;
};

/* There is one machine, and one processor in it. */
extern struct witness {
	qemu_plugin_id_t id;
	FILE *trace;
	struct image_extent image;
	uint64_t setup;			/* segment of the new kernel's set-up code */
	struct guest_memory memory;
	struct {
		uint64_t exact;		/* instructions in runs */
		uint64_t begun, ended;	/* instructions of blocks that are counted whole */
	} *counts;			/* from the first translation on */
	uint64_t outs;			/* bytes written to the port */
	bool armed, deep, done;
	struct trail trail;
	struct noted *table;		/* lgdt or lidt whose operand is about to be loaded */
	struct memory_access accesses[ACCESSES];
	struct crossing crossing;
} witness;

/* What QEMU calls. Its data: a site; a block; of an access not NULL for that of lgdt and lidt. */
void on_step(unsigned int vcpu, void *data);
void on_block(unsigned int vcpu, void *data);
void on_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t linear, void *data);

/* A block is about to be executed for the first time: all that is to be told of it is asked for. */
void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);

/* How many instructions were begun so far, where a block begins or something is accessed. */
static inline uint64_t instructions(void)
{
	return witness.counts->exact + witness.counts->begun;
}

/*
 * Stores are always seen. Loads tell of registers and of paging, as long as that is on and
 * the way's own code runs. A checksum, a decompressor or a boot loader has very many, and
 * they tell nothing.
 */
static inline bool sees_loads(void)
{
	return witness.crossing.stage < STAGE_FIRMWARE && witness.crossing.paging != BIT_OFF;
}

#endif /* PLUGIN_H */
