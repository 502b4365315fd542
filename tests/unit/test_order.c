// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_order.c - the order of the chains, and how many reboots they have
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plan/order.h"

#define WAYS	3
#define PAIR	(2 * (1 + 4))	/* samples */

static const char ways_text[] =
	"name: bench\n"
	"title: Three ways\n"
	"ways: [{way: lobos}, {way: kexec}, {way: kexec, options: [no-checks]}]\n"
	"chain: {machines: 2, reboots: 5, warmups: 1, parallel: 1}\n"
	"seed: 7\n";

static const char versus_text[] =
	"name: bench\n"
	"title: Two sides\n"
	"ways: [{way: lobos}, {way: kexec}]\n"
	"versus: {most: 10}\n"
	"chain: {reboots: 5, warmups: 1}\n";

/* How many of n places have another way in b. */
static int differences(const struct order_chain *a, const struct order_chain *b, int n)
{
	int differ = 0;

	for (int i = 0; i < n; i++)
		differ += a[i].way != b[i].way;
	return differ;
}

static void blocks_are_whole_and_fair(void **state)
{
	struct error *err = NULL;
	struct scenario *s = scenario_parse("test.yaml", ways_text, &err);
	struct order_chain a[64 * WAYS], b[64 * WAYS];
	int first_of_block[WAYS] = { 0 };

	(void)state;
	assert_non_null(s);
	s->chain.machines = 64;
	assert_int_equal(order_chains(s), 64 * WAYS);
	assert_int_equal(order_planned(s, 64), 64 * WAYS * 5);
	order_make(s, a);
	order_make(s, b);
	assert_int_equal(differences(a, b, 64 * WAYS), 0);
	for (int block = 0; block < 64; block++) {
		int seen = 0;

		for (int i = block * WAYS; i < (block + 1) * WAYS; i++) {
			assert_int_equal(a[i].number, i);
			assert_int_equal(a[i].block, block);
			seen |= 1 << a[i].way;
		}
		assert_int_equal(seen, (1 << WAYS) - 1);
		first_of_block[a[block * WAYS].way]++;
	}
	/* Each way comes first in a fair share of the blocks: 21 of 64 are expected. */
	for (int w = 0; w < WAYS; w++)
		assert_in_range(first_of_block[w], 8, 40);
	s->seed = 8;
	order_make(s, b);
	assert_int_not_equal(differences(a, b, 64 * WAYS), 0);
	scenario_free(s);
}

/* AB, BA, AB: 4 + 4 + 2 counted reboots a side, and no more machines than that. */
static void pairs_alternate(void **state)
{
	static const unsigned int ways[] = { 0, 1, 1, 0, 0, 1 };
	struct error *err = NULL;
	struct scenario *s = scenario_parse("test.yaml", versus_text, &err);
	struct order_chain chains[6];

	(void)state;
	assert_non_null(s);
	assert_int_equal(order_chains(s), 6);
	for (unsigned long long seed = 1; seed < 20; seed++) {
		s->seed = seed;
		order_make(s, chains);
		for (int i = 0; i < 6; i++) {
			assert_int_equal(chains[i].number, i);
			assert_int_equal(chains[i].block, i / 2);
			assert_int_equal(chains[i].way, ways[i]);
		}
	}
	assert_int_equal(order_counted(s, 0), 4);
	assert_int_equal(order_counted(s, 1), 4);
	assert_int_equal(order_counted(s, 2), 2);
	assert_int_equal(order_planned(s, 1), PAIR);
	assert_int_equal(order_planned(s, 3), 2 * PAIR + 2 * 3);
	scenario_free(s);
}

/* The exact blocks stand behind all others, with numbers of their own; the others stay as they are. */
static void exact_chains_come_last(void **state)
{
	static const char both_text[] =
		"name: bench\n"
		"title: Three ways by both clocks\n"
		"ways: [{way: lobos}, {way: kexec}, {way: kexec, options: [no-checks]}]\n"
		"chain: {machines: 2, reboots: 5, warmups: 1, parallel: 1}\n"
		"clock: both\n"
		"exact: {machines: 4, reboots: 3, warmups: 2}\n"
		"seed: 7\n";
	struct order_chain chains[6 * WAYS], wall[2 * WAYS];
	struct error *err = NULL;
	struct scenario *s = scenario_parse("test.yaml", both_text, &err);
	struct scenario *one = scenario_parse("test.yaml", ways_text, &err), of;

	(void)state;
	assert_non_null(s);
	assert_int_equal(order_blocks(s), 6);
	assert_int_equal(order_chains(s), 6 * WAYS);
	assert_int_equal(order_planned(s, 6), WAYS * (2 * 5 + 4 * 3));
	assert_int_equal(order_counted(s, 1), 4);
	assert_int_equal(order_counted(s, 2), 1);
	order_make(s, chains);
	order_make(one, wall);
	for (int i = 0; i < 6 * WAYS; i++) {
		assert_int_equal(chains[i].number, i);
		assert_int_equal(chains[i].block, i / WAYS);
		assert_int_equal(chains[i].exact, i >= 2 * WAYS);
	}
	for (int i = 0; i < 2 * WAYS; i++)
		assert_int_equal(chains[i].way, wall[i].way);
	of = order_scenario(s, 1);
	assert_string_equal(of.clock, "wall");
	assert_int_equal(of.chain.reboots, 5);
	of = order_scenario(s, 2);
	assert_string_equal(of.clock, "virtual");
	assert_int_equal(of.machine.accelerator, ACCELERATOR_TCG);
	assert_int_equal(of.chain.reboots, 3);
	assert_int_equal(of.chain.warmups, 2);
	scenario_free(one);
	scenario_free(s);
}

/* A mixed chain is of all ways: a block has one, and no place in it is one way's. */
static void a_mixed_chain_is_one_of_its_block(void **state)
{
	struct error *err = NULL;
	struct scenario *s = scenario_parse("test.yaml", "name: mixed\ntitle: Two ways in turn\n"
					    "ways: [{way: lobos}, {way: kexec, options: [file]}]\n"
					    "chain: {machines: 3, reboots: 5, ways: [lobos, kexec-file]}\n", &err);
	struct order_chain chains[3];

	(void)state;
	assert_non_null(s);
	assert_int_equal(order_chains(s), 3);
	assert_int_equal(order_planned(s, 3), 3 * 5);
	order_make(s, chains);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(chains[i].number, i);
		assert_int_equal(chains[i].block, i);
		assert_string_equal(order_way(s, &chains[i]), "mixed");
		assert_string_equal(order_variant(s, &chains[i]), "");
	}
	scenario_free(s);
}

/* Each block is of exactly one shard; what the shards plan adds up; no order changes. */
static void shards_are_the_whole(void **state)
{
	struct error *err = NULL;
	struct scenario *s = scenario_parse("test.yaml", ways_text, &err);
	struct order_chain whole[10 * WAYS], part[10 * WAYS];

	(void)state;
	assert_non_null(s);
	s->chain.machines = 10;
	order_make(s, whole);
	for (int of = 1; of <= 10; of++) {
		int owners[10] = { 0 }, planned = 0;

		for (int number = 1; number <= of; number++) {
			s->shard = (struct shard){ .number = number, .of = of };
			assert_int_equal(order_check_shard(s, &err), 0);
			assert_int_not_equal(order_planned(s, 10), 0);
			planned += order_planned(s, 10);
			order_make(s, part);
			assert_int_equal(differences(whole, part, 10 * WAYS), 0);
			for (int block = 0; block < 10; block++)
				owners[block] += shard_has(&s->shard, block);
		}
		assert_int_equal(planned, 10 * WAYS * 5);
		for (int block = 0; block < 10; block++)
			assert_int_equal(owners[block], 1);
	}
	scenario_free(s);
}

static void shards_that_cannot_be(void **state)
{
	struct error *err = NULL;
	struct scenario *s = scenario_parse("test.yaml", ways_text, &err);
	struct scenario *versus = scenario_parse("test.yaml", versus_text, &err);

	(void)state;
	assert_non_null(s);
	assert_non_null(versus);
	s->shard = versus->shard = (struct shard){ .number = 2, .of = 2 };
	assert_int_equal(order_check_shard(s, &err), 0);
	s->shard.of = 3;
	assert_int_equal(order_check_shard(s, &err), -EINVAL);
	assert_string_equal(err->message, "shard 2 of 3: the scenario has 2 machines of each way, so "
			    "at most as many shards");
	error_free(err);
	err = NULL;
	assert_int_equal(order_check_shard(versus, &err), -EINVAL);
	assert_non_null(strstr(err->message, "comparison"));
	error_free(err);
	scenario_free(versus);
	scenario_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_chains_come_last),
		cmocka_unit_test(blocks_are_whole_and_fair),
		cmocka_unit_test(pairs_alternate),
		cmocka_unit_test(a_mixed_chain_is_one_of_its_block),
		cmocka_unit_test(shards_are_the_whole),
		cmocka_unit_test(shards_that_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
