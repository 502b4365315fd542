/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stray.h - marks that come where no reboot sets them
 *
 * A program may set the marks of programs at any time: `mark ready` in the old system, a second
 * request. Such a mark proves nothing but that the instrument was touched.
 */
#ifndef STRAY_H
#define STRAY_H

#include "event.h"

struct stray {
	int id;			/* of the first such mark: request, pid1 or ready; 0: there is none */
	bool again;		/* one had come before; else no new kernel had been entered */
};

/*
 * stray_take_out() - take out marks, and console lines that count as them, that are out of place
 * @events:	of one reboot, in order of time, console lines sifted
 *
 * In place are one request, and behind it for each entry into a kernel one pid1 and one ready.
 * What comes behind the request of the next reboot is left as it is.
 * Pure. Return: the first that was taken out.
 */
struct stray stray_take_out(event_vec *events);

#endif /* STRAY_H */
