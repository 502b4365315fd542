// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_kept_reboots.c - recorded reboots are read again as they were read then
 *
 * tests/data/reboots holds the four files of machines that rebooted once, as a
 * run keeps them. All that is measured comes from these bytes, so they must
 * give the same sample for ever.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "machine/observation.h"
#include "reboot_marks.h"
#include "reboot/wait.h"

#define DATA "tests/data/reboots/"
#define BYTES_MAX (1 << 20)

#define BIT(p)	(1u << PHASE_##p)
#define ALWAYS	(BIT(SHUTDOWN) | BIT(QUIESCE) | BIT(HANDOFF) | BIT(KERNEL) | BIT(USERSPACE))
#define LOBOS	(ALWAYS | BIT(LOAD))
#define KEXEC	(ALWAYS | BIT(LOAD) | BIT(DECOMPRESS))
#define BIOS	(ALWAYS | BIT(FIRMWARE) | BIT(BOOTLOADER) | BIT(DECOMPRESS))

static const char *const line_names[RECORDER_LINES] = { "console", "marks", "data" };

/* One stamp of the recording; the bytes it stands for come from the line's file. */
static bool next_stamp(FILE *stamps, FILE *const files[], struct lines *l)
{
	static uint8_t bytes[BYTES_MAX];
	char text[256], line[16], event[16];
	int64_t ns;
	size_t offset, length;

	if (!fgets(text, sizeof(text), stamps))
		return false;
	if (sscanf(text, "{\"line\":\"machine\",\"ns\":%" SCNd64 ",\"event\":\"%15[a-z]\"}", &ns,
		   event) == 2) {
		struct event e = { .ns = ns, .source = EVENT_MACHINE, .id = MACHINE_RESET };

		assert_string_equal(event, "reset");
		vec_push(&l->machine, e);
		return true;
	}
	assert_int_equal(sscanf(text, "{\"line\":\"%15[a-z]\",\"ns\":%" SCNd64
				",\"offset\":%zu,\"length\":%zu}", line, &ns, &offset, &length), 4);
	for (int i = 0; i < RECORDER_LINES; i++) {
		if (strcmp(line, line_names[i]))
			continue;
		assert_int_equal(offset, l->streams[i].bytes.n);
		assert_in_range(length, 1, BYTES_MAX);
		assert_int_equal(fread(bytes, 1, length, files[i]), length);
		stream_append(&l->streams[i], bytes, length, ns);
		return true;
	}
	fail_msg("no line of that name: %s", line);
	return false;
}

static FILE *open_kept(const char *trial, const char *suffix)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), DATA "%s.%s", trial, suffix);
	f = fopen(path, "r");
	assert_non_null(f);
	return f;
}

static void load(const char *trial, struct lines *l)
{
	FILE *files[RECORDER_LINES], *stamps = open_kept(trial, "stamps");

	*l = (struct lines){ 0 };
	for (int i = 0; i < RECORDER_LINES; i++)
		files[i] = open_kept(trial, line_names[i]);
	while (next_stamp(stamps, files, l))
		;
	for (int i = 0; i < RECORDER_LINES; i++) {
		/* Each byte has a stamp. */
		assert_int_equal(fgetc(files[i]), EOF);
		fclose(files[i]);
	}
	fclose(stamps);
	lines_decode(l);
}

struct known {
	const char *trial;
	unsigned int expected;
	bool resets;
	const char *previous_log;
	unsigned int distinct_resets;
	int64_t latency_ns;
	int64_t phases_ns[PHASES];
	int64_t console_bytes;
	unsigned int log_lines;
};

/* First boot, then the reboot, as trial.c goes through them. */
static void observe(const struct known *k, struct lines *l, struct sample *sample)
{
	const struct wait_limits limits = { .silence_ns = 1, .phase_ns = 1 };
	const struct lines_mark beginning = { 0 };
	struct lines_mark next;
	struct wait first, reboot;
	struct impl_image image = { .format = (char *)"any", .path = (char *)"/any" };
	struct impl impl = { .resets = k->resets, .previous_log = (char *)k->previous_log,
			     .images = &image, .images_count = 1 };
	struct scenario_way way = { .way = (char *)"way", .impl = &impl };
	struct scenario scenario = { .name = (char *)"s", .machine = { .arch = (char *)"i386" } };
	struct trial_plan plan = { .scenario = &scenario, .way = &way, .run = "r" };
	struct observation o = { .plan = &plan, .lines = l, .accelerator = "tcg",
				 .trial = k->trial };

	wait_begin(&first, &beginning, k->expected, true, &limits, 0);
	assert_int_equal(wait_look(&first, l, 0, lines_last(l)), ENDING_REPORTED);
	assert_int_equal(first.item.k, 0);
	next = lines_next(l, &first.since);
	wait_begin(&reboot, &next, k->expected, false, &limits, 0);
	/* What libvirt told is not told apart by line: it all belongs to the reboot. */
	reboot.since.machine = 0;
	assert_int_equal(wait_look(&reboot, l, 0, lines_last(l)), ENDING_REPORTED);
	assert_int_equal(reboot.item.k, 1);
	assert_int_equal(reboot.window.resets, k->distinct_resets);
	o.window = &reboot.window;
	o.ending = ENDING_REPORTED;
	o.old = &first.item;
	o.new = &reboot.item;
	o.nonce = reboot.item.nonce;
	o.old_console = 0;
	observation_sample(&o, sample);
	wait_end(&first);
	wait_end(&reboot);
}

static void is_read_as_it_was(const struct known *k)
{
	struct sample s;
	struct lines l;
	int64_t sum = 0;

	load(k->trial, &l);
	observe(k, &l, &s);
	assert_string_equal(verdict_name(s.judgement.verdict), "ok");
	assert_true(s.judgement.proved);
	assert_int_equal(s.latency_ns, k->latency_ns);
	for (int i = 0; i < PHASES; i++) {
		assert_int_equal(s.phases.at[i].state,
				 k->expected & (1u << i) ? PHASE_SEEN : PHASE_ABSENT);
		assert_int_equal(s.phases.at[i].ns, k->phases_ns[i]);
		assert_false(s.phases.at[i].from_console);
		sum += s.phases.at[i].ns;
	}
	assert_int_equal(sum, s.latency_ns);
	assert_int_equal(s.console_bytes, k->console_bytes);
	assert_int_equal(s.log_lines, k->log_lines);
	assert_int_equal(s.log_missing, 0);
	lines_free(&l);
}

/*
 * The old kernel's last words, said after its devices were stopped, lie where the
 * marks say they must: in quiesce. Two clocks that know nothing of each other agree.
 */
static void the_log_lies_where_the_marks_say(void **state)
{
	struct known k = { .trial = "lobos-m0", .expected = LOBOS, .previous_log = "/log" };
	const struct stream *console;
	const struct log_line *last;
	struct preserved_log log;
	struct data_item item;
	struct sample s;
	struct lines l;
	size_t next;

	(void)state;
	load(k.trial, &l);
	observe(&k, &l, &s);
	console = &l.streams[RECORDER_CONSOLE];
	next = data_line_next(&l.streams[RECORDER_DATA], 0, &item);
	data_line_next(&l.streams[RECORDER_DATA], next, &item);
	preserved_log_parse(l.streams[RECORDER_DATA].bytes.at + item.log_offset, item.log_bytes,
			    &log);
	preserved_log_place(&log, console, 0, stream_offset(console, s.phases.ready_ns));
	assert_int_equal(log.state, PRESERVED_LOG_KEPT);
	last = &log.lines.at[log.lines.n - 1];
	assert_true(last->length > 6 && !memcmp(last->text, "lobos:", 6));
	assert_in_range(last->host_ns, s.phases.at[PHASE_QUIESCE].first_begin_ns,
			s.phases.at[PHASE_QUIESCE].last_end_ns);
	assert_true(log.anchors > 100);
	assert_true(log.residual_ns < 20 * NS_PER_MS);
	preserved_log_free(&log);
	lines_free(&l);
}

/* The same machine without its marks: the console alone must do, and says so. */
static void the_console_alone_will_do(void **state)
{
	struct known k = { .trial = "kexec-m0", .expected = KEXEC };
	struct sample s;
	struct lines l;

	(void)state;
	load(k.trial, &l);
	l.marks.n = 0;
	observe(&k, &l, &s);
	assert_string_equal(verdict_name(s.judgement.verdict), "ok");
	assert_true(s.latency_ns > 0);
	assert_int_equal(s.phases.at[PHASE_QUIESCE].state, PHASE_UNKNOWN);
	assert_int_equal(s.phases.at[PHASE_LOAD].state, PHASE_UNKNOWN);
	assert_int_equal(s.phases.at[PHASE_DECOMPRESS].state, PHASE_UNKNOWN);
	assert_int_equal(s.phases.at[PHASE_USERSPACE].state, PHASE_SEEN);
	assert_true(s.phases.at[PHASE_USERSPACE].from_console);
	lines_free(&l);
}

static void kept_reboots_are_read_as_they_were(void **state)
{
	static const struct known all[] = {
		{
			.trial = "bios-m1",
			.expected = BIOS,
			.resets = true,
			.distinct_resets = 1,
			.latency_ns = 8326058242,
			.console_bytes = 14052,
			.phases_ns = {
				[PHASE_SHUTDOWN] = 163551417,
				[PHASE_QUIESCE] = 369062846,
				[PHASE_HANDOFF] = 8334936,
				[PHASE_FIRMWARE] = 460279185,
				[PHASE_BOOTLOADER] = 996385217,
				[PHASE_DECOMPRESS] = 3548622818,
				[PHASE_KERNEL] = 2483878572,
				[PHASE_USERSPACE] = 295943251,
			},
		},
		{
			.trial = "kexec-m0",
			.expected = KEXEC,
			.latency_ns = 12006451609,
			.console_bytes = 14401,
			.phases_ns = {
				[PHASE_SHUTDOWN] = 90549540,
				[PHASE_LOAD] = 312963848,
				[PHASE_QUIESCE] = 37288821,
				[PHASE_HANDOFF] = 280874952,
				[PHASE_DECOMPRESS] = 8019344768,
				[PHASE_KERNEL] = 2799273442,
				[PHASE_USERSPACE] = 466156238,
			},
		},
		{
			.trial = "lobos-m0",
			.expected = LOBOS,
			.previous_log = "/sys/kernel/lobos/previous_log.raw",
			.latency_ns = 5332323686,
			.console_bytes = 15123,
			.log_lines = 215,
			.phases_ns = {
				[PHASE_SHUTDOWN] = 99708681,
				[PHASE_LOAD] = 127185619,
				[PHASE_QUIESCE] = 49873581,
				[PHASE_HANDOFF] = 2134385974,
				[PHASE_KERNEL] = 2800788660,
				[PHASE_USERSPACE] = 120381171,
			},
		},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		is_read_as_it_was(&all[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept_reboots_are_read_as_they_were),
		cmocka_unit_test(the_log_lies_where_the_marks_say),
		cmocka_unit_test(the_console_alone_will_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
