/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * step.h - what an instruction does to the processor's mode, from its bytes
 *
 * Pure: nothing but the bytes decides. Encodings are those of the "Intel 64 and
 * IA-32 Architectures Software Developer's Manual", volume 2, in code of 16, 32 and
 * 64 bits. What the size of the code changes does not matter here: a byte from 40 to
 * 4f is a prefix (REX) when another one follows, and an instruction when none does.
 */
#ifndef STEP_H
#define STEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STEP_INSN_BYTES	15		/* no instruction is longer */

/* One instruction as it was fetched; its length is the decoder's, not ours. */
struct insn {
	uint8_t size;
	uint8_t bytes[STEP_INSN_BYTES];
};

/* REX: the operand has 64 bits; bit 3 of the register field, and of the other register. */
#define REX_W	0x08
#define REX_R	0x04
#define REX_B	0x01

/* An instruction behind its prefixes. */
struct opcode {
	const uint8_t *at;		/* the opcode's first byte */
	size_t size;			/* how many bytes there are from it on; 0: none */
	size_t prefixes;		/* how many stand ahead of it, REX left out */
	bool operand_size;		/* 66 is one of them */
	uint8_t rex;			/* that prefix; 0: none */
};

enum step_kind {
	STEP_NONE,
	STEP_CR0,			/* loads of control registers */
	STEP_CR3,
	STEP_CR4,
	STEP_CR_OTHER,
	STEP_LMSW,			/* the low half of CR0 */
	STEP_CLTS,			/* one bit of CR0 that no mode depends on */
	STEP_LGDT,
	STEP_LIDT,
	STEP_LLDT,
	STEP_LTR,
	STEP_FAR_JUMP,
	STEP_FAR_CALL,
	STEP_FAR_RETURN,
	STEP_INTERRUPT,			/* int n */
	STEP_INTERRUPT_RETURN,
	STEP_DEBUG,			/* load of a debug register */
	STEP_MSR,
	STEP_CACHE,			/* invd, wbinvd */
	STEP_TRANSLATION,		/* invlpg */
	STEP_HALT,
	STEP_MARK,			/* out to the port of the marks */
	/* No instructions: what the plugin notes in between. */
	STEP_PLACE,			/* execution goes on in another place */
	STEP_MODE,			/* ... in code of another size, in long mode */
	STEP_RESET,			/* the processor began at its reset vector */
	STEP_KINDS
};

struct step {
	enum step_kind kind;
	uint8_t reg;			/* of a control register load: 0 RAX .. 7 RDI, 8 R8 ... */
	int vector;			/* of an interrupt, else -1 */
	bool direct;			/* a far jump or call that names its target: */
	uint16_t selector;
	uint32_t offset;
};

/* The instruction as a step; STEP_NONE for all that changes no mode. */
struct step step_of(const struct insn *insn);

/* The instruction taken apart. */
struct opcode step_opcode(const struct insn *insn);

/* "cr0", "lgdt", "far_jump" ...; the reverse gives STEP_KINDS for anything else. */
const char *step_name(enum step_kind kind);
enum step_kind step_from_name(const char *name);

#endif /* STEP_H */
