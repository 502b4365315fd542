/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * run_record.h - what a run leaves: its row, its folder, its provenance
 */
#ifndef RUN_RECORD_H
#define RUN_RECORD_H

#include "run_base.h"

struct run_record {
	struct run_row row;
	char *dir;			/* its folder, absolute */
	char *consoles;			/* in it */
};

/*
 * run_record_open() - continue the newest interrupted run of that text, or begin one
 * A run is not continued on another host, accelerator or images than it began with;
 * then a new one is begun, and a line on stderr says why.
 * Return: 0, or a negative errno with *err set. To be freed with run_record_close().
 */
int run_record_open(struct run_record *r, const struct run_base *base, struct error **err);
void run_record_close(struct run_record *r);

/*
 * run_record_end() - store how it ended, write samples.jsonl, print the summary
 * @ran:	what runner_run() returned, *err as it left it
 * Return: the exit status of summary_status() when the run is complete; a negative errno
 * with *err set: then the run can be continued.
 */
int run_record_end(struct run_record *r, const struct run_base *base, int ran, struct error **err);

/*
 * run_record_latest() - point results/latest to a complete run
 * Whoever follows it meanwhile sees the old or the new one.
 * Return: 0, or a negative errno with *err set.
 */
int run_record_latest(const char *results, const char *run, struct error **err);

#endif /* RUN_RECORD_H */
