/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stall.h - times in which the instrument or the machine did not run
 */
#ifndef STALL_H
#define STALL_H

#include <stdint.h>

#include "base/vec.h"

/*
 * Less between request and ready, in one spell or in several, changes no figure that matters.
 * Spells are seen in steps of 50 ms, so none of 0.5 s is missed.
 */
#define STALL_LEAST_NS	INT64_C(400000000)

/* Shorter spells of the harness are not kept: on a busy host every beat is a little late. */
#define STALL_SHORT_NS	INT64_C(100000000)

/* Bytes that came meanwhile are stamped so long after the end of a stall, at most. */
#define STALL_ECHO_NS	INT64_C(100000000)

enum stall_of {
	STALL_RECORDER,		/* the harness itself was stopped, or given no processor */
	STALL_MACHINE,		/* the machine's process was */
	STALL_HOST,		/* a hypervisor took a processor from this host */
};

struct stall {
	int64_t from_ns, to_ns;		/* CLOCK_MONOTONIC of the host */
	enum stall_of of;
};

typedef VEC(struct stall) stall_vec;

#endif /* STALL_H */
