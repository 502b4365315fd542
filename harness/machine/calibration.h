/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * calibration.h - how exact the stamps of each source are on this host, now
 *
 * The border of a phase comes from a mark, from a line of the console, or from libvirt's
 * event of a reset. Each of them is stamped some time after its moment.
 */
#ifndef CALIBRATION_H
#define CALIBRATION_H

#include <stdint.h>

#include "base/error.h"
#include "reboot/phase.h"

struct connection;

#define CALIBRATION_MESSAGES 200
#define CALIBRATION_RESETS 50

/* Nanoseconds from a moment to its stamp; -1: not measured. */
struct lateness {
	int64_t p50_ns, p99_ns, max_ns;
};

struct calibration {
	int messages;			/* on each line */
	struct lateness console;	/* through a file */
	struct lateness marks;		/* through a UNIX socket */
	int resets;			/* of a machine; 0: not measured */
	struct lateness reset;		/* libvirt's event of a reset */
	char recorder[64];		/* recorder_describe() */
};

/*
 * calibration_run() - measure marks and console; takes about 2 ms a message
 * @dir: an existing folder with a short path; left as it was found
 * @messages: on each line, 1 or more
 * @c: all of it is set
 *
 * A loop inside the harness: messages that carry the moment they were sent go through a
 * file and through a UNIX socket into a recorder, the same code that records a machine.
 * What it stamps minus what they carry is its lateness. It does not hold what QEMU itself
 * takes from the guest's instruction to write().
 *
 * Return: 0; -EIO with *err set (ERROR_INSTRUMENT) when bytes were lost or changed.
 */
int calibration_run(const char *dir, int messages, struct calibration *c, struct error **err);

/*
 * calibration_resets() - measure libvirt's event of a reset; takes about 10 ms a reset
 * @connection: to libvirt
 * @resets: how many, 1 or more
 * @c: its part on resets is set
 *
 * A machine without disks is reset again and again, and never runs, since its firmware would
 * reset it once more. The lateness is from asking for the reset to the stamp of its event,
 * so it also holds the way of the request into QEMU: the event of a machine that resets
 * itself is late by less.
 *
 * Return: 0; a negative errno with *err set when there is no such machine or no event comes.
 */
int calibration_resets(struct connection *connection, int resets, struct calibration *c,
		       struct error **err);

/*
 * calibration_error() - how exact the borders of a reboot's phases are
 * @c: measured; NULL: nothing was
 *
 * Return: the lateness that 99 of 100 stamps of its least exact source do not exceed, in
 * nanoseconds; -1 when that was not measured.
 */
int64_t calibration_error(const struct calibration *c, const struct phases *phases);

#endif /* CALIBRATION_H */
