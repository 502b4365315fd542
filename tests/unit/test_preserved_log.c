// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_preserved_log.c - a preserved log is checked, split, placed
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "reboot/preserved_log.h"
#include "preserved_log_format.h"

static const char text[] =
	"<5>[    0.000000] Linux version 6.1.0 (gcc) #1 SMP\n"
	"<6>[    1.000000] virtio_blk virtio0: [vda] 16384 512-byte logical blocks\n"
	"<4>[    1.500000] WARNING: something\n"
	"<4>[    1.500000] and its second line\n"
	"<6>[   12.345678] EXT4-fs (vdb): re-mounted\n"
	"<6>[   12.400000] reboot: going down\n"
	"<6>[   12.400100] last words\n";

struct raw {
	struct preserved_log_header h;
	uint8_t text[sizeof(text) - 1];
} __attribute__((packed));

static struct raw good(void)
{
	struct raw r = {
		.h = {
			.magic = PRESERVED_LOG_MAGIC,
			.version = PRESERVED_LOG_VERSION,
			.header_bytes = sizeof(r.h),
			.length = sizeof(r.text),
			.generation = 3,
			.truncated = 17,
		},
	};

	memcpy(r.text, text, sizeof(r.text));
	r.h.crc = crc32(0, r.text, sizeof(r.text));
	r.h.header_crc = crc32(0, (const uint8_t *)&r.h,
			       offsetof(struct preserved_log_header, header_crc));
	return r;
}

static void crc_is_the_standard_one(void **state)
{
	(void)state;
	/* The check value of CRC-32 (IEEE 802.3) in every catalogue. */
	assert_int_equal(crc32(0, (const uint8_t *)"123456789", 9), 0xcbf43926);
}

static void a_good_log_is_kept(void **state)
{
	struct raw r = good();
	struct preserved_log log;

	(void)state;
	preserved_log_parse((uint8_t *)&r, sizeof(r), &log);
	assert_int_equal(log.state, PRESERVED_LOG_KEPT);
	assert_int_equal(log.generation, 3);
	assert_int_equal(log.truncated, 17);
	assert_int_equal(log.lines.n, 7);
	assert_int_equal(log.lines.at[0].level, 5);
	assert_int_equal(log.lines.at[0].printk_ns, 0);
	assert_int_equal(log.lines.at[3].printk_ns, INT64_C(1500000000));
	assert_int_equal(log.lines.at[3].length, strlen("and its second line"));
	assert_memory_equal(log.lines.at[3].text, "and its second line", 19);
	assert_int_equal(log.lines.at[4].printk_ns, INT64_C(12345678000));
	assert_int_equal(log.lines.at[4].host_ns, -1);
	preserved_log_free(&log);
}

static void nothing_is_none(void **state)
{
	struct preserved_log log;

	(void)state;
	preserved_log_parse(NULL, 0, &log);
	assert_int_equal(log.state, PRESERVED_LOG_NONE);
	preserved_log_free(&log);
}

static void damage_is_named(const struct raw *r, size_t n, const char *word)
{
	struct preserved_log log;

	preserved_log_parse((const uint8_t *)r, n, &log);
	assert_int_equal(log.state, PRESERVED_LOG_DAMAGED);
	assert_non_null(strstr(log.reason, word));
	assert_int_equal(log.lines.n, 0);
	preserved_log_free(&log);
}

static void damage_is_found(void **state)
{
	struct raw r;

	(void)state;
	r = good();
	damage_is_named(&r, 10, "fewer");
	damage_is_named(&r, sizeof(r) - 1, "text has");
	r.h.magic ^= 1;
	damage_is_named(&r, sizeof(r), "magic");
	r = good();
	r.h.version = 2;
	damage_is_named(&r, sizeof(r), "version");
	r = good();
	r.h.generation ^= 1;
	damage_is_named(&r, sizeof(r), "header");
	r = good();
	r.text[20] ^= 0x10;
	damage_is_named(&r, sizeof(r), "CRC");
}

/* Any one byte changed but the header's padding behind its checksum. */
static void no_single_damage_stays_unseen(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(struct raw); i++) {
		struct raw r = good();
		struct preserved_log log;

		if (i >= offsetof(struct preserved_log_header, padding) && i < sizeof(r.h))
			continue;
		((uint8_t *)&r)[i] ^= 0x04;
		preserved_log_parse((uint8_t *)&r, sizeof(r), &log);
		assert_int_equal(log.state, PRESERVED_LOG_DAMAGED);
		preserved_log_free(&log);
	}
}

#define S INT64_C(1000000000)
#define MS INT64_C(1000000)

/* The services of every console here have ended by then. */
static const struct phase_time quiesce = { .state = PHASE_SEEN, .first_begin_ns = 3 * S };

static void put(struct stream *s, const char *line, int64_t ns)
{
	stream_append(s, (const uint8_t *)line, strlen(line), ns);
}

static void silent_lines_get_a_time(void **state)
{
	struct raw r = good();
	struct preserved_log log;
	struct stream console = { 0 };

	(void)state;
	preserved_log_parse((uint8_t *)&r, sizeof(r), &log);
	/* Host clock = printk + 100 s; the console is 1, 2 and 3 ms late, the last two lines silent. */
	put(&console, "GRUB\r\n", 99 * S);
	put(&console, "[    0.000000] Linux version 6.1.0 (gcc) #1 SMP\r\n", 100 * S + 1 * MS);
	put(&console, "[    1.500000] WARNING: something\r\n", 101 * S + 502 * MS);
	put(&console, "lobosbench: ready 1\r\n", 105 * S);
	put(&console, "[   12.345678] EXT4-fs (vdb): re-mounted\r\n",
	    112 * S + 345678000 + 3 * MS);
	put(&console, "[    0.000000] Linux version 6.1.0 (gcc) #2 SMP\r\n", 120 * S);
	preserved_log_place(&log, &console, 0, stream_offset(&console, 120 * S), &quiesce);
	assert_int_equal(log.anchors, 3);
	assert_int_equal(log.missing, 0);
	assert_int_equal(log.offset_ns, 100 * S + 2 * MS);
	assert_int_equal(log.residual_ns, 1 * MS);
	assert_int_equal(log.lines.at[6].host_ns, 112 * S + 400100000 + 2 * MS);
	preserved_log_free(&log);
	stream_free(&console);
}

static void a_line_the_log_has_not_is_missing(void **state)
{
	struct raw r = good();
	struct preserved_log log;
	struct stream console = { 0 };

	(void)state;
	preserved_log_parse((uint8_t *)&r, sizeof(r), &log);
	put(&console, "[    1.000000] virtio_blk virtio0: [vda] 9 512-byte logical blocks\r\n", S);
	put(&console, "[    1.400000] WARNING: something\r\n", S);
	put(&console, "[    1.500000] and its second line\r\n", S);
	put(&console, "no kernel's line\r\n", S);
	put(&console, "[    1.600000] Run /init as init process\r\n", S);
	preserved_log_place(&log, &console, 0, console.bytes.n, &quiesce);
	assert_int_equal(log.missing, 3);
	assert_int_equal(log.anchors, 1);
	preserved_log_free(&log);
	stream_free(&console);
}

static void torn_lines_are_not_missing(void **state)
{
	struct raw r = good();
	struct preserved_log log;
	struct stream console = { 0 };

	(void)state;
	preserved_log_parse((uint8_t *)&r, sizeof(r), &log);
	/* A program's line let in, then one that cuts a line short. */
	put(&console, "[   12.345678] EXT4-fs (vdlobosbench: readyb): re-mounted\r\n", 20 * S);
	put(&console, "[   12.400000] reboot: goilobosbench: services stopped\r\n", 20 * S);
	put(&console, "ng down\r\n", 20 * S);
	/* The machine was reset in the middle of a line. */
	put(&console, "[   12.400100] last wo", 20 * S);
	preserved_log_place(&log, &console, 0, console.bytes.n, &quiesce);
	assert_int_equal(log.anchors, 0);
	assert_int_equal(log.offset_ns, 0);
	assert_int_equal(log.missing, 0);
	preserved_log_free(&log);
	stream_free(&console);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crc_is_the_standard_one),
		cmocka_unit_test(a_good_log_is_kept),
		cmocka_unit_test(nothing_is_none),
		cmocka_unit_test(damage_is_found),
		cmocka_unit_test(no_single_damage_stays_unseen),
		cmocka_unit_test(silent_lines_get_a_time),
		cmocka_unit_test(a_line_the_log_has_not_is_missing),
		cmocka_unit_test(torn_lines_are_not_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
