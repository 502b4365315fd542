/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paths.h - the call path that each executed instruction belongs to
 *
 * Pure: the caller says which blocks of code begin, and where calls and returns access the
 * stack. All of it is of one processor. "now" is always the number of instructions that the
 * machine has executed so far.
 *
 * What paths_write() writes, one line each; numbers are given in order from 1:
 *
 *	f FUNCTION NAME			a function that is met for the first time
 *	n NODE PARENT FUNCTION		a call path: that of PARENT (0: none) and a function
 *	c NODE INSTRUCTIONS CALLS	what was executed in it since the last writing
 *	p CALLS RETURNS ODD LOST CUT	struct paths_quality, since the last writing
 */
#ifndef PATHS_H
#define PATHS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/vec.h"

#define PATHS_DEPTH	250		/* longer paths are cut; 67 were seen */
#define PATHS_NODES	4000000		/* more paths than this are cut */
#define PATHS_BUCKETS	256

struct path_function {
	const char *name;
	bool thunk;			/* it only jumps on; belongs to its caller */
	bool moves;			/* its return address is lower when it returns than at the call */
	unsigned int number;		/* in the file; 0: not written yet */
};

/* One call path, seen from its last function. */
struct path_node {
	struct path_function *function;
	struct path_node *up, *below, *beside;
	uint64_t instructions, calls;	/* since the last writing */
	unsigned int depth, number;
};

struct path_stack;

/* A call that has not returned, or an interrupt. */
struct path_frame {
	uint64_t slot;			/* where the return address lies; 0: not known yet */
	struct path_node *node;
	/* Of an interrupt, else NULL: what it came upon, on which stack, right behind a call or not. */
	struct path_node *interrupted;
	struct path_stack *stack;
	bool called;
};

struct path_stack {
	uint64_t number;		/* its addresses divided by its size */
	struct path_node *base;		/* what its first call is made from */
	VEC(struct path_frame) frames;
	struct path_stack *next;
};

/* What was seen, and what did not fit into the picture that paths.c has of a kernel. */
struct paths_quality {
	uint64_t calls, returns;
	uint64_t odd;			/* returns that found no call of their own */
	uint64_t lost;			/* calls that never returned, on a stack that went on */
	uint64_t cut;			/* by PATHS_DEPTH or PATHS_NODES */
};

struct paths {
	unsigned int stack_shift;	/* a stack has 1 << this bytes, and lies at a multiple of it */
	struct path_node root;
	struct path_node *now;		/* what is charged */
	struct path_node *base;		/* what was entered from outside */
	const void *running;		/* whose code runs, for the caller; NULL: nobody knows */
	struct path_stack *stack;	/* in use; NULL: not known yet */
	struct path_stack *last, *stacks[PATHS_BUCKETS];
	bool outside;			/* code runs whose calls are not followed */
	bool called;			/* the next block is the first of a function */
	bool left;			/* for a program, unless the next block says otherwise */
	uint64_t charged;		/* instructions so far */
	unsigned int nodes;		/* how many there are */
	unsigned int functions, written;	/* how many functions and nodes are in the file */
	struct paths_quality quality;
};

/* Begins with no stack known, outside. To be freed with paths_free(). */
void paths_begin(struct paths *p, unsigned int stack_shift);
void paths_free(struct paths *p);

/* Charges what was executed to where it belongs. All others do so by themselves. */
void paths_count(struct paths *p, uint64_t now);

/*
 * paths_block() - a block of the kernel's code begins, whose function is not the running one
 * @entry:	an interrupt, an exception or a system call begins with it
 * @program:	who was left for the kernel, when paths_comes_from_outside(); NULL: nobody
 */
void paths_block(struct paths *p, struct path_function *f, bool entry,
		 struct path_function *program, uint64_t now);

/* Whether a block of the kernel that begins now was come to from a program or another system. */
static inline bool paths_comes_from_outside(const struct paths *p, bool entry)
{
	return p->outside || (p->left && entry);
}

/* Code begins whose calls are not followed: a program, firmware, a boot loader. */
void paths_outside(struct paths *p, struct path_function *f, uint64_t now);

/* A call wrote its return address there; a return read it there. */
void paths_call(struct paths *p, uint64_t slot, uint64_t now);
void paths_return(struct paths *p, uint64_t slot, uint64_t now);

/* Behind paths_call(): the callee goes below one more function, which says what it works on. */
void paths_detail(struct paths *p, struct path_function *f);

/* iret is about to be executed; sysexit or sysret is. */
void paths_interrupt_return(struct paths *p, uint64_t now);
void paths_program_return(struct paths *p, uint64_t now);

/* Another kernel begins: no stack is what it was. */
void paths_forget(struct paths *p, uint64_t now);

/* Writes a function's line unless that is done; paths_write() does so for all that it needs. */
void paths_write_function(struct paths *p, struct path_function *f, FILE *to);
/* Writes all that was charged since the last time. */
void paths_write(struct paths *p, FILE *to);

#endif /* PATHS_H */
