/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scenario_override.h - a scenario with the options of the command line
 *
 * The options become part of the scenario's text. That text is what a run
 * records and what a later one is compared with, so it says all that was asked
 * for, and resuming is exact.
 *
 * A way is written WAY[/IMAGE][+OPTION]...: "kexec/vmlinux+no-checks"; with +plain it is given none
 * of the scenario's hints. A bare WAY keeps
 * all entries that the scenario has of it; as a side of a comparison it is the way's
 * default form, for a side is written in full. Side A is the one way that is asked
 * for, or the only one of the scenario; without versus side B is the same.
 */
#ifndef SCENARIO_OVERRIDE_H
#define SCENARIO_OVERRIDE_H

#include "scenario.h"

struct scenario_override {
	const char *const *ways;	/* keep these; one that the scenario does not have is added */
	unsigned int ways_count;	/* 0: all of the scenario */
	const char *machines;		/* each as written by the user, or NULL */
	const char *reboots;
	const char *parallel;
	const char *seed;
	const char *accelerator;
	const char *kernel;		/* of the machine, each as in a scenario, or NULL */
	const char *chipset;
	const char *firmware;
	const char *versus;		/* side B of a comparison, as --way; or NULL */
	const char *against;		/* full id of the commit that side B is of; or NULL */
	const char *most;		/* counted reboots a side; or NULL */
	const char *clock;		/* as in a scenario, both; or NULL */
	const char *shard;
	const char *exact_machines;	/* set by scenario_load_overridden() */
	const char *exact_reboots;
};

/*
 * scenario_override_text() - the YAML text with the options worked in. Pure.
 * @text:	of a scenario that scenario_load() took; in a comparison it loses the keys that
 *		have no place there, chain.machines and chain.parallel
 * Return: the text, to be freed, the same as before when there are no options;
 * NULL with *err set. The values are not checked here.
 */
char *scenario_override_text(const char *text, const struct scenario_override *o,
			     struct error **err);

/*
 * scenario_whole_text() - the YAML text of the run that a shard is of. Pure.
 * @text:	of a shard's scenario
 *
 * Return: the text without its shard, to be freed: the same for all shards of one run; NULL when
 * it is no YAML.
 */
char *scenario_whole_text(const char *text);

/*
 * scenario_load_overridden() - scenario_load() with options
 * The machines of a comparison get short chains, unless reboots says otherwise, and a comparison of
 * a scenario with both clocks goes by the wall clock, unless clock does. In a run by both clocks
 * machines and reboots are of the wall clock; the exact chains have at most as many.
 * Return: the scenario, its text as above; NULL with *err set.
 */
struct scenario *scenario_load_overridden(const char *path, const struct scenario_override *o,
					  struct error **err);

#endif /* SCENARIO_OVERRIDE_H */
