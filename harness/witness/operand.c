// SPDX-License-Identifier: GPL-2.0-only
/*
 * operand.c - what a register held, from the instructions before
 */
#include "operand.h"

#include <string.h>

#define MOD(modrm)	((modrm) >> 6)
#define REG(modrm)	((modrm) >> 3 & 7)
#define RM(modrm)	((modrm) & 7)
#define IN_REGISTER	3

#define GROUP_OR	1		/* register field of 80, 81, 83 */
#define GROUP_AND	4
#define GROUP_CMP	7

/* What one instruction means for the register that is asked about. */
enum effect { EFFECT_OPAQUE, EFFECT_NONE, EFFECT_MADE, EFFECT_AND, EFFECT_OR };

/* An instruction without its prefixes. */
struct plain {
	const uint8_t *op;
	size_t size;
};

static const char *const names[OPERAND_SOURCES] = {
	[OPERAND_UNKNOWN] = "unknown",
	[OPERAND_CONSTANT] = "constant",
	[OPERAND_LOADED] = "memory",
	[OPERAND_CR0] = "cr0",
	[OPERAND_CR3] = "cr3",
	[OPERAND_CR4] = "cr4",
	[OPERAND_REGISTER] = "register",
};

const char *operand_name(enum operand_source source)
{
	return names[source];
}

enum operand_source operand_from_name(const char *name)
{
	int source = 0;

	while (source < OPERAND_SOURCES && strcmp(names[source], name))
		source++;
	return source;
}

static struct plain plain_of(const struct insn *insn)
{
	bool operand_size;
	size_t prefixes = step_prefixes(insn, &operand_size);

	return (struct plain){ insn->bytes + prefixes, insn->size - prefixes };
}

static uint32_t number_at_end(const struct plain *p, size_t size)
{
	uint32_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | p->op[p->size - 1 - i];
	return value;
}

/* and, or, cmp of a register of 32 bits, or of its low byte, with a number. */
static enum effect with_number(const struct plain *p, unsigned int reg, uint32_t *number)
{
	uint8_t op = p->op[0], modrm = p->size > 1 ? p->op[1] : 0;
	unsigned int operation, target = 0;
	bool byte = false;

	if (op == 0x25 || op == 0x0d || op == 0x24 || op == 0x0c) {
		operation = op >> 3;
		byte = !(op & 1);
	} else {
		operation = REG(modrm);
		target = RM(modrm);
		byte = op == 0x80;
		if (MOD(modrm) != IN_REGISTER)
			return operation == GROUP_CMP ? EFFECT_NONE : EFFECT_OPAQUE;
	}
	/* Of a byte's register numbers, those from 4 on are the second bytes of EAX .. EBX. */
	if (operation == GROUP_CMP || (byte ? target & 3 : target) != reg)
		return EFFECT_NONE;
	if ((operation != GROUP_AND && operation != GROUP_OR) || (byte && target > 3))
		return EFFECT_OPAQUE;
	if (op == 0x81 || op == 0x25 || op == 0x0d)
		*number = number_at_end(p, 4);
	else if (op == 0x83)
		*number = (uint32_t)(int8_t)p->op[p->size - 1];
	else
		*number = p->op[p->size - 1] | (operation == GROUP_AND ? ~UINT32_C(0xff) : 0);
	if ((op == 0x81 && p->size != 6) || ((op == 0x25 || op == 0x0d) && p->size != 5))
		return EFFECT_OPAQUE;	/* of 16 bits */
	return operation == GROUP_AND ? EFFECT_AND : EFFECT_OR;
}

/* mov in its many forms. */
static enum effect moved(const struct plain *p, unsigned int reg, struct operand *to)
{
	uint8_t op = p->op[0], modrm = p->size > 1 ? p->op[1] : 0;

	if ((op & 0xf8) == 0xb8) {
		if ((op & 7u) != reg)
			return EFFECT_NONE;
		if (p->size != 5)
			return EFFECT_OPAQUE;
		*to = (struct operand){ OPERAND_CONSTANT, 0, number_at_end(p, 4) };
		return EFFECT_MADE;
	}
	if (op == 0xa1 || (op == 0x8b && REG(modrm) == reg && MOD(modrm) != IN_REGISTER)) {
		if (op == 0xa1 && reg)
			return EFFECT_NONE;
		*to = (struct operand){ OPERAND_LOADED, ~UINT32_C(0), 0 };
		return EFFECT_MADE;
	}
	if (op == 0x8b)
		return REG(modrm) == reg ? EFFECT_OPAQUE : EFFECT_NONE;
	/* 88, 89, c6, c7: into memory, or into a register that may be this one. */
	if (MOD(modrm) != IN_REGISTER)
		return EFFECT_NONE;
	return (op == 0x89 || op == 0xc7) && RM(modrm) != reg ? EFFECT_NONE : EFFECT_OPAQUE;
}

static enum effect two_byte(const struct plain *p, unsigned int reg, struct operand *to)
{
	uint8_t op = p->size > 1 ? p->op[1] : 0, modrm = p->size > 2 ? p->op[2] : 0;

	if (op == 0x20) {		/* mov from a control register */
		if (RM(modrm) != reg)
			return EFFECT_NONE;
		to->source = REG(modrm) == 0 ? OPERAND_CR0 : REG(modrm) == 3 ? OPERAND_CR3 :
			     REG(modrm) == 4 ? OPERAND_CR4 : OPERAND_UNKNOWN;
		to->keep = ~UINT32_C(0);
		to->set = 0;
		return to->source == OPERAND_UNKNOWN ? EFFECT_OPAQUE : EFFECT_MADE;
	}
	/* Jumps on a condition; loads of control and descriptor table registers. */
	if ((op & 0xf0) == 0x80 || op == 0x22 || (op == 0x01 && (REG(modrm) & 6) == 2))
		return EFFECT_NONE;
	return EFFECT_OPAQUE;
}

static bool is_harmless(const struct plain *p, unsigned int reg)
{
	uint8_t op = p->op[0], modrm = p->size > 1 ? p->op[1] : 0;

	/* cmp and test; jumps; push; cli, sti, cld, std; loads of segment registers; far jumps; nop */
	if ((op >= 0x38 && op <= 0x3d) || op == 0x84 || op == 0x85 || op == 0xa8 || op == 0xa9 ||
	    (op & 0xf0) == 0x70 || op == 0xeb || op == 0xe9 || op == 0xea || op == 0xe3 ||
	    (op & 0xf8) == 0x50 || op == 0x68 || op == 0x6a || (op >= 0xfa && op <= 0xfd) ||
	    op == 0x8e || op == 0x90 || op == 0xcb)
		return true;
	if (op == 0xff && (REG(modrm) == 6 || REG(modrm) == 4))
		return true;
	return op == 0x8d && REG(modrm) != reg;
}

static enum effect effect_of(const struct plain *p, unsigned int reg, struct operand *to,
			     uint32_t *number)
{
	uint8_t op = p->size ? p->op[0] : 0;

	if (!p->size)
		return EFFECT_OPAQUE;
	if (op == 0x0f)
		return two_byte(p, reg, to);
	if (op == 0x25 || op == 0x0d || op == 0x24 || op == 0x0c || op == 0x80 || op == 0x81 ||
	    op == 0x83)
		return with_number(p, reg, number);
	if ((op & 0xf8) == 0xb8 || op == 0xa1 || op == 0x8b || op == 0x88 || op == 0x89 ||
	    op == 0xc6 || op == 0xc7)
		return moved(p, reg, to);
	if ((op == 0x31 || op == 0x33) && p->size == 2 && MOD(p->op[1]) == IN_REGISTER) {
		if (REG(p->op[1]) == reg && RM(p->op[1]) == reg) {
			*to = (struct operand){ OPERAND_CONSTANT, 0, 0 };
			return EFFECT_MADE;
		}
		return (op == 0x31 ? RM(p->op[1]) : REG(p->op[1])) == reg ? EFFECT_OPAQUE :
		       EFFECT_NONE;
	}
	return is_harmless(p, reg) ? EFFECT_NONE : EFFECT_OPAQUE;
}

struct operand operand_of(const struct insn *before, size_t n, unsigned int reg)
{
	/* What the instructions passed so far do to what they find: (x & keep) | set. */
	uint32_t keep = ~UINT32_C(0), set = 0;

	while (n--) {
		struct plain p = plain_of(&before[n]);
		struct operand made = { 0 };
		uint32_t number = 0;
		enum effect effect = effect_of(&p, reg, &made, &number);

		if (effect == EFFECT_MADE) {
			made.set = (made.set & keep) | set;
			made.keep &= keep & ~set;
			return made;
		}
		if (effect == EFFECT_OPAQUE)
			break;
		if (effect == EFFECT_AND)
			keep &= number;
		else if (effect == EFFECT_OR)
			set |= number & keep;
	}
	return (struct operand){ OPERAND_UNKNOWN, 0, 0 };
}

int operand_loads(const struct insn *insn, int bits)
{
	bool operand_size;
	size_t prefixes = step_prefixes(insn, &operand_size);
	const uint8_t *op = insn->bytes + prefixes;
	size_t size = insn->size - prefixes;

	if (size < 2 || (bits == 16) != operand_size)
		return -1;
	if (op[0] == 0xa1)
		return 0;
	return op[0] == 0x8b && MOD(op[1]) != IN_REGISTER ? (int)REG(op[1]) : -1;
}
