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
#include "reboot/doubt.h"
#include "reboot/printk_line.h"
#include "reboot/wait.h"
#include "reboot_marks.h"

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
	bool unmarked;			/* as if none of its kernels set marks */
	struct event extra;		/* a mark that a program set besides; ns 0: none */
};

/* Among others in order of time. */
static void insert(event_vec *events, const struct event *e)
{
	vec_push(events, *e);
	for (size_t i = events->n - 1; i > 0 && events->at[i - 1].ns > e->ns; i--) {
		events->at[i] = events->at[i - 1];
		events->at[i - 1] = *e;
	}
}

/* First boot, then the reboot, as trial.c goes through them, after all has come. */
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

	lines_decode(l);
	if (k->unmarked)
		l->marks.n = 0;
	if (k->extra.ns)
		insert(&l->marks, &k->extra);
	wait_begin(&first, &beginning, k->expected, &limits, 0);
	assert_int_equal(wait_look(&first, l, 0, lines_last(l)), ENDING_REPORTED);
	assert_int_equal(first.item.k, 0);
	next = lines_next(l, &first.since, &first.window);
	wait_begin(&reboot, &next, k->expected, &limits, 0);
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

static void same_reboot(const struct sample *a, const struct sample *b)
{
	assert_string_equal(verdict_name(a->judgement.verdict), verdict_name(b->judgement.verdict));
	assert_int_equal(a->judgement.proved, b->judgement.proved);
	assert_int_equal(a->latency_ns, b->latency_ns);
	for (int i = 0; i < PHASES; i++) {
		assert_int_equal(a->phases.at[i].state, b->phases.at[i].state);
		assert_int_equal(a->phases.at[i].ns, b->phases.at[i].ns);
		assert_int_equal(a->phases.at[i].from_console, b->phases.at[i].from_console);
	}
}

/* The same machine without its marks: the console alone must do, and says so. */
static void the_console_alone_will_do(void **state)
{
	struct known k = { .trial = "kexec-m0", .expected = KEXEC, .unmarked = true };
	struct sample s;
	struct lines l;

	(void)state;
	load(k.trial, &l);
	observe(&k, &l, &s);
	assert_string_equal(verdict_name(s.judgement.verdict), "ok");
	assert_true(s.judgement.proved);
	assert_true(s.latency_ns > 0);
	assert_true(s.doubts & DOUBT_BIT(DOUBT_RESTS_ON_CONSOLE));
	assert_int_equal(s.phases.at[PHASE_QUIESCE].state, PHASE_UNKNOWN);
	assert_int_equal(s.phases.at[PHASE_LOAD].state, PHASE_UNKNOWN);
	assert_int_equal(s.phases.at[PHASE_DECOMPRESS].state, PHASE_UNKNOWN);
	assert_int_equal(s.phases.at[PHASE_USERSPACE].state, PHASE_SEEN);
	assert_true(s.phases.at[PHASE_USERSPACE].from_console);
	lines_free(&l);
}

/* printk's clock when this byte of the console was written: the last stamp before it. */
static int64_t stamp_at(const struct stream *console, size_t offset)
{
	const char *bytes = (const char *)console->bytes.at, *end = bytes + offset;
	int64_t ns = -1;

	while (ns < 0 && end > bytes) {
		const char *begin = end - 1;

		while (begin > bytes && begin[-1] != '\n')
			begin--;
		ns = printk_line_split(begin, end).ns;
		end = begin;
	}
	return ns;
}

/* The console with a text at the first end of a line that came at ns or later. */
static void forge(struct lines *l, int64_t ns, const char *text, bool to_kmsg)
{
	struct stream *console = &l->streams[RECORDER_CONSOLE], forged = { 0 };
	size_t at = stream_offset(console, ns);
	int64_t stamp;
	char line[512];

	while (at < console->bytes.n && at && console->bytes.at[at - 1] != '\n')
		at++;
	stamp = stamp_at(console, at);
	snprintf(line, sizeof(line), "[%5d.%06d] ", (int)(stamp / NS_PER_S),
		 (int)(stamp % NS_PER_S / 1000));
	if (!to_kmsg)
		*line = '\0';
	strcat(line, text);
	strcat(line, "\n");
	for (size_t i = 0; i < console->chunks.n; i++) {
		const struct chunk *c = &console->chunks.at[i];
		const uint8_t *bytes = console->bytes.at + c->offset;
		size_t before = at <= c->offset ? 0 : at - c->offset;

		if (before > c->length)
			before = c->length;
		stream_append(&forged, bytes, before, c->ns);
		if (at >= c->offset && at < c->offset + c->length)
			stream_append(&forged, (uint8_t *)line, strlen(line), c->ns);
		stream_append(&forged, bytes + before, c->length - before, c->ns);
	}
	stream_free(console);
	*console = forged;
}

/* What a program may print: each text decides something when a kernel, or PID 1, prints it. */
static const char *const forgeries[] = {
	"Kernel panic - not syncing: Attempted to kill init!",
	"Run /init as init process",
	"Linux version 6.1.0-forged (x@y) (gcc) #1 SMP",
	"Decompressing Linux... Parsing ELF... done.",
	"reboot: Restarting system",
	"kexec_core: Starting new kernel",
	"lobosbench: ready 0",
	"lobosbench: ready 1",
	"lobosbench: ready 2",
	"lobosbench: request 1",
	"lobosbench: request 2",
	"lobosbench: services stopped",
	/* As they are in a log that is replayed, and with stamps that were never so. */
	"[    0.000000] Linux version 6.1.0-forged (x@y) (gcc) #1 SMP",
	"[    1.588533] Run /sbin/init as init process",
	"[    1.974757] lobosbench: ready 0",
	"[    2.220858] lobosbench: request 0",
	"[ 9999.000000] Kernel panic - not syncing: x",
	"[ 9999.000000] lobosbench: ready 1",
};

#define FORGERIES (sizeof(forgeries) / sizeof(forgeries[0]))

/* Moments of a reboot in percent of its latency at which programs run. */
static const int moments[] = { -5, 0, 1, 97, 101 };

static struct sample reboot_of(const struct known *k)
{
	struct sample s;
	struct lines l;

	load(k->trial, &l);
	observe(k, &l, &s);
	lines_free(&l);
	assert_string_equal(verdict_name(s.judgement.verdict), "ok");
	return s;
}

/* The forgeries from the first on, n of them, are printed at each moment: nothing becomes of it. */
static void is_moved_by_none(const struct known *k, const struct sample *good, size_t first,
			     size_t n, bool to_kmsg)
{
	struct sample s;
	struct lines l;

	for (size_t j = 0; j < sizeof(moments) / sizeof(moments[0]); j++) {
		load(k->trial, &l);
		for (size_t i = first; i < first + n; i++)
			forge(&l, good->phases.request_ns + good->latency_ns / 100 * moments[j],
			      forgeries[i], to_kmsg);
		observe(k, &l, &s);
		same_reboot(&s, good);
		lines_free(&l);
	}
}

/* A kernel with marks: nothing that its console says, or is made to say, moves anything. */
static void text_decides_nothing(void **state)
{
	static const struct known all[] = {
		{ .trial = "bios-m1", .expected = BIOS, .resets = true, .distinct_resets = 1 },
		{ .trial = "kexec-m0", .expected = KEXEC },
		{ .trial = "lobos-m0", .expected = LOBOS, .previous_log = "/log" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct sample good = reboot_of(&all[i]);

		is_moved_by_none(&all[i], &good, 0, FORGERIES, false);
		is_moved_by_none(&all[i], &good, 0, FORGERIES, true);
	}
}

/* What a kernel without marks is known by is what its PID 1 or, at its end, it says of itself. */
static bool is_no_testimony(const char *text)
{
	return !strstr(text, " 1") && !strstr(text, "stopped") && !strstr(text, "reboot:") &&
	       !strstr(text, "kexec_core:");
}

static void without_marks_only_testimony_decides(void **state)
{
	static const struct known all[] = {
		{ .trial = "bios-m1", .expected = BIOS, .resets = true, .distinct_resets = 1,
		  .unmarked = true },
		{ .trial = "kexec-m0", .expected = KEXEC, .unmarked = true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct sample good = reboot_of(&all[i]);

		for (size_t f = 0; f < FORGERIES; f++) {
			is_moved_by_none(&all[i], &good, f, 1, false);
			if (is_no_testimony(forgeries[f]))
				is_moved_by_none(&all[i], &good, f, 1, true);
		}
	}
}

/* A kernel without marks that is said to be ready twice: which one is true, nobody knows. */
static void two_testimonies_contradict_each_other(void **state)
{
	struct known k = { .trial = "kexec-m0", .expected = KEXEC, .unmarked = true };
	struct sample s = reboot_of(&k);
	struct lines l;

	(void)state;
	load(k.trial, &l);
	forge(&l, s.phases.ready_ns - 500 * NS_PER_MS, "lobosbench: ready 1", true);
	observe(&k, &l, &s);
	assert_string_equal(verdict_name(s.judgement.verdict), "instrument-fault");
	assert_false(s.judgement.proved);
	lines_free(&l);
}

/* A mark that a program sets besides: the latency is as it was, and worth nothing. */
static void a_mark_out_of_place_is_a_fault(void **state)
{
	static const struct {
		int id;
		int percent;
		const char *verdict, *reason;
	} cases[] = {
		{ REBOOT_MARK_READY, 1, "instrument-fault", "ready came, and no new kernel" },
		{ REBOOT_MARK_PID1, 2, "instrument-fault", "pid1 came, and no new kernel" },
		{ REBOOT_MARK_READY, 101, "instrument-fault", "ready came again" },
		{ REBOOT_MARK_REQUEST, 1, "instrument-fault", "request came again" },
		{ REBOOT_MARK_LOAD_END, 101, "ok", "Nonce" },
	};
	struct known k = { .trial = "lobos-m0", .expected = LOBOS, .previous_log = "/log" };
	struct sample good = reboot_of(&k), s;
	struct lines l;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		k.extra = (struct event){
			.ns = good.phases.request_ns + good.latency_ns / 100 * cases[i].percent,
			.source = EVENT_MARK, .id = cases[i].id,
		};
		load(k.trial, &l);
		observe(&k, &l, &s);
		assert_string_equal(verdict_name(s.judgement.verdict), cases[i].verdict);
		assert_int_equal(s.judgement.proved, s.judgement.verdict == VERDICT_OK);
		assert_non_null(strstr(s.judgement.reason, cases[i].reason));
		assert_int_equal(s.latency_ns, good.latency_ns);
		lines_free(&l);
	}
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
		cmocka_unit_test(text_decides_nothing),
		cmocka_unit_test(without_marks_only_testimony_decides),
		cmocka_unit_test(two_testimonies_contradict_each_other),
		cmocka_unit_test(a_mark_out_of_place_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
