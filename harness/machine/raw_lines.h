/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * raw_lines.h - the bytes of a machine's lines with their times, kept on disk
 *
 * Console and data are files that the machine writes itself. This adds the
 * marks' bytes, and a file with one JSON object a line:
 *
 *	{"line":"console","ns":<host clock>,"offset":<bytes>,"length":<bytes>}
 *	{"line":"machine","ns":<host clock>,"event":"reset"|"crashed"|"stopped"|"paused"}
 *	{"line":"stall","of":"recorder"|"machine"|"host","ns":<host clock>,"until":<host clock>}
 *
 * line is "console", "marks", "data", "machine" or "stall". A reset that the emulator's plugin
 * saw has "by":"plugin" as well. With these four files a run can be analysed anew.
 */
#ifndef RAW_LINES_H
#define RAW_LINES_H

#include "base/file.h"
#include "machine_files.h"
#include "reboot/lines.h"

struct raw_lines {
	struct output_file marks, stamps;
	size_t chunks[RECORDER_LINES], machine, stalls;	/* written so far */
	size_t marks_bytes;
};

/*
 * raw_lines_open() - create the two files
 * @r:		filled in; close it with raw_lines_close() in any case
 * @f:		where they are kept
 *
 * Return: 0, or a negative errno with *err set.
 */
int raw_lines_open(struct raw_lines *r, const struct machine_files *f, struct error **err);

/* Writes what is new since the last call; outside the measured window only. */
int raw_lines_write(struct raw_lines *r, const struct lines *l, struct error **err);

/*
 * raw_lines_close() - close both files
 * @r:	the files, opened or not
 */
void raw_lines_close(struct raw_lines *r);

#endif /* RAW_LINES_H */
