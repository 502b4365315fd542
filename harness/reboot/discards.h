/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * discards.h - resets as the emulator's plugin saw them
 *
 * witness/plugin_discard.c writes one line for each moment at which translated code is thrown
 * away. Its times are CLOCK_MONOTONIC of the host.
 */
#ifndef DISCARDS_H
#define DISCARDS_H

#include "event.h"

/* Where isa-debugcon is behind the plugin, which has the port of the marks itself. */
#define DISCARDS_PORT	0x4e9

/* A line is shorter than this. */
#define DISCARDS_LINE_BYTES 64

/*
 * discards_resets() - the resets in the plugin's file. Pure.
 * @text:	n bytes of it, from the begin of a line on
 * @now_ns:	the host's clock after they were read
 * @last_ns:	time of the newest line before them; brought up to date
 * @to:		appended to: a MACHINE_RESET for each line of a reset
 *
 * A damaged line, or one whose time is not between the line before it and now, is left out:
 * libvirt tells the same reset.
 *
 * Return: how many bytes were used; a last line without an end is read again next time.
 */
size_t discards_resets(const char *text, size_t n, int64_t now_ns, int64_t *last_ns, event_vec *to);

#endif /* DISCARDS_H */
