// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_nightly_outputs.c - files for other programs, and pages, from hostile nights
 */
#include "nights_scene.h"

#include <errno.h>

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <sqlite3.h>

#include "report/dashboard.h"
#include "report/nightly_outputs.h"

/* How often an XPath expression holds. */
static double count_of(xmlXPathContextPtr context, const char *expression)
{
	xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)expression, context);
	double number = found->floatval;

	xmlXPathFreeObject(found);
	return number;
}

static void check_junit(const char *dir)
{
	CLEANUP_FREE char *text = read_whole(dir, "junit.xml");
	xmlDocPtr document = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
	xmlXPathContextPtr context;

	assert_non_null(document);
	context = xmlXPathNewContext(document);
	assert_true(count_of(context, "count(//testcase)") == 5 * 11 + 1);
	assert_true(count_of(context, "number(/testsuites/@tests)") == 5 * 11 + 1);
	assert_true(count_of(context, "count(//failure)") ==
		    count_of(context, "number(/testsuites/@failures)"));
	assert_true(count_of(context, "count(//testcase[@name='kernel']/failure"
			     "[contains(@message, 'last good')])") == 1);
	xmlXPathFreeContext(context);
	xmlFreeDoc(document);
	xmlCleanupParser();
}

/* OpenMetrics 1.0: a family's TYPE comes before its samples, its samples lie together, EOF ends. */
static void check_openmetrics(const char *dir)
{
	CLEANUP_FREE char *text = read_whole(dir, "metrics.txt");
	char family[64] = "", *save = NULL;
	size_t n = strlen(text), samples = 0;

	assert_string_equal(text + n - strlen("# EOF\n"), "# EOF\n");
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (sscanf(line, "# TYPE %63s gauge", family) == 1 || !strcmp(line, "# EOF"))
			continue;
		if (*line == '#') {
			assert_non_null(strstr(line, family));
			continue;
		}
		samples++;
		assert_int_equal(strncmp(line, family, strlen(family)), 0);
		assert_true(line[strlen(family)] == '{');
		assert_non_null(strstr(line, "} "));
	}
	assert_true(samples > 5 * 11);
}

static void check_json(const char *dir)
{
	CLEANUP_FREE char *text = read_whole(dir, "nightly.json");
	json_t *root = json_loads(text, 0, NULL), *metric;
	size_t i, regressions = 0;

	assert_non_null(root);
	assert_string_equal(json_string_value(json_object_get(root, "verdict")), "broken");
	assert_int_equal(json_integer_value(json_object_get(root, "status")), 4);
	json_array_foreach(json_object_get(root, "metrics"), i, metric) {
		if (strcmp(json_string_value(json_object_get(metric, "verdict")), "regression") != 0)
			continue;
		regressions++;
		assert_true(json_is_object(json_object_get(json_object_get(metric, "change"),
							   "first_bad")));
	}
	assert_in_range(regressions, 1, 4);
	json_decref(root);
}

/* The scenario, a fault: nothing in them is markup anywhere. */
static void files_hold_any_text(void **state)
{
	CLEANUP(cleanup_store_close) struct store *store = make_store(state, EVIL);
	CLEANUP_HISTORY struct history *h = NULL;
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	CLEANUP_FREE char *dir = scratch_path(state, "out");
	struct error *err = NULL;

	h = history_read(store, NULL, NULL, &err);
	assert_non_null(h);
	n = nightly_judge(h, &(struct nightly_options){ 0 }, &err);
	assert_non_null(n);
	nightly_fault(n, "a canary: %s", EVIL);
	assert_int_equal(nightly_outputs_write(n, dir, &err), 0);
	check_junit(dir);
	check_openmetrics(dir);
	check_json(dir);
	assert_harmless(dir, "junit.xml");
	assert_no_controls(dir, "nightly.json");
	assert_no_controls(dir, "metrics.txt");
}

/* The first night of all metrics: a baseline in every file, and a pass in none. */
static void the_first_night_is_a_baseline(void **state)
{
	CLEANUP(cleanup_store_close) struct store *store = make_nights(state, "nightly", 1);
	CLEANUP_HISTORY struct history *h = NULL;
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	CLEANUP_FREE char *dir = scratch_path(state, "out"), *junit = NULL, *json = NULL;
	CLEANUP_FREE char *metrics = NULL, *summary = NULL;
	struct error *err = NULL;

	h = history_read(store, NULL, NULL, &err);
	assert_non_null(h);
	n = nightly_judge(h, &(struct nightly_options){ 0 }, &err);
	assert_non_null(n);
	assert_int_equal(nightly_status(n), 0);
	assert_int_equal(nightly_outputs_write(n, dir, &err), 0);
	junit = read_whole(dir, "junit.xml");
	assert_non_null(strstr(junit, "tests=\"55\" failures=\"0\" errors=\"0\" skipped=\"55\""));
	json = read_whole(dir, "nightly.json");
	assert_non_null(strstr(json, "\"verdict\": \"baseline\""));
	assert_null(strstr(json, "\"pass\""));
	metrics = read_whole(dir, "metrics.txt");
	assert_non_null(strstr(metrics, "lobosbench_judged{"));
	assert_null(strstr(metrics, "of=\"ns\"} 1\n"));
	summary = read_whole(dir, "summary.md");
	assert_non_null(strstr(summary, "# Nightly: baseline: the first night of 55 metrics"));
}

/* All outputs of a first night in which kexec was another way, and nobody witnessed the others. */
static void a_way_that_is_another_is_named(void **state)
{
	const struct settings options = { .top = ".", .results = *state };
	CLEANUP(cleanup_store_close) struct store *store = make_nights(state, "nightly", 1);
	struct proof p = { .way = "kexec", .word = PROOF_CONTRADICTED, .why = "real mode: yes" };
	CLEANUP_HISTORY struct history *h = NULL;
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	CLEANUP_FREE char *dir = scratch_path(state, "out"), *pages = scratch_path(state, "pages");
	CLEANUP_FREE char *junit = NULL, *json = NULL, *summary = NULL, *index = NULL, *page = NULL;
	struct error *err = NULL;
	proof_vec proofs = { 0 };

	vec_push(&proofs, p);
	assert_int_equal(store_proofs_put(store, "2020-01-01T020000Z-nightly", &proofs, &err), 0);
	vec_free(&proofs);
	h = history_read(store, NULL, NULL, &err);
	n = nightly_judge(h, &(struct nightly_options){ 0 }, &err);
	assert_int_equal(nightly_outputs_write(n, dir, &err), 0);
	junit = read_whole(dir, "junit.xml");
	assert_non_null(strstr(junit, "<failure message=\"" NIGHTLY_CONTRADICTED));
	json = read_whole(dir, "nightly.json");
	assert_non_null(strstr(json, "\"witness\": \"contradicted\""));
	assert_non_null(strstr(json, "\"witness\": \"not witnessed\""));
	assert_null(strstr(json, "\"witness\": \"confirmed\""));
	summary = read_whole(dir, "summary.md");
	assert_non_null(strstr(summary, "**kexec is not what it says** (scenario nightly"));
	assert_null(strstr(summary, "lobos is not what it says"));
	if (dashboard_write(&options, store, &(struct nightly_options){ 0 }, pages, &err))
		fail_msg("%s", err->message);
	index = read_whole(pages, "index.html");
	assert_non_null(strstr(index, "<td>contradicted</td>"));
	assert_non_null(strstr(index, NIGHTLY_CONTRADICTED));
	page = read_whole(pages, "runs/2020-01-01T020000Z-nightly.html");
	assert_non_null(strstr(page, "Witness: contradicted."));
	assert_non_null(strstr(page, "The witness saw another way: real mode: yes."));
}

/* Its files, each once where nothing can be written: the reason and the file are told. */
struct full_night {
	const struct nightly *n;
	const char *dir;
};

/* Each of the outputs in turn leads to a full disk, which root could overwrite. */
static int write_to_full(void *arg)
{
	static const char *const names[] = {
		"junit.xml", "metrics.txt", "nightly.json", "summary.md",
	};
	const struct full_night *night = arg;

	if (scratch_drop_root())
		return 10;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		CLEANUP_FREE char *path = NULL;
		CLEANUP_ERROR struct error *err = NULL;

		if (asprintf(&path, "%s/%s", night->dir, names[i]) < 0)
			abort();
		if (unlink(path) || symlink("/dev/full", path))
			return 11;
		if (nightly_outputs_write(night->n, night->dir, &err) != -ENOSPC ||
		    !strstr(err->message, path))
			return 1 + i;
		if (unlink(path))
			return 12;
	}
	return 0;
}

static void a_full_disk_is_told(void **state)
{
	CLEANUP(cleanup_store_close) struct store *store = make_store(state, "nightly");
	CLEANUP_HISTORY struct history *h = NULL;
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	CLEANUP_FREE char *dir = scratch_path(state, "out");
	struct error *none = NULL;

	h = history_read(store, NULL, NULL, &none);
	assert_non_null(h);
	n = nightly_judge(h, &(struct nightly_options){ 0 }, &none);
	assert_non_null(n);
	assert_int_equal(nightly_outputs_write(n, dir, &none), 0);
	assert_int_equal(chmod(dir, 0777), 0);
	assert_int_equal(scratch_child(write_to_full, &(struct full_night){ n, dir }), 0);
}

/* The newest run was on machines of another architecture, with another firmware. */
static void change_newest(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE sample SET arch = 'x86_64', build = 'x86_64-6.12', "
				      "firmware = 'uefi', cpu_model = 'max' WHERE run = (SELECT max(name) FROM run)", NULL,
				      NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* Two nights of one scenario on two kinds of machines: each is the first of its series, in all outputs. */
static void kinds_of_machines_stay_apart(void **state)
{
	const struct settings options = { .top = ".", .results = *state };
	CLEANUP(cleanup_store_close) struct store *store = make_nights(state, "nightly", 2);
	CLEANUP_FREE char *dir = scratch_path(state, "out"), *pages = scratch_path(state, "pages");
	CLEANUP_FREE char *json = NULL, *metrics = NULL, *index = NULL;
	CLEANUP_HISTORY struct history *h = NULL;
	CLEANUP_NIGHTLY struct nightly *n = NULL;
	struct error *err = NULL;

	change_newest(state);
	h = history_read(store, NULL, NULL, &err);
	n = nightly_judge(h, &(struct nightly_options){ 0 }, &err);
	assert_int_equal(n->metrics.n, 2 * 5 * 11);
	for (size_t i = 0; i < n->metrics.n; i++)
		assert_int_equal(n->metrics.at[i].metric->points.n, 1);
	assert_int_equal(nightly_outputs_write(n, dir, &err), 0);
	json = read_whole(dir, "nightly.json");
	assert_non_null(strstr(json, "\"nightly/wall/lobos/i386/latency\""));
	assert_non_null(strstr(json, "\"nightly/wall/lobos/x86_64-6.12-uefi-max/latency\""));
	metrics = read_whole(dir, "metrics.txt");
	assert_non_null(strstr(metrics, "arch=\"i386\",machine=\"i386\""));
	assert_non_null(strstr(metrics, "arch=\"x86_64\",machine=\"x86_64-6.12-uefi-max\""));
	if (dashboard_write(&options, store, &(struct nightly_options){ 0 }, pages, &err))
		fail_msg("%s", err->message);
	index = read_whole(pages, "index.html");
	assert_non_null(strstr(index, "wall clock, i386</span></h2>"));
	assert_non_null(strstr(index, "wall clock, x86_64-6.12, uefi, max</span></h2>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_hold_any_text),
		TEST(the_first_night_is_a_baseline),
		TEST(a_way_that_is_another_is_named),
		TEST(a_full_disk_is_told),
		TEST(kinds_of_machines_stay_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
