/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * run_profiles.h - the profiles that a run by the virtual clock keeps: one of each way
 *
 * The profiler changes no count, so the first machine of each way has it. The others
 * show that it did not.
 */
#ifndef RUN_PROFILES_H
#define RUN_PROFILES_H

#include "plan/scenario.h"
#include "store/store.h"

/* All of it stays the caller's. */
struct run_profiles {
	const char *top;		/* the checkout */
	const char *plugins;		/* folder of the emulator's plugins */
	const char *results;		/* the results folder */
	const char *traces;		/* folder that gets the plugin's traces, for as long as the run */
};

/*
 * run_profiles_plugin() - as runner_plugin_fn; arg is a struct run_profiles
 * A kernel that cannot be profiled is run without: a line on standard error says why.
 */
char *run_profiles_plugin(void *arg, const struct scenario *s, const struct scenario_way *way,
			  int machine);

/*
 * run_profiles_write() - profile/WAY.json of each way that has a trace; the traces are removed
 * @s:		the whole scenario of the run
 * What cannot be read is left out: a line on standard error says why.
 * Return: 0, or a negative errno with *err set when the samples cannot be read.
 */
int run_profiles_write(const struct run_profiles *r, const struct scenario *s,
		       struct store *store, const char *run, struct error **err);

#endif /* RUN_PROFILES_H */
