/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cmd_run_options.h - the command line of lobosbench run
 */
#ifndef CMD_RUN_OPTIONS_H
#define CMD_RUN_OPTIONS_H

#include "plan/scenario_override.h"

#define RUN_WAYS_MAX	32

struct run_options {
	const char *scenario;
	struct scenario_override override;
	const char *ways[RUN_WAYS_MAX];
	const char *against;		/* as the user wrote it */
	bool begin_new;
};

/*
 * run_options_parse() - what the user asked for
 * @o:		zeroed; its texts are those of argv
 * Return: 0, or a negative errno with *err set.
 */
int run_options_parse(int argc, char **argv, struct run_options *o, struct error **err);

#endif /* CMD_RUN_OPTIONS_H */
