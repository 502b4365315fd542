// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_merge.c - that merged shards are the run in one piece, with each host
 */
#include "merge_scene.h"
#include "store/provenance.h"

/* Reads and merges all shards that were made; *state/all gets the run. */
static int merge_all(void **state, char **folders, size_t n, bool partial, struct merged *merged,
		     struct error **err)
{
	CLEANUP_FREE char *results = folder_make_below(*state, "all", err);
	CLEANUP_FREE char *database = path_below(results, "lobosbench.db");
	CLEANUP(cleanup_store_close) struct store *store = store_open(database, false, err);
	merge_part_vec parts = { 0 };
	int rc = store ? 0 : -EIO;

	memset(merged, 0, sizeof(*merged));
	for (size_t i = 0; !rc && i < n; i++)
		rc = merge_read(folders[i], &parts, err);
	if (!rc)
		rc = merge_check(&parts, partial, err);
	if (!rc) {
		merge_make(&parts, merged);
		rc = merge_store(&parts, merged, store, results, err);
	}
	free_parts(&parts);
	return rc;
}

static sample_vec stored(void **state, const char *folder, const char *run)
{
	CLEANUP_FREE char *dir = scratch_path(state, folder);
	CLEANUP_FREE char *path = path_below(dir, "lobosbench.db");
	struct error *err = NULL;
	struct store *store = store_open(path, true, &err);
	sample_vec samples = { 0 };

	assert_non_null(store);
	assert_int_equal(store_samples(store, run, &samples, &err), 0);
	store_close(store);
	return samples;
}

/* Samples are the same but for the run that they are of. */
static void assert_same(sample_vec *a, sample_vec *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		a->at[i].id = b->at[i].id = 0;
		memset(a->at[i].run, 0, sizeof(a->at[i].run));
		memset(b->at[i].run, 0, sizeof(b->at[i].run));
		assert_memory_equal(&a->at[i], &b->at[i], sizeof(a->at[i]));
	}
}

static void make_shards(void **state, char **folders, const char *clock, const char *other_cpu,
			const char *other_boot)
{
	world_reset(all_fine, 0);
	for (int i = 0; i < OF; i++) {
		CLEANUP_FREE char *name = text_format("s%d", i + 1);
		struct made_shard m = a_shard(i + 1);

		m.clock = clock;
		if (i == 1 && other_cpu)
			m.cpu = other_cpu;
		if (i == 1 && other_boot)
			m.boot = other_boot;
		folders[i] = make_shard(state, name, &m);
	}
}

static void drop(char **folders, struct merged *merged)
{
	for (int i = 0; i < OF; i++)
		free(folders[i]);
	merged_free(merged);
}

static void the_same_as_in_one_piece(void **state)
{
	struct made_shard one = a_shard(1);
	struct error *err = NULL;
	struct merged merged, again;
	sample_vec whole, all;
	char *folders[OF], *whole_folder;

	one.number = one.of = 0;
	make_shards(state, folders, "virtual", NULL, NULL);
	whole_folder = make_shard(state, "whole", &one);
	assert_int_equal(merge_all(state, folders, OF, false, &merged, &err), 0);
	assert_string_equal(merged.row.name, "2026-11-22T031700Z-bench" MERGE_SUFFIX);
	assert_string_equal(merged.row.state, "complete");
	assert_string_equal(merged.row.ended, "2026-11-22T04:03:00.000Z");
	assert_int_equal(merged.row.samples_planned, BLOCKS * WAYS * 3);
	assert_null(strstr(merged.row.scenario_yaml, "shard"));
	whole = stored(state, "whole", RUN);
	all = stored(state, "all", merged.row.name);
	assert_int_equal(whole.n, BLOCKS * WAYS * 3);
	assert_same(&whole, &all);
	vec_free(&all);
	/* Once more, in another order: nothing is doubled, and nothing is another. */
	assert_int_equal(merge_all(state, (char *[]){ folders[2], folders[0], folders[1] }, OF, false,
				   &again, &err), 0);
	all = stored(state, "all", NULL);
	assert_same(&whole, &all);
	vec_free(&all);
	vec_free(&whole);
	merged_free(&again);
	free(whole_folder);
	drop(folders, &merged);
}

/* Raw lines of all shards lie in the run's folder, and latest leads there. */
static void files_come_along(void **state)
{
	struct error *err = NULL;
	struct merged merged;
	char *folders[OF], link[128] = "";
	CLEANUP_FREE char *latest = scratch_path(state, "all/latest");

	make_shards(state, folders, "virtual", NULL, NULL);
	assert_int_equal(merge_all(state, folders, OF, false, &merged, &err), 0);
	for (int i = 0; i < OF; i++) {
		CLEANUP_FREE char *path = text_format("%s/all/latest/consoles/s%d", (char *)*state, i + 1);
		CLEANUP_FREE char *line = file_first_line(path);
		CLEANUP_FREE char *expected = text_format("console of s%d", i + 1);

		assert_string_equal(line, expected);
	}
	assert_true(readlink(latest, link, sizeof(link) - 1) > 0);
	assert_string_equal(link, merged.row.name);
	drop(folders, &merged);
}

/* How many samples of merged shards have the doubt, where the second shard has another host. */
static size_t doubtful(void **state, const char *clock, const char *cpu, const char *boot, size_t *hosts)
{
	struct error *err = NULL;
	struct merged merged;
	char *folders[OF];
	size_t n = 0;

	make_shards(state, folders, clock, cpu, boot);
	assert_int_equal(merge_all(state, folders, OF, false, &merged, &err), 0);
	for (size_t i = 0; i < merged.samples.n; i++)
		n += (merged.samples.at[i].doubts & DOUBT_BIT(DOUBT_SEVERAL_HOSTS)) != 0;
	assert_true(!n || n == merged.samples.n);
	{
		CLEANUP_PROVENANCE struct provenance *p = provenance_parse(merged.row.provenance_json);

		*hosts = p->merged.hosts;
		assert_int_equal(p->merged.of, OF);
		assert_int_equal(p->merged.shards, OF);
		/* What differs stands for no host but its own. */
		assert_int_equal(p->cpu_model != NULL, p->merged.hosts == 1);
		assert_string_equal(p->commit, "c0ffee");
	}
	drop(folders, &merged);
	return n;
}

static void one_host_is_no_doubt(void **state)
{
	size_t hosts;

	assert_int_equal(doubtful(state, "wall", NULL, NULL, &hosts), 0);
	assert_int_equal(hosts, 1);
}

static void another_host_is_doubted(void **state)
{
	size_t hosts;

	assert_int_not_equal(doubtful(state, "wall", "B", "b2", &hosts), 0);
	assert_int_equal(hosts, 2);
}

/* Two that look the same are two. */
static void a_twin_is_doubted(void **state)
{
	size_t hosts;

	assert_int_not_equal(doubtful(state, "wall", NULL, "b2", &hosts), 0);
	assert_int_equal(hosts, 1);
}

static void the_exact_clock_knows_no_host(void **state)
{
	size_t hosts;

	assert_int_equal(doubtful(state, "virtual", "B", "b2", &hosts), 0);
	assert_int_equal(hosts, 2);
}

/* Histories keep a run on one kind of host with others of it, and one on two with neither. */
static void the_name_of_the_host(void **state)
{
	char one[PROVENANCE_HOST_DIGITS + 1], merged_one[sizeof(one)], two[sizeof(one)];
	struct made_shard a = a_shard(1), b = a_shard(2);
	CLEANUP_FREE char *of_a = provenance_text(&a), *of_b = NULL;
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(of_a), *q = NULL, *r = NULL;
	struct error *err = NULL;
	struct merged merged;
	char *folders[OF];

	b.cpu = "B";
	of_b = provenance_text(&b);
	provenance_host(p, one);
	make_shards(state, folders, "virtual", NULL, NULL);
	assert_int_equal(merge_all(state, folders, OF, false, &merged, &err), 0);
	q = provenance_parse(merged.row.provenance_json);
	provenance_host(q, merged_one);
	assert_string_equal(one, merged_one);
	drop(folders, &merged);
	folder_remove(*state);
	assert_int_equal(folder_make(*state, &err), 0);
	make_shards(state, folders, "virtual", "B", NULL);
	assert_int_equal(merge_all(state, folders, OF, false, &merged, &err), 0);
	r = provenance_parse(merged.row.provenance_json);
	provenance_host(r, two);
	assert_string_not_equal(one, two);
	assert_string_equal(json_text_at(json_object_get(json_object_get(json_object_get(
		json_object_get(r->json, "merged"), "shards"), "2"), "cpu"), "model"), "B");
	assert_non_null(provenance_differs(merged.row.provenance_json, p->json));
	drop(folders, &merged);
}

/* Without one shard, and with one that was interrupted: said in the row and in the provenance. */
static void a_part_says_so(void **state)
{
	struct error *err = NULL;
	struct merged merged;
	struct stat st;
	char *folders[OF];
	CLEANUP_FREE char *latest = scratch_path(state, "all/latest");

	make_shards(state, folders, "virtual", NULL, NULL);
	assert_int_equal(merge_all(state, folders + 1, 2, true, &merged, &err), 0);
	assert_string_equal(merged.row.state, "interrupted");
	assert_int_equal(merged.row.samples_planned, BLOCKS * WAYS * 3);
	assert_int_equal(merged.samples.n, 3 * WAYS * 3);
	assert_non_null(strstr(merged.row.provenance_json, "\"missing\": [\n   1\n  ]"));
	assert_int_equal(lstat(latest, &st), -1);
	merged_free(&merged);
	/* The whole has the same name: it does not take the place of the part in silence. */
	assert_int_equal(merge_all(state, folders, OF, false, &merged, &err), -EEXIST);
	assert_non_null(strstr(err->message, "is merged already, from other shards"));
	error_free(err);
	drop(folders, &merged);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_same_as_in_one_piece),
		TEST(files_come_along),
		TEST(one_host_is_no_doubt),
		TEST(another_host_is_doubted),
		TEST(a_twin_is_doubted),
		TEST(the_exact_clock_knows_no_host),
		TEST(the_name_of_the_host),
		TEST(a_part_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
