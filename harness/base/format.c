// SPDX-License-Identifier: GPL-2.0-only
/*
 * format.c - a text made as printf() would print it
 */
#include "format.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

char *format(const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		abort();
	va_end(args);
	return text;
}
