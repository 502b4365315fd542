// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_nightly_pages.c - the dashboard of nights whose names and consoles are hostile
 */
#include "nights_scene.h"

#include <dirent.h>

#include "report/dashboard.h"

static void put_console(void **state, const char *run)
{
	CLEANUP_FREE char *dir = scratch_path(state, run), *consoles = NULL, *path = NULL;
	CLEANUP_FCLOSE FILE *f = NULL;

	if (asprintf(&consoles, "%s/consoles", dir) < 0 ||
	    asprintf(&path, "%s/bootimg-m1.console", consoles) < 0)
		abort();
	assert_int_equal(mkdir(dir, 0777), 0);
	assert_int_equal(mkdir(consoles, 0777), 0);
	f = fopen(path, "we");
	assert_non_null(f);
	fwrite(EVIL, 1, sizeof(EVIL) - 1, f);
}

/* The whole site of an ordinary scenario with a hostile console, and of a hostile scenario. */
static void pages_hold_any_text(void **state)
{
	struct settings options = { .top = ".", .results = *state };
	CLEANUP_FREE char *dir = scratch_path(state, "dashboard");
	CLEANUP_FREE char *runs = scratch_path(state, "dashboard/runs");
	CLEANUP_FREE char *plots = scratch_path(state, "dashboard/plots"), *index = NULL;
	CLEANUP_FREE char *page = NULL;
	CLEANUP(cleanup_store_close) struct store *store = make_store(state, "nightly");
	CLEANUP_CLOSEDIR DIR *pictures = NULL;
	struct error *err = NULL;
	size_t svgs = 0;

	put_console(state, "2020-01-12T020000Z-nightly");
	if (dashboard_write(&options, store, &(struct nightly_options){ 0 }, dir, &err))
		fail_msg("%s", err->message);
	assert_harmless(dir, "index.html");
	assert_harmless(dir, "runs.html");
	assert_harmless(runs, "2020-01-12T020000Z-nightly.html");
	page = read_whole(runs, "2020-01-12T020000Z-nightly.html");
	assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
	assert_non_null(strstr(page, "\\x1b[2J\\xff"));
	index = read_whole(dir, "index.html");
	assert_non_null(strstr(index, "regression in"));
	assert_non_null(strstr(index, "runs/2020-01-09T020000Z-nightly.html"));
	pictures = opendir(plots);
	for (const struct dirent *e = readdir(pictures); e; e = readdir(pictures))
		svgs += strstr(e->d_name, ".svg") != NULL;
	assert_int_equal(svgs, 5 * 11);
}

/* A name that is no file name makes a page all the same, and none outside of the site. */
static void names_lead_nowhere_else(void **state)
{
	struct settings options = { .top = ".", .results = *state };
	CLEANUP_FREE char *dir = scratch_path(state, "dashboard");
	CLEANUP_FREE char *runs = scratch_path(state, "dashboard/runs");
	CLEANUP(cleanup_store_close) struct store *store = make_store(state, "../" EVIL);
	struct error *err = NULL;

	if (dashboard_write(&options, store, &(struct nightly_options){ 0 }, dir, &err))
		fail_msg("%s", err->message);
	assert_harmless(dir, "index.html");
	assert_harmless(runs, "_run-0.html");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pages_hold_any_text),
		TEST(names_lead_nowhere_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
