// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_compare_witness.c - `lobosbench compare` with ways and samples that are doubtful
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "commands/commands.h"
#include "reboot/doubt.h"
#include "sample_maker.h"
#include "scratch.h"

#define MACHINES 10
#define DOUBTFUL 4

/*
 * A complete run of so many machines, each reboot of which takes about so long. With doubts, which a few
 * samples have, it drifts too.
 */
static void add_run(struct store *store, const char *name, int64_t latency_ns, uint64_t doubts)
{
	struct run_row run = make_run(name, "name: bench\n");
	struct error *err = NULL;

	strcpy(run.state, "complete");
	assert_int_equal(store_run_begin(store, &run, &err), 0);
	for (int i = 0; i < MACHINES; i++) {
		struct sample s = make_sample(name, i, 1);

		s.latency_ns = s.downtime_ns = latency_ns + i * (doubts ? 20000000 : 1000000);
		s.phases.ready_ns = s.phases.request_ns + s.latency_ns;
		s.doubts = i < DOUBTFUL ? doubts : 0;
		assert_int_equal(store_sample_add(store, &s, &err), 0);
	}
}

static void prove(struct store *store, const char *run, enum proof_word word)
{
	struct proof p = { .way = "kexec", .variant = "vmlinux no-checks", .word = word,
			   .why = "real mode: yes instead of no" };
	struct error *err = NULL;
	proof_vec proofs = { 0 };

	vec_push(&proofs, p);
	assert_int_equal(store_proofs_put(store, run, &proofs, &err), 0);
	vec_free(&proofs);
}

/* Runs "slow" and "fast", of which the witness says so on the latter. */
static void make_runs(void **state, enum proof_word word)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct error *err = NULL;
	CLEANUP(cleanup_store_close) struct store *store = store_open(path, false, &err);

	assert_non_null(store);
	add_run(store, "slow", 2000000000, 0);
	add_run(store, "fast", 1000000000, DOUBT_BIT(DOUBT_NOT_WHOLE) | DOUBT_BIT(DOUBT_HOST_BUSY) |
					    DOUBT_BIT(DOUBT_CLOCK_COARSE));
	prove(store, "fast", word);
}

/* What the command prints; to be freed. */
static char *compared(void **state, char *format, int *status)
{
	char *words[] = { "slow", "fast", "--format", format, NULL };
	const struct settings global = { .top = ".", .results = *state };
	CLEANUP_FREE char *path = scratch_path(state, "output");
	CLEANUP_FREE void *given = calloc(1, command_compare.size);
	const struct option_set sets[] = { { command_compare.options, given }, { 0 } };
	struct error *err = NULL;
	size_t n;
	int keep = dup(STDOUT_FILENO), to = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0666);

	if (command_compare.defaults)
		memcpy(given, command_compare.defaults, command_compare.size);
	assert_int_equal(options_parse("compare", sets, words, &err), 0);
	fflush(stdout);
	dup2(to, STDOUT_FILENO);
	*status = command_compare.run(&global, given, &err);
	fflush(stdout);
	dup2(keep, STDOUT_FILENO);
	close(keep);
	close(to);
	if (*status < 0)
		fail_msg("%s", err->message);
	return file_read(path, FILE_ANY_LENGTH, &n, &err);
}

static void assert_has(const char *text, const char *part, bool has)
{
	if ((strstr(text, part) != NULL) != has)
		fail_msg("\"%s\" is %s:\n%s", part, has ? "not in" : "in", text);
}

static void a_way_that_is_what_it_says_is_faster(void **state)
{
	static const enum proof_word words[] = { PROOF_NOT_WITNESSED, PROOF_CONFIRMED };

	for (size_t i = 0; i < 2; i++) {
		CLEANUP_FREE char *db = scratch_path(state, "lobosbench.db"), *text = NULL;
		int status;

		unlink(db);
		make_runs(state, words[i]);
		text = compared(state, "text", &status);
		assert_int_equal(status, 0);
		assert_has(text, "latency faster", true);
		assert_has(text, "is not what it says", false);
	}
}

/* Whatever the verdict, it says how many samples of which side are doubtful, and how. */
static void doubts_of_samples_stand_before_the_verdict(void **state)
{
	CLEANUP_FREE char *text = NULL, *json = NULL;
	int status;

	make_runs(state, PROOF_CONFIRMED);
	text = compared(state, "text", &status);
	assert_int_equal(status, 0);
	assert_has(text, "kexec vmlinux no-checks of B, 4 of 10 reboots: The machine has less than it had", true);
	assert_has(text, "kexec vmlinux no-checks of B, 4 of 10 reboots: Something else used the host's", true);
	assert_has(text, "kexec vmlinux no-checks of B, latencies: The times move in one direction", true);
	assert_has(text, "of B, 4 of 10 reboots: A phase is shorter", false);
	assert_has(text, "no-checks of A, 4", false);
	assert_true(strstr(text, "has less than it had") < strstr(text, "latency faster"));
	json = compared(state, "json", &status);
	assert_int_equal(status, 0);
	assert_has(json, "kexec vmlinux no-checks of B, 4 of 10 reboots: The machine has less than it had", true);
}

static void a_way_that_is_another_is_not_better(void **state)
{
	CLEANUP_FREE char *text = NULL, *json = NULL;
	int status;

	make_runs(state, PROOF_CONTRADICTED);
	text = compared(state, "text", &status);
	assert_int_equal(status, 1);
	assert_has(text, "faster", false);
	assert_has(text, "kexec vmlinux no-checks of B is not what it says: the witness saw", true);
	assert_has(text, "of A is not what it says", false);
	json = compared(state, "json", &status);
	assert_has(json, "\"doubts\": [\n", true);
	assert_has(json, "\"verdict\": \"worse\"", true);
	assert_has(json, "\"better\"", false);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_way_that_is_what_it_says_is_faster),
		TEST(doubts_of_samples_stand_before_the_verdict),
		TEST(a_way_that_is_another_is_not_better),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
