// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage.c - what is wrong with a command line
 */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <string.h>

#include "base/path.h"
#include "usage.h"

int usage_error(struct error **err, const char *command, const char *fmt, ...)
{
	CLEANUP_FREE char *what = NULL;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vasprintf(&what, fmt, args);
	va_end(args);
	if (n < 0)
		abort();
	error_set(err, ERROR_USAGE, 0, "%s", what);
	error_hint(err, "`lobosbench %s --help` tells the options", command);
	return -EIO;
}

int usage_bad_option(struct error **err, const char *command, int c, char **argv)
{
	if (c == ':')
		return usage_error(err, command, "%s needs a value", argv[optind - 1]);
	/* A letter that is none of the long options' own values was itself the option. */
	if (optopt && strncmp(argv[optind - 1], "--", 2))
		return usage_error(err, command, "there is no option -%c", optopt);
	return usage_error(err, command, "there is no option %s", argv[optind - 1]);
}
