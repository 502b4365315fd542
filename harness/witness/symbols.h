/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * symbols.h - the functions of a kernel by address, from its System.map
 *
 * Pure. The profiler's plugin looks functions up while QEMU translates; the harness takes
 * from here where the kernel keeps what the plugin reads.
 */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

enum symbol_kind {
	SYMBOL_FUNCTION,
	SYMBOL_ENTRY,		/* an interrupt, exception or system call begins at its first byte */
	SYMBOL_STUBS,		/* one short stub for each interrupt: every block of it begins one */
	SYMBOL_THUNK,		/* only jumps on to the function that was meant */
	SYMBOL_MOVES,		/* saves registers above its return address, which it moves for that */
};

struct symbol {
	uint64_t address;
	const char *name;
	enum symbol_kind kind;
	char type;		/* as in the map: 'T' is global, 't' local, 'W' weak */
};

struct symbols {
	VEC(struct symbol) functions;	/* in order of address, one for each address */
	uint64_t end;			/* of the kernel's image, its bss included */
	uint64_t init_task;		/* the first task's struct task_struct; 0: not in the map */
	uint64_t current_task;		/* per-CPU variable: pointer to the task that runs */
	uint64_t cpu_offsets;		/* array: where each CPU has its per-CPU variables */
	uint64_t page_offset_base;	/* variable of x86_64: from where on all memory is mapped */
	char *text;			/* holds the names */
};

/*
 * symbols_parse() - read a System.map
 * @text:	its text, to be freed with free(); belongs to @s from then on and is changed
 * @s:		filled; to be freed with symbols_free() in any case
 * Where several names have one address, a global name goes first, then a local one; of equals
 * the shortest does. Names that only say where a part of the image begins or ends are left out.
 * Return: false when there is no function in it, or no end of the image.
 */
bool symbols_parse(char *text, struct symbols *s);
void symbols_free(struct symbols *s);

/* The function that an address is in; NULL ahead of the first one and behind the image. */
const struct symbol *symbols_at(const struct symbols *s, uint64_t address);

#endif /* SYMBOLS_H */
