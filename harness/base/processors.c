// SPDX-License-Identifier: GPL-2.0-only
/*
 * processors.c - how many of the host's processors we may use
 */
#include "processors.h"

#include <sched.h>

int processors_usable(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) ? 1 : CPU_COUNT(&set);
}
