// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_kept_reboots.c - recorded reboots are read again as they were read then
 *
 * All that is measured comes from these bytes, so they must give the same sample
 * for ever.
 */
#include "kept_reboot.h"

#include "base/clock.h"

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
	preserved_log_place(&log, console, 0, stream_offset(console, s.phases.ready_ns),
			    &s.phases.at[PHASE_QUIESCE]);
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
