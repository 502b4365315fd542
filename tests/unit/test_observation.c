// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_observation.c - what was seen of a reboot becomes the right sample
 */
#include "observation_scene.h"

static void a_good_reboot_is_told_whole(void **state)
{
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "ok");
	assert_true(sample.judgement.proved);
	assert_string_equal(sample.build, "i386-6.1");
	assert_string_equal(sample.firmware, "bios");
	assert_string_equal(sample.chipset, "pc");
	assert_string_equal(sample.cpu_model, "qemu32");
	assert_int_equal(sample.cpus, 2);
	assert_int_equal(sample.memory_mib, 3072);
	assert_int_equal(sample.memory_kib, 248000);
	assert_int_equal(sample.latency_ns, 500 * MS);
	/* Loading ran while the old system still served. */
	assert_int_equal(sample.downtime_ns, 460 * MS);
	assert_int_equal(sample.console_offset, strlen("before\n"));
	assert_int_equal(sample.console_bytes,
			 strlen("going\n[    0.000000] Linux version 6.1 (gcc)\n"));
	assert_string_equal(sample.way, "kexec");
	assert_string_equal(sample.variant, "vmlinux");
	assert_string_equal(sample.hints, "lpj tsc");
	assert_string_equal(sample.kernel, "6.1 #1");
	assert_string_equal(sample.clock, "wall");
	assert_int_equal(sample.machine, 3);
	assert_int_equal(sample.index, 1);
	assert_int_equal(sample.clock_error_ns, -1);
	assert_int_equal(sample.doubts, 0);
	assert_int_equal(observation_new_console(&s.lines, &s.window), strlen("before\ngoing\n"));
	tear_down(&s);
}

static void counters_are_differences(void **state)
{
	static const int64_t begin[PERF_COUNTERS] = { 10, 5, -1, 7, -1 };
	static const int64_t end[PERF_COUNTERS] = { 110, 5, 8, 3, -1 };
	static const int64_t known[PERF_COUNTERS] = { 100, 0, -1, -1, -1 };
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	s.o.perf_begin = begin;
	s.o.perf_end = end;
	sample = sample_of(&s);
	assert_memory_equal(sample.perf, known, sizeof(known));
	s.o.perf_end = NULL;
	sample = sample_of(&s);
	for (int i = 0; i < PERF_COUNTERS; i++)
		assert_int_equal(sample.perf[i], -1);
	tear_down(&s);
}

static void doubts_are_noted(void **state)
{
	static uint8_t lump[5000];
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	memset(lump, 'x', sizeof(lump));
	s.lines.streams[RECORDER_CONSOLE].chunks.n--;
	s.lines.streams[RECORDER_CONSOLE].bytes.n -= strlen("behind\n");
	stream_append(&s.lines.streams[RECORDER_CONSOLE], lump, sizeof(lump), 550 * MS);
	sample = sample_of(&s);
	assert_int_equal(sample.doubts, DOUBT_BIT(DOUBT_CONSOLE_GAP));
	tear_down(&s);
}

static void the_machine_is_compared(void **state)
{
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	sample = sample_of(&s);
	assert_int_equal(sample.whole, WHOLE_YES);
	strcpy(s.new.facts.clocksource, "acpi_pm");
	s.new.facts.cpus = 1;
	sample = sample_of(&s);
	assert_int_equal(sample.whole, WHOLE_NO);
	assert_int_equal(sample.differences,
			 DIFFERENCE_BIT(DIFFERENCE_CLOCKSOURCE) | DIFFERENCE_BIT(DIFFERENCE_CPUS));
	/* It is a doubt and no verdict. */
	assert_int_equal(sample.judgement.verdict, VERDICT_OK);
	/* The next reboot of the chain brings neither back. */
	s.before = s.new.facts;
	sample = sample_of(&s);
	assert_int_equal(sample.whole, WHOLE_NO);
	assert_int_equal(sample.differences,
			 DIFFERENCE_BIT(DIFFERENCE_CLOCKSOURCE) | DIFFERENCE_BIT(DIFFERENCE_CPUS));
	/* An older guest says less, one that was lost nothing. */
	s.before.known = false;
	sample = sample_of(&s);
	assert_int_equal(sample.whole, WHOLE_UNKNOWN);
	assert_int_equal(sample.differences, 0);
	s.before.known = true;
	s.o.new = NULL;
	s.o.ending = ENDING_TIMED_OUT;
	sample = sample_of(&s);
	assert_int_equal(sample.whole, WHOLE_UNKNOWN);
	tear_down(&s);
}

/* The first boot has the command line of the boot disk, without an option's words. */
static void an_option_keeps_the_log_from_the_second_reboot_on(void **state)
{
	static struct impl_option option = { .name = (char *)"kept", .previous_log = (char *)"/log" };
	static char *options[] = { (char *)"kept" };
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	s.impl.options = &option;
	s.impl.options_count = 1;
	s.way.options = options;
	s.way.options_count = 1;
	sample = sample_of(&s);
	assert_int_equal(sample.judgement.verdict, VERDICT_OK);
	s.old.k = 1;
	sample = sample_of(&s);
	assert_int_equal(sample.judgement.verdict, VERDICT_LOG_LOST);
	tear_down(&s);
}

static void what_never_came_up_has_no_latency(void **state)
{
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	/* Without its last two marks. */
	s.lines.streams[RECORDER_MARKS].bytes.n -= 6;
	s.lines.streams[RECORDER_MARKS].chunks.n -= 2;
	s.o.ending = ENDING_TIMED_OUT;
	s.o.new = NULL;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "hung");
	assert_int_equal(sample.judgement.phase, PHASE_KERNEL);
	assert_int_equal(sample.latency_ns, -1);
	assert_int_equal(sample.downtime_ns, -1);
	assert_string_equal(sample.kernel, "");
	tear_down(&s);
}

static void a_refusal_has_its_errno(void **state)
{
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	s.new = (struct data_item){ .kind = DATA_REFUSED, .k = 2, .refused_errno = 8 };
	s.o.ending = ENDING_REFUSED;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "refused");
	assert_non_null(strstr(sample.judgement.reason, "errno 8"));
	tear_down(&s);
}

/* The reason is the parser's own, whatever else was seen. */
static void a_damaged_data_line_has_its_reason(void **state)
{
	static const char *const table[][2] = {
		{ "x\n", "The data line is damaged: \"x\" is not the beginning of a block." },
		{ "boot 2 begin\nnonce 00.2\n", "The data line is damaged: block 2: \"nonce 00.2\" "
						"where \"boot_id \" should be." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct stream data = { 0 };
		struct scene s;
		struct sample sample;

		set_up(&s);
		stream_append(&data, (const uint8_t *)table[i][0], strlen(table[i][0]), 1);
		data_line_next(&data, 0, &s.new);
		assert_int_equal(s.new.kind, DATA_DAMAGED);
		s.o.ending = ENDING_LOST;
		sample = sample_of(&s);
		assert_string_equal(verdict_name(sample.judgement.verdict), "instrument-fault");
		assert_string_equal(sample.judgement.reason, table[i][1]);
		assert_false(sample.judgement.proved);
		stream_free(&data);
		tear_down(&s);
	}
}

/* The second reboot leads to the other kernel: it is the one expected, and has less memory left. */
static void the_kernel_is_that_of_the_hop(void **state)
{
	const struct image_chain chain = {
		.others = { { .build = (char *)"i386-6.12", .release = (char *)"6.12 #1" } },
		.others_count = 1, .order = { 0, 1 }, .order_count = 2,
	};
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	s.plan.chain = &chain;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "wrong-kernel");
	strcpy(s.old.kernel, "6.1 #1");
	strcpy(s.new.kernel, "6.12 #1");
	s.before.memory_kib = 250000;
	s.new.facts.memory_kib = 240000;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "ok");
	assert_string_equal(sample.build, "i386-6.12");
	assert_int_equal(sample.whole, WHOLE_YES);
	s.o.index = 2;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "wrong-kernel");
	assert_string_equal(sample.build, "i386-6.1");
	tear_down(&s);
}

/* It was ready, and then it never said who it is: no other kernel, and no success. */
static void a_hang_behind_ready_is_no_other_kernel(void **state)
{
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	s.o.ending = ENDING_TIMED_OUT;
	s.o.new = NULL;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "hung");
	assert_non_null(strstr(sample.judgement.reason, "It was ready and came no further"));
	assert_false(sample.judgement.proved);
	assert_false(sample_succeeded(&sample));
	tear_down(&s);
}

/* By the virtual clock too: an instrument that failed proves nothing. */
static void stamps_that_do_not_fit_prove_nothing(void **state)
{
	clock_stamp_vec none = { 0 };
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	s.o.stamps = &none;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "instrument-fault");
	assert_false(sample.judgement.proved);
	tear_down(&s);
}

/* What stood still while a virtual clock counted did not change what it counted. */
static void a_stall_is_a_fault_by_the_hosts_clock(void **state)
{
	static const struct stall stall = { 300 * MS, 3300 * MS, STALL_MACHINE };
	clock_stamp_vec stamps = { 0 };
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	vec_push(&s.lines.stalls, stall);
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "instrument-fault");
	assert_false(sample.judgement.proved);
	for (int64_t i = 0; i < 24; i++)
		vec_push(&stamps, ((struct clock_stamp){
			.instructions = i, .ns = i * VIRTUAL_CLOCK_TICK_NS,
		}));
	s.o.stamps = &stamps;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "ok");
	assert_int_equal(sample.latency_instructions, 21);
	/* But a time-out is the host's, and was the stall's. */
	s.lines.marks.n--;
	s.o.ending = ENDING_TIMED_OUT;
	s.o.new = NULL;
	s.o.timeout_ns = 30000 * MS;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "instrument-fault");
	s.o.timeout_ns = 30010 * MS;
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "hung");
	vec_free(&stamps);
	tear_down(&s);
}

static void what_rests_on_the_console_is_doubted(void **state)
{
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	/* The new kernel sets no marks: its three, the last ones, are gone. */
	s.lines.streams[RECORDER_MARKS].bytes.n -= 9;
	s.lines.streams[RECORDER_MARKS].chunks.n -= 3;
	console(&s, "[    0.200000] Run /init as init process\n", 620);
	console(&s, "[    0.300000] lobosbench: ready 2\n", 700);
	sample = sample_of(&s);
	assert_string_equal(verdict_name(sample.judgement.verdict), "ok");
	assert_int_equal(sample.latency_ns, 600 * MS);
	assert_int_equal(sample.doubts, DOUBT_BIT(DOUBT_RESTS_ON_CONSOLE));
	tear_down(&s);
}

/* A boot that failed lies between request and ready. */
static void a_second_reset_is_doubted(void **state)
{
	static const int64_t resets[] = { 211, 490 };
	struct scene s;
	struct sample sample;

	(void)state;
	for (size_t n = 1; n <= 2; n++) {
		set_up(&s);
		s.impl.resets = true;
		for (size_t i = 0; i < n; i++)
			vec_push(&s.lines.machine, ((struct event){
				.ns = resets[i] * MS, .source = EVENT_MACHINE, .id = MACHINE_RESET,
			}));
		/* The hypervisor tells of resets of the next reboot, too. */
		vec_push(&s.lines.machine, ((struct event){
			.ns = 9000 * MS, .source = EVENT_MACHINE, .id = MACHINE_RESET,
		}));
		sample = sample_of(&s);
		assert_int_equal(!!(sample.doubts & DOUBT_BIT(DOUBT_RESET_AGAIN)), n == 2);
		tear_down(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_reboot_is_told_whole),
		cmocka_unit_test(counters_are_differences),
		cmocka_unit_test(doubts_are_noted),
		cmocka_unit_test(the_machine_is_compared),
		cmocka_unit_test(an_option_keeps_the_log_from_the_second_reboot_on),
		cmocka_unit_test(what_never_came_up_has_no_latency),
		cmocka_unit_test(a_refusal_has_its_errno),
		cmocka_unit_test(a_damaged_data_line_has_its_reason),
		cmocka_unit_test(the_kernel_is_that_of_the_hop),
		cmocka_unit_test(a_hang_behind_ready_is_no_other_kernel),
		cmocka_unit_test(stamps_that_do_not_fit_prove_nothing),
		cmocka_unit_test(a_stall_is_a_fault_by_the_hosts_clock),
		cmocka_unit_test(what_rests_on_the_console_is_doubted),
		cmocka_unit_test(a_second_reset_is_doubted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
