/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * spawn.h - run another program to its end, without a shell
 */
#ifndef SPAWN_H
#define SPAWN_H

#include <stdbool.h>

#include "error.h"

/*
 * spawn_run() - runs argv[0], found in PATH, to its end
 * @argv:	ends with NULL
 * @output:	where its standard output goes as a string to be freed; NULL: it is dropped
 *
 * Standard input is empty; of standard error the last lines become the message.
 * Return: 0; -ENOENT when there is no such program; -EIO when it failed, with
 * class ERROR_INSTRUMENT (ERROR_HOST for a missing program).
 */
int spawn_run(const char *const argv[], char **output, struct error **err);

/* True when a program of that name is found in PATH. */
bool spawn_found(const char *program);

#endif /* SPAWN_H */
