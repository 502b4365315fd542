/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * whole.h - whether the machine that came up is the one that went down
 *
 * A sample keeps the answer and, where it is no, what was poorer afterwards.
 */
#ifndef WHOLE_H
#define WHOLE_H

#include <stdint.h>

/* 0 is the answer of a sample that nobody compared. */
enum whole { WHOLE_UNKNOWN, WHOLE_YES, WHOLE_NO };

/* Databases keep these numbers as bits: a new difference goes to the end. */
enum difference {
	DIFFERENCE_CPUS,		/* CPUs online */
	DIFFERENCE_MEMORY,		/* MemTotal */
	DIFFERENCE_MEMORY_MAP,		/* System RAM in /proc/iomem */
	DIFFERENCE_CLOCKSOURCE,
	DIFFERENCE_TSC,			/* its frequency, as calibrated */
	DIFFERENCE_BLOCK_DEVICES,
	DIFFERENCE_INTERRUPT_CONTROLLERS,
	DIFFERENCE_TAINT,
	DIFFERENCE_WARNINGS,		/* of the new kernel in its log */
	DIFFERENCE_EFI_RUNTIME,		/* EFI's services, and the map that the next kernel needs */
	DIFFERENCES
};

_Static_assert(DIFFERENCES <= 64, "differences are bits of a uint64_t");

#define DIFFERENCE_BIT(d) (UINT64_C(1) << (d))

/* "cpus", "memory", "memory_map" ...; NULL for anything that is no difference. */
const char *difference_name(enum difference d);

#endif /* WHOLE_H */
