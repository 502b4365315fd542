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

static bool opens(struct perf_event_attr *attr)
{
	int fd;

	attr->size = sizeof(*attr);
	attr->disabled = 1;
	fd = syscall(SYS_perf_event_open, attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Each is opened on this process as libvirt opens it on a machine's. */
unsigned int perf_available(void)
{
	unsigned int bits = 0;

	for (int i = 0; i < PERF_COUNTERS; i++) {
		struct perf_event_attr attr = {
			.type = perf_events[i].type, .config = perf_events[i].config, .inherit = 1,
		};

		if (opens(&attr))
			bits |= 1u << i;
	}
	return bits;
}

bool perf_samples(bool kernel)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_CPU_CLOCK,
		.sample_type = PERF_SAMPLE_IP, .freq = 1, .sample_freq = 1, .exclude_kernel = !kernel,
	};

	return opens(&attr);
}
