/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * block.h - a run of instructions that the emulator translated together
 */
#ifndef BLOCK_H
#define BLOCK_H

#include "place.h"
#include "step.h"

#define TRAIL_BLOCKS	16		/* blocks that are looked back over */

struct block {
	uint64_t linear, physical;	/* of its first instruction; PLACE_NOWHERE */
	int bits;			/* size of its code: 16, 32 or 64; 0: not asked for */
	enum place place;
	size_t n;
	struct insn insns[];
};

/* The blocks that were executed last, one right behind the other, to the one that runs now. */
struct trail {
	struct {
		const struct block *block;
		uint64_t begun;		/* count of instructions when it was */
	} at[TRAIL_BLOCKS];
	unsigned int n;			/* how many there were; the newest is at (n - 1) % TRAIL_BLOCKS */
};

/*
 * trail_add() - a block begins, at this count of instructions
 * Not every block is reported. If there was another one in between, or the last one did not
 * come to its end, the count says so, and a new trail begins. Telling one twice does no
 * harm.
 */
void trail_add(struct trail *h, const struct block *block, uint64_t instructions);

/*
 * trail_before() - the instructions that were executed right before one
 * @h:		ends in @block, or is empty: then only @block is known
 * @insns:	room for @room of them, the last one last
 * Return: how many.
 */
size_t trail_before(const struct trail *h, const struct block *block, size_t index,
		      struct insn *insns, size_t room);

/* The byte that mov $byte, %al puts there right ahead of instruction i; or -1. */
int block_constant_al(const struct block *block, size_t i);

#endif /* BLOCK_H */
