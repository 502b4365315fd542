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

/* More than any line takes with its prefix. */
#define LINE_ROOM	2048

/*
 * Takes the text line by line. kmsg_dump_get_buffer() would format each line a
 * second time, to find out with which to begin, and that must be known only if
 * not all lines fit: then what is left of the room is less than a line.
 *
 * Return: the length of the text
 */
static size_t take_text(char *to, size_t room, u64 *left_out)
{
	struct kmsg_dump_iter iter;
	size_t bytes, length = 0;

	*left_out = 0;
	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, true, to + length, room - length, &bytes))
		length += bytes;
	if (room - length >= LINE_ROOM)
		return length;

	kmsg_dump_rewind(&iter);
	kmsg_dump_get_buffer(&iter, true, to, room, &length);
	while (iter.cur_seq < iter.next_seq &&
	       kmsg_dump_get_line(&iter, true, NULL, 0, &bytes))
		*left_out += bytes;
	return length;
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

/*
 * How far older logs must move is not known before the text is there. So it is
 * put into other memory first, which was got while that could fail.
 */
void lobos_log_keep(char *scratch)
{
	struct preserved_log_header *header = lobos_safe.log;
	char *text = (char *)(header + 1);
	size_t length, old_bytes, stride, kept;
	u64 left_out;
	u32 generation;

	length = take_text(scratch, lobos_safe.log_bytes - sizeof(*header), &left_out);
	old_bytes = lobos_log_intact(&generation);
	stride = lobos_log_stride(length);
	kept = make_room(stride, old_bytes);

	memcpy(text, scratch, length);
	memset(header, 0, sizeof(*header));
	header->magic = PRESERVED_LOG_MAGIC;
	header->version = PRESERVED_LOG_VERSION;
	header->header_bytes = sizeof(*header);
	header->length = length;
	header->crc = lobos_crc(0, text, length);
	header->generation = generation + 1;
	header->truncated = left_out;
	header->tsc = lobos_arch_cycles(&header->tsc_khz);
	header->monotonic_ns = local_clock();
	header->header_crc = lobos_crc(0, header, offsetof(struct preserved_log_header,
							   header_crc));
	if (lobos_test_damage())
		text[length / 2] ^= 1;
	end_logs(stride + kept);
}
