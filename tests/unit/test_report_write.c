// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_report_write.c - the files of a report, through gnuplot and WeasyPrint
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"
#include "report_samples.h"
#include "scratch.h"
#include "base/subprocess.h"

/* The first bytes of a file; "" when it is not there. */
static void head_of(const char *dir, const char *name, char head[16])
{
	CLEANUP_FREE char *path = NULL;
	CLEANUP_FCLOSE FILE *f = NULL;

	memset(head, 0, 16);
	if (asprintf(&path, "%s/%s", dir, name) < 0)
		abort();
	f = fopen(path, "re");
	if (f)
		assert_true(fread(head, 1, 15, f) > 0);
}

static void assert_begins(const char *dir, const char *name, const char *with)
{
	char head[16];

	head_of(dir, name, head);
	if (strncmp(head, with, strlen(with)) != 0)
		fail_msg("%s/%s begins with \"%s\"", dir, name, head);
}

/* A database with one run, and the run's folder. */
static struct store *make_store(void **state, sample_vec *samples, char **dir)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct run_row run = made_run((int)samples->n);
	struct error *err = NULL;
	struct store *store = store_open(path, false, &err);
	size_t i;

	assert_non_null(store);
	assert_int_equal(store_run_begin(store, &run, &err), 0);
	for (i = 0; i < samples->n; i++)
		assert_int_equal(store_sample_add(store, &samples->at[i], &err), 0);
	*dir = scratch_path(state, "made");
	assert_int_equal(mkdir(*dir, 0777), 0);
	vec_free(samples);
	return store;
}

static const struct settings *options_for(void **state)
{
	static struct settings options;

	options = (struct settings){ .top = ".", .results = *state };
	return &options;
}

static void all_forms_are_there(void **state)
{
	static const char *const figures[] = { "latency", "cumulative", "phases" };
	sample_vec samples = { 0 };
	struct error *err = NULL;
	struct store *store;
	char *dir;
	size_t i;

	made_samples(&samples, MADE_WAYS, 3);
	make_fail(&samples.at[5], VERDICT_HUNG, PHASE_KERNEL);
	store = make_store(state, &samples, &dir);
	if (report_write(options_for(state), store, "made", &err) != 0)
		fail_msg("%s", err->message);
	assert_begins(dir, "report.md", "# How long");
	assert_begins(dir, "report.html", "<!DOCTYPE html>");
	assert_begins(dir, "report.pdf", "%PDF-");
	for (i = 0; i < 3; i++) {
		CLEANUP_FREE char *svg = NULL, *png = NULL, *gp = NULL;

		if (asprintf(&svg, "figures/%s.svg", figures[i]) < 0 ||
		    asprintf(&png, "figures/%s.png", figures[i]) < 0 ||
		    asprintf(&gp, "figures/%s.gp", figures[i]) < 0)
			abort();
		assert_begins(dir, svg, "<?xml");
		assert_begins(dir, png, "\x89PNG");
		assert_begins(dir, gp, "# SPDX");
	}
	store_close(store);
	free(dir);
}

/* `gnuplot latency.gp` beside the data needs nothing else. */
static void a_figure_can_be_drawn_again(void **state)
{
	const char *argv[] = { "gnuplot", "-e", NULL, "latency.gp", NULL };
	CLEANUP_FREE char *go = NULL, *svg = NULL;
	sample_vec samples = { 0 };
	struct error *err = NULL;
	struct store *store;
	char *dir;

	made_samples(&samples, 1, 3);
	store = make_store(state, &samples, &dir);
	if (report_write(options_for(state), store, "made", &err) != 0)
		fail_msg("%s", err->message);
	if (asprintf(&go, "cd '%s/figures'", dir) < 0 ||
	    asprintf(&svg, "%s/figures/latency.svg", dir) < 0)
		abort();
	assert_int_equal(unlink(svg), 0);
	argv[2] = go;
	assert_int_equal(subprocess_run(argv, NULL, &err), 0);
	assert_begins(dir, "figures/latency.svg", "<?xml");
	store_close(store);
	free(dir);
}

/* All three forms, without figures; into a folder whose name is no friend of gnuplot. */
static void a_run_without_samples_has_a_report(void **state)
{
	CLEANUP_FREE char *elsewhere = scratch_path(state, "it's \"else\" where");
	sample_vec samples = { 0 };
	struct error *err = NULL;
	struct store *store;
	char *dir;

	store = make_store(state, &samples, &dir);
	if (report_write_to(options_for(state), store, "made", elsewhere, &err) != 0)
		fail_msg("%s", err->message);
	assert_begins(elsewhere, "report.pdf", "%PDF-");
	store_close(store);
	free(dir);
}

static void quotes_in_a_folder_do_not_matter(void **state)
{
	CLEANUP_FREE char *elsewhere = scratch_path(state, "it's \"else\" `where`");
	sample_vec samples = { 0 };
	struct error *err = NULL;
	struct store *store;
	char *dir;
	size_t i;

	made_samples(&samples, 1, 4);
	for (i = 0; i < samples.n; i++)
		make_fail(&samples.at[i], VERDICT_HUNG, PHASE_KERNEL);
	store = make_store(state, &samples, &dir);
	if (report_write_to(options_for(state), store, "made", elsewhere, &err) != 0)
		fail_msg("%s", err->message);
	assert_begins(elsewhere, "figures/latency.svg", "<?xml");
	assert_begins(elsewhere, "figures/cumulative.png", "\x89PNG");
	store_close(store);
	free(dir);
}

static void a_run_that_is_not_there(void **state)
{
	sample_vec samples = { 0 };
	struct error *err = NULL;
	struct store *store;
	char *dir;

	store = make_store(state, &samples, &dir);
	assert_true(report_write(options_for(state), store, "other", &err) < 0);
	assert_non_null(strstr(err->message, "other"));
	error_free(err);
	store_close(store);
	free(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(all_forms_are_there, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_figure_can_be_drawn_again, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_run_without_samples_has_a_report, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(quotes_in_a_folder_do_not_matter, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_run_that_is_not_there, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
