// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_observation_chain.c - what a reboot is in its chain: whose turn it was, and whether the chain can go on
 */
#include "observation_scene.h"

/*
 * The second reboot of a chain of two ways is of the second, whose log nobody keeps; one that is
 * there all the same is a kernel's before.
 */
static void a_reboot_of_a_mixed_chain_is_of_its_way(void **state)
{
	static char *turns[] = { (char *)"lobos", (char *)"kexec-vmlinux" };
	static const uint8_t log[] = "[    0.000000] Linux version 6.1 (gcc)\n";
	struct impl keeper = { .previous_log = (char *)"/log", .resets = true };
	struct scenario_way ways[2] = { { .way = (char *)"lobos", .impl = &keeper } };
	struct scene s;
	struct sample sample;

	(void)state;
	set_up(&s);
	ways[1] = s.way;
	s.scenario.ways = ways;
	s.scenario.ways_count = 2;
	s.scenario.chain.ways = turns;
	s.scenario.chain.ways_count = 2;
	s.scenario.chain.turns[1] = 1;
	s.plan.way = &ways[0];
	sample = sample_of(&s);
	assert_string_equal(sample.way, "kexec");
	assert_string_equal(sample.variant, "vmlinux");
	assert_int_equal(sample.judgement.verdict, VERDICT_OK);
	assert_false(sample.doubts & DOUBT_BIT(DOUBT_LOG_STALE));
	stream_append(&s.lines.streams[RECORDER_DATA], log, sizeof(log) - 1, 620 * MS);
	s.new.log_bytes = sizeof(log) - 1;
	sample = sample_of(&s);
	assert_true(sample.doubts & DOUBT_BIT(DOUBT_LOG_STALE));
	/* The third is of the first way again. */
	s.o.index = 2;
	sample = sample_of(&s);
	assert_string_equal(sample.way, "lobos");
	assert_false(sample.doubts & DOUBT_BIT(DOUBT_LOG_STALE));
	tear_down(&s);
}

/* A machine that stood still and came up as asked is known but for its times; any other is not. */
static void times_alone_are_unknown_of_what_came_up(void **state)
{
	static const struct stall stall = { 300 * MS, 3300 * MS, STALL_MACHINE };
	struct scene s;

	(void)state;
	set_up(&s);
	assert_false(sample_of(&s).judgement.times_only);
	vec_push(&s.lines.stalls, stall);
	assert_int_equal(sample_of(&s).judgement.verdict, VERDICT_INSTRUMENT_FAULT);
	assert_true(sample_of(&s).judgement.times_only);
	assert_false(sample_of(&s).judgement.proved);
	strcpy(s.new.nonce, "00.1");
	assert_false(sample_of(&s).judgement.times_only);
	strcpy(s.new.nonce, "00.2");
	s.impl.resets = true;
	assert_false(sample_of(&s).judgement.times_only);
	s.impl.resets = false;
	s.old.boot_id[0] = '\0';
	assert_false(sample_of(&s).judgement.times_only);
	s.o.ending = ENDING_LOST;
	assert_false(sample_of(&s).judgement.times_only);
	tear_down(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reboot_of_a_mixed_chain_is_of_its_way),
		cmocka_unit_test(times_alone_are_unknown_of_what_came_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
