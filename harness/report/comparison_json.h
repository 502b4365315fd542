/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * comparison_json.h - comparisons for other programs
 */
#ifndef COMPARISON_JSON_H
#define COMPARISON_JSON_H

#include <stdio.h>

#include "analysis/compare_set.h"

/* One object; its keys are in results/README.md. */
void comparison_write_json(FILE *f, const struct comparison_set *set);

#endif /* COMPARISON_JSON_H */
