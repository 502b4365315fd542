/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * account.h - what the witness saw of one reboot, as results/README.md has it
 *
 * Pure: a trace of the plugin and the bytes of the marks in, JSON out.
 */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <jansson.h>
#include <stdint.h>

#include "base/error.h"

#define ACCOUNT_SCHEMA	1

/*
 * account_of() - the account of the first reboot in a trace
 * @trace:	lines of JSON, as the plugin wrote them (crossing.h)
 * @marks:	what came out of the port of the marks in the same machine, n bytes
 * Return: a new reference; NULL with *err set (ERROR_INSTRUMENT) when trace and marks
 * do not agree, or the trace holds no reboot to its end.
 */
json_t *account_of(const char *trace, const uint8_t *marks, size_t n, struct error **err);

#endif /* ACCOUNT_H */
