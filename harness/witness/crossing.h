/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * crossing.h - what is seen from the point of no return to the new kernel's first instruction
 *
 * Filled by the plugin, instruction by instruction, and written out when the
 * window ends; knows nothing of the emulator.
 */
#ifndef CROSSING_H
#define CROSSING_H

#include <stdbool.h>
#include <stdio.h>

#include "operand.h"
#include "place.h"
#include "base/vec.h"

#define CROSSING_PAGE	4096
/* More steps than this are counted and not listed: a boot loader may take very many. */
#define CROSSING_STEPS	100000

/* One bit of the processor's state. */
enum bit { BIT_OFF, BIT_ON, BIT_UNKNOWN };

/* A step and all that could be seen beside it. */
struct noted {
	struct step step;
	uint64_t instructions;		/* of the machine, when it was about to be executed */
	uint64_t linear, physical;	/* of the instruction; PLACE_NOWHERE */
	enum place place;
	int bits;			/* 16, 32 or 64: size of the code; 0: not known */
	enum bit protection, paging;	/* before it, as inferred from the loads of CR0 so far */
	enum bit long_mode;		/* and of EFER */
	uint64_t times;			/* in a row */
	uint64_t moved, same;		/* accesses so far whose linear and physical address differ;
					 * whose are the same */
	struct operand operand;		/* of a control register load: what the bytes tell */
	bool value_known;		/* of that, or of wrmsr, the value, where it is known: */
	uint64_t value;
	uint32_t msr;			/* of wrmsr: the number of the register */
	bool table_known;		/* of lgdt, lidt: what it loads */
	uint16_t limit;
	uint64_t base;
	int mark;			/* id of a mark that is written in the instructions, or -1 */
};

struct crossing {
	uint64_t begin;			/* count of instructions */
	uint64_t deep;			/* from when on accesses and places were seen */
	VEC(struct noted) steps;
	uint64_t kinds[STEP_KINDS];	/* how many of each, those not listed included */
	uint64_t places[PLACES][2];	/* instructions, by BIT_OFF or BIT_ON of protection */
	enum bit protection, paging;
	bool wide;			/* the old kernel is one of 64 bits: long mode matters */
	enum bit long_mode;		/* is active: EFER.LME and paging are on */
	enum bit long_enabled;		/* EFER.LME */
	int bits;			/* size of the code that runs */
	enum stage stage;
	enum place place;		/* of the code that runs; PLACES: not known yet */
	struct {			/* what is not in places[] yet */
		uint64_t since;
		enum place place;
		enum bit protection;
	} run;
	uint64_t moved, same, last_moved;
	uint64_t device;		/* accesses to ROM, video memory, devices */
	uint64_t *pages;		/* bytes written to each page of memory */
	uint64_t pages_count;
};

/*
 * crossing_begin() - an empty window, to be freed with crossing_free()
 * @memory:	of the machine, in bytes
 * @wide:	the old kernel is one of 64 bits
 */
void crossing_begin(struct crossing *w, uint64_t instructions, uint64_t memory, bool wide);
void crossing_free(struct crossing *w);

/*
 * crossing_note() - a step is about to be executed
 * What a load of CR0 or EFER does to protection, paging and long mode is taken over; what
 * is counted by place behind it is counted under that.
 * Return: the step as it is kept, or NULL when it is only counted.
 */
struct noted *crossing_note(struct crossing *w, const struct noted *n);

/*
 * crossing_run() - from this count of instructions on, code runs in place
 * PLACES: nothing is known of it, or the window ends. What ran until now is added to
 * places[], under the protection of then.
 */
void crossing_run(struct crossing *w, uint64_t instructions, enum place place);

/* A load or a store; what lies beyond the memory's end goes to a device. */
void crossing_access(struct crossing *w, uint64_t instructions, uint64_t linear,
		     uint64_t physical);
/* So many bytes were stored. */
void crossing_store(struct crossing *w, uint64_t physical, unsigned int bytes);

/* Writes the window, one JSON object a line; see results/README.md. */
void crossing_write(const struct crossing *w, uint64_t instructions, FILE *f);

#endif /* CROSSING_H */
