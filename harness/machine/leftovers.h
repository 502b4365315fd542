/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * leftovers.h - machines of the embedded driver that a killed harness left
 */
#ifndef LEFTOVERS_H
#define LEFTOVERS_H

#include "base/error.h"

/*
 * leftovers_end() - ends the QEMU processes that the state folder still names
 * @state_dir:	of the embedded driver; the caller holds its lock, so nobody
 *		else's machines are there
 * @ended:	counts them
 * A process is ended only if it is QEMU and was started with the machine's name
 * and this folder. Then the files that spoke of them go, QEMU's logs of earlier
 * runs too. Return: 0; -EIO with *err set when a process does not end.
 */
int leftovers_end(const char *state_dir, unsigned int *ended, struct error **err);

#endif /* LEFTOVERS_H */
