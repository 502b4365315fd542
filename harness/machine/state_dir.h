/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * state_dir.h - the folder of libvirt's embedded driver
 */
#ifndef STATE_DIR_H
#define STATE_DIR_H

#include "base/error.h"

/* libvirt makes "/lib/qemu/domain-N-NAME/monitor.sock" below it; a socket path has 107 bytes. */
#define STATE_DIR_LENGTH 50

/*
 * state_dir_take() - makes the folder, writes the driver's settings, locks it
 * @path:	absolute, at most STATE_DIR_LENGTH bytes
 * Return: the lock, to be closed when the driver has ended; a negative errno with
 * *err set, of ERROR_BUSY when another harness has it.
 */
int state_dir_take(const char *path, struct error **err);

#endif /* STATE_DIR_H */
