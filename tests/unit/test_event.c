// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_event.c - marks and console lines become the right events
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reboot/event.h"
#include "reboot_marks.h"

static void put_mark(struct stream *s, uint8_t id, uint8_t sequence, int64_t ns)
{
	uint8_t record[] = { id, sequence, id ^ sequence ^ REBOOT_MARK_CHECK };

	stream_append(s, record, sizeof(record), ns);
}

static void put_text(struct stream *s, const char *text, int64_t ns)
{
	stream_append(s, (const uint8_t *)text, strlen(text), ns);
}

struct decoded {
	event_vec events;
	struct mark_faults faults;
	size_t next;
};

static struct decoded decode(const struct stream *s)
{
	struct decoded d = { 0 };

	d.next = event_from_marks(s, 0, &d.events, &d.faults);
	return d;
}

static void a_whole_reboot_has_no_faults(void **state)
{
	static const uint8_t ids[] = {
		REBOOT_MARK_REQUEST, REBOOT_MARK_SERVICES_STOPPED, REBOOT_MARK_NO_RETURN,
		REBOOT_MARK_BOOT_SECTOR, REBOOT_MARK_DECOMPRESS_ENTRY, REBOOT_MARK_KERNEL_ENTRY,
		REBOOT_MARK_SETUP_DONE, REBOOT_MARK_PID1, REBOOT_MARK_READY,
	};
	static const uint8_t sequences[] = { 6, 7, 8, 0, 0, 1, 2, 3, 4 };
	struct stream s = { 0 };
	struct decoded d;

	(void)state;
	for (size_t i = 0; i < sizeof(ids); i++)
		put_mark(&s, ids[i], sequences[i], 1000 + (int64_t)i);
	d = decode(&s);
	assert_int_equal(d.events.n, sizeof(ids));
	assert_int_equal(d.next, s.bytes.n);
	assert_int_equal(d.faults.lost + d.faults.damaged + d.faults.unknown, 0);
	for (size_t i = 0; i < sizeof(ids); i++) {
		assert_int_equal(d.events.at[i].id, ids[i]);
		assert_int_equal(d.events.at[i].ns, 1000 + i);
		assert_int_equal(d.events.at[i].offset, 3 * i);
		assert_int_equal(d.events.at[i].source, EVENT_MARK);
	}
	vec_free(&d.events);
	stream_free(&s);
}

/* Counts gaps for: marks with these ids and sequence numbers, n of them. */
static unsigned int gaps(const uint8_t (*marks)[2], size_t n)
{
	struct stream s = { 0 };
	struct decoded d;

	for (size_t i = 0; i < n; i++)
		put_mark(&s, marks[i][0], marks[i][1], 1);
	d = decode(&s);
	assert_int_equal(d.faults.damaged, 0);
	vec_free(&d.events);
	stream_free(&s);
	return d.faults.lost;
}

#define GAPS(...) gaps((const uint8_t[][2]){ __VA_ARGS__ }, \
		       sizeof((const uint8_t[][2]){ __VA_ARGS__ }) / 2)

static void sequence_numbers_are_checked(void **state)
{
	(void)state;
	assert_int_equal(GAPS({ REBOOT_MARK_PID1, 2 }, { REBOOT_MARK_READY, 3 }), 0);
	assert_int_equal(GAPS({ REBOOT_MARK_PID1, 2 }, { REBOOT_MARK_READY, 4 }), 1);
	/* The wrap leaves out 0 and 1. */
	assert_int_equal(GAPS({ REBOOT_MARK_PID1, 255 }, { REBOOT_MARK_READY, 2 }), 0);
	assert_int_equal(GAPS({ REBOOT_MARK_PID1, 255 }, { REBOOT_MARK_READY, 0 }), 1);
	/* An entry into a kernel is 1 whatever was before. */
	assert_int_equal(GAPS({ REBOOT_MARK_NO_RETURN, 77 }, { REBOOT_MARK_KERNEL_ENTRY, 1 },
			      { REBOOT_MARK_SETUP_DONE, 2 }), 0);
	/* The kernel's entry is lost: setup comes straight behind the decompressor. */
	assert_int_equal(GAPS({ REBOOT_MARK_DECOMPRESS_ENTRY, 0 }, { REBOOT_MARK_SETUP_DONE, 2 }),
			 1);
	/* Likewise without a decompressor. */
	assert_int_equal(GAPS({ REBOOT_MARK_NO_RETURN, 9 }, { REBOOT_MARK_SETUP_DONE, 2 }), 1);
	/* The first mark of the new kernel after its entry is lost. */
	assert_int_equal(GAPS({ REBOOT_MARK_KERNEL_ENTRY, 1 }, { REBOOT_MARK_INITCALLS, 3 }), 1);
}

static void decoding_goes_on_where_it_ended(void **state)
{
	struct stream s = { 0 };
	struct mark_faults faults = { 0 };
	event_vec events = { 0 };
	uint8_t record[] = { REBOOT_MARK_READY, 3, REBOOT_MARK_READY ^ 3 ^ REBOOT_MARK_CHECK };
	size_t next;

	(void)state;
	put_mark(&s, REBOOT_MARK_PID1, 2, 5);
	stream_append(&s, record, 1, 6);
	next = event_from_marks(&s, 0, &events, &faults);
	assert_int_equal(next, 3);
	stream_append(&s, record + 1, 1, 7);
	assert_int_equal(event_from_marks(&s, next, &events, &faults), 3);
	stream_append(&s, record + 2, 1, 8);
	assert_int_equal(event_from_marks(&s, next, &events, &faults), 6);
	assert_int_equal(events.n, 2);
	/* A mark's time is that of its first byte. */
	assert_int_equal(events.at[1].ns, 6);
	/* The sequence is checked over the border of two calls, too. */
	put_mark(&s, REBOOT_MARK_REQUEST, 5, 9);
	event_from_marks(&s, 6, &events, &faults);
	assert_int_equal(faults.lost, 1);
	assert_int_equal(faults.damaged, 0);
	vec_free(&events);
	stream_free(&s);
}

static void damage_is_counted_and_left_behind(void **state)
{
	struct stream s = { 0 };
	struct decoded d;
	uint8_t half[] = { REBOOT_MARK_NO_RETURN, 5 };

	(void)state;
	put_mark(&s, REBOOT_MARK_REQUEST, 4, 1);
	stream_append(&s, half, sizeof(half), 2);
	put_mark(&s, REBOOT_MARK_KERNEL_ENTRY, 1, 3);
	put_mark(&s, REBOOT_MARK_SETUP_DONE, 2, 4);
	d = decode(&s);
	assert_int_equal(d.events.n, 3);
	assert_int_equal(d.faults.damaged, 2);
	assert_int_equal(d.events.at[1].id, REBOOT_MARK_KERNEL_ENTRY);
	assert_int_equal(d.events.at[1].ns, 3);
	vec_free(&d.events);
	stream_free(&s);
}

static void unknown_ids_are_counted(void **state)
{
	struct stream s = { 0 };
	struct decoded d;

	(void)state;
	put_mark(&s, REBOOT_MARK_PID1, 2, 1);
	put_mark(&s, 200, 3, 2);
	put_mark(&s, REBOOT_MARK_READY, 4, 3);
	d = decode(&s);
	assert_int_equal(d.faults.unknown, 1);
	assert_int_equal(d.faults.lost, 0);
	assert_int_equal(d.faults.damaged, 0);
	vec_free(&d.events);
	stream_free(&s);
}

/* Any byte of a long stream changed, or taken out, is always told. */
static void no_single_damage_stays_unseen(void **state)
{
	struct stream good = { 0 };

	(void)state;
	put_mark(&good, REBOOT_MARK_KERNEL_ENTRY, 1, 1);
	for (int i = 2; i < 40; i++)
		put_mark(&good, i % 2 ? REBOOT_MARK_PID1 : REBOOT_MARK_READY, i, i);
	/* The last record is left alone: what is cut off at the end has not come yet. */
	for (size_t at = 0; at + 3 < good.bytes.n; at++) {
		for (int change = 0; change < 256; change++) {
			struct stream s = { 0 };
			struct decoded d;

			stream_append(&s, good.bytes.at, at, 1);
			if (change) {
				uint8_t other = good.bytes.at[at] ^ change;

				stream_append(&s, &other, 1, 2);
			}
			stream_append(&s, good.bytes.at + at + 1, good.bytes.n - at - 1, 3);
			d = decode(&s);
			assert_true(d.faults.lost + d.faults.damaged + d.faults.unknown > 0);
			vec_free(&d.events);
			stream_free(&s);
		}
	}
	stream_free(&good);
}

static event_vec lines(const char *text, size_t *next)
{
	struct stream s = { 0 };
	event_vec events = { 0 };

	put_text(&s, text, 42);
	*next = event_from_console(&s, 0, &events);
	stream_free(&s);
	return events;
}

static void whole_lines_of_printk_look_like_marks(void **state)
{
	static const struct {
		const char *line;
		int id, number;
		int64_t printk_ns;
	} cases[] = {
		{ "[    0.000000] Linux version 6.1.1 (gcc) #1 SMP\r\n",
		  REBOOT_MARK_KERNEL_ENTRY, -1, 0 },
		{ "[    1.200000] Run /sbin/init as init process\n", REBOOT_MARK_PID1, -1,
		  1200000000 },
		{ "[    2.000000][    T1] lobosbench: request 3\n", REBOOT_MARK_REQUEST, 3,
		  2000000000 },
		{ "[    3.100000] lobosbench: ready 12\r\n", REBOOT_MARK_READY, 12, 3100000000 },
		{ "[    3.200000] lobosbench: services stopped\n", REBOOT_MARK_SERVICES_STOPPED,
		  -1, 3200000000 },
		{ "[    9.900000] reboot: Restarting system\n", REBOOT_MARK_NO_RETURN, -1,
		  9900000000 },
		{ "[    9.900000] reboot: Restarting system with command 'x'\n",
		  REBOOT_MARK_NO_RETURN, -1, 9900000000 },
		{ "[    9.900000] kexec_core: Starting new kernel\n", REBOOT_MARK_NO_RETURN, -1,
		  9900000000 },
		{ "[    0.500000] Kernel panic - not syncing: VFS\n", REBOOT_MARK_PANIC, -1,
		  500000000 },
		{ "Decompressing Linux... Parsing ELF... done.\r\n", REBOOT_MARK_DECOMPRESS_ENTRY,
		  -1, -1 },
		/* No stamp: any program's output. */
		{ "Linux version 6.1.1 (gcc) #1 SMP\n", -1, 0, 0 },
		{ "lobosbench: ready 1\n", -1, 0, 0 },
		{ "Kernel panic - not syncing: VFS\n", -1, 0, 0 },
		{ "<0>[    0.500000] Kernel panic - not syncing: VFS\n", -1, 0, 0 },
		/* Not the whole line. */
		{ "[    0.500000] Kernel command line: x=Kernel panic - not syncing\n", -1, 0, 0 },
		{ "[    0.500000] init: Run /init as init process\n", -1, 0, 0 },
		{ "[    0.500000] EXT4-fs (vdlobosbench: ready 2\n", -1, 0, 0 },
		{ "foo[    0.500000] lobosbench: ready 2\n", -1, 0, 0 },
		{ "[    0.500000] lobosbench: ready 2 and more\n", -1, 0, 0 },
		{ "[    0.500000] lobosbench: ready \n", -1, 0, 0 },
		{ "[    0.500000] lobosbench: ready -2\n", -1, 0, 0 },
		{ "[    0.500000] lobosbench: services stopped?\n", -1, 0, 0 },
		{ "[    0.500000] Run /sbin/init as in\n", -1, 0, 0 },
		{ "[    0.500000] a Linux version of something\n", -1, 0, 0 },
		{ "[    0.500000] Decompressing Linux... by a program\n", -1, 0, 0 },
		{ "\n", -1, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t next;
		event_vec events = lines(cases[i].line, &next);

		assert_int_equal(next, strlen(cases[i].line));
		assert_int_equal(events.n, cases[i].id >= 0);
		if (events.n) {
			assert_int_equal(events.at[0].id, cases[i].id);
			assert_int_equal(events.at[0].source, EVENT_CONSOLE);
			assert_int_equal(events.at[0].ns, 42);
			assert_int_equal(events.at[0].number, cases[i].number);
			assert_int_equal(events.at[0].printk_ns, cases[i].printk_ns);
		}
		vec_free(&events);
	}
}

static void a_line_is_read_when_it_is_whole(void **state)
{
	struct stream s = { 0 };
	event_vec events = { 0 };
	size_t next;

	(void)state;
	put_text(&s, "noise\n[    3.100000] lobosbench: rea", 1);
	next = event_from_console(&s, 0, &events);
	assert_int_equal(next, 6);
	assert_int_equal(events.n, 0);
	put_text(&s, "dy 1", 2);
	assert_int_equal(event_from_console(&s, next, &events), 6);
	put_text(&s, "\n", 3);
	assert_int_equal(event_from_console(&s, next, &events), s.bytes.n);
	assert_int_equal(events.n, 1);
	/* Its time is when its text began, not when it was whole. */
	assert_int_equal(events.at[0].ns, 1);
	assert_int_equal(events.at[0].offset, 6);
	vec_free(&events);
	stream_free(&s);
}

static void names_lead_there_and_back(void **state)
{
	unsigned int named = 0;

	(void)state;
	for (int id = 0; id < 256; id++) {
		if (!mark_name(id))
			continue;
		named++;
		assert_int_equal(mark_from_name(mark_name(id)), id);
	}
	assert_int_equal(named, 15);
	assert_int_equal(mark_from_name("nothing"), -1);
	assert_int_equal(mark_from_name("INITCALLS"), REBOOT_MARK_INITCALLS);
}

static void a_byte_has_the_time_of_its_chunk(void **state)
{
	struct stream s = { 0 };

	(void)state;
	assert_int_equal(stream_time(&s, 0), -1);
	put_text(&s, "abc", 10);
	put_text(&s, "d", 20);
	put_text(&s, "ef", 30);
	assert_int_equal(stream_time(&s, 0), 10);
	assert_int_equal(stream_time(&s, 2), 10);
	assert_int_equal(stream_time(&s, 3), 20);
	assert_int_equal(stream_time(&s, 5), 30);
	assert_int_equal(stream_time(&s, 6), -1);
	assert_int_equal(stream_offset(&s, 0), 0);
	assert_int_equal(stream_offset(&s, 11), 3);
	assert_int_equal(stream_offset(&s, 20), 3);
	assert_int_equal(stream_offset(&s, 31), 6);
	assert_int_equal(stream_last(&s), 30);
	stream_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_reboot_has_no_faults),
		cmocka_unit_test(sequence_numbers_are_checked),
		cmocka_unit_test(decoding_goes_on_where_it_ended),
		cmocka_unit_test(damage_is_counted_and_left_behind),
		cmocka_unit_test(unknown_ids_are_counted),
		cmocka_unit_test(no_single_damage_stays_unseen),
		cmocka_unit_test(whole_lines_of_printk_look_like_marks),
		cmocka_unit_test(a_line_is_read_when_it_is_whole),
		cmocka_unit_test(names_lead_there_and_back),
		cmocka_unit_test(a_byte_has_the_time_of_its_chunk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
