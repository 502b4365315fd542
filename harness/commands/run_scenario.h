/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * run_scenario.h - a scenario into a run, for each command that makes one
 */
#ifndef RUN_SCENARIO_H
#define RUN_SCENARIO_H

#include "base/options.h"
#include "plan/scenario_override.h"

struct run_options {
	const char *scenario;			/* as a user names it */
	struct option_list ways;
	struct scenario_override override;	/* all but its ways and its commit */
	const char *against;			/* as the user wrote it */
	bool begin_new;
	bool prints_chains;			/* also says what the report does of chains of reboots */
};

/*
 * run_scenario() - run what is left of it, write its report
 * Return: an exit status, or a negative errno with *err set.
 */
int run_scenario(const struct settings *global, const struct run_options *o, struct error **err);

#endif /* RUN_SCENARIO_H */
