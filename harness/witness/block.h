/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * block.h - a run of instructions that the emulator translated together
 */
#ifndef BLOCK_H
#define BLOCK_H

#include "place.h"
#include "step.h"

#define BLOCK_HISTORY	16		/* blocks that are looked back over */

struct block {
	uint64_t linear, physical;	/* of its first instruction; PLACE_NOWHERE */
	int bits;			/* size of its code; 0: none of its instructions tells */
	enum place place;
	size_t n;
	struct insn insns[];
};

/* The blocks that were executed last, the one that runs now included. */
struct history {
	const struct block *at[BLOCK_HISTORY];
	unsigned int n;			/* how many there were; the newest is at (n - 1) % BLOCK_HISTORY */
};

void history_add(struct history *h, const struct block *block);

/*
 * history_before() - the instructions that were executed right before one
 * @h:		ends in @block, or is empty: then only @block is known
 * @insns:	room for @room of them, the last one last
 * Return: how many.
 */
size_t history_before(const struct history *h, const struct block *block, size_t index,
		      struct insn *insns, size_t room);

/* The byte that mov $byte, %al puts there right ahead of instruction i; or -1. */
int block_constant_al(const struct block *block, size_t i);

/* If instruction i is a call, and mov $constant, %eax right ahead of it, below 256: that; or -1. */
int block_constant_call(const struct block *block, size_t i);

#endif /* BLOCK_H */
