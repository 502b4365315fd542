// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_preserved_log.c - a kept log, laid against the console of the kernel that wrote it
 *
 * Input: flags, length of the log (2 bytes), the log, then lines of the console.
 *
 * Reads: reboot/preserved_log.c reboot/printk_line.c
 */
#include <assert.h>
#include <endian.h>
#include <zlib.h>

#include "base/clock.h"
#include "input.h"
#include "preserved_log_format.h"
#include "reboot/preserved_log.h"

/* Bit 0: the log's header is made right, which guessing does not do. Bits 1 to 7: ms of a line. */
#define SEAL 1

static void seal(uint8_t *log, size_t n)
{
	struct preserved_log_header h;

	if (n < sizeof(h))
		return;
	memcpy(&h, log, sizeof(h));
	h.magic = htole32(PRESERVED_LOG_MAGIC);
	h.version = htole32(PRESERVED_LOG_VERSION);
	h.header_bytes = htole32(sizeof(h));
	h.length = htole32((uint32_t)(n - sizeof(h)));
	h.crc = htole32((uint32_t)crc32(0, log + sizeof(h), (uInt)(n - sizeof(h))));
	h.header_crc = htole32((uint32_t)crc32(0, (const uint8_t *)&h,
					       offsetof(struct preserved_log_header, header_crc)));
	memcpy(log, &h, sizeof(h));
}

static void write_console(struct stream *to, struct input text, int64_t step_ns)
{
	for (int64_t ns = 0; text.n; ns += step_ns) {
		const uint8_t *newline = memchr(text.at, '\n', text.n);
		struct input line = input_part(&text, newline ? (size_t)(newline - text.at) + 1 :
						      text.n);

		stream_append(to, line.at, line.n, ns);
	}
	input_trim(to);
}

static void check(const struct preserved_log *log, const char *raw, size_t n)
{
	assert(log->state == PRESERVED_LOG_KEPT || !log->lines.n);
	for (size_t i = 0; i < log->lines.n; i++)
		assert(log->lines.at[i].text >= raw &&
		       log->lines.at[i].text + log->lines.at[i].length <= raw + n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	unsigned int flags = input_byte(&in);
	struct input part = input_part(&in, input_number(&in));
	CLEANUP_FREE char *raw = input_copy(part, false);
	struct phase_time quiesce = { .first_begin_ns = NS_PER_S };
	struct preserved_log log;
	struct stream console = { 0 };

	if (flags & SEAL)
		seal((uint8_t *)raw, part.n);
	write_console(&console, in, (int64_t)(flags >> 1) * NS_PER_MS);
	preserved_log_parse((const uint8_t *)raw, part.n, &log);
	check(&log, raw, part.n);
	preserved_log_place(&log, &console, 0, console.bytes.n, &quiesce);
	check(&log, raw, part.n);
	preserved_log_free(&log);
	stream_free(&console);
	return 0;
}
