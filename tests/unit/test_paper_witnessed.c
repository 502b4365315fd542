// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_paper_witnessed.c - when an account is evidence, and for what
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "base/path.h"
#include "made_account.h"
#include "report/paper_witnessed.h"
#include "scratch.h"

static const struct made_account good = {
	"tkm", MADE_KERNEL, "ok", 1, 1, 1, 0, 700, MADE_STEPS,
};

static struct witnessed seen(const struct made_account *a, const char *way, const char *kernel)
{
	json_t *account = made_account(a);
	struct witnessed w;

	witnessed_of(&w, way, "", account, MADE_RUN(kernel));
	json_decref(account);
	return w;
}

static void a_good_account_tells_its_counts(void **state)
{
	struct witnessed w = seen(&good, "tkm", MADE_KERNEL);

	(void)state;
	assert_int_equal(w.state, WITNESS_USABLE);
	assert_string_equal(w.way, "tkm");
	assert_int_equal(w.gdt_loads, 1);
	assert_int_equal(w.paging_cleared, 1);
	assert_int_equal(w.protection_cleared, 1);
	assert_int_equal(w.resets, 0);
	assert_int_equal(w.bios_instructions, 700);
	assert_int_equal(w.translated, 1234);
	/* Of CR3, what changes it; of int 10h, what the way's own code does. */
	assert_int_equal(w.page_tables, 1);
	assert_int_equal(w.video_calls, 1);
}

/* Where paging ends is where a load of CR0 has it on before and off behind. */
static void the_place_where_paging_ends_is_found(void **state)
{
	static const struct {
		const char *steps, *place;
	} table[] = {
		{ MADE_PAGING_ENDS("safe_area"), "safe_area" },
		{ MADE_STEP("cr0", "old_kernel", "\"paging\": true") ","
		  MADE_STEP("cr3", "old_kernel", "\"paging\": true") ","
		  MADE_PAGING_ENDS("low_memory"), "low_memory" },
		{ MADE_STEP("cr0", "old_kernel", "\"paging\": true"), "old_kernel" },
		/* Others' loads are not the way's. */
		{ MADE_STEP("cr0", "loader", "\"paging\": true"), "" },
		{ MADE_STEP("cr0", "low_memory", "\"paging\": false"), "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct made_account made = good;

		made.steps = table[i].steps;
		assert_string_equal(seen(&made, "tkm", MADE_KERNEL).paging_ends, table[i].place);
	}
}

static void an_account_of_another_variant_is_none(void **state)
{
	json_t *account = made_account(&good);
	struct witnessed w;

	(void)state;
	json_object_set_new(account, "variant", json_string("skip-setup"));
	witnessed_of(&w, "tkm", "", account, MADE_RUN(MADE_KERNEL));
	assert_int_equal(w.state, WITNESS_DAMAGED);
	witnessed_of(&w, "tkm", "skip-setup", account, MADE_RUN(MADE_KERNEL));
	assert_int_equal(w.state, WITNESS_USABLE);
	assert_string_equal(w.variant, "skip-setup");
	json_decref(account);
}

static void another_kernel_is_no_evidence(void **state)
{
	struct witnessed w = seen(&good, "tkm", MADE_KERNEL " PREEMPT");

	(void)state;
	assert_int_equal(w.state, WITNESS_OTHER_KERNEL);
	assert_string_equal(w.kernel, MADE_KERNEL);
	assert_int_equal(w.gdt_loads, 0);
}

/* Nor is one of another impl.yaml or root image, or one that does not say. */
static void other_files_are_no_evidence(void **state)
{
	static const struct witness_wanted run = { MADE_KERNEL, "11", "22", NULL };
	static const char *const table[][2] = { { "11", "22" }, { "12", "22" }, { "11", "23" },
						{ NULL, "22" }, { "11", NULL } };

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		json_t *account = made_account(&good);
		CLEANUP_FREE char *lacks = NULL;
		struct witnessed w;

		json_object_set_new(account, "impl", json_text_or_null(table[i][0]));
		json_object_set_new(account, "root", json_text_or_null(table[i][1]));
		witnessed_of(&w, "tkm", "", account, &run);
		assert_int_equal(w.state, i ? WITNESS_OTHER_FILES : WITNESS_USABLE);
		lacks = witnessed_lacks(&w);
		assert_true(!i || strstr(lacks, "image; run `lobosbench witness`, then"));
		json_decref(account);
	}
	assert_int_equal(seen(&good, "tkm", MADE_KERNEL).state, WITNESS_USABLE);
}

static void long_mode_is_that_of_the_account(void **state)
{
	json_t *account = made_account(&good), *clears = json_object_get(account, "clears");
	struct witnessed w;

	(void)state;
	witnessed_of(&w, "tkm", "", account, MADE_RUN(MADE_KERNEL));
	assert_false(w.long_mode);
	json_object_set_new(clears, "long_mode", json_integer(1));
	witnessed_of(&w, "tkm", "", account, MADE_RUN(MADE_KERNEL));
	assert_true(w.long_mode);
	assert_int_equal(w.long_mode_cleared, 1);
	json_object_set_new(clears, "long_mode", json_string("1"));
	witnessed_of(&w, "tkm", "", account, MADE_RUN(MADE_KERNEL));
	assert_int_equal(w.state, WITNESS_DAMAGED);
	json_decref(account);
}

static void a_failed_reboot_is_no_evidence(void **state)
{
	struct made_account failed = good;

	(void)state;
	failed.verdict = "hung";
	assert_int_equal(seen(&failed, "tkm", MADE_KERNEL).state, WITNESS_FAILED);
}

/* Each key that is read: without it the account is none. */
static void an_account_that_is_not_whole_is_damaged(void **state)
{
	static const char *const keys[] = {
		"schema", "way", "kernel", "own", "clears", "counts", "accesses", "steps",
		"places",
	};
	struct witnessed w;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		json_t *account = made_account(&good);

		json_object_del(account, keys[i]);
		witnessed_of(&w, "tkm", "", account, MADE_RUN(MADE_KERNEL));
		if (w.state != WITNESS_DAMAGED)
			fail_msg("without \"%s\" it is taken", keys[i]);
		json_decref(account);
	}
	assert_int_equal(seen(&good, "lobos", MADE_KERNEL).state, WITNESS_DAMAGED);
	witnessed_of(&w, "tkm", "", NULL, MADE_RUN(MADE_KERNEL));
	assert_int_equal(w.state, WITNESS_DAMAGED);
}

static void damage(const char *part, const char *key, json_t *value)
{
	json_t *account = made_account(&good), *in = json_object_get(account, part);
	struct witnessed w;

	if (json_is_array(in))
		in = json_array_get(in, 0);
	if (value)
		assert_int_equal(json_object_set_new(in, key, value), 0);
	else
		assert_int_equal(json_object_del(in, key), 0);
	witnessed_of(&w, "tkm", "", account, MADE_RUN(MADE_KERNEL));
	json_decref(account);
	if (w.state != WITNESS_DAMAGED)
		fail_msg("with another %s.%s it is taken", part, key);
}

/* A figure that cannot be read is not 0: "paging was never cleared" needs somebody who looked. */
static void what_is_no_count_is_damaged(void **state)
{
	(void)state;
	damage("clears", "paging", NULL);
	damage("clears", "protection", json_string("1"));
	damage("own", "lgdt", json_integer(-5));
	damage("counts", "reset", json_null());
	damage("accesses", "translated", NULL);
	damage("steps", "times", NULL);
	damage("places", "instructions", json_real(7.5));
}

/* A file <folder>/witness/tkm.json; text NULL: the good account. */
static char *write_account(void **state, const char *folder, const char *text)
{
	CLEANUP_FREE char *dir = scratch_path(state, folder), *witness = NULL, *path = NULL;
	FILE *f;

	assert_true(asprintf(&witness, "%s/witness", dir) > 0);
	assert_true(asprintf(&path, "%s/tkm.json", witness) > 0);
	mkdir(dir, 0777);
	mkdir(witness, 0777);
	f = fopen(path, "w");
	assert_non_null(f);
	if (text) {
		fputs(text, f);
	} else {
		json_t *account = made_account(&good);

		json_dumpf(account, f, 0);
		json_decref(account);
	}
	fclose(f);
	return steal_ptr(&path);
}

static enum witness_state state_in(void **state, const char *folder)
{
	CLEANUP_FREE char *dir = scratch_path(state, folder);
	struct witnessed w;

	witnessed_read(&w, "tkm", "", dir, MADE_RUN(MADE_KERNEL));
	assert_string_equal(w.way, "tkm");
	return w.state;
}

static void files_are_read_or_told_why_not(void **state)
{
	free(write_account(state, "good", NULL));
	free(write_account(state, "cut", "{\"schema\": 1, \"way\""));
	free(write_account(state, "empty", ""));
	assert_int_equal(state_in(state, "good"), WITNESS_USABLE);
	assert_int_equal(state_in(state, "cut"), WITNESS_DAMAGED);
	assert_int_equal(state_in(state, "empty"), WITNESS_DAMAGED);
	assert_int_equal(state_in(state, "none"), WITNESS_MISSING);
}

static void the_copy_says_the_same_without_others_steps(void **state)
{
	CLEANUP_FREE char *results = scratch_path(state, "results");
	CLEANUP_FREE char *run = scratch_path(state, "run");
	CLEANUP_FREE char *from = write_account(state, "results", NULL), *to = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	struct witnessed original, copy;
	json_t *account;

	assert_true(asprintf(&to, "%s/witness/tkm.json", run) > 0);
	assert_int_equal(mkdir(run, 0777), 0);
	assert_int_equal(witnessed_keep("tkm", "", results, run, MADE_RUN(MADE_KERNEL), &err), 0);
	witnessed_read(&original, "tkm", "", results, MADE_RUN(MADE_KERNEL));
	witnessed_read(&copy, "tkm", "", run, MADE_RUN(MADE_KERNEL));
	assert_memory_equal(&original, &copy, sizeof(copy));
	account = json_load_file(to, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(account, "steps")), 5);
	json_decref(account);

	/* It stays, whatever is witnessed later. */
	assert_int_equal(unlink(from), 0);
	free(write_account(state, "results", "{}"));
	assert_int_equal(witnessed_keep("tkm", "", results, run, MADE_RUN(MADE_KERNEL), &err), 0);
	assert_int_equal(state_in(state, "run"), WITNESS_USABLE);
}

static void what_is_no_evidence_is_not_copied(void **state)
{
	CLEANUP_FREE char *results = scratch_path(state, "results");
	CLEANUP_FREE char *run = scratch_path(state, "run");
	CLEANUP_ERROR struct error *err = NULL;

	free(write_account(state, "results", NULL));
	assert_int_equal(mkdir(run, 0777), 0);
	assert_int_equal(witnessed_keep("tkm", "", results, run, MADE_RUN("another"), &err), 0);
	assert_int_equal(witnessed_keep("lobos", "", results, run, MADE_RUN(MADE_KERNEL), &err), 0);
	assert_int_equal(rmdir(run), 0);
}

/* Nor is one of other hints: what they say is part of what was executed. */
static void other_hints_are_no_evidence(void **state)
{
	static const char *const table[][2] = {
		{ "{\"quiet\": \"q\"}", "{\"quiet\": \"q\"}" }, { "{}", "{}" }, { "{}", NULL },
		{ "{\"quiet\": \"q\"}", "{\"quiet\": \"other\"}" }, { "{\"quiet\": \"q\"}", "{}" },
		{ "{\"quiet\": \"q\"}", NULL }, { "{}", "{\"quiet\": \"q\"}" },
		{ "{\"quiet\": \"q\"}", "{\"quiet\": \"q\", \"known\": \"k\"}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		CLEANUP_JSON json_t *account = made_account(&good);
		CLEANUP_JSON json_t *hints = json_loads(table[i][0], 0, NULL);
		struct witness_wanted run = { .kernel = MADE_KERNEL, .hints = hints };
		struct witnessed w;

		if (table[i][1])
			json_object_set_new(account, "hints", json_loads(table[i][1], 0, NULL));
		witnessed_of(&w, "tkm", "", account, &run);
		assert_int_equal(w.state, i < 3 ? WITNESS_USABLE : WITNESS_OTHER_FILES);
	}
}

/* An account of other files in the run's folder gives way to one of the run's own. */
static void an_older_copy_is_replaced(void **state)
{
	static const struct witness_wanted run_of = { MADE_KERNEL, "11", NULL, NULL };
	CLEANUP_FREE char *results = scratch_path(state, "results");
	CLEANUP_FREE char *run = scratch_path(state, "run");
	CLEANUP_FREE char *from = NULL, *text = NULL;
	CLEANUP_JSON json_t *account = made_account(&good);
	CLEANUP_ERROR struct error *err = NULL;
	struct witnessed w;

	free(write_account(state, "run", NULL));
	witnessed_read(&w, "tkm", "", run, &run_of);
	assert_int_equal(w.state, WITNESS_OTHER_FILES);
	json_object_set_new(account, "impl", json_string("11"));
	text = json_dumps(account, 0);
	from = write_account(state, "results", text);
	assert_int_equal(witnessed_keep("tkm", "", results, run, &run_of, &err), 0);
	witnessed_read(&w, "tkm", "", run, &run_of);
	assert_int_equal(w.state, WITNESS_USABLE);
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
	CLEANUP_FREE char *results = scratch_path(state, "results");
	CLEANUP_FREE char *file = scratch_path(state, "file"), *run = path_below(file, "run");
	CLEANUP_ERROR struct error *err = NULL;

	free(write_account(state, "results", NULL));
	assert_int_equal(file_write(file, "", &err), 0);
	assert_int_equal(witnessed_keep("tkm", "", results, run, MADE_RUN(MADE_KERNEL), &err),
			 -ENOTDIR);
	assert_int_equal(err->class, ERROR_HOST);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_account_tells_its_counts),
		cmocka_unit_test(the_place_where_paging_ends_is_found),
		cmocka_unit_test(an_account_of_another_variant_is_none),
		cmocka_unit_test(another_kernel_is_no_evidence),
		cmocka_unit_test(other_files_are_no_evidence),
		cmocka_unit_test(other_hints_are_no_evidence),
		cmocka_unit_test(long_mode_is_that_of_the_account),
		cmocka_unit_test(a_failed_reboot_is_no_evidence),
		cmocka_unit_test(an_account_that_is_not_whole_is_damaged),
		cmocka_unit_test(what_is_no_count_is_damaged),
		IN_SCRATCH(files_are_read_or_told_why_not),
		IN_SCRATCH(the_copy_says_the_same_without_others_steps),
		IN_SCRATCH(what_is_no_evidence_is_not_copied),
		IN_SCRATCH(an_older_copy_is_replaced),
		IN_SCRATCH(a_folder_that_cannot_be_made_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
