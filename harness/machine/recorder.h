/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * recorder.h - bytes that come out of a machine, each with the time it came
 *
 * A recorder owns a thread that reads, stamps and keeps; it looks at no byte.
 * Three lines come out of a machine:
 *
 *	RECORDER_CONSOLE	ttyS0, a file that QEMU writes and the recorder tails
 *	RECORDER_MARKS		the marks port, a UNIX socket the recorder listens on
 *	RECORDER_DATA		ttyS1, a file; what PID 1 tells outside the measured window
 *
 * It also watches whether itself, the machine's process and the host keep running (pulse.h).
 * The recorder listens and tails before the machine starts. What it keeps only
 * grows: a snapshot taken earlier stays a prefix of a later one.
 */
#ifndef RECORDER_H
#define RECORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "reboot/stall.h"
#include "reboot/stream.h"

struct recorder;

/*
 * Creates the files and the listening socket below dir (an existing folder that
 * is the caller's; socket paths are limited to 107 bytes) and starts the thread.
 * Names below dir: console.log, marks.sock, data.log; the files may be symbolic links.
 * Return: the recorder, to be ended with recorder_stop() and freed; NULL with *err set.
 */
struct recorder *recorder_start(const char *dir, struct error **err);

/*
 * Waits until anything new has come on any line since the last call, at most
 * timeout_ms (0 polls). Return: true when something came.
 */
bool recorder_wait(struct recorder *r, int timeout_ms);

/*
 * recorder_copy() - take over what a line has brought
 * @r:		the recorder
 * @line:	which line
 * @to:		what was copied before, or zeroed; to be freed with stream_free()
 */
void recorder_copy(struct recorder *r, enum recorder_line line, struct stream *to);

/*
 * recorder_stalls() - what stood still so far (pulse.h)
 * @to: overwritten; free it with vec_free()
 * Return: how long the machine has waited for a processor, in nanoseconds.
 */
int64_t recorder_stalls(struct recorder *r, stall_vec *to);

/* The process whose marks it reads, the machine's; 0: none has connected. */
pid_t recorder_machine(struct recorder *r);

/* The first failure of the thread itself (lost connection, read error), or 0: a positive errno. */
int recorder_fault(struct recorder *r);

/* How it works on this host ("SCHED_FIFO priority, woken by inotify"), for the report. */
void recorder_describe(struct recorder *r, char *text, size_t size);

/* Reads what is left on every line and ends the thread; a second call does nothing. */
void recorder_stop(struct recorder *r);

/*
 * recorder_free() - stop if need be and free
 * @r:	the recorder or NULL; its socket is removed, its files stay
 */
void recorder_free(struct recorder *r);

DEFINE_CLEANUP(struct recorder, recorder_free)

#endif /* RECORDER_H */
