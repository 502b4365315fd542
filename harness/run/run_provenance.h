/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * run_provenance.h - what the samples of a run rest on
 *
 * Keys are described in results/README.md.
 */
#ifndef RUN_PROVENANCE_H
#define RUN_PROVENANCE_H

#include <jansson.h>

#include "run_base.h"

/* What host.c tells, with the order and the sides. The caller's; NULL with *err set. */
json_t *run_provenance(const struct run_base *b, struct error **err);

/* Adds a start to the provenance of a run, and keeps the worst error of the clock. */
void run_provenance_start(struct run_row *row, const struct calibration *c, size_t samples);

#endif /* RUN_PROVENANCE_H */
