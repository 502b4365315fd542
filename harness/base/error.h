/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * error.h - one error object that goes up, gathers context, is printed once
 *
 * A function that can fail takes a struct error ** last and returns 0 or a
 * negative errno (or NULL for a pointer). The place that fails calls
 * error_set(); callers add where it happened with error_wrap(); main prints it.
 * *err is NULL before the first failure and belongs to whoever holds it.
 */
#ifndef ERROR_H
#define ERROR_H

#include "cleanup.h"

/* What main's exit status is made from; see README, "Exit status". */
enum error_class {
	ERROR_USAGE = 2,	/* the command line or a file given by the user is wrong */
	ERROR_HOST = 3,		/* this host lacks something: a package, space, permission */
	ERROR_INSTRUMENT = 4,	/* the harness or the emulator failed, not the subject */
	ERROR_BUSY = 5,		/* another run holds what this one needs */
	ERROR_INTERRUPTED = 130,	/* the user asked to stop */
};

struct error {
	enum error_class class;
	int code;		/* a positive errno, or 0 */
	char *message;		/* outermost context first, "a: b: c" */
	char *hint;		/* what to do, or NULL */
};

/*
 * error_set() - the place that fails says what happened
 * @err:	where the error goes; *err is NULL
 * @class:	what main's exit status is made from
 * @code:	a positive errno, or 0 if there is none
 * @fmt:	what happened and where, without a full stop
 *
 * Return: -@code, or -EIO when @code is 0; the caller returns it in turn
 */
int error_set(struct error **err, enum error_class class, int code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * error_wrap() - a caller says during what it happened
 * @err:	an error that was set
 * @fmt:	goes before the message, with ": " between
 *
 * Return: as error_set() did
 */
int error_wrap(struct error **err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* What error_set() returned. */
int error_rc(const struct error *err);

/* Says what the user can do about it; a second hint replaces the first. */
void error_hint(struct error **err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Prints "lobosbench: message (strerror)" and the hint to f. */
void error_print(const struct error *err, FILE *f);

/* Frees the error; NULL is fine. */
void error_free(struct error *err);

DEFINE_CLEANUP(struct error, error_free)
#define CLEANUP_ERROR CLEANUP(cleanup_error_free)

#endif /* ERROR_H */
