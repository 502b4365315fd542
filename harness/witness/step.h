/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * step.h - what an instruction does to the processor's mode, from its bytes
 *
 * Pure: nothing but the bytes decides. Encodings are those of the "Intel 64 and
 * IA-32 Architectures Software Developer's Manual", volume 2, for processors of
 * 32 bits in code of 16 and of 32 bits.
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
	STEP_RESET,			/* the processor began at its reset vector */
	STEP_KINDS
};

struct step {
	enum step_kind kind;
	uint8_t reg;			/* of a control register load: 0 EAX .. 7 EDI */
	int vector;			/* of an interrupt, else -1 */
	bool direct;			/* a far jump or call that names its target: */
	uint16_t selector;
	uint32_t offset;
};

/* The instruction as a step; STEP_NONE for all that changes no mode. */
struct step step_of(const struct insn *insn);

/*
 * step_code_bits() - the size of the code that an instruction is in
 * Some instructions are longer in code of 32 bits than in code of 16.
 * Return: 16 or 32; 0 if this one does not tell.
 */
int step_code_bits(const struct insn *insn);

/* How many prefix bytes an instruction has; *operand_size is true if 66 is one of them. */
size_t step_prefixes(const struct insn *insn, bool *operand_size);

/* "cr0", "lgdt", "far_jump" ...; the reverse gives STEP_KINDS for anything else. */
const char *step_name(enum step_kind kind);
enum step_kind step_from_name(const char *name);

#endif /* STEP_H */
