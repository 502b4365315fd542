/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * perf.h - the performance events of a machine, as perf and libvirt name them
 */
#ifndef PERF_H
#define PERF_H

#include "reboot/sample.h"

struct perf_event_name {
	const char *libvirt;	/* in <perf> and, behind "perf.", in the statistics */
	unsigned int type;	/* of perf_event_open(2) */
	unsigned long long config;
};

extern const struct perf_event_name perf_events[PERF_COUNTERS];

/*
 * perf_available() - the events that this host counts, found by opening each
 * Return: bit 1 << enum perf_counter for each; 0 where perf is forbidden.
 * libvirt refuses to start a machine with an event that the host does not have.
 */
unsigned int perf_available(void);

/*
 * perf_samples() - whether this process may sample what its own programs do
 * @kernel:	and what the host's kernel does for them
 */
bool perf_samples(bool kernel);

#endif /* PERF_H */
