/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flow.h - what an instruction does to the call stack, from its bytes
 *
 * Pure. Encodings as in step.h, of code of 32 and 64 bits. Far calls and returns are left out: a
 * kernel uses them to change its mode, never to call a function of its own.
 */
#ifndef FLOW_H
#define FLOW_H

#include "step.h"

enum flow {
	FLOW_ON,			/* none of these */
	FLOW_CALL,
	FLOW_RETURN,
	FLOW_INTERRUPT_RETURN,		/* iret: to what was interrupted, or to a program */
	FLOW_PROGRAM,			/* sysexit, sysret: to a program */
};

enum flow flow_of(const struct insn *insn);

#endif /* FLOW_H */
