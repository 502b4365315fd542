/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kept_reboot.h - reboots that were recorded, read again from their files
 *
 * tests/data/reboots holds the four files of machines that rebooted once, as a
 * run keeps them.
 */
#ifndef KEPT_REBOOT_H
#define KEPT_REBOOT_H

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "machine/observation.h"
#include "reboot/wait.h"

#define DATA "tests/data/reboots/"
#define BYTES_MAX (1 << 20)

#define BIT(p)	(1u << PHASE_##p)
#define ALWAYS	(BIT(SHUTDOWN) | BIT(QUIESCE) | BIT(HANDOFF) | BIT(KERNEL) | BIT(USERSPACE))
#define LOBOS	(ALWAYS | BIT(LOAD))
#define KEXEC	(ALWAYS | BIT(LOAD) | BIT(DECOMPRESS))
#define BIOS	(ALWAYS | BIT(FIRMWARE) | BIT(BOOTLOADER) | BIT(DECOMPRESS))

static const char *const line_names[RECORDER_LINES] = { "console", "marks", "data" };

/* One stamp of the recording; the bytes it stands for come from the line's file. */
static inline bool next_stamp(FILE *stamps, FILE *const files[], struct lines *l)
{
	static uint8_t bytes[BYTES_MAX];
	char text[256], line[16], event[16];
	int64_t ns;
	size_t offset, length;

	if (!fgets(text, sizeof(text), stamps))
		return false;
	if (sscanf(text, "{\"line\":\"machine\",\"ns\":%" SCNd64 ",\"event\":\"%15[a-z]\"}", &ns,
		   event) == 2) {
		struct event e = { .ns = ns, .source = EVENT_MACHINE, .id = MACHINE_RESET,
				   .by_plugin = strstr(text, "\"by\":\"plugin\"") };

		assert_string_equal(event, "reset");
		vec_push(&l->machine, e);
		return true;
	}
	assert_int_equal(sscanf(text, "{\"line\":\"%15[a-z]\",\"ns\":%" SCNd64
				",\"offset\":%zu,\"length\":%zu}", line, &ns, &offset, &length), 4);
	for (int i = 0; i < RECORDER_LINES; i++) {
		if (strcmp(line, line_names[i]))
			continue;
		assert_int_equal(offset, l->streams[i].bytes.n);
		assert_in_range(length, 1, BYTES_MAX);
		assert_int_equal(fread(bytes, 1, length, files[i]), length);
		stream_append(&l->streams[i], bytes, length, ns);
		return true;
	}
	fail_msg("no line of that name: %s", line);
	return false;
}

static inline FILE *open_kept(const char *trial, const char *suffix)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), DATA "%s.%s", trial, suffix);
	f = fopen(path, "r");
	assert_non_null(f);
	return f;
}

static inline void load(const char *trial, struct lines *l)
{
	FILE *files[RECORDER_LINES], *stamps = open_kept(trial, "stamps");

	*l = (struct lines){ 0 };
	for (int i = 0; i < RECORDER_LINES; i++)
		files[i] = open_kept(trial, line_names[i]);
	while (next_stamp(stamps, files, l))
		;
	for (int i = 0; i < RECORDER_LINES; i++) {
		/* Each byte has a stamp. */
		assert_int_equal(fgetc(files[i]), EOF);
		fclose(files[i]);
	}
	fclose(stamps);
}

struct known {
	const char *trial;
	unsigned int expected;
	bool resets;
	const char *previous_log;
	unsigned int distinct_resets;
	int64_t latency_ns;
	int64_t phases_ns[PHASES];
	int64_t console_bytes;
	unsigned int log_lines;
	bool unmarked;			/* as if none of its kernels set marks */
	struct event extra;		/* a mark that a program set besides; ns 0: none */
};

/* Among others in order of time. */
static inline void insert(event_vec *events, const struct event *e)
{
	vec_push(events, *e);
	for (size_t i = events->n - 1; i > 0 && events->at[i - 1].ns > e->ns; i--) {
		events->at[i] = events->at[i - 1];
		events->at[i - 1] = *e;
	}
}

/* After all has come; once more later, since another line may contradict one that says ready. */
static inline void look_twice(struct wait *w, struct lines *l)
{
	int64_t now = lines_last(l);

	if (wait_look(w, l, 0, now) == ENDING_NONE)
		assert_int_equal(wait_look(w, l, 0, now + INT64_C(1000000000)), ENDING_REPORTED);
}

/* First boot, then the reboot, as trial.c goes through them. */
static inline void observe(const struct known *k, struct lines *l, struct sample *sample)
{
	const struct wait_limits limits = { .silence_ns = 1, .phase_ns = 1 };
	const struct lines_mark beginning = { 0 };
	struct lines_mark next;
	struct wait first, reboot;
	struct impl_image image = { .format = (char *)"any", .path = (char *)"/any" };
	struct impl impl = { .resets = k->resets, .previous_log = (char *)k->previous_log,
			     .images = &image, .images_count = 1 };
	struct scenario_way way = { .way = (char *)"way", .impl = &impl };
	struct scenario scenario = { .name = (char *)"s", .machine = { .arch = (char *)"i386" } };
	struct trial_plan plan = { .scenario = &scenario, .way = &way, .run = "r" };
	struct observation o = { .plan = &plan, .lines = l, .accelerator = "tcg",
				 .trial = k->trial };

	lines_decode(l);
	if (k->unmarked)
		l->marks.n = 0;
	if (k->extra.ns)
		insert(&l->marks, &k->extra);
	wait_begin(&first, &beginning, k->expected, &limits, (struct wait_moment){ 0 });
	look_twice(&first, l);
	assert_int_equal(first.item.k, 0);
	next = lines_next(l, &first.since, &first.window);
	wait_begin(&reboot, &next, k->expected, &limits, (struct wait_moment){ 0 });
	/* What libvirt told is not told apart by line: it all belongs to the reboot. */
	reboot.since.machine = 0;
	look_twice(&reboot, l);
	assert_int_equal(reboot.item.k, 1);
	assert_int_equal(reboot.window.resets, k->distinct_resets);
	o.window = &reboot.window;
	o.ending = ENDING_REPORTED;
	o.old = &first.item;
	o.new = &reboot.item;
	o.before = &reboot.before;
	o.nonce = reboot.item.nonce;
	o.old_console = 0;
	observation_sample(&o, sample);
	wait_end(&first);
	wait_end(&reboot);
}

#endif /* KEPT_REBOOT_H */
