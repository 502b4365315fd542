/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nightly_outputs.h - a night's judgement for other programs
 *
 * All are written from struct nightly (../nightly.h); what they hold is described in
 * results/README.md.
 */
#ifndef NIGHTLY_OUTPUTS_H
#define NIGHTLY_OUTPUTS_H

#include <stdio.h>

#include "analysis/nightly.h"

/* JUnit XML: a suite for each scenario, a case for each metric. */
void junit_write(FILE *f, const struct nightly *n);
/* OpenMetrics 1.0 text, for Prometheus. */
void openmetrics_write(FILE *f, const struct nightly *n);
/* JSON; all that is known. */
void nightly_json_write(FILE *f, const struct nightly *n);
/* Markdown, short: for a message or a comment. */
void nightly_summary_write(FILE *f, const struct nightly *n);

/*
 * nightly_outputs_write() - junit.xml, metrics.txt, nightly.json, summary.md
 * @dir:	made if it is not there
 * Return: 0, or a negative errno with *err set.
 */
int nightly_outputs_write(const struct nightly *n, const char *dir, struct error **err);

#endif /* NIGHTLY_OUTPUTS_H */
