// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_bisect.c - what an earlier search has left is used, unless another QEMU made it
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/subprocess.h"
#include "commands/commands.h"
#include "plan/revision.h"
#include "sample_maker.h"
#include "scratch.h"

/* A repository with two commits. */
static void make_repository(const char *path)
{
	static const char script[] =
		"git init -q \"$0\" && cd \"$0\" && for s in good bad; do git -c user.name=n "
		"-c user.email=e@example.org commit -q --allow-empty -m $s; git tag $s; done";
	const char *const argv[] = { "sh", "-c", script, path, NULL };
	struct error *err = NULL;

	assert_int_equal(subprocess_run(argv, NULL, &err), 0);
}

/* Stores a run of a search: one reboot of that revision, by that emulator. */
static void add_measured(void **state, const char *top, const char *revision,
			 const char *emulator, int64_t instructions)
{
	CLEANUP_FREE char *path = scratch_path(state, "bisect/lobosbench.db"), *text = NULL;
	CLEANUP_FREE char *json = NULL, *commit = NULL;
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	struct error *err = NULL;
	struct sample sample = make_sample(revision, 0, 1);
	struct run_row run;

	commit = revision_commit(top, revision, &err);
	assert_non_null(commit);
	assert_true(asprintf(&text, "# Of a search for a commit.\nname: bisect\n"
			     "title: lobos at %s\nways: [{way: lobos, revision: %s}]\n"
			     "clock: virtual\nchain: {machines: 1, reboots: 2, warmups: 1}\n",
			     commit, commit) > 0);
	assert_true(asprintf(&json, "{\"versions\":{\"hypervisor\":\"%s\"}}", emulator) > 0);
	run = make_run(revision, text);
	run.provenance_json = json;
	strcpy(run.state, "complete");
	sample.latency_instructions = instructions;
	store = store_open(path, false, &err);
	assert_non_null(store);
	assert_int_equal(store_run_begin(store, &run, &err), 0);
	assert_int_equal(store_sample_add(store, &sample, &err), 0);
}

static void search_refuses(void **state, const char *a, const char *b, const char *message)
{
	static const struct option_set none;
	CLEANUP_FREE char *top = scratch_path(state, "repository");
	CLEANUP_FREE char *results = scratch_path(state, "bisect");
	CLEANUP_FREE void *options = malloc(command_bisect.size);
	char *words[] = { (char *)"--good", (char *)"good", (char *)"--bad", (char *)"bad", NULL };
	const struct option_set sets[] = { { command_bisect.options, options }, none };
	const struct settings global = { .top = top, .results = *state };
	CLEANUP_ERROR struct error *err = NULL;

	make_repository(top);
	assert_int_equal(folder_make(results, &err), 0);
	add_measured(state, top, "good", a, 1000);
	add_measured(state, top, "bad", b, 1000);
	memcpy(options, command_bisect.defaults, command_bisect.size);
	assert_int_equal(options_parse("bisect", sets, words, &err), 0);
	assert_true(command_bisect.run(&global, options, &err) < 0);
	assert_non_null(strstr(err->message, message));
}

static void what_is_stored_is_not_run_again(void **state)
{
	search_refuses(state, "7.2.22", "7.2.22", "takes 1000 instructions at both ends");
}

static void another_emulator_is_refused(void **state)
{
	search_refuses(state, "7.2.22", "10.0.13",
		       "one commit was measured with QEMU 7.2.22, SeaBIOS unknown, another with "
		       "QEMU 10.0.13");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_stored_is_not_run_again),
		TEST(another_emulator_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
