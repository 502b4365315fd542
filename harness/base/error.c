// SPDX-License-Identifier: GPL-2.0-only
/*
 * error.c - one error object that goes up, gathers context, is printed once
 */
#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "error.h"

/* What the functions below leave when there is no memory even for the words. */
static const char *no_memory = "out of memory";

static char *format(const char *fmt, va_list args)
{
	char *text;

	if (vasprintf(&text, fmt, args) < 0)
		return NULL;
	return text;
}

int error_rc(const struct error *err)
{
	return err->code ? -err->code : -EIO;
}

int error_set(struct error **err, enum error_class class, int code, const char *fmt, ...)
{
	struct error *e = calloc(1, sizeof(*e));
	va_list args;

	assert(!*err);
	if (!e)
		abort();
	e->class = class;
	e->code = code;
	va_start(args, fmt);
	e->message = format(fmt, args);
	va_end(args);
	if (!e->message)
		e->message = strdup(no_memory);
	*err = e;
	return error_rc(e);
}

int error_wrap(struct error **err, const char *fmt, ...)
{
	CLEANUP_FREE char *before = NULL;
	struct error *e = *err;
	va_list args;
	char *whole;

	assert(e);
	va_start(args, fmt);
	before = format(fmt, args);
	va_end(args);
	if (before && asprintf(&whole, "%s: %s", before, e->message) >= 0) {
		free(e->message);
		e->message = whole;
	}
	return error_rc(e);
}

void error_hint(struct error **err, const char *fmt, ...)
{
	va_list args;
	char *hint;

	assert(*err);
	va_start(args, fmt);
	hint = format(fmt, args);
	va_end(args);
	if (!hint)
		return;
	free((*err)->hint);
	(*err)->hint = hint;
}

void error_print(const struct error *err, FILE *f)
{
	fprintf(f, "lobosbench: %s", err->message);
	/* What is wrong with a user's input is in the message; "Invalid argument" adds nothing. */
	if (err->code && !(err->class == ERROR_USAGE && err->code == EINVAL))
		fprintf(f, " (%s)", strerror(err->code));
	fputc('\n', f);
	if (err->hint)
		fprintf(f, "lobosbench: %s\n", err->hint);
}

void error_free(struct error *err)
{
	if (!err)
		return;
	free(err->message);
	free(err->hint);
	free(err);
}
