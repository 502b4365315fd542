// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect.c - what an instruction is sure not to do, from its bytes
 */
#include "effect.h"

#define IN_REGISTER	3
#define MOD(modrm)	((modrm) >> 6)
#define REG(modrm)	((modrm) >> 3 & 7)

static bool is_plain_one(uint8_t op, uint8_t modrm)
{
	bool reg = MOD(modrm) == IN_REGISTER;

	/* add, or, adc, sbb, and, sub, xor, cmp: with a register, with EAX and a constant */
	if (op < 0x40)
		return (op & 7) < 4 ? reg : (op & 7) < 6;
	/* inc, dec; xchg with EAX, cbw, cwd; mov of a constant; xchg, mov, test of registers */
	if (op < 0x50 || (op >= 0x90 && op <= 0x99) || (op & 0xf0) == 0xb0)
		return true;
	if (op >= 0x80 && op <= 0x8b)
		return reg;
	/* shifts */
	if (op == 0xc0 || op == 0xc1 || (op >= 0xd0 && op <= 0xd3))
		return reg;
	switch (op) {
	case 0x69: case 0x6b: case 0xc6: case 0xc7:	/* imul, mov of a constant */
		return reg;
	case 0x8d:					/* lea, which is no access */
		return !reg;
	case 0xa8: case 0xa9:				/* test with EAX and a constant */
	case 0xf5: case 0xf8: case 0xf9:		/* cmc, clc, stc */
	case 0xfc: case 0xfd:				/* cld, std */
		return true;
	case 0xf6: case 0xf7:				/* test, not, neg, mul, imul; not div */
		return reg && REG(modrm) < 6;
	case 0xfe: case 0xff:				/* inc, dec */
		return reg && REG(modrm) < 2;
	default:
		return false;
	}
}

static bool is_plain_two(uint8_t op, uint8_t modrm)
{
	bool reg = MOD(modrm) == IN_REGISTER;

	if (op >= 0xc8 && op <= 0xcf)			/* bswap */
		return true;
	/* cmov, set */
	if ((op & 0xf0) == 0x40 || (op & 0xf0) == 0x90)
		return reg;
	switch (op) {
	case 0x1f:					/* nop with an operand that is not read */
		return true;
	case 0xa3: case 0xab: case 0xb3: case 0xbb:	/* bt, bts, btr, btc */
	case 0xa4: case 0xa5: case 0xac: case 0xad:	/* shld, shrd */
	case 0xaf: case 0xbc: case 0xbd:		/* imul, bsf, bsr */
	case 0xb6: case 0xb7: case 0xbe: case 0xbf:	/* movzx, movsx */
		return reg;
	case 0xba:
		return reg && REG(modrm) >= 4;
	default:
		return false;
	}
}

/* lock, rep and segments change what some of these are; 66 and REX only sizes and registers. */
static bool is_known(const struct opcode *o)
{
	return o->size && (!o->prefixes || (o->prefixes == 1 && o->operand_size));
}

bool insn_is_plain(const struct insn *insn)
{
	struct opcode o = step_opcode(insn);

	if (!is_known(&o))
		return false;
	if (o.at[0] == 0x0f)
		return o.size > 1 && is_plain_two(o.at[1], o.size > 2 ? o.at[2] : 0);
	return is_plain_one(o.at[0], o.size > 1 ? o.at[1] : 0);
}

/* Those that may load, or jump, and do no more. */
static bool only_loads_one(uint8_t op, uint8_t modrm)
{
	/* add ... xor to a register; cmp; pop; jumps on a condition */
	if (op < 0x40)
		return (op & 7) == 2 || (op & 7) == 3 || (op >= 0x38 && (op & 7) < 4);
	if ((op >= 0x58 && op <= 0x5f) || (op & 0xf0) == 0x70)
		return true;
	switch (op) {
	case 0x69: case 0x6b: case 0x84: case 0x85:	/* imul, test */
	case 0x8a: case 0x8b: case 0xa0: case 0xa1:	/* mov to a register */
	case 0xac: case 0xad: case 0xc2: case 0xc3:	/* lods, ret */
	case 0xc9: case 0xe9: case 0xeb:		/* leave, jmp */
		return true;
	case 0x80: case 0x81: case 0x83:		/* cmp with a constant */
		return REG(modrm) == 7;
	case 0xf6: case 0xf7:				/* test, mul, imul, div, idiv */
		return REG(modrm) == 0 || REG(modrm) >= 4;
	case 0xff:					/* jmp */
		return REG(modrm) == 4;
	default:
		return false;
	}
}

static bool only_loads_two(uint8_t op)
{
	/* cmov; jumps on a condition */
	if ((op & 0xf0) == 0x40 || (op & 0xf0) == 0x80)
		return true;
	return op == 0xa3 || op == 0xaf || (op & 0xf6) == 0xb6;	/* bt, imul, movzx, movsx */
}

bool insn_stores_nothing(const struct insn *insn)
{
	struct opcode o = step_opcode(insn);

	if (!is_known(&o))
		return false;
	if (insn_is_plain(insn))
		return true;
	if (o.at[0] == 0x0f)
		return o.size > 1 && only_loads_two(o.at[1]);
	return only_loads_one(o.at[0], o.size > 1 ? o.at[1] : 0);
}
