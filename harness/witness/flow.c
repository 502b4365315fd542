// SPDX-License-Identifier: GPL-2.0-only
/*
 * flow.c - what an instruction does to the call stack, from its bytes
 */
#include "flow.h"

#define REG(modrm)	((modrm) >> 3 & 7)

enum flow flow_of(const struct insn *insn)
{
	struct opcode o = step_opcode(insn);
	const uint8_t *op = o.at;

	if (!o.size)
		return FLOW_ON;
	if (op[0] == 0xe8 || (op[0] == 0xff && o.size > 1 && REG(op[1]) == 2))
		return FLOW_CALL;
	if (op[0] == 0xc2 || op[0] == 0xc3)
		return FLOW_RETURN;
	if (op[0] == 0xcf)
		return FLOW_INTERRUPT_RETURN;
	if (op[0] == 0x0f && o.size > 1 && (op[1] == 0x07 || op[1] == 0x35))
		return FLOW_PROGRAM;
	return FLOW_ON;
}
