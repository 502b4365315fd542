/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * emulator.h - QEMU, started so that it does not outlive the program that started it
 */
#ifndef EMULATOR_H
#define EMULATOR_H

#include "base/error.h"

/*
 * emulator_make() - a program that starts QEMU
 * @state_dir:	absolute; the program is put below it
 * @name:	of QEMU's own program, found in PATH
 *
 * It takes QEMU's arguments. QEMU is killed when its parent ends, which is the supervisor
 * that reaps it.
 *
 * Return: its path, to be freed. NULL without *err when QEMU or setpriv is not found, a path
 * would have to be quoted, or nothing can be executed below state_dir; with *err set when it
 * cannot be written.
 */
char *emulator_make(const char *state_dir, const char *name, struct error **err);

#endif /* EMULATOR_H */
