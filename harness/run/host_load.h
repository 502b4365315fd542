/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * host_load.h - how busy others kept the host's processors
 */
#ifndef HOST_LOAD_H
#define HOST_LOAD_H

#include <stdbool.h>
#include <stdint.h>

/* Counters since the host's boot; -1 where the host has them not. */
struct host_load {
	int64_t ns;		/* CLOCK_MONOTONIC of the reading */
	int64_t waited_us;	/* some task waited for a processor: "some" of /proc/pressure/cpu */
	int64_t stolen_ticks;	/* taken by the hypervisor below: "steal" of /proc/stat */
	int64_t all_ticks;	/* of all processors, whatever they did */
};

/* Parses the text of /proc/pressure/cpu: total of its "some" line in microseconds, or -1. Pure. */
int64_t host_load_waited(const char *pressure);

/* Parses the first line of /proc/stat; false leaves both at -1. Pure. */
bool host_load_ticks(const char *stat, int64_t *stolen, int64_t *all);

/* Reads the counters now. */
struct host_load host_load_read(void);

/*
 * host_load_busy() - whether others disturbed what was measured in between. Pure.
 * @from, @to:	readings before and after
 *
 * Return: true when tasks waited for a processor for more than 1/10 of the time, or
 * more than 1/50 of all processor time was stolen. A counter that the host
 * does not have says nothing.
 */
bool host_load_busy(const struct host_load *from, const struct host_load *to);

#endif /* HOST_LOAD_H */
