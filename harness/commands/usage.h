/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * usage.h - what is wrong with a command line
 */
#ifndef USAGE_H
#define USAGE_H

#include "base/error.h"

/* Sets *err with a hint where the command's options are told. Return: -EIO. */
int usage_error(struct error **err, const char *command, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * usage_bad_option() - what getopt_long() could not take
 * @c:		what it returned, '?' or ':' for an option without its value
 *
 * To be called at once after it; its own words are off (opterr 0, options beginning with ":").
 * Return: as usage_error().
 */
int usage_bad_option(struct error **err, const char *command, int c, char **argv);

#endif /* USAGE_H */
