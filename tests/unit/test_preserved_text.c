// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_preserved_text.c - what the console says of a preserved log: whose it is, and what it lacks
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

#define S INT64_C(1000000000)
#define MS INT64_C(1000000)

/* The services of every console here have ended by then. */
static const struct phase_time quiesce = { .state = PHASE_SEEN, .first_begin_ns = 3 * S };

static void put(struct stream *s, const char *line, int64_t ns)
{
	stream_append(s, (const uint8_t *)line, strlen(line), ns);
}

#define COMMAND_LINE(nonce)	"[    0.000000] Command line: ro nonce=" nonce "\n"
#define QUIET			"[    1.000000] quiet\n"
#define INIT			"[    1.200000] Run /init as init process\n"
#define MOUNTED			"[    1.900000] mounted\n"
#define STOPPED			"[    2.000000] lobosbench: services stopped\n"
#define LAST			"[    2.100000] kexec_core: Starting new kernel\n"
#define WHOLE			COMMAND_LINE("00.2") QUIET INIT MOUNTED STOPPED LAST

/* What programs put on the console: after init, in a hook, and behind the kernel's last words. */
struct forged {
	const char *early, *hook, *last;
};

/* Places a log beside the console of the kernel that wrote WHOLE, whose clock began at 1 s. */
static void place(const void *kept, size_t n, const struct forged *f, struct preserved_log *log)
{
	struct stream console = { 0 };

	put(&console, COMMAND_LINE("00.2"), S);
	put(&console, INIT, 2200 * MS);
	put(&console, f->early, 2300 * MS);
	put(&console, "a program's line\r\n", 2400 * MS);
	put(&console, MOUNTED, 2900 * MS);
	put(&console, STOPPED, 3000 * MS);
	put(&console, f->hook, 3050 * MS);
	put(&console, LAST, 3100 * MS);
	put(&console, f->last, 3100 * MS);
	preserved_log_parse(kept, n, log);
	preserved_log_place(log, &console, 0, console.bytes.n, &quiesce);
	stream_free(&console);
}

static void place_text(const char *kept, struct preserved_log *log)
{
	static const struct forged nothing = { "", "", "" };

	place(kept, strlen(kept), &nothing, log);
}

static void text_alone_has_the_console_as_its_witness(void **state)
{
	static const char *const kept[] = {
		WHOLE, WHOLE "\nECC: No errors detected\n",
		WHOLE "\nECC: 3 Corrected bytes, 0 unrecoverable blocks\n",
	};
	struct preserved_log log;

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		place_text(kept[i], &log);
		assert_int_equal(log.state, PRESERVED_LOG_KEPT);
		assert_int_equal(log.lines.n, 6);
		assert_int_equal(log.anchors, 5);
		assert_int_equal(log.lines.at[1].host_ns, 2 * S);
		preserved_log_free(&log);
	}
}

static void text_that_is_not_that_kernels_is_damaged(void **state)
{
	static const struct {
		const char *kept, *reason;
	} table[] = {
		{ COMMAND_LINE("00.1") QUIET INIT MOUNTED STOPPED LAST,
		  "4 lines of the old kernel's console are in it, 1 that no program printed are" },
		/* It wrapped, it lost one line, it was cut off at the end and in the middle. */
		{ MOUNTED STOPPED LAST, "3 lines of the old kernel's console are in it, 2 that" },
		{ COMMAND_LINE("00.2") QUIET MOUNTED STOPPED LAST, "are in it, 1 that" },
		{ COMMAND_LINE("00.2") QUIET INIT MOUNTED STOPPED, "are in it, 1 that" },
		{ COMMAND_LINE("00.2") QUIET INIT, "2 lines of the old kernel's console are in it, 2 that" },
		{ "nothing of it", "0 lines of the old kernel's console are in it, 4 that" },
		{ WHOLE "\nECC: 3 Corrected bytes, 2 unrecoverable blocks\n",
		  "could not correct 2 blocks" },
	};
	struct preserved_log log;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		place_text(table[i].kept, &log);
		assert_int_equal(log.state, PRESERVED_LOG_DAMAGED);
		assert_non_null(strstr(log.reason, table[i].reason));
		assert_int_equal(log.lines.n, 0);
		preserved_log_free(&log);
	}
}

/* A log with a header and the text of WHOLE. */
static size_t whole_with_header(uint8_t *raw)
{
	struct preserved_log_header h = {
		.magic = PRESERVED_LOG_MAGIC, .version = PRESERVED_LOG_VERSION,
		.header_bytes = sizeof(h), .length = strlen(WHOLE),
		.crc = crc32(0, (const uint8_t *)WHOLE, strlen(WHOLE)),
	};

	h.header_crc = crc32(0, (const uint8_t *)&h,
			     offsetof(struct preserved_log_header, header_crc));
	memcpy(raw, &h, sizeof(h));
	memcpy(raw + sizeof(h), WHOLE, strlen(WHOLE));
	return sizeof(h) + strlen(WHOLE);
}

/* A quiet kernel's console begins with PID 1's line on the end of the services. */
static void place_quiet(const char *seen, const void *kept, size_t n, struct preserved_log *log)
{
	struct stream console = { 0 };

	put(&console, seen, 3000 * MS);
	preserved_log_parse(kept, n, log);
	preserved_log_place(log, &console, 0, console.bytes.n, &quiesce);
	stream_free(&console);
}

static void text_without_the_line_on_init_proves_nothing(void **state)
{
	struct preserved_log log;

	(void)state;
	place_quiet(STOPPED LAST, STOPPED LAST, strlen(STOPPED LAST), &log);
	assert_int_equal(log.anchors, 2);
	assert_int_equal(log.state, PRESERVED_LOG_DAMAGED);
	assert_non_null(strstr(log.reason, "does not have the old kernel's lines up to init"));
	preserved_log_free(&log);
}

/* Its log is of another boot, with a checksum that is right. */
static void a_log_of_another_boot_of_a_quiet_kernel_lacks_lines(void **state)
{
	uint8_t raw[sizeof(struct preserved_log_header) + sizeof(WHOLE)];
	size_t n = whole_with_header(raw);
	struct preserved_log log;

	(void)state;
	place_quiet(STOPPED LAST, raw, n, &log);
	assert_int_equal(log.state, PRESERVED_LOG_KEPT);
	assert_int_equal(log.missing, 0);
	preserved_log_free(&log);
	place_quiet("[    2.000001] lobosbench: services stopped\n", raw, n, &log);
	assert_int_equal(log.missing, 1);
	preserved_log_free(&log);
}

#define FORGED(text) { text, "", "" }, { "", text, "" }, { "", "", text }

/* Wherever a program prints it. */
static void what_programs_print_is_never_missing(void **state)
{
	static const struct forged table[] = {
		FORGED("[    5.000000] hello\n"),
		FORGED("[ 9999.000000] far ahead\n"),
		FORGED("[    0.000000] Linux version 6\n[    0.500000] of another kernel\n"),
		FORGED(COMMAND_LINE("00.2") QUIET INIT),
		FORGED("[    1.200000] Run /bin/forged as init process\n"),
		FORGED("[    1.900000] mounted, and more\n[    2.0"),
		FORGED("[    1.250000] another\n[    1.300000] and another\n"),
		/* With a stamp that fits: the kernel's last words are still to come. */
		{ "[    1.300000] fits\n", "[    2.050000] fits\n", "" },
	};
	uint8_t raw[sizeof(struct preserved_log_header) + sizeof(WHOLE)];
	size_t n = whole_with_header(raw);
	struct preserved_log log;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		place(WHOLE, strlen(WHOLE), &table[i], &log);
		assert_string_equal(log.reason, "");
		assert_int_equal(log.state, PRESERVED_LOG_KEPT);
		assert_int_equal(log.missing, 0);
		assert_in_range(log.anchors, 4, 5);
		preserved_log_free(&log);
		place(raw, n, &table[i], &log);
		assert_int_equal(log.state, PRESERVED_LOG_KEPT);
		assert_int_equal(log.missing, 0);
		preserved_log_free(&log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_alone_has_the_console_as_its_witness),
		cmocka_unit_test(text_that_is_not_that_kernels_is_damaged),
		cmocka_unit_test(text_without_the_line_on_init_proves_nothing),
		cmocka_unit_test(a_log_of_another_boot_of_a_quiet_kernel_lacks_lines),
		cmocka_unit_test(what_programs_print_is_never_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
