// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_merge_refused.c - what is not the whole of one run is not merged, and the words say why
 */
#include "merge_scene.h"

/* Two good shards, and the third as the test has it; checks what merging them says. */
static void refused(void **state, const struct made_shard *third, const char *message)
{
	struct made_shard first = a_shard(1), second = a_shard(2);
	char *folders[] = { NULL, NULL, NULL };
	merge_part_vec parts = { 0 };
	struct error *err = NULL;
	int rc = 0;

	world_reset(all_fine, 0);
	folders[0] = make_shard(state, "s1", &first);
	folders[1] = make_shard(state, "s2", &second);
	folders[2] = third ? make_shard(state, "third", third) : NULL;
	for (int i = 0; !rc && i < 2 + (third != NULL); i++)
		rc = merge_read(folders[i], &parts, &err);
	if (!rc)
		rc = merge_check(&parts, false, &err);
	assert_int_equal(rc, -EINVAL);
	assert_int_equal(err->class, ERROR_USAGE);
	if (!strstr(err->message, message))
		fail_msg("\"%s\" does not say \"%s\"", err->message, message);
	error_free(err);
	free_parts(&parts);
	for (int i = 0; i < 3; i++)
		free(folders[i]);
}

static void a_missing_one(void **state)
{
	refused(state, NULL, "missing shard: 3/3");
}

static void one_twice(void **state)
{
	struct made_shard m = a_shard(2);

	refused(state, &m, "/third, run " RUN ") are the same shard");
}

static void an_incomplete_one(void **state)
{
	struct made_shard m = a_shard(3);

	m.state = "interrupted";
	refused(state, &m, "/third, run " RUN ") is not complete: 9 of 56 samples, interrupted");
}

static void one_of_another_split(void **state)
{
	struct made_shard m = a_shard(3);

	m.of = 4;
	refused(state, &m, "are of runs that were split differently");
}

static void one_of_another_scenario(void **state)
{
	struct made_shard m = a_shard(3);

	m.seed = "8";
	refused(state, &m, "are of different scenarios");
}

static void one_of_another_commit(void **state)
{
	struct made_shard m = a_shard(3);

	m.commit = "beef";
	refused(state, &m, "differ in \"source\" of their provenance");
}

static void one_of_other_images(void **state)
{
	struct made_shard m = a_shard(3);

	m.sha256 = "def";
	refused(state, &m, "differ in \"images\" of their provenance");
}

static void one_of_another_emulator(void **state)
{
	struct made_shard m = a_shard(3);

	m.hypervisor = "10.0.0";
	refused(state, &m, "differ in \"versions\" of their provenance");
}

static void one_that_is_none(void **state)
{
	struct made_shard m = a_shard(0);

	m.of = 0;
	refused(state, &m, "/third: run " RUN " is no shard of a run");
}

static void one_with_machines_of_another(void **state)
{
	const struct machine_row foreign = { .machine = 0, .chain = 0, .way = "lobos" };
	struct made_shard m = a_shard(3);
	CLEANUP_FREE char *folder = NULL, *database = NULL;
	merge_part_vec parts = { 0 };
	struct error *err = NULL;
	struct store *store;

	world_reset(all_fine, 0);
	folder = make_shard(state, "third", &m);
	database = path_below(folder, "lobosbench.db");
	store = store_open(database, false, &err);
	assert_int_equal(store_machine_add(store, RUN, &foreign, &err), 0);
	store_close(store);
	assert_int_equal(merge_read(folder, &parts, &err), 0);
	assert_int_equal(merge_check(&parts, true, &err), -EINVAL);
	assert_non_null(strstr(err->message, "has machine 0 of chain 0, which is not of that shard"));
	error_free(err);
	free_parts(&parts);
}

static void a_folder_of_nothing(void **state)
{
	merge_part_vec parts = { 0 };
	struct error *err = NULL;

	assert_int_equal(merge_read(*state, &parts, &err), -EINVAL);
	assert_non_null(strstr(err->message, "neither a results folder nor the folder of a run"));
	error_free(err);
	err = NULL;
	assert_int_equal(merge_read("/nonexistent/results", &parts, &err), -ENOENT);
	error_free(err);
	free_parts(&parts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_missing_one),
		TEST(one_twice),
		TEST(an_incomplete_one),
		TEST(one_of_another_split),
		TEST(one_of_another_scenario),
		TEST(one_of_another_commit),
		TEST(one_of_other_images),
		TEST(one_of_another_emulator),
		TEST(one_that_is_none),
		TEST(one_with_machines_of_another),
		TEST(a_folder_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
