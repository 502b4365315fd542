/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * comparison_table.h - one comparison by the wall clock as a table
 */
#ifndef COMPARISON_TABLE_H
#define COMPARISON_TABLE_H

#include <stdio.h>

#include "analysis/compare.h"
#include "analysis/words.h"

/* Writes a row for each metric, and below the table how each column was worked out. */
void comparison_table(FILE *f, const struct comparison *c, const struct compare_options *options);

/* "+5.0 %" of what there was; as many decimals as it takes. */
struct words comparison_percent(double share);

/* "+12.3" ms, or "−12.3". */
struct words comparison_ms(double s);

#endif /* COMPARISON_TABLE_H */
