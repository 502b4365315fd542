// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_forgeries.c - recorded reboots in which programs say what they should not
 */
#include "kept_reboot.h"

#include "base/clock.h"
#include "reboot/doubt.h"
#include "reboot/printk_line.h"
#include "reboot_marks.h"

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
	"[    0.000000] lobosbench: request 1",
	"[    0.000000] lobosbench: ready 1",
	"[    0.000000] lobosbench: services stopped",
	"[    0.000000] reboot: Restarting system",
	"[ 9999.000000] lobosbench: request 1",
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

		is_moved_by_none(&all[i], &good, 0, FORGERIES, false);
		for (size_t f = 0; f < FORGERIES; f++)
			if (is_no_testimony(forgeries[f]))
				is_moved_by_none(&all[i], &good, f, 1, true);
	}
}

/* Lines of a kernel without marks that are there twice: which one is true, nobody knows. */
static void two_testimonies_contradict_each_other(void **state)
{
	static const struct {
		int percent;		/* of the latency, at which it is printed */
		const char *text, *reason;
	} cases[] = {
		{ 97, "[    7.900000] lobosbench: ready 1", "ready came again" },
		{ 90, "[    1.500000] lobosbench: ready 1", "pid1 came out of order, behind ready" },
		{ 1, "[    3.200000] lobosbench: request 1", "request came again" },
		{ 1, "[    3.200000] lobosbench: services stopped", "services_stopped came again" },
		{ 1, "[    3.200000] reboot: Restarting system",
		  "services_stopped came out of order, behind no_return" },
		{ 1, "[    3.200000] kexec_core: Starting new kernel",
		  "services_stopped came out of order, behind no_return" },
		/* Of the new kernel's time: only the old one says this. */
		{ 97, "[    7.900000] lobosbench: services stopped", NULL },
		{ 97, "[    7.900000] reboot: Restarting system", NULL },
		/* Copies of lines that were there. */
		{ 97, "[    3.080671] lobosbench: request 1", NULL },
		{ 97, "[    3.484789] lobosbench: services stopped", NULL },
		{ 97, "[    3.520482] kexec_core: Starting new kernel", NULL },
	};
	struct known k = { .trial = "kexec-m0", .expected = KEXEC, .unmarked = true };
	struct sample good = reboot_of(&k), s;
	struct lines l;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		load(k.trial, &l);
		forge(&l, good.phases.request_ns + good.latency_ns / 100 * cases[i].percent,
		      cases[i].text, false);
		observe(&k, &l, &s);
		assert_string_equal(verdict_name(s.judgement.verdict),
				    cases[i].reason ? "instrument-fault" : "ok");
		assert_non_null(strstr(s.judgement.reason, cases[i].reason ? cases[i].reason : ""));
		if (!cases[i].reason)
			same_reboot(&s, &good);
		assert_true(s.doubts & DOUBT_BIT(DOUBT_RESTS_ON_CONSOLE));
		lines_free(&l);
	}
}

/* A program in the old system prints all that a whole reboot does, with the stamps of now. */
static void a_reboot_in_words_is_no_reboot(void **state)
{
	static const char *const words[] = {
		"lobosbench: services stopped", "kexec_core: Starting new kernel",
	};
	struct known k = { .trial = "kexec-m0", .expected = KEXEC, .unmarked = true };
	struct sample good = reboot_of(&k), s;
	int64_t at = good.phases.request_ns + good.latency_ns / 100;
	struct lines l;

	(void)state;
	load(k.trial, &l);
	/* Each goes ahead of those that came before it. */
	forge(&l, at, "[    0.004000] lobosbench: ready 1", false);
	forge(&l, at, "[    0.002000] Run /sbin/init as init process", false);
	forge(&l, at, "[    0.000000] Linux version 6.1.0-forged (x@y) (gcc) #1 SMP", false);
	for (size_t i = 2; i-- > 0;)
		forge(&l, at, words[i], true);
	observe(&k, &l, &s);
	assert_true(s.latency_ns < good.latency_ns / 10);
	assert_string_equal(verdict_name(s.judgement.verdict), "instrument-fault");
	assert_non_null(strstr(s.judgement.reason, "came again"));
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
		{ REBOOT_MARK_LOAD_END, 50, "instrument-fault", "load_end came out of order" },
		{ REBOOT_MARK_SERVICES_STOPPED, 3, "instrument-fault", "services_stopped came again" },
		{ REBOOT_MARK_SERVICES_STOPPED, 90, "instrument-fault", "services_stopped came again" },
		{ REBOOT_MARK_NO_RETURN, 90, "instrument-fault", "no_return came again" },
		{ REBOOT_MARK_KERNEL_ENTRY, 1, "instrument-fault",
		  "kernel_entry came out of order, behind request" },
		{ REBOOT_MARK_KERNEL_ENTRY, 98, "instrument-fault", "kernel_entry came again" },
		{ REBOOT_MARK_BOOT_SECTOR, 98, "instrument-fault",
		  "boot_sector came out of order, behind pid1" },
		{ REBOOT_MARK_PANIC, 1, "panicked", "panicked in load" },
		{ REBOOT_MARK_PANIC, 98, "ok", "Nonce" },
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_console_alone_will_do),
		cmocka_unit_test(text_decides_nothing),
		cmocka_unit_test(without_marks_only_testimony_decides),
		cmocka_unit_test(two_testimonies_contradict_each_other),
		cmocka_unit_test(a_reboot_in_words_is_no_reboot),
		cmocka_unit_test(a_mark_out_of_place_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
