/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * operand.h - what a register held, from the instructions before
 *
 * A register can be read, but that does not say where its value comes from. What is
 * loaded into a control register is nearly always made by the few instructions ahead of it,
 * and their bytes say how.
 */
#ifndef OPERAND_H
#define OPERAND_H

#include "step.h"

enum operand_source {
	OPERAND_UNKNOWN,		/* the instructions do not tell */
	OPERAND_CONSTANT,		/* nothing but value */
	OPERAND_LOADED,			/* what a mov loaded from memory */
	OPERAND_CR0,			/* what a control register had before */
	OPERAND_CR3,
	OPERAND_CR4,
	OPERAND_REGISTER,		/* nothing but the register itself, which was read */
	OPERAND_SOURCES
};

/* The register holds (source & keep) | set. For a constant: set, and keep is 0. */
struct operand {
	enum operand_source source;
	uint64_t keep, set;
};

/*
 * operand_of() - what register reg holds after the instructions before[0..n-1]. Pure.
 * @bits:	size of the code that they are in
 * Walks back over instructions that are known not to change it and those whose
 * change can be said (and, or); anything else makes it unknown.
 */
struct operand operand_of(const struct insn *before, size_t n, unsigned int reg, int bits);

/* "unknown", "constant", "memory", "cr0" ...; the reverse gives OPERAND_SOURCES for others. */
const char *operand_name(enum operand_source source);
enum operand_source operand_from_name(const char *name);

#endif /* OPERAND_H */
