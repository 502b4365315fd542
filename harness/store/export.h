/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * export.h - samples as lines for other programs
 */
#ifndef EXPORT_H
#define EXPORT_H

#include <stdio.h>

#include "store.h"

enum export_format { EXPORT_JSONL, EXPORT_CSV };

/*
 * export_samples() - write n samples
 * @format:	EXPORT_JSONL: one JSON object a line, the keys of results/README.md in that
 *		order; EXPORT_CSV: RFC 4180, the same columns, one more for each phase
 * @out:	stays the caller's; its errors are checked
 * @name:	what out is, for messages
 * @err:	set on failure
 *
 * Return: 0, or a negative errno with *err set.
 */
int export_samples(const struct sample *samples, size_t n, enum export_format format, FILE *out,
		   const char *name, struct error **err);

/*
 * export_file() - the same into a file that is there whole or not at all
 * Return: 0, or a negative errno with *err set: then a file that was there before still is.
 */
int export_file(const struct sample *samples, size_t n, enum export_format format,
		const char *path, struct error **err);

#endif /* EXPORT_H */
