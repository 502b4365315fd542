/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wait_scene.h - a wait for a boot, and what comes out of the machine meanwhile
 */
#ifndef WAIT_SCENE_H
#define WAIT_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reboot/wait.h"
#include "reboot_marks.h"

#define S INT64_C(1000000000)
#define MS INT64_C(1000000)

#define BLOCK							\
	"boot 1 begin\nboot_id new\nnonce 00.1\nkernel 6.1\n"	\
	"command_line ro\nclocksource tsc\nprevious_log none 0\nboot 1 end\n"

static const struct wait_limits limits = {
	.silence_ns = 10 * S, .phase_ns = 20 * S, .rest_ns = 3 * S,
};

struct scene {
	struct lines l;
	struct wait w;
	uint8_t sequence;
};

static inline void begin(struct scene *s, bool first_boot)
{
	const struct lines_mark since = { .number = !first_boot, .running.marked = !first_boot };

	*s = (struct scene){ .sequence = 2 };
	wait_begin(&s->w, &since, 0x1ff, &limits, (struct wait_moment){ 0 });
}

static inline void end(struct scene *s)
{
	wait_end(&s->w);
	lines_free(&s->l);
}

static inline void mark(struct scene *s, uint8_t id, int64_t ns)
{
	uint8_t n = id == REBOOT_MARK_KERNEL_ENTRY ? 1 : s->sequence;
	uint8_t record[] = { id, n, id ^ n ^ REBOOT_MARK_CHECK };

	s->sequence = n + 1;
	stream_append(&s->l.streams[RECORDER_MARKS], record, sizeof(record), ns);
	lines_decode(&s->l);
}

static inline void text(struct scene *s, enum recorder_line line, const char *text, int64_t ns)
{
	stream_append(&s->l.streams[line], (const uint8_t *)text, strlen(text), ns);
	lines_decode(&s->l);
}

static inline void machine(struct scene *s, enum machine_event id, int64_t ns)
{
	struct event e = { .ns = ns, .source = EVENT_MACHINE, .id = id };

	vec_push(&s->l.machine, e);
}

static inline void at(struct scene *s, int64_t ns, enum ending ending)
{
	assert_int_equal(wait_look(&s->w, &s->l, 0, ns), ending);
}

#endif /* WAIT_SCENE_H */
