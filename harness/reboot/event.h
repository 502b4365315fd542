/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * event.h - what happened in a machine, and when, on the host's clock
 */
#ifndef EVENT_H
#define EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "stream.h"

enum event_source {
	EVENT_MARK,		/* a mark; id is one of reboot_marks.h */
	EVENT_CONSOLE,		/* a console line that looks like a moment of a mark; id as above */
	EVENT_MACHINE,		/* of the machine as a whole; id is an enum machine_event */
	EVENT_SOURCES
};

enum machine_event { MACHINE_RESET = 1, MACHINE_CRASHED, MACHINE_STOPPED, MACHINE_PAUSED };

struct event {
	int64_t ns;		/* CLOCK_MONOTONIC of the host */
	enum event_source source;
	int id;
	bool by_plugin;		/* of a reset: QEMU's plugin saw it; else libvirt said so */
	uint8_t sequence;	/* of a mark */
	size_t offset;		/* byte in its line's stream where it begins */
	int64_t printk_ns;	/* of a console line: printk's stamp; -1: it has none */
	int number;		/* of a console line: that of the boot or the reboot it names; else -1 */
};

typedef VEC(struct event) event_vec;

/* What was wrong with the marks: none of these is ever a reading. */
struct mark_faults {
	unsigned int lost;	/* gaps in the sequence */
	unsigned int damaged;	/* bytes that make no record */
	unsigned int unknown;	/* ids that reboot_marks.h does not have */
};

/*
 * event_from_marks() - decode whole records of a marks stream from byte from on
 * Appends to *to, which holds this stream's earlier marks and nothing else. Pure.
 * Return: the offset of the first byte not yet decoded.
 */
size_t event_from_marks(const struct stream *marks, size_t from, event_vec *to,
			struct mark_faults *faults);

/*
 * event_from_console() - find console lines that look like moments of marks
 * A line of printk's is one when its whole text is in the table of event.c; any program can
 * print such a line, and sift.h says which of them count. Appends to *to. Pure; looks at whole
 * lines only.
 * Return: the offset of the first line not yet complete.
 */
size_t event_from_console(const struct stream *console, size_t from, event_vec *to);

/* Two tellings of a reset within this time, and no boot between them, are one reset. */
#define RESET_ECHO_NS INT64_C(5000000000)
/* How late a telling may come behind the marks of the boot that it led to. */
#define RESET_LATE_NS	INT64_C(250000000)
/* How far behind libvirt's telling the plugin's may be: as far as a processor is kept waiting. */
#define RESET_BEGIN_NS	INT64_C(10000000)

/* Puts events of several lines in order of time: machine before marks before console. Pure. */
void event_sort(event_vec *events);

/*
 * event_distinct_resets() - make one event of a reset that was reported more than once
 * @events:	events in order of time; the echoes of a reset are taken out
 *
 * One reset is reported two or three times, by emulation up to 0.1 s apart: SeaBIOS
 * finds that it ran before and resets once more. Reports belong to one reset when less
 * than RESET_ECHO_NS and nothing of a new boot lies between them, or only what came
 * less than RESET_LATE_NS before: a report goes through libvirt, a mark does not.
 * The first report of a reset counts, or the plugin's when that is at most RESET_BEGIN_NS
 * behind it: libvirt reports a reset when it is done, the plugin when the machine executes
 * its first instruction.
 *
 * Return: the resets that are left.
 */
unsigned int event_distinct_resets(event_vec *events);

/* Name of a mark as in reports ("request", "no_return"), or NULL. */
const char *mark_name(int id);

/* The id of that name, or -1. */
int mark_from_name(const char *name);

#endif /* EVENT_H */
