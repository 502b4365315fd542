// SPDX-License-Identifier: GPL-2.0-only
/*
 * show_firmware.c - the parts of UEFI firmware's time, by what it wrote to the console
 *
 * A release build of EDK II, as Debian's OVMF is, says nothing before BDS has connected a
 * console: SEC, PEI and DXE cannot be told apart from outside. From then on it says what it
 * is about to load and to start. The times are of the host's clock, as far as bytes of a
 * console are exact.
 */
#include <string.h>

#include "analysis/words.h"
#include "console.h"
#include "show_private.h"

#define LOADING		"BdsDxe: loading "

/* Offset of the first text between two offsets; to when it is not there. */
static size_t find(const struct stream *console, const char *text, size_t from, size_t to)
{
	const uint8_t *bytes = console->bytes.at;
	size_t n = strlen(text);

	for (; from + n <= to; from++)
		if (!memcmp(bytes + from, text, n))
			return from;
	return to;
}

static void put_part(FILE *f, const char *what, int64_t ns)
{
	fprintf(f, "          %-34s%7s ms\n", what, words_ms((double)ns / 1e9).s);
}

void show_firmware(FILE *f, const struct show *show)
{
	const struct sample *s = show->sample;
	const struct phase_time *t = &s->phases.at[PHASE_FIRMWARE];
	struct stream console = { 0 };
	size_t first, loading, end;

	if (strcmp(s->firmware, "uefi") || t->state != PHASE_SEEN ||
	    console_stream(show->consoles, s->trial, &console)) {
		stream_free(&console);
		return;
	}
	first = stream_offset(&console, t->first_begin_ns);
	end = stream_offset(&console, t->last_end_ns);
	loading = find(&console, LOADING, first, end);
	if (loading < end) {
		int64_t spoke = stream_time(&console, first), loads = stream_time(&console, loading);

		fputs("firmware, by its words on the console:\n", f);
		put_part(f, "SEC, PEI, DXE, BDS to its console", spoke - t->first_begin_ns);
		put_part(f, "BDS, to the choice of a program", loads - spoke);
		put_part(f, "loading and starting that", t->last_end_ns - loads);
		fputc('\n', f);
	}
	stream_free(&console);
}
