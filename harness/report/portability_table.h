/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * portability_table.h - what each architecture and version of Linux costs a way, as a table
 */
#ifndef PORTABILITY_TABLE_H
#define PORTABILITY_TABLE_H

#include <stdio.h>

#include "plan/sizes.h"

/* Whether a way of those that are wanted (NULL: all) has kernel lines: else there is no table. */
bool portability_known(const struct sizes *sizes, bool (*wanted)(const char *way, void *arg),
		       void *arg);

/* The table and what its columns are. Ways without kernel lines have no row. */
void portability_table(FILE *f, const struct sizes *sizes,
		       bool (*wanted)(const char *way, void *arg), void *arg);

/* Share of the kernel lines that are for every architecture and version; NAN without any. */
double portability_share(const struct portability *p);

#endif /* PORTABILITY_TABLE_H */
