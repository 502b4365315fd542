/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mixed.h - a chain whose reboots take several ways in turn
 *
 * What one way leaves behind in memory, the next one finds there. All ways of such a scenario share
 * each machine, so nothing of the machine and of its kernels' command line is one way's own.
 */
#ifndef MIXED_H
#define MIXED_H

#include "base/yaml_file.h"
#include "scenario.h"

/* Whether each machine takes the ways of chain.ways in turn. */
static inline bool mixed_is(const struct scenario *s)
{
	return s->chain.ways_count > 0;
}

/* What the machines of a mixed chain are called where others have the name of their way. */
#define MIXED_NAME "mixed"

/*
 * mixed_way() - the way that a reboot takes
 * @s:		mixed, and mixed_resolve() took it
 * @number:	of the reboot, from 1
 */
const struct scenario_way *mixed_way(const struct scenario *s, int number);

/*
 * mixed_resolve() - look up the names in chain.ways, each way's as its files are named
 * @s:		with its ways resolved
 * @f:		its text, for messages
 *
 * Return: 0, also where the scenario has no such chain; -EINVAL with *err set.
 */
int mixed_resolve(struct scenario *s, struct yaml_file *f, struct error **err);

#endif /* MIXED_H */
