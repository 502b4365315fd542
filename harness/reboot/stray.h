/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stray.h - marks that come where no reboot sets them
 *
 * A program may set the marks of programs at any time: `mark ready` in the old system, a second
 * request. Such a mark proves nothing but that the instrument was touched.
 *
 * DOC: The order of marks
 *
 * A reboot sets each of these once at most, in this order: request, services_stopped, no_return,
 * bios_call, boot_sector, decompress_entry, kernel_entry, setup_done, initcalls, pid1, ready.
 *
 * Behind a request a kernel is entered behind no_return or behind a reset, and the next one
 * behind another reset only, unless the one between ran no program: it may load and leave
 * by itself. From an entry on, services_stopped and no_return are in place when a reset follows:
 * the new kernel restarts by itself.
 *
 * load_begin and load_end come in a system that will be left, as often as it loads; a load_end
 * needs its load_begin. A panic has no place.
 */
#ifndef STRAY_H
#define STRAY_H

#include "event.h"

enum stray_why {
	STRAY_AGAIN,		/* it had come before */
	STRAY_NOT_ENTERED,	/* no new kernel had been entered */
	STRAY_ORDER,		/* it belongs ahead of, or not directly behind, the mark before */
};

struct stray {
	int id;			/* of the first such mark; 0: there is none */
	enum stray_why why;
	int behind;		/* the last mark in place before it; 0: none */
};

/*
 * stray_take_out() - take out marks, and console lines that count as them, that are out of place
 * @events:	of one reboot, in order of time, console lines sifted
 *
 * What comes behind the request of the next reboot is left as it is: a request behind a ready,
 * with no other ready behind it.
 * Pure. Return: the first that was taken out.
 */
struct stray stray_take_out(event_vec *events);

#endif /* STRAY_H */
