/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * observation_scene.h - one reboot by kexec as its lines have it, for tests of what was seen
 */
#ifndef OBSERVATION_SCENE_H
#define OBSERVATION_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reboot/doubt.h"
#include "machine/observation.h"
#include "reboot_marks.h"

#define MS INT64_C(1000000)
#define BIT(p)	(1u << PHASE_##p)
#define KEXEC	(BIT(SHUTDOWN) | BIT(LOAD) | BIT(QUIESCE) | BIT(HANDOFF) | BIT(KERNEL) | \
		 BIT(USERSPACE))

static char *phase_names[] = {
	(char *)"shutdown", (char *)"load", (char *)"quiesce", (char *)"handoff", (char *)"kernel",
	(char *)"userspace",
};
static char *ahead[] = { (char *)"load" };
static const struct hint lpj = { .name = (char *)"lpj" }, tsc = { .name = (char *)"tsc" };
static const struct hint *given[] = { &lpj, &tsc };
static struct impl_image image = { .format = (char *)"vmlinux", .path = (char *)"/boot/vmlinux" };

struct scene {
	struct impl impl;
	struct scenario_way way;
	struct scenario scenario;
	struct trial_plan plan;
	struct lines lines;
	struct lines_mark since;
	struct window window;
	struct data_item old, new;
	struct machine_facts before;
	struct machine_losses losses;
	struct observation o;
	uint8_t sequence;
};

static inline void mark(struct scene *s, uint8_t id, int64_t ms)
{
	uint8_t n = id == REBOOT_MARK_KERNEL_ENTRY ? 1 : s->sequence;
	uint8_t record[] = { id, n, id ^ n ^ REBOOT_MARK_CHECK };

	s->sequence = n + 1;
	stream_append(&s->lines.streams[RECORDER_MARKS], record, sizeof(record), ms * MS);
}

static inline void console(struct scene *s, const char *text, int64_t ms)
{
	stream_append(&s->lines.streams[RECORDER_CONSOLE], (const uint8_t *)text, strlen(text),
		      ms * MS);
}

static inline void set_up(struct scene *s)
{
	*s = (struct scene){
		.impl = { .images = &image, .images_count = 1, .phases = phase_names,
			  .phases_count = 6, .ahead = ahead, .ahead_count = 1 },
		.way = { .way = (char *)"kexec", .variant = (char *)"vmlinux",
			 .given = { .at = given, .n = 2 } },
		.scenario = { .name = (char *)"bench",
			      .machine = { .arch = (char *)"i386", .cpus = 2, .memory_mib = 3072 } },
		.plan = { .run = "run", .machine = 3, .build = "i386-6.1", .kernel_expected = "6.1 #1" },
		.old = { .kind = DATA_BOOT, .boot_id = "old" },
		.before = { .known = true, .clocksource = "tsc", .cpus = 2 },
		.new = { .kind = DATA_BOOT, .k = 2, .boot_id = "new", .nonce = "00.2",
			 .kernel = "6.1 #1",
			 .facts = { .known = true, .clocksource = "tsc", .cpus = 2, .memory_kib = 248000 } },
		.since = { .number = 2, .running.marked = true },
		.sequence = 7,
	};
	s->way.impl = &s->impl;
	s->plan.scenario = &s->scenario;
	s->plan.way = &s->way;
	s->o = (struct observation){
		.plan = &s->plan, .lines = &s->lines, .window = &s->window,
		.ending = ENDING_REPORTED, .old = &s->old, .before = &s->before, .losses = &s->losses, .new = &s->new,
		.nonce = "00.2",
		.accelerator = "tcg", .trial = "kexec-vmlinux-m3", .index = 1,
	};
	console(s, "before\n", 90);
	mark(s, REBOOT_MARK_REQUEST, 100);
	mark(s, REBOOT_MARK_LOAD_BEGIN, 110);
	mark(s, REBOOT_MARK_LOAD_END, 150);
	console(s, "going\n", 160);
	mark(s, REBOOT_MARK_SERVICES_STOPPED, 200);
	mark(s, REBOOT_MARK_NO_RETURN, 210);
	mark(s, REBOOT_MARK_KERNEL_ENTRY, 220);
	console(s, "[    0.000000] Linux version 6.1 (gcc)\n", 300);
	mark(s, REBOOT_MARK_PID1, 500);
	mark(s, REBOOT_MARK_READY, 600);
	console(s, "behind\n", 610);
}

static struct sample sample_of(struct scene *s)
{
	struct sample sample;

	lines_decode(&s->lines);
	lines_window(&s->lines, &s->since, KEXEC, &s->window);
	observation_sample(&s->o, &sample);
	return sample;
}

static inline void tear_down(struct scene *s)
{
	window_free(&s->window);
	lines_free(&s->lines);
}

#endif /* OBSERVATION_SCENE_H */
