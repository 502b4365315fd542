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

#define LOW_HALF	UINT64_C(0xffffffff)

/* What one instruction means for the register that is asked about. */
enum effect { EFFECT_OPAQUE, EFFECT_NONE, EFFECT_MADE, EFFECT_CHANGED };

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

static unsigned int reg_of(const struct opcode *o, uint8_t modrm)
{
	return REG(modrm) | (o->rex & REX_R ? 8 : 0);
}

static unsigned int rm_of(const struct opcode *o, uint8_t modrm)
{
	return RM(modrm) | (o->rex & REX_B ? 8 : 0);
}

/* An operation on 32 bits of a register of 64 clears the others. */
static uint64_t width_of(const struct opcode *o)
{
	return o->rex & REX_W ? UINT64_MAX : LOW_HALF;
}

/* The number of size bytes that ends the instruction; one of 4 for an operand of 8 has a sign. */
static uint64_t number_at_end(const struct opcode *o, size_t size)
{
	uint64_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | o->at[o->size - 1 - i];
	return size == 4 && o->rex & REX_W ? (uint64_t)(int32_t)value : value;
}

/* and, or with a number, as what it keeps and sets. @byte: of a register's low one */
static struct operand changed(const struct opcode *o, bool is_and, bool byte, uint64_t number)
{
	uint64_t width = byte ? UINT64_MAX : width_of(o);

	if (is_and)
		return (struct operand){ .keep = byte ? number | ~UINT64_C(0xff) : number & width };
	return (struct operand){ .keep = width, .set = number & width };
}

/* and, or, cmp of a register of 32 or 64 bits, or of its low byte, with a number. */
static enum effect with_number(const struct opcode *o, unsigned int reg, struct operand *to)
{
	uint8_t op = o->at[0], modrm = o->size > 1 ? o->at[1] : 0;
	unsigned int operation, target = 0;
	bool byte, high = false;
	uint64_t number;

	if (op == 0x25 || op == 0x0d || op == 0x24 || op == 0x0c) {
		operation = op >> 3;
		byte = !(op & 1);
	} else {
		operation = REG(modrm);
		target = rm_of(o, modrm);
		byte = op == 0x80;
		if (MOD(modrm) != IN_REGISTER)
			return operation == GROUP_CMP ? EFFECT_NONE : EFFECT_OPAQUE;
	}
	/* Of a byte's register numbers, those from 4 on are the second bytes of EAX .. EBX without REX. */
	if (byte && !o->rex && target > 3) {
		high = true;
		target &= 3;
	}
	if (operation == GROUP_CMP || target != reg)
		return EFFECT_NONE;
	if ((operation != GROUP_AND && operation != GROUP_OR) || high)
		return EFFECT_OPAQUE;
	if ((op == 0x81 && o->size != 6) || ((op == 0x25 || op == 0x0d) && o->size != 5))
		return EFFECT_OPAQUE;	/* of 16 bits */
	if (op == 0x81 || op == 0x25 || op == 0x0d)
		number = number_at_end(o, 4);
	else if (op == 0x83)
		number = (uint64_t)(int8_t)o->at[o->size - 1];
	else
		number = o->at[o->size - 1];
	*to = changed(o, operation == GROUP_AND, byte, number);
	return EFFECT_CHANGED;
}

static enum effect constant(uint64_t value, struct operand *to)
{
	*to = (struct operand){ OPERAND_CONSTANT, 0, value };
	return EFFECT_MADE;
}

/* mov in its many forms. */
static enum effect moved(const struct opcode *o, unsigned int reg, struct operand *to)
{
	uint8_t op = o->at[0], modrm = o->size > 1 ? o->at[1] : 0;

	if ((op & 0xf8) == 0xb8) {
		if (rm_of(o, op) != reg)
			return EFFECT_NONE;
		if (o->size != 5 && o->size != 9)
			return EFFECT_OPAQUE;
		return constant(number_at_end(o, o->size - 1), to);
	}
	if (op == 0xa1 || (op == 0x8b && reg_of(o, modrm) == reg && MOD(modrm) != IN_REGISTER)) {
		if (op == 0xa1 && reg)
			return EFFECT_NONE;
		*to = (struct operand){ OPERAND_LOADED, width_of(o), 0 };
		return EFFECT_MADE;
	}
	if (op == 0x8b)
		return reg_of(o, modrm) == reg ? EFFECT_OPAQUE : EFFECT_NONE;
	/* 88, 89, c6, c7: into memory, or into a register that may be this one. */
	if (MOD(modrm) != IN_REGISTER)
		return EFFECT_NONE;
	if (op == 0xc7 && rm_of(o, modrm) == reg && o->size == 6)
		return constant(number_at_end(o, 4), to);
	return (op == 0x89 || op == 0xc7) && rm_of(o, modrm) != reg ? EFFECT_NONE : EFFECT_OPAQUE;
}

/* @bits: size of the code, and there of a control register */
static enum effect two_byte(const struct opcode *o, unsigned int reg, int bits, struct operand *to)
{
	uint8_t op = o->size > 1 ? o->at[1] : 0, modrm = o->size > 2 ? o->at[2] : 0;

	if (op == 0x20) {		/* mov from a control register */
		unsigned int number = reg_of(o, modrm);

		if (rm_of(o, modrm) != reg)
			return EFFECT_NONE;
		to->source = number == 0 ? OPERAND_CR0 : number == 3 ? OPERAND_CR3 :
			     number == 4 ? OPERAND_CR4 : OPERAND_UNKNOWN;
		to->keep = bits == 64 ? UINT64_MAX : LOW_HALF;
		to->set = 0;
		return to->source == OPERAND_UNKNOWN ? EFFECT_OPAQUE : EFFECT_MADE;
	}
	/* Jumps on a condition; loads of control and descriptor table registers. */
	if ((op & 0xf0) == 0x80 || op == 0x22 || (op == 0x01 && (REG(modrm) & 6) == 2))
		return EFFECT_NONE;
	return EFFECT_OPAQUE;
}

static bool is_harmless(const struct opcode *o, unsigned int reg)
{
	uint8_t op = o->at[0], modrm = o->size > 1 ? o->at[1] : 0;

	/* cmp and test; jumps; push; cli, sti, cld, std; loads of segment registers; far jumps; nop */
	if ((op >= 0x38 && op <= 0x3d) || op == 0x84 || op == 0x85 || op == 0xa8 || op == 0xa9 ||
	    (op & 0xf0) == 0x70 || op == 0xeb || op == 0xe9 || op == 0xea || op == 0xe3 ||
	    (op & 0xf8) == 0x50 || op == 0x68 || op == 0x6a || (op >= 0xfa && op <= 0xfd) ||
	    op == 0x8e || (op == 0x90 && !(o->rex & REX_B)) || op == 0xcb)
		return true;
	if (op == 0xff && (REG(modrm) == 6 || REG(modrm) == 4))
		return true;
	return op == 0x8d && reg_of(o, modrm) != reg;
}

static enum effect effect_of(const struct opcode *o, unsigned int reg, int bits, struct operand *to)
{
	uint8_t op = o->size ? o->at[0] : 0;

	if (!o->size)
		return EFFECT_OPAQUE;
	if (op == 0x0f)
		return two_byte(o, reg, bits, to);
	if (op == 0x25 || op == 0x0d || op == 0x24 || op == 0x0c || op == 0x80 || op == 0x81 ||
	    op == 0x83)
		return with_number(o, reg, to);
	if ((op & 0xf8) == 0xb8 || op == 0xa1 || op == 0x8b || op == 0x88 || op == 0x89 ||
	    op == 0xc6 || op == 0xc7)
		return moved(o, reg, to);
	if ((op == 0x31 || op == 0x33) && o->size == 2 && MOD(o->at[1]) == IN_REGISTER) {
		unsigned int first = reg_of(o, o->at[1]), second = rm_of(o, o->at[1]);

		if (first == reg && second == reg)
			return constant(0, to);
		return (op == 0x31 ? second : first) == reg ? EFFECT_OPAQUE : EFFECT_NONE;
	}
	return is_harmless(o, reg) ? EFFECT_NONE : EFFECT_OPAQUE;
}

struct operand operand_of(const struct insn *before, size_t n, unsigned int reg, int bits)
{
	/* What the instructions passed so far do to what they find: (x & keep) | set. */
	uint64_t keep = UINT64_MAX, set = 0;

	while (n--) {
		struct opcode o = step_opcode(&before[n]);
		struct operand made = { 0 };
		enum effect effect = effect_of(&o, reg, bits, &made);

		if (effect == EFFECT_OPAQUE)
			break;
		if (effect == EFFECT_NONE)
			continue;
		set |= made.set & keep;
		keep &= made.keep;
		if (effect == EFFECT_MADE)
			return (struct operand){ made.source, keep & ~set, set };
	}
	return (struct operand){ OPERAND_UNKNOWN, 0, 0 };
}
