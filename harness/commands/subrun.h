/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * subrun.h - `lobosbench run` as a process of its own
 */
#ifndef SUBRUN_H
#define SUBRUN_H

#include "base/options.h"

/*
 * subrun() - run a scenario
 * @results:	the folder that gets the run
 * @scenario:	as a user names it
 * @status:	set to the exit status
 * Return: 0; a negative errno with *err set when it could not be started or was interrupted.
 */
int subrun(const struct settings *global, const char *results, const char *scenario, int *status,
	   struct error **err);

#endif /* SUBRUN_H */
