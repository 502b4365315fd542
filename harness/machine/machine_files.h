/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine_files.h - the files one machine is made of
 */
#ifndef MACHINE_FILES_H
#define MACHINE_FILES_H

#include "plan/trial_plan.h"

#define MACHINE_NONCE_BYTES 17		/* 16 hex digits */

/* All paths are absolute and owned; free with machine_files_free(). */
struct machine_files {
	char name[64];			/* base name of what is kept in the consoles folder */
	char nonce[MACHINE_NONCE_BYTES];
	char id[MACHINE_NONCE_BYTES];	/* tells machines of several harnesses on one host apart */
	char *boot_disk, *root_disk;	/* overlays in the work folder */
	char *other_disks[TRIAL_DISKS_MOST];	/* likewise, with kernels that reboots lead to */
	unsigned int other_disks_count;
	char *variables;		/* of UEFI, in the work folder; NULL: the machine has a BIOS */
	char *trial, *request, *before;	/* what the machine reads of its trial, in the work folder;
					 * before is NULL when there is nothing to be done */
	char *console, *data;		/* kept: written by the machine from its first byte on */
	char *marks, *stamps;		/* kept: written by raw_lines.c */
	char *registers;		/* kept: of each CPU, only where a reboot failed */
	char *socket;			/* of the marks, made by the recorder */
	char *trace;			/* kept: what the emulator's plugin writes; NULL: it has none */
	/* In the work folder, to where these are kept. */
	char *console_link, *data_link, *trace_link;
};

/*
 * machine_files_make() - disks, orders and the places of the lines
 * The work folder gets console.log and data.log as links to where they are kept,
 * so that what a killed harness recorded stays.
 * Return: 0, or a negative errno with *err set; free f in either case.
 */
int machine_files_make(const struct trial_plan *plan, struct machine_files *f, struct error **err);

/* Removes what lies in the work folder and frees the paths; what is kept stays. */
void machine_files_free(struct machine_files *f);

/*
 * machine_files_orders() - the text of TRIAL_FILE. Pure.
 * @nonce: of the trial
 * Return: the text, to be freed.
 */
char *machine_files_orders(const struct trial_plan *plan, const char *nonce);

/*
 * machine_files_request() - the text of TRIAL_FILE_REQUEST. Pure.
 * Words for the new kernel's command line that come on top of a running one
 * (options, a fault) are added in front of the way's own text.
 * Return: the text, to be freed.
 */
char *machine_files_request(const struct trial_plan *plan);

/*
 * machine_files_before() - the text of TRIAL_FILE_BEFORE. Pure.
 * The same addition to the command line, that of the scenario, then that of each option of the
 * way. One that fails is the last.
 * Return: the text, to be freed; NULL when there is nothing to be done.
 */
char *machine_files_before(const struct trial_plan *plan);

#endif /* MACHINE_FILES_H */
