// SPDX-License-Identifier: GPL-2.0-only
/*
 * log.c - the running kernel's log, put where the next kernel finds it
 *
 * The safe area's log part holds one log after the other, the newest first,
 * each as <linux/preserved_log_format.h> describes it. Behind the last is
 * either the end of the area or a zero instead of a magic number.
 *
 * Called with interrupts off and other CPUs stopped.
 */
#include <linux/kmsg_dump.h>
#include <linux/minmax.h>
#include <linux/sched/clock.h>
#include <linux/stddef.h>
#include <linux/string.h>

#include "internal.h"

/* The ring buffer's size as text; counting lines needs no buffer. */
static size_t text_bytes(void)
{
	struct kmsg_dump_iter iter;
	size_t bytes, total = 0;

	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, true, NULL, 0, &bytes))
		total += bytes;
	return total;
}

/*
 * Move the older logs behind the @stride bytes that the new one takes. What
 * has no room any more is dropped, the oldest first.
 *
 * Return: how many bytes were kept
 */
static size_t make_room(size_t stride, size_t old_bytes)
{
	const struct preserved_log_header *old;
	size_t kept = 0, next;

	while (kept < old_bytes) {
		old = lobos_safe.log + kept;
		next = kept + lobos_log_stride(old->length);
		if (stride + next > lobos_safe.log_bytes)
			break;
		kept = next;
	}
	memmove(lobos_safe.log + stride, lobos_safe.log, kept);
	return kept;
}

static void end_logs(size_t offset)
{
	if (offset + sizeof(u32) <= lobos_safe.log_bytes)
		*(u32 *)(lobos_safe.log + offset) = 0;
}

void lobos_log_keep(void)
{
	struct preserved_log_header *header = lobos_safe.log;
	char *text = (char *)(header + 1);
	size_t total = text_bytes(), old_bytes, stride, kept, length = 0;
	size_t room = min(total, lobos_safe.log_bytes - sizeof(*header) - 1);
	struct kmsg_dump_iter iter;
	u32 generation;

	old_bytes = lobos_log_intact(&generation);
	stride = lobos_log_stride(room);
	kept = make_room(stride, old_bytes);

	memset(header, 0, sizeof(*header));
	header->tsc = lobos_arch_cycles(&header->tsc_khz);
	header->monotonic_ns = local_clock();
	kmsg_dump_rewind(&iter);
	kmsg_dump_get_buffer(&iter, true, text, room + 1, &length);

	header->magic = PRESERVED_LOG_MAGIC;
	header->version = PRESERVED_LOG_VERSION;
	header->header_bytes = sizeof(*header);
	header->length = length;
	header->crc = lobos_crc(0, text, length);
	header->generation = generation + 1;
	header->truncated = total - length;
	header->header_crc = lobos_crc(0, header, offsetof(struct preserved_log_header,
							   header_crc));
	if (lobos_test_damage())
		text[length / 2] ^= 1;

	/* A truncated log takes all the room there is, but not to the last byte. */
	end_logs(length < room ? lobos_log_stride(length) : stride + kept);
}
