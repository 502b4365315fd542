/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * phase.h - events of one reboot into phases
 *
 * One table says which event begins which phase; every moment from request to
 * ready belongs to exactly one phase, so the phases of a reboot add up to its
 * latency. A phase may have several intervals (load: copying ahead of the
 * shutdown, then reading inside the call): they are summed.
 */
#ifndef PHASE_H
#define PHASE_H

#include "event.h"

enum phase {
	PHASE_SHUTDOWN,
	PHASE_LOAD,
	PHASE_QUIESCE,
	PHASE_HANDOFF,
	PHASE_FIRMWARE,
	PHASE_BOOTLOADER,
	PHASE_DECOMPRESS,
	PHASE_KERNEL,
	PHASE_USERSPACE,
	PHASES
};

enum phase_state {
	PHASE_ABSENT,		/* this way has no such phase */
	PHASE_SEEN,
	PHASE_UNKNOWN		/* it must have been there and could not be seen */
};

struct phase_time {
	enum phase_state state;
	int64_t ns;		/* of all its intervals; meaningful when SEEN */
	int64_t first_begin_ns;	/* host clock */
	int64_t last_end_ns;
	int64_t instructions;		/* executed in them, by the virtual clock; else -1 */
	bool from_console;	/* a border came from console text, not from a mark */
	bool from_event;	/* a border is libvirt's event of a reset */
};

struct phases {
	struct phase_time at[PHASES];
	int64_t request_ns;	/* host clock; -1 if not seen */
	int64_t ready_ns;	/* host clock; -1 if not seen */
	bool request_on_console, ready_on_console;	/* console text says so, not a mark */
	enum phase last_begun;	/* where a reboot that never got ready was; PHASES if nowhere */
};

/* "shutdown" ... "userspace"; phase_from_name() returns PHASES for anything else. */
const char *phase_name(enum phase p);
enum phase phase_from_name(const char *name);

/*
 * phases_of() - the phases of one reboot. Pure.
 * @events:	from the request on, in order of time, n of them, console lines sifted
 * @expected:	bit 1 << phase set for each phase the way has (impl.yaml)
 */
struct phases phases_of(const struct event *events, size_t n, unsigned int expected);

/* The phase that a moment belongs to; PHASES: none, or it is not known. Pure. */
enum phase phase_at(const struct event *events, size_t n, unsigned int expected, int64_t ns);

#endif /* PHASE_H */
