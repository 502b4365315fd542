// SPDX-License-Identifier: GPL-2.0-only
/*
 * die.c - the one way in which the commands fail
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"

void (*die_first)(void);

void die(int error, const char *format, ...)
{
	va_list args;

	if (die_first)
		die_first();
	fprintf(stderr, "%s: ", program_invocation_short_name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, ": %s\n", strerror(error));
	exit(error);
}
