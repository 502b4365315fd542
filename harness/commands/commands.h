/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * commands.h - the commands of lobosbench
 *
 * Each lies in a file cmd_NAME.c and is one struct; main.c lists them.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <stddef.h>

#include "base/error.h"
#include "base/options.h"

struct command {
	const char *name;
	const char *summary;		/* in the list of commands */
	const char *prose;		/* paragraphs; the help breaks their lines */
	const struct option *options;	/* NULL: it takes none */
	const char *statuses;		/* what its own exit statuses mean; NULL: 0 is success */
	const char *examples;		/* command lines, one a line */
	bool supervised;		/* it starts machines; see base/supervisor.h */
	size_t size;			/* of the struct that the options fill */
	const void *defaults;		/* what it holds before; NULL: zeros */

	/*
	 * run() - do it
	 * @global:	complete
	 * @given:	the filled struct
	 * Return: an exit status, or a negative errno with *err set: then main takes the
	 * status from the error's class.
	 */
	int (*run)(const struct settings *global, const void *given, struct error **err);
};

extern const struct command command_bisect;
extern const struct command command_compare;
extern const struct command command_dashboard;
extern const struct command command_doctor;
extern const struct command command_export;
extern const struct command command_figures;
extern const struct command command_list;
extern const struct command command_matrix;
extern const struct command command_merge;
extern const struct command command_nightly;
extern const struct command command_nightly_report;
extern const struct command command_profile;
extern const struct command command_report;
extern const struct command command_run;
extern const struct command command_show;
extern const struct command command_sizes;
extern const struct command command_soak;
extern const struct command command_witness;

#endif /* COMMANDS_H */
