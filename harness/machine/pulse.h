/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pulse.h - whether harness, machine and host keep running
 *
 * DOC: How it shows that something stood still
 *
 * The recorder's thread beats every PULSE_NS, whatever else it does.
 *
 *	The harness was stopped, or got no processor: a beat is late.
 *	The machine's process was: it is stopped, its control group is frozen, or one of its
 *	threads is runnable, at each beat, and its processor time does not grow. On a busy
 *	host runnable threads wait, which is a doubt of its own (run/host_load.h); only a very
 *	long wait counts here. A guest that idles has threads that sleep, so it is not taken
 *	for a stopped one, however long it idles. Where the host counts how long each thread
 *	waits for a processor (schedstat), a wait of STALL_LEAST_NS of a virtual CPU's thread
 *	counts, too.
 *	A hypervisor took a processor from this host: that processor's steal in /proc/stat
 *	jumps, as it does when the processor comes back. Beats and processor times may miss that.
 *
 * Short spells of the first two are kept as well, because lines.c adds them up. What stops a
 * process for less than a beat and lets it run in each, as cpulimit(1) does, is not seen.
 *
 * How long the machine waited for a processor is counted, too: a machine that the host starves
 * has not hung (reboot/wait.h).
 */
#ifndef PULSE_H
#define PULSE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/clock.h"
#include "reboot/stall.h"

#define PULSE_NS	(50 * NS_PER_MS)

/* How long a thread had waited for a processor at the last look. */
struct pulse_thread {
	pid_t id;
	int64_t waited_ns;
};

/* Zeroed but for beat_ns before the first beat. */
struct pulse {
	pid_t pid;			/* of the machine's process; 0: not known */
	int64_t beat_ns;		/* the newest beat */
	stall_vec stalls;		/* the last one of the machine grows while it lasts */
	/* Of the machine's process. */
	int64_t waited_ns;		/* its thread that waited longest for a processor, in all */
	int64_t ran_ns;			/* the newest beat at which it ran or slept */
	int64_t ticks;			/* its processor time then */
	size_t open;			/* number of the stall that lasts, from 1; 0: none does */
	VEC(struct pulse_thread) threads;
	int64_t threads_ns;		/* when they were read */
	int64_t seldom_ns;		/* when the host's processors were read */
	VEC(int64_t) stolen;		/* ticks of each processor of the host */
};

/* One look at the machine's process. */
struct vitals {
	bool stopped;			/* by a signal, a tracer or its control group */
	bool waits;			/* it has a runnable thread */
	int64_t ticks;			/* processor time of all its threads */
};

/* Sets the machine's process; pid 0: it has ended. */
void pulse_watch(struct pulse *p, pid_t pid, int64_t now_ns);

/* Looks at all three and adds what stood still to p->stalls. */
void pulse_beat(struct pulse *p, int64_t now_ns);

/* All that stood still up to now, into *to, which is overwritten; free it with vec_free(). Pure. */
void pulse_stalls(const struct pulse *p, int64_t now_ns, stall_vec *to);

/* The parts of a beat that read no file. Pure. */
void pulse_of_harness(struct pulse *p, int64_t now_ns);
void pulse_of_machine(struct pulse *p, int64_t now_ns, const struct vitals *v);
/* @waited_ns: that the thread waited for a processor so far; p->threads_ns is of the look before */
void pulse_of_thread(struct pulse *p, int64_t now_ns, pid_t id, int64_t waited_ns, bool vcpu);
/* @stat: the text of /proc/stat; @tick_ns: of its unit */
void pulse_of_host(struct pulse *p, int64_t now_ns, const char *stat, int64_t tick_ns);

/*
 * pulse_parse() - the text of a /proc/PID/stat. Pure.
 * Return: the state's letter; '\0', and *ticks untouched, when the text is something else.
 */
char pulse_parse(const char *stat, int64_t *ticks);

/* Frees what a pulse holds. */
void pulse_free(struct pulse *p);

#endif /* PULSE_H */
