/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paper_sizes.h - how many lines each way is made of, as a table
 */
#ifndef PAPER_SIZES_H
#define PAPER_SIZES_H

#include <stdio.h>

#include "plan/sizes.h"

/* A row for each way that is wanted (wanted NULL: all). */
void size_table(FILE *f, const struct sizes *sizes, bool (*wanted)(const char *way, void *arg),
		void *arg);

/* What the columns are; counter may be "". */
void size_table_rule(FILE *f, const char *counter);

/* Share of the kernel lines that one architecture only can use; NAN without any. */
double size_arch_share(const struct size *size);

#endif /* PAPER_SIZES_H */
