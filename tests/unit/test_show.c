// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_show.c - one sample at a terminal, with all its raw bytes and without any
 */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>

#include "commands/commands.h"
#include "preserved_log_format.h"
#include "report/show.h"
#include "report_samples.h"
#include "scratch.h"

#define TRIAL "lobos-m3"

/* What the old kernel printed; the last line never reached the console. */
#define OLD_LINE "[    9.000000] \x1b[31mreboot: going down"
#define LAST_LINE "[    9.250000] last words"

/* Name below the scratch folder, for writing. */
static FILE *create(void **state, const char *name)
{
	CLEANUP_FREE char *path = scratch_path(state, name);
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	return f;
}

#define FACTS(cpus, tsc)								\
	"clocksource tsc\ncpus " cpus "\nmemory_kib 910000\nmemory_map 0-f \ntsc_khz " tsc "\n"	\
	"block_devices vda:8 \ninterrupt_controllers \x1b[2J \ntaint 0\nwarnings 0\n"

/* What the machine told around its first reboot: the old kernel's log among it. */
static void make_data(void **state)
{
	static const char log[] = "<6>" OLD_LINE "\n<6>" LAST_LINE "\n";
	struct preserved_log_header h = {
		.magic = PRESERVED_LOG_MAGIC,
		.version = PRESERVED_LOG_VERSION,
		.header_bytes = sizeof(h),
		.length = sizeof(log) - 1,
		.crc = crc32(0, (const uint8_t *)log, sizeof(log) - 1),
		.generation = 1,
	};
	FILE *f = create(state, TRIAL ".data");

	h.header_crc = crc32(0, (const uint8_t *)&h,
			     offsetof(struct preserved_log_header, header_crc));
	fprintf(f,
		"boot 0 begin\nboot_id a\nnonce -\nkernel 6.1\ncommand_line x\nclocksource tsc\n"
		"previous_log none 0\nboot 0 end\n"
		"request 1 begin\n" FACTS("2", "2300000") "request 1 end\n"
		"boot 1 begin\nboot_id b\nnonce n.1\nkernel 6.1\ncommand_line x\n" FACTS("1", "0")
		"previous_log present %zu\n",
		sizeof(h) + sizeof(log) - 1);
	fwrite(&h, 1, sizeof(h), f);
	fwrite(log, 1, sizeof(log) - 1, f);
	fputs("boot 1 end\n", f);
	assert_int_equal(fclose(f), 0);
}

/* The console: old kernel, then the new one; each line a chunk of its own. */
static int64_t make_console(void **state, int64_t request_ns)
{
	FILE *console = create(state, TRIAL ".console"), *stamps = create(state, TRIAL ".stamps");
	const int64_t came[] = { request_ns + 100000000, request_ns + 400000000 };
	const char *const lines[] = { OLD_LINE "\r\n", "[    0.000000] Linux again\r\n" };
	size_t offset = 0, i;

	fputs("{\"line\":\"machine\",\"ns\":1,\"event\":\"reset\"}\n", stamps);
	for (i = 0; i < 2; i++) {
		fputs(lines[i], console);
		fprintf(stamps,
			"{\"line\":\"console\",\"ns\":%" PRId64 ",\"offset\":%zu,\"length\":%zu}\n",
			came[i], offset, strlen(lines[i]));
		offset += strlen(lines[i]);
	}
	assert_int_equal(fclose(console), 0);
	assert_int_equal(fclose(stamps), 0);
	return (int64_t)offset;
}

static char *shown(const struct show *show)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	show_sample(f, show);
	fclose(f);
	return text;
}

static void assert_says(const char *text, const char *sentence)
{
	if (!strstr(text, sentence))
		fail_msg("\"%s\" is not in:\n%s", sentence, text);
}

static void everything_is_shown(void **state)
{
	struct sample s = made_sample(&made_ways[3], 3, 0);
	struct show show = {
		.sample = &s, .boot = 1, .target_ns = 3000000000, .consoles = *state, .lines = 5,
	};
	char *text;
	const char *c;

	make_data(state);
	s.console_bytes = make_console(state, s.phases.request_ns);
	strcpy(s.firmware, "bios");
	strcpy(s.chipset, "pc");
	strcpy(s.cpu_model, "qemu32");
	s.cpus = 2;
	s.memory_mib = 1024;
	s.whole = WHOLE_NO;
	s.differences = DIFFERENCE_BIT(DIFFERENCE_CPUS) | DIFFERENCE_BIT(DIFFERENCE_TSC) |
			DIFFERENCE_BIT(DIFFERENCE_TAINT);
	text = shown(&show);
	for (c = text; *c; c++)
		assert_true(*c == '\n' || (unsigned char)*c >= 0x20);
	assert_says(text, "sample 4: made/lobos/3/0, a warm-up\nverdict   ok, proved; witness: not witnessed\n");
	assert_says(text, "\nhardware  firmware bios, chipset pc, 2 CPUs (qemu32), 1024 MiB, of which the "
			  "kernel uses 888\nwhole     no: cpus tsc taint\n          cpus: 2 before, 1 after\n"
			  "          tsc: 2300000 before, 0 after\n"
			  "          taint: 0 before, 0 after; see the earlier reboots of its chain\n");
	assert_says(text, "latency   1.381 s, downtime 1.381 s; target 3.000 s\n");
	assert_says(text, "shutdown        0.000 s      122 ms  ████·");
	assert_says(text, "userspace       1.286 s     95.0 ms  ·");
	assert_says(text, "doubt     emulated: ");
	assert_says(text, "2 lines, generation 1; 1 of them on the console too");
	/* The console had the line at 0.1 s, so the last one, 0.25 s later, was at 0.35 s. */
	assert_says(text, "     +0.100 s  \\x1b[31mreboot: going down\n");
	assert_says(text, "     +0.350 s  last words\n");
	assert_says(text, "  [    9.000000] \\x1b[31mreboot: going down\n  [    0.000000] Linux "
			  "again\n");
	free(text);
}

static void write_line(FILE *console, FILE *stamps, const char *text, int64_t ns)
{
	fprintf(stamps, "{\"line\":\"console\",\"ns\":%" PRId64 ",\"offset\":%ld,\"length\":%zu}\n", ns,
		ftell(console), strlen(text));
	fputs(text, console);
}

/* What can be told apart of UEFI firmware, and nothing where it says nothing. */
static void the_firmware_has_parts(void **state)
{
	struct sample s = made_sample(&made_ways[3], 3, 0);
	struct show show = {
		.sample = &s, .boot = 1, .target_ns = 3000000000, .consoles = *state, .lines = 5,
	};
	FILE *console = create(state, TRIAL ".console"), *stamps = create(state, TRIAL ".stamps");
	const int64_t ms = 1000000, from = s.phases.request_ns + 200 * ms;
	char *text;

	strcpy(s.firmware, "uefi");
	s.phases.at[PHASE_FIRMWARE] = (struct phase_time){
		.state = PHASE_SEEN, .ns = 700 * ms, .first_begin_ns = from,
		.last_end_ns = from + 700 * ms,
	};
	write_line(console, stamps, "BdsDxe: loading Boot0001 of the boot before\r\n", from - 1 * ms);
	write_line(console, stamps, "\x1b[2J", from + 500 * ms);
	fflush(stamps);
	fflush(console);
	text = shown(&show);
	assert_null(strstr(text, "by its words"));
	free(text);
	write_line(console, stamps, "BdsDxe: loading Boot0001\r\n", from + 650 * ms);
	assert_int_equal(fclose(console), 0);
	assert_int_equal(fclose(stamps), 0);
	text = shown(&show);
	assert_says(text, "firmware, by its words on the console:\n"
			  "          SEC, PEI, DXE, BDS to its console     500 ms\n"
			  "          BDS, to the choice of a program       150 ms\n"
			  "          loading and starting that            50.0 ms\n");
	free(text);
	strcpy(s.firmware, "bios");
	text = shown(&show);
	assert_null(strstr(text, "by its words"));
	free(text);
}

static void missing_bytes_are_said_to_be(void **state)
{
	struct sample s = made_sample(&made_ways[3], 3, 1);
	struct show show = {
		.sample = &s, .boot = 2, .target_ns = 3000000000, .consoles = *state, .lines = 5,
	};
	char *text = shown(&show);

	assert_says(text, "What the machine told is not there any more.");
	assert_says(text, "Nothing of it is there.");
	free(text);
}

static void a_failure_is_shown(void **state)
{
	struct sample s = made_sample(&made_ways[0], 0, 2);
	struct show show = {
		.sample = &s, .boot = 3, .target_ns = 1, .consoles = *state, .lines = 5
	};
	char *text;

	make_fail(&s, VERDICT_HUNG, PHASE_KERNEL);
	s.phases.at[PHASE_USERSPACE] = (struct phase_time){ .state = PHASE_UNKNOWN };
	text = shown(&show);
	assert_says(text, "verdict   hung, not proved, in phase kernel; witness: not witnessed\n");
	assert_says(text, "alert(1)</script> | **bold** `tick` [link](x) \\x1b[2J.\n");
	assert_says(text, "kernel    none came up\n");
	assert_says(text, "latency   –, downtime –;");
	assert_says(text, "userspace      not seen\n");
	free(text);
}

static int show_command(const char *results, const char *what, struct error **err)
{
	const struct settings global = { .top = ".", .results = results };
	char *words[] = { (char *)what, NULL };
	CLEANUP_FREE void *options = malloc(command_show.size);
	const struct option_set sets[] = { { command_show.options, options }, { 0 } };
	int rc;

	memcpy(options, command_show.defaults, command_show.size);
	rc = options_parse("show", sets, words, err);
	return rc ? rc : command_show.run(&global, options, err);
}

static void bad_names_are_refused(void **state)
{
	static const struct {
		const char *what, *message;
	} table[] = {
		{ NULL, "SAMPLE is missing" },
		{ "4x", "names no sample" },
		{ "lobos/1/2", "names no sample" },
		{ "latest/lobos/1/-2", "names no sample" },
		{ "latest/lobos/1/", "names no sample" },
		{ "latest/lobos/1/99999999999999999999", "names no sample" },
		{ "latest/lobos/1/2", "has no sample lobos/1/2" },
		{ "made/kexec/3/0", "has no sample kexec/3/0" },
		{ "other/lobos/3/0", "other" },
		{ "77", "77" },
	};
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct sample s = made_sample(&made_ways[3], 3, 0);
	struct run_row run = made_run(1);
	struct error *err = NULL;
	struct store *store = store_open(path, false, &err);
	size_t i;

	assert_non_null(store);
	assert_int_equal(store_run_begin(store, &run, &err), 0);
	assert_int_equal(store_sample_add(store, &s, &err), 0);
	store_close(store);
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_true(show_command(*state, table[i].what, &err) < 0);
		assert_int_equal(err->class, ERROR_USAGE);
		assert_says(err->message, table[i].message);
		error_free(err);
		err = NULL;
	}
	assert_int_equal(show_command(*state, "latest/lobos/3/0", &err), 0);
	assert_int_equal(show_command(*state, "1", &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(everything_is_shown, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(the_firmware_has_parts, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(missing_bytes_are_said_to_be, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_failure_is_shown, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(bad_names_are_refused, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
