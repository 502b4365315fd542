/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * subprocess.h - run another program to its end, without a shell
 */
#ifndef SUBPROCESS_H
#define SUBPROCESS_H

#include <stdbool.h>

#include "error.h"

/*
 * subprocess_run() - runs argv[0], found in PATH, to its end
 * @argv:	ends with NULL
 * @output:	where its standard output goes as a string to be freed; NULL: it is dropped
 *
 * Standard input is empty; of standard error the last lines become the message.
 * Return: 0; -ENOENT when there is no such program; -EIO when it failed, with
 * class ERROR_INSTRUMENT (ERROR_HOST for a missing program).
 */
int subprocess_run(const char *const argv[], char **output, struct error **err);

/* The same of one that takes its time: what it says on standard error is shown as it comes. */
int subprocess_show(const char *const argv[], struct error **err);

/* The same with a text on its standard input, which may be longer than a pipe holds. */
int subprocess_feed(const char *const argv[], const char *input, char **output,
		    struct error **err);

/* The same with its standard output in a file, which may be longer than memory should hold. */
int subprocess_write(const char *const argv[], const char *path, struct error **err);

/* The path of a program that PATH leads to, to be freed; NULL when there is none. */
char *subprocess_path(const char *program);

/* True when a program of that name is found in PATH. */
bool subprocess_found(const char *program);

#endif /* SUBPROCESS_H */
