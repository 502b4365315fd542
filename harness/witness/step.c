// SPDX-License-Identifier: GPL-2.0-only
/*
 * step.c - what an instruction does to the processor's mode, from its bytes
 */
#include "step.h"

#include <string.h>

#include "reboot_marks.h"

#define MOD(modrm)	((modrm) >> 6)
#define REG(modrm)	((modrm) >> 3 & 7)
#define RM(modrm)	((modrm) & 7)
#define IN_REGISTER	3		/* MOD: the operand is a register, not memory */

static const char *const names[STEP_KINDS] = {
	[STEP_NONE] = "none",
	[STEP_CR0] = "cr0",
	[STEP_CR3] = "cr3",
	[STEP_CR4] = "cr4",
	[STEP_CR_OTHER] = "cr_other",
	[STEP_LMSW] = "lmsw",
	[STEP_CLTS] = "clts",
	[STEP_LGDT] = "lgdt",
	[STEP_LIDT] = "lidt",
	[STEP_LLDT] = "lldt",
	[STEP_LTR] = "ltr",
	[STEP_FAR_JUMP] = "far_jump",
	[STEP_FAR_CALL] = "far_call",
	[STEP_FAR_RETURN] = "far_return",
	[STEP_INTERRUPT] = "interrupt",
	[STEP_INTERRUPT_RETURN] = "interrupt_return",
	[STEP_DEBUG] = "debug_register",
	[STEP_MSR] = "wrmsr",
	[STEP_CACHE] = "cache",
	[STEP_TRANSLATION] = "invlpg",
	[STEP_HALT] = "halt",
	[STEP_MARK] = "mark",
	[STEP_PLACE] = "place",
	[STEP_MODE] = "mode",
	[STEP_RESET] = "reset",
};

const char *step_name(enum step_kind kind)
{
	return names[kind];
}

enum step_kind step_from_name(const char *name)
{
	int kind = 0;

	while (kind < STEP_KINDS && strcmp(names[kind], name))
		kind++;
	return kind;
}

static bool is_prefix(uint8_t byte)
{
	static const uint8_t prefixes[] = {
		0x66, 0x67, 0xf0, 0xf2, 0xf3, 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65,
	};

	return memchr(prefixes, byte, sizeof(prefixes));
}

struct opcode step_opcode(const struct insn *insn)
{
	struct opcode o = { 0 };
	size_t n;

	for (n = 0; n < insn->size && is_prefix(insn->bytes[n]); n++)
		o.operand_size |= insn->bytes[n] == 0x66;
	o.prefixes = n;
	/* Alone it increments or decrements a register. */
	if (n + 1 < insn->size && (insn->bytes[n] & 0xf0) == 0x40)
		o.rex = insn->bytes[n++];
	o.at = insn->bytes + n;
	o.size = insn->size - n;
	return o;
}

static enum step_kind control_register(unsigned int number)
{
	static const enum step_kind kinds[] = { [0] = STEP_CR0, [3] = STEP_CR3, [4] = STEP_CR4 };

	return number == 0 || number == 3 || number == 4 ? kinds[number] : STEP_CR_OTHER;
}

/* Behind 0f 00 and 0f 01 the register field of the third byte says which it is. */
static enum step_kind system_group(uint8_t opcode, uint8_t modrm)
{
	if (opcode == 0x00)
		return REG(modrm) == 2 ? STEP_LLDT : REG(modrm) == 3 ? STEP_LTR : STEP_NONE;
	if (REG(modrm) == 6)
		return STEP_LMSW;
	if (MOD(modrm) == IN_REGISTER)
		return STEP_NONE;
	if (REG(modrm) == 7)
		return STEP_TRANSLATION;
	return REG(modrm) == 2 ? STEP_LGDT : REG(modrm) == 3 ? STEP_LIDT : STEP_NONE;
}

static void two_byte(const struct opcode *o, struct step *step)
{
	const uint8_t *op = o->at;
	uint8_t modrm = o->size > 2 ? op[2] : 0;

	if (op[1] == 0x06)
		step->kind = STEP_CLTS;
	else if (op[1] == 0x08 || op[1] == 0x09)
		step->kind = STEP_CACHE;
	else if (op[1] == 0x30)
		step->kind = STEP_MSR;
	if (o->size < 3)
		return;
	if (op[1] <= 0x01) {
		step->kind = system_group(op[1], modrm);
	} else if (op[1] == 0x22) {
		step->kind = control_register(o->rex & REX_R ? REG(modrm) + 8 : REG(modrm));
		step->reg = RM(modrm) + (o->rex & REX_B ? 8 : 0);
	} else if (op[1] == 0x23) {
		step->kind = STEP_DEBUG;
	}
}

static uint32_t little_endian(const uint8_t *p, size_t size)
{
	uint32_t value = 0;

	while (size--)
		value = value << 8 | p[size];
	return value;
}

/* Opcode, offset of 2 or 4 bytes, selector of 2. */
static void direct_target(const uint8_t *op, size_t size, struct step *step)
{
	if (size != 5 && size != 7)
		return;
	step->direct = true;
	step->offset = little_endian(op + 1, size - 3);
	step->selector = little_endian(op + size - 2, 2);
}

static void one_byte(const uint8_t *op, size_t size, struct step *step)
{
	uint8_t next = size > 1 ? op[1] : 0;

	if (op[0] == 0xea || op[0] == 0x9a) {
		step->kind = op[0] == 0xea ? STEP_FAR_JUMP : STEP_FAR_CALL;
		direct_target(op, size, step);
	} else if (op[0] == 0xff && size > 1 && MOD(next) != IN_REGISTER) {
		if (REG(next) == 3)
			step->kind = STEP_FAR_CALL;
		else if (REG(next) == 5)
			step->kind = STEP_FAR_JUMP;
	} else if (op[0] == 0xca || op[0] == 0xcb) {
		step->kind = STEP_FAR_RETURN;
	} else if (op[0] == 0xcd && size > 1) {
		step->kind = STEP_INTERRUPT;
		step->vector = next;
	} else if (op[0] == 0xcf) {
		step->kind = STEP_INTERRUPT_RETURN;
	} else if (op[0] == 0xf4) {
		step->kind = STEP_HALT;
	} else if (op[0] == 0xe6 && next == REBOOT_MARK_PORT) {
		step->kind = STEP_MARK;
	}
}

struct step step_of(const struct insn *insn)
{
	struct step step = { .kind = STEP_NONE, .vector = -1 };
	struct opcode o = step_opcode(insn);

	if (o.size > 1 && o.at[0] == 0x0f)
		two_byte(&o, &step);
	else if (o.size)
		one_byte(o.at, o.size, &step);
	return step;
}
