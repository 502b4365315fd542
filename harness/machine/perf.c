// SPDX-License-Identifier: GPL-2.0-only
/*
 * perf.c - the performance events of a machine, as perf and libvirt name them
 */
#include <assert.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "perf.h"

const struct perf_event_name perf_events[PERF_COUNTERS] = {
	[PERF_TASK_CLOCK_NS] = { "task_clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK },
	[PERF_PAGE_FAULTS] = { "page_faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS },
	[PERF_CONTEXT_SWITCHES] = { "context_switches", PERF_TYPE_SOFTWARE,
				    PERF_COUNT_SW_CONTEXT_SWITCHES },
	[PERF_CYCLES] = { "cpu_cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES },
	[PERF_INSTRUCTIONS] = { "instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS },
};

static_assert(PERF_INSTRUCTIONS + 1 == PERF_COUNTERS, "every counter has its name");

/* Each is opened on this process as libvirt opens it on a machine's. */
unsigned int perf_available(void)
{
	unsigned int bits = 0;

	for (int i = 0; i < PERF_COUNTERS; i++) {
		struct perf_event_attr attr = {
			.type = perf_events[i].type,
			.size = sizeof(attr),
			.config = perf_events[i].config,
			.inherit = 1,
			.disabled = 1,
		};
		int fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);

		if (fd < 0)
			continue;
		bits |= 1u << i;
		close(fd);
	}
	return bits;
}
