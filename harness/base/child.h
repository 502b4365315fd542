/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * child.h - another program in the foreground, with our own terminal
 *
 * Unlike subprocess.h nothing of it is read: what it says is for the user, and its
 * exit status is its answer.
 */
#ifndef CHILD_H
#define CHILD_H

#include "error.h"

/*
 * child_run() - run a program and wait for it
 * @argv:	ends with NULL; argv[0] is looked for in PATH
 * @dir:	where it runs; NULL: here
 * @status:	set to its exit status; 128 and the signal's number for one that a signal ended
 * A signal that asks us to end is handed on to it, and we end when it has. When it is ended by
 * SIGPIPE so are we: its standard output is ours, and its reader has gone.
 * Return: 0; a negative errno with *err set when it could not be started.
 */
int child_run(const char *const argv[], const char *dir, int *status, struct error **err);

#endif /* CHILD_H */
