/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report.h - the report of one run
 */
#ifndef REPORT_H
#define REPORT_H

#include "base/options.h"
#include "store/store.h"

/**
 * report_write() - write the report of one run into its folder
 * @global:	options of every command; says where the results are
 * @store:	open for writing; stays the caller's
 * @run:	name of the run: its row in the database and its folder below the results,
 *		which is there
 * @err:	set on failure
 *
 * Writes report.md, report.html, report.pdf, proofs.json and figures/ and replaces older
 * ones, and does what report_prove() does. An interrupted
 * run has a report too; one without any sample says so.
 *
 * Return: 0; 1 when the witness contradicts a way of the run; a negative errno with *err set:
 * what could be written stays.
 */
int report_write(const struct settings *global, struct store *store, const char *run,
		 struct error **err);

/**
 * report_prove() - store what the witness says of each way of a run
 *
 * Accounts of the witness that are evidence are copied into the run's folder, and what they say
 * goes into the database: it is part of the verdict of the samples that are read from there.
 *
 * Return: 0, or a negative errno with *err set.
 */
int report_prove(const struct settings *global, struct store *store, const char *run,
		 struct error **err);

/**
 * report_write_to() - the report of one run into another folder, and nothing else
 * @store:	open, may be read-only; stays the caller's
 * @dir:	made if it is not there
 *
 * Return: as report_write().
 */
int report_write_to(const struct settings *global, struct store *store, const char *run,
		    const char *dir, struct error **err);

/**
 * report_soak() - what a run shows of chains of reboots, as Markdown for a terminal
 * @f:		gets it
 *
 * Return: 0, or a negative errno with *err set.
 */
int report_soak(const struct settings *global, struct store *store, const char *run, FILE *f,
		struct error **err);

/**
 * report_publish() - write the figures of one run for print, see figures.h
 * @dir:	absolute; made if it is not there
 * @said:	gets a line a figure
 *
 * Return: 0, or a negative errno with *err set; what could be written stays.
 */
int report_publish(const struct settings *global, struct store *store, const char *run,
		   const char *dir, FILE *said, struct error **err);

#endif /* REPORT_H */
