/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * virtual_clock.h - the machine's own time, as witness/plugin_clock.c stamps it
 *
 * With -icount each instruction takes 2^VIRTUAL_CLOCK_SHIFT nanoseconds, and a
 * processor that waits skips to the next timer. So a time is a function of what
 * the machine was given, the same in every run.
 */
#ifndef VIRTUAL_CLOCK_H
#define VIRTUAL_CLOCK_H

#include "event.h"

/*
 * 125 million instructions a virtual second. A kernel that starts waits by the clock for 0.2 s in
 * loops: the faster the machine, the more instructions of waiting there are, which say nothing, and
 * which are slow to emulate (reading a clock leaves the translated code). With 2 ns
 * an instruction a chain of three boots took 1.6 times as long as with these 8.
 */
#define VIRTUAL_CLOCK_SHIFT	3
#define VIRTUAL_CLOCK_TICK_NS	(INT64_C(1) << VIRTUAL_CLOCK_SHIFT)

/* All that enters such a machine is the same each time: the moment it starts at, what it draws. */
#define VIRTUAL_CLOCK_START	"1767225600"	/* 2026-01-01 00:00:00 UTC */
#define VIRTUAL_CLOCK_SEED	"1"
#define VIRTUAL_CLOCK_UUID	"6c6f626f-7362-4e63-8000-76697274756c"
#define VIRTUAL_CLOCK_NONCE	"0123456789abcdef"

/* One line of the plugin's file. */
struct clock_stamp {
	int64_t instructions, ns;	/* since the machine started */
	bool reset;			/* the reset vector; else a byte on the port of the marks */
};

typedef VEC(struct clock_stamp) clock_stamp_vec;

enum virtual_unit { VIRTUAL_NS, VIRTUAL_INSTRUCTIONS };

/*
 * virtual_clock_parse() - the stamps of the plugin's file. Pure.
 * @text:	n bytes; a last line without an end is left out
 * @to:		appended to
 * Return: true; false when a line is none of the plugin's.
 */
bool virtual_clock_parse(const char *text, size_t n, clock_stamp_vec *to);

/*
 * virtual_clock_events() - events of a window on the virtual clock. Pure.
 * @events:	of a machine's lines, in order
 * @stamps:	of the whole machine
 * @unit:	what becomes the events' ns
 * @to:		appended to: marks, and a reset where one was executed
 * Return: NULL; else what is wrong with the instrument, a literal for a person.
 */
const char *virtual_clock_events(const event_vec *events, const clock_stamp_vec *stamps,
				 enum virtual_unit unit, event_vec *to);

#endif /* VIRTUAL_CLOCK_H */
