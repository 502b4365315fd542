/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * calibration.h - how exact the recorder's stamps are on this host, now
 *
 * A loop inside the harness: messages that carry the moment they were sent go
 * through a file and through a UNIX socket into a recorder, the same code that
 * records a machine. What it stamps minus what they carry is its lateness.
 * It does not hold what QEMU itself takes from the guest's instruction to write().
 */
#ifndef CALIBRATION_H
#define CALIBRATION_H

#include <stdint.h>

#include "base/error.h"

#define CALIBRATION_MESSAGES 200

/* Nanoseconds from sending to stamp. */
struct lateness {
	int64_t p50_ns, p99_ns, max_ns;
};

struct calibration {
	int messages;			/* on each line */
	struct lateness console;	/* through a file */
	struct lateness marks;		/* through a UNIX socket */
	char recorder[64];		/* recorder_describe() */
};

/*
 * calibration_run() - measure it; takes about 2 ms a message
 * @dir: an existing folder with a short path; left as it was found
 * @messages: on each line, 1 or more
 * Return: 0; -EIO with *err set (ERROR_INSTRUMENT) when bytes were lost or changed.
 */
int calibration_run(const char *dir, int messages, struct calibration *c, struct error **err);

#endif /* CALIBRATION_H */
