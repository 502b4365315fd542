// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_data_line.c - blocks of the data line are read whole or not at all
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "reboot/data_line.h"

#define FACTS(k)				\
	"boot " k " begin\n"			\
	"boot_id 1b4e28ba-2fa1\n"		\
	"nonce 00ff.2\n"			\
	"kernel 6.1.1 #1 SMP Mon\n"		\
	"command_line console=ttyS0 ro\n"	\
	"clocksource tsc\n"

/* What newer guests say behind the clock source. */
#define MORE_FACTS						\
	"cpus 2\n"						\
	"memory_kib 248000\n"					\
	"memory_map 00001000-0009fbff 00100000-0ffdffff \n"	\
	"tsc_khz 2299998\n"					\
	"block_devices vda:65536 vdb:133120 \n"			\
	"interrupt_controllers IO-APIC PCI-MSI LOC \n"		\
	"taint 512\n"						\
	"warnings 1\n"
/* What the newest say behind that. */
#define EFI_RUNTIME "efi_runtime 1\n"

static void put(struct stream *s, const char *text)
{
	stream_append(s, (const uint8_t *)text, strlen(text), 1);
}

static void a_boot_is_read(void **state)
{
	struct stream s = { 0 };
	struct data_item item;

	(void)state;
	put(&s, FACTS("2") "previous_log none 0\nboot 2 end\n");
	assert_int_equal(data_line_next(&s, 0, &item), s.bytes.n);
	assert_int_equal(item.kind, DATA_BOOT);
	assert_int_equal(item.k, 2);
	assert_string_equal(item.boot_id, "1b4e28ba-2fa1");
	assert_string_equal(item.nonce, "00ff.2");
	assert_string_equal(item.kernel, "6.1.1 #1 SMP Mon");
	assert_string_equal(item.command_line, "console=ttyS0 ro");
	assert_string_equal(item.facts.clocksource, "tsc");
	assert_false(item.facts.known);
	assert_int_equal(item.log_bytes, 0);
	assert_int_equal(data_line_next(&s, s.bytes.n, &item), s.bytes.n);
	assert_int_equal(item.kind, DATA_NOTHING);
	stream_free(&s);
}

static void assert_facts(const struct machine_facts *f)
{
	assert_true(f->known);
	assert_string_equal(f->clocksource, "tsc");
	assert_int_equal(f->cpus, 2);
	assert_int_equal(f->memory_kib, 248000);
	assert_string_equal(f->memory_map, "00001000-0009fbff 00100000-0ffdffff");
	assert_int_equal(f->tsc_khz, 2299998);
	assert_string_equal(f->block_devices, "vda:65536 vdb:133120");
	assert_string_equal(f->interrupt_controllers, "IO-APIC PCI-MSI LOC");
	assert_int_equal(f->taint, 512);
	assert_int_equal(f->warnings, 1);
}

/* What OVMF and GRUB write to each serial port, piece by piece; the last line has no end. */
static void what_the_firmware_writes_is_no_item(void **state)
{
	static const char *const pieces[] = {
		"\x1b[2J\x1b[01;01H\x1b[=3h", "BdsDxe: starting Boot0001 \"Misc\"\r\n",
		"\x1b[0m\x1b[30mWelcome to GRUB!\n\r\n\r  Booting `linux'\n\r\n\r", "boot",
		" 7 begin and more\nboot 8", " begi",
	};
	struct stream s = { 0 };
	struct data_item item;
	size_t next;

	(void)state;
	put(&s, FACTS("1") "previous_log none 0\nboot 1 end\n");
	next = data_line_next(&s, 0, &item);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		put(&s, pieces[i]);
		assert_int_equal(data_line_next(&s, next, &item), next);
		assert_int_equal(item.kind, DATA_NOTHING);
	}
	put(&s, FACTS("2") "previous_log none 0\nboot 2 end\n");
	assert_int_equal(data_line_next(&s, next, &item), s.bytes.n);
	assert_int_equal(item.kind, DATA_BOOT);
	assert_int_equal(item.k, 2);
	stream_free(&s);
}

static void facts_are_read(void **state)
{
	struct stream s = { 0 };
	struct data_item item;
	size_t next;

	(void)state;
	put(&s, FACTS("1") MORE_FACTS "previous_log present 2\nab");
	put(&s, "boot 1 end\nrequest 2 begin\nclocksource tsc\n" MORE_FACTS EFI_RUNTIME
		"request 2 end\n");
	next = data_line_next(&s, 0, &item);
	assert_int_equal(item.kind, DATA_BOOT);
	assert_int_equal(item.log_bytes, 2);
	assert_facts(&item.facts);
	assert_int_equal(item.facts.efi_runtime, 0);
	assert_int_equal(data_line_next(&s, next, &item), s.bytes.n);
	assert_int_equal(item.kind, DATA_REQUEST);
	assert_int_equal(item.k, 2);
	assert_facts(&item.facts);
	assert_int_equal(item.facts.efi_runtime, 1);
	stream_free(&s);
}

static void a_log_is_raw_bytes(void **state)
{
	/* Bytes that look like the protocol, and some that are no text. */
	static const char log[] = "boot 2 end\n\0\xff\r\nboot 3 begin\n";
	struct stream s = { 0 };
	struct data_item item;

	(void)state;
	put(&s, FACTS("2") "previous_log present 28\n");
	assert_int_equal(sizeof(log) - 1, 28);
	stream_append(&s, (const uint8_t *)log, sizeof(log) - 1, 1);
	put(&s, "boot 2 end\n");
	assert_int_equal(data_line_next(&s, 0, &item), s.bytes.n);
	assert_int_equal(item.kind, DATA_BOOT);
	assert_int_equal(item.log_bytes, 28);
	assert_memory_equal(s.bytes.at + item.log_offset, log, 28);
	stream_free(&s);
}

/* However a block arrives, it is there with its last byte and not before. */
static void a_block_is_there_when_it_is_whole(void **state)
{
	static const struct {
		const char *text;
		enum data_kind kind;
	} blocks[] = {
		{ FACTS("1") "previous_log present 5\n\n\n\n\n\nboot 1 end\n", DATA_BOOT },
		{ FACTS("1") MORE_FACTS "previous_log none 0\nboot 1 end\n", DATA_BOOT },
		{ "request 1 begin\nclocksource tsc\n" MORE_FACTS "request 1 end\n", DATA_REQUEST },
		{ FACTS("1") MORE_FACTS EFI_RUNTIME "previous_log none 0\nboot 1 end\n", DATA_BOOT },
		{ "request 1 begin\nclocksource tsc\n" MORE_FACTS EFI_RUNTIME "request 1 end\n",
		  DATA_REQUEST },
	};

	(void)state;
	for (size_t b = 0; b < sizeof(blocks) / sizeof(blocks[0]); b++) {
		struct stream s = { 0 };
		struct data_item item;

		for (const char *c = blocks[b].text; *c; c++) {
			assert_int_equal(data_line_next(&s, 0, &item), 0);
			assert_int_equal(item.kind, DATA_NOTHING);
			stream_append(&s, (const uint8_t *)c, 1, 1);
		}
		assert_int_equal(data_line_next(&s, 0, &item), s.bytes.n);
		assert_int_equal(item.kind, blocks[b].kind);
		stream_free(&s);
	}
}

static void a_refusal_is_read(void **state)
{
	struct stream s = { 0 };
	struct data_item item;
	size_t next;

	(void)state;
	put(&s, "refused 3 status 1 errno 8\nrefused 4 status 255 errno 0\r\n");
	next = data_line_next(&s, 0, &item);
	assert_int_equal(item.kind, DATA_REFUSED);
	assert_int_equal(item.k, 3);
	assert_int_equal(item.status, 1);
	assert_int_equal(item.refused_errno, 8);
	assert_int_equal(data_line_next(&s, next, &item), s.bytes.n);
	assert_int_equal(item.k, 4);
	assert_int_equal(item.refused_errno, 0);
	stream_free(&s);
}

static void damage_costs_one_item(void **state)
{
	static const char *const broken[] = {
		"gibberish\n",
		"boot x begin\n",
		"boot 2 begin\nnonce before boot_id\n",
		FACTS("2") "previous_log perhaps 3\n",
		FACTS("2") "previous_log present 99999999999\n",
		FACTS("2") "previous_log none 0\nboot 3 end\n",
		"refused 2 status\n",
		FACTS("2") "cpus many\n",
		FACTS("2") "taint 0\n",
		FACTS("2") MORE_FACTS "efi_runtime yes\n",
		FACTS("2") MORE_FACTS EFI_RUNTIME EFI_RUNTIME,
		"request 2 begin\nclocksource tsc\nprevious_log none 0\n",
		"request 2 begin\nclocksource tsc\n" MORE_FACTS "request 3 end\n",
		/* A machine that was reset in the middle of a block. */
		"boot 2 begin\nboot_id 1b4e28",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		struct stream s = { 0 };
		struct data_item item;
		size_t next;

		put(&s, broken[i]);
		put(&s, "\nboot 7 begin\n");
		next = data_line_next(&s, 0, &item);
		assert_int_equal(item.kind, DATA_DAMAGED);
		assert_true(strlen(item.reason) > 0);
		/* What comes behind the damage is found. */
		put(&s, strchr(FACTS("7"), '\n') + 1);
		put(&s, "previous_log none 0\nboot 7 end\n");
		for (int tries = 0; item.kind != DATA_BOOT; tries++) {
			assert_in_range(tries, 0, 3);
			next = data_line_next(&s, next, &item);
		}
		assert_int_equal(item.k, 7);
		assert_int_equal(next, s.bytes.n);
		stream_free(&s);
	}
}

static void noise_does_not_wait_for_ever(void **state)
{
	struct stream s = { 0 };
	struct data_item item;

	(void)state;
	for (int i = 0; i < 5000; i++)
		put(&s, "x");
	data_line_next(&s, 0, &item);
	assert_int_equal(item.kind, DATA_DAMAGED);
	stream_free(&s);
}

/* Text of a firmware that never ends its line: looking for a block takes no longer than reading it. */
static void what_the_firmware_writes_may_be_long(void **state)
{
	const size_t n = 1 << 20;
	CLEANUP_FREE uint8_t *text = malloc(n);
	struct stream s = { 0 };
	struct data_item item;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', n);
	put(&s, "\x1b");
	stream_append(&s, text, n, 1);
	put(&s, "\n");
	alarm(30);
	assert_int_equal(data_line_next(&s, 0, &item), 0);
	alarm(0);
	assert_int_equal(item.kind, DATA_NOTHING);
	put(&s, "boot 0 be");
	assert_int_equal(data_line_next(&s, 0, &item), 0);
	stream_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_boot_is_read),
		cmocka_unit_test(what_the_firmware_writes_is_no_item),
		cmocka_unit_test(facts_are_read),
		cmocka_unit_test(a_log_is_raw_bytes),
		cmocka_unit_test(a_block_is_there_when_it_is_whole),
		cmocka_unit_test(a_refusal_is_read),
		cmocka_unit_test(damage_costs_one_item),
		cmocka_unit_test(noise_does_not_wait_for_ever),
		cmocka_unit_test(what_the_firmware_writes_may_be_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
