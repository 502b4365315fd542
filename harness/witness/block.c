// SPDX-License-Identifier: GPL-2.0-only
/*
 * block.c - a run of instructions that the emulator translated together
 */
#include "block.h"

#include <string.h>

#define MOV_AL		0xb0

void trail_add(struct trail *h, const struct block *block, uint64_t instructions)
{
	if (h->n) {
		unsigned int last = (h->n - 1) % TRAIL_BLOCKS;

		if (h->at[last].block == block && h->at[last].begun == instructions)
			return;
		if (h->at[last].begun + h->at[last].block->n != instructions)
			h->n = 0;
	}
	h->at[h->n % TRAIL_BLOCKS].block = block;
	h->at[h->n++ % TRAIL_BLOCKS].begun = instructions;
}

size_t trail_before(const struct trail *h, const struct block *block, size_t index,
		      struct insn *insns, size_t room)
{
	size_t left = room, take = index;

	for (unsigned int back = 1;; back++) {
		for (; take && left; take--)
			insns[--left] = block->insns[take - 1];
		if (!left || back >= TRAIL_BLOCKS || back >= h->n)
			break;
		block = h->at[(h->n - 1 - back) % TRAIL_BLOCKS].block;
		take = block->n;
	}
	memmove(insns, insns + left, (room - left) * sizeof(*insns));
	return room - left;
}

int block_constant_al(const struct block *block, size_t i)
{
	const struct insn *before = i ? &block->insns[i - 1] : NULL;

	return before && before->size == 2 && before->bytes[0] == MOV_AL ? before->bytes[1] : -1;
}
