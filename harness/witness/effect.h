/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * effect.h - what an instruction is sure not to do, from its bytes
 *
 * Pure. Encodings as in step.h. For an instruction that is not known here nothing
 * is sure.
 */
#ifndef EFFECT_H
#define EFFECT_H

#include "step.h"

/*
 * insn_is_plain() - once begun, it ends, and the one behind it is begun
 * It touches no memory, cannot fault and does not jump: so it can be counted together
 * with the one behind it.
 */
bool insn_is_plain(const struct insn *insn);

/* Whatever it does to memory, it stores nothing there. A fault of it may. */
bool insn_stores_nothing(const struct insn *insn);

#endif /* EFFECT_H */
