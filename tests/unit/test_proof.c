// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_proof.c - an account confirms its way, contradicts it, or is no evidence
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made_account.h"
#include "report/paper_facts.h"
#include "report/report.h"
#include "report/sections.h"
#include "report_samples.h"
#include "scratch.h"

#define PUBLISHED	"results/reference/witness"
#define WATCHED_AT	"2026-11-22T02:10:00.000Z"

static const struct made_account lobos = {
	"lobos", MADE_KERNEL, "ok", 1, 0, 0, 0, 0, MADE_CR3("old_kernel", "0x1000"),
};
/* A bootimg's account under kexec's name: paging ends in the old kernel, and there is one GDT. */
static const struct made_account disguised = {
	"kexec", MADE_KERNEL, "ok", 1, 1, 0, 0, 0, MADE_PAGING_ENDS("old_kernel_physical"),
};
static const struct made_account bios = {
	"bios", MADE_KERNEL, "ok", 0, 0, 0, 2, 9000, "",
};

static struct impl_list *impls;

static int load_impls(void **state)
{
	struct error *err = NULL;

	(void)state;
	impls = impl_list_load("impls", &err);
	return impls ? 0 : -1;
}

static int free_impls(void **state)
{
	(void)state;
	impl_list_free(impls);
	return 0;
}

static struct proof proof_by(const struct made_account *a, const char *kernel)
{
	json_t *account = made_account(a);
	struct witnessed seen;

	json_object_set_new(account, "at", json_string(WATCHED_AT));
	witnessed_of(&seen, a->way, "", account, MADE_RUN(kernel));
	json_decref(account);
	return proof_of(a->way, "", "i386", impl_find(impls, a->way), &seen);
}

static struct proof proof_by_nothing(void)
{
	json_t *account = made_account(&lobos);
	struct witnessed seen;

	json_array_clear(json_object_get(account, "places"));
	witnessed_of(&seen, lobos.way, "", account, MADE_RUN(MADE_KERNEL));
	json_decref(account);
	return proof_of(lobos.way, "", "i386", impl_find(impls, lobos.way), &seen);
}

static void an_account_with_all_signs_confirms(void **state)
{
	struct proof p = proof_by(&lobos, MADE_KERNEL);

	(void)state;
	assert_string_equal(proof_word(p.word), "confirmed");
	assert_string_equal(p.why, "paging ends: never, real mode: no, BIOS: no");
	assert_string_equal(p.kernel, MADE_KERNEL);
	assert_string_equal(p.at, WATCHED_AT);
	assert_string_equal(proof_word(proof_by(&bios, MADE_KERNEL).word), "confirmed");
}

static void a_way_in_disguise_is_contradicted(void **state)
{
	struct proof p = proof_by(&disguised, MADE_KERNEL);
	struct made_account fallen = lobos;

	(void)state;
	assert_string_equal(proof_word(p.word), "contradicted");
	assert_string_equal(p.why, "paging ends: old_kernel_physical instead of safe_area, "
				   "GDT loads: 1 instead of 3");
	fallen.resets = 1;
	p = proof_by(&fallen, MADE_KERNEL);
	assert_string_equal(proof_word(p.word), "contradicted");
	assert_string_equal(p.why, "paging ends: reset instead of never");
}

/* Two loads of CR0 took paging away, so none is known to be the way's. */
static void what_is_unclear_is_neither(void **state)
{
	struct made_account unclear = lobos;
	struct proof p;

	(void)state;
	unclear.paging = 2;
	p = proof_by(&unclear, MADE_KERNEL);
	assert_string_equal(proof_word(p.word), "not witnessed");
	assert_string_equal(p.why, "not witnessed: it is unclear where paging ends");
	unclear.bios = 100;
	p = proof_by(&unclear, MADE_KERNEL);
	assert_string_equal(p.why, "BIOS: yes instead of no");
}

static void what_is_no_evidence_confirms_nothing(void **state)
{
	struct made_account failed = lobos;
	struct proof p;

	(void)state;
	p = proof_of("lobos", "", "i386", impl_find(impls, "lobos"), NULL);
	assert_int_equal(p.word, PROOF_NOT_WITNESSED);
	assert_string_equal(p.why, "not witnessed");
	assert_string_equal(p.kernel, "");
	/* It contradicts nothing either. */
	p = proof_by(&disguised, "6.1.0 #2 SMP");
	assert_int_equal(p.word, PROOF_NOT_WITNESSED);
	assert_string_equal(p.why, "not witnessed with this kernel, only with " MADE_KERNEL);
	/* An account of nothing has all that LOBOS must not do. */
	p = proof_by_nothing();
	assert_int_equal(p.word, PROOF_NOT_WITNESSED);
	assert_string_equal(p.why, "not witnessed: its account is damaged");
	failed.verdict = "hung";
	p = proof_by(&failed, MADE_KERNEL);
	assert_int_equal(p.word, PROOF_NOT_WITNESSED);
	assert_string_equal(p.why, "not witnessed: the reboot that was watched failed");
}

static void a_way_without_signs_is_not_confirmed(void **state)
{
	static const struct impl none = { 0 };
	struct witnessed seen = { .state = WITNESS_USABLE };
	struct proof p = proof_of("x", "", "i386", &none, &seen);

	(void)state;
	assert_int_equal(p.word, PROOF_NOT_WITNESSED);
	assert_string_equal(p.why, "not witnessed: impl.yaml gives no signs of it");
	assert_int_equal(proof_of("x", "", "i386", NULL, &seen).word, PROOF_NOT_WITNESSED);
}

/* What was executed by each way, with the signs of each other: no way passes for another one. */
static void each_way_is_told_from_each_other(void **state)
{
	static const char *const ways[] = { "lobos", "bootimg", "tkm", "kexec", "bios" };
	const size_t n = sizeof(ways) / sizeof(ways[0]);

	(void)state;
	for (size_t i = 0; i < n * n; i++) {
		const char *executed = ways[i / n], *said = ways[i % n];
		CLEANUP_FREE char *path = NULL;
		struct witnessed seen;
		struct proof p;
		json_t *account;

		assert_true(asprintf(&path, PUBLISHED "/%s.json", executed) > 0);
		account = json_load_file(path, 0, NULL);
		assert_non_null(account);
		witnessed_of(&seen, executed, "", account,
			     MADE_RUN(json_string_value(json_object_get(account, "kernel"))));
		json_decref(account);
		assert_int_equal(seen.state, WITNESS_USABLE);
		p = proof_of(said, "", "i386", impl_find(impls, said), &seen);
		if (p.word != (executed == said ? PROOF_CONFIRMED : PROOF_CONTRADICTED))
			fail_msg("%s under the name of %s: %s, %s", executed, said,
				 proof_word(p.word), p.why);
	}
}

static void only_reboots_of_the_contradicted_way_fail(void **state)
{
	proof_vec proofs = { 0 };
	sample_vec samples = { 0 };
	size_t unproved = 0;

	(void)state;
	made_samples(&samples, MADE_WAYS, 4);
	make_fail(&samples.at[1], VERDICT_HUNG, PHASE_KERNEL);
	/* What came up without proof went the other way all the same. */
	for (size_t i = 0; i < samples.n; i++)
		if (!strcmp(samples.at[i].way, "kexec") && !*samples.at[i].variant)
			unproved = i;
	samples.at[unproved].judgement.proved = false;
	vec_push(&proofs, proof_by(&disguised, MADE_KERNEL));
	vec_push(&proofs, proof_by(&lobos, MADE_KERNEL));
	proof_apply(&proofs, samples.at, samples.n);
	for (size_t i = 0; i < samples.n; i++) {
		const struct sample *s = &samples.at[i];
		bool contradicted = !strcmp(s->way, "kexec") && !*s->variant;

		assert_int_equal(s->judgement.proved, !contradicted);
		assert_int_equal(s->judgement.verdict, i == 1 ? VERDICT_HUNG :
				 contradicted ? VERDICT_WRONG_WAY : VERDICT_OK);
		if (contradicted && i != 1)
			assert_non_null(strstr(s->judgement.reason, "another way: paging ends"));
	}
	vec_free(&samples);
	vec_free(&proofs);
}

static void put_account(void **state, const struct made_account *a)
{
	CLEANUP_FREE char *dir = scratch_path(state, "witness"), *path = NULL;
	json_t *account = made_account(a);

	json_object_set_new(account, "at", json_string(WATCHED_AT));
	mkdir(dir, 0777);
	assert_true(asprintf(&path, "%s/%s.json", dir, a->way) > 0);
	assert_int_equal(json_dump_file(account, path, 0), 0);
	json_decref(account);
}

/* The report of a run of all made ways with what lies in the scratch folder; to be freed. */
static char *report_with(void **state)
{
	const struct settings global = { .top = ".", .results = *state };
	struct run_row run = made_run(4 * MADE_WAYS);
	sample_vec samples = { 0 };
	struct paper_facts *facts;
	struct report *model;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	made_samples(&samples, MADE_WAYS, 28);
	facts = paper_facts_read(&global, &run, &samples);
	proof_apply(&facts->proofs, samples.at, samples.n);
	model = report_model(&run, &samples);
	model->facts = facts;
	report_markdown(f, model, *state);
	fclose(f);
	report_model_free(model);
	paper_facts_free(facts);
	vec_free(&samples);
	return text;
}

/* Wherever lines are broken and columns end. */
static void assert_says(const char *text, const char *sentence)
{
	CLEANUP_FREE char *joined = strdup(text);
	char *to = joined;

	for (const char *c = text; *c; c++) {
		char now = *c == '\n' ? ' ' : *c;

		if (now != ' ' || to == joined || to[-1] != ' ')
			*to++ = now;
	}
	*to = '\0';
	if (!strstr(joined, sentence))
		fail_msg("\"%s\" is not in:\n%s", sentence, text);
}

#define ALL	"100 % | 83.9 to 100 %"
#define NONE	"0 % | 0 to 16.1 %"

static void the_report_says_what_each_word_rests_on(void **state)
{
	CLEANUP_FREE char *text = NULL;
	const char *run, *warning;

	put_account(state, &lobos);
	put_account(state, &disguised);
	text = report_with(state);
	assert_says(text, "| lobos | 21 of 21 | " ALL " | 0 | 21 of 21 | " ALL " | confirmed |");
	assert_says(text, "| kexec | 0 of 21 | " NONE " | 0 | 0 of 21 | " NONE " | contradicted |");
	assert_says(text, "| bios | 21 of 21 | " ALL " | 0 | 21 of 21 | " ALL " | not witnessed |");
	assert_says(text, "| kexec vmlinux no-checks | 21 of 21 | " ALL " | 0 | 21 of 21 | " ALL
			  " | not witnessed |");
	assert_says(text, "* lobos: confirmed by the witness: paging ends: never, real mode: no, "
			  "BIOS: no (kernel 6.1.0 \\#1 SMP, watched " WATCHED_AT ").");
	assert_says(text, "* bios: not witnessed. Its proof rests on resets, nonce and kernel only, "
			  "which another way may have in common.");
	assert_says(text, "The witness saw another way: paging ends: old\\_kernel\\_physical");
	/* On the first page. */
	warning = strstr(text, "**kexec is not what it says:**");
	run = strstr(text, "Run made: ");
	assert_true(warning && run && warning < run);
	assert_null(strstr(run, "is not what it says"));
}

/* Twice: what was stored first does not change what is said of it later. */
static void the_database_learns_it(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	const struct settings global = { .top = ".", .results = *state };
	struct run_row run = made_run(4 * MADE_WAYS);
	struct error *err = NULL;
	CLEANUP(cleanup_store_close) struct store *store = store_open(path, false, &err);
	sample_vec samples = { 0 };

	assert_int_equal(store_run_begin(store, &run, &err), 0);
	made_samples(&samples, MADE_WAYS, 4);
	for (size_t i = 0; i < samples.n; i++)
		assert_int_equal(store_sample_add(store, &samples.at[i], &err), 0);
	put_account(state, &lobos);
	put_account(state, &disguised);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(report_prove(&global, store, run.name, &err), 0);
		samples.n = 0;
		assert_int_equal(store_samples(store, run.name, &samples, &err), 0);
		for (size_t k = 0; k < samples.n; k++) {
			const struct sample *s = &samples.at[k];
			bool contradicted = !strcmp(s->way, "kexec") && !*s->variant;

			assert_int_equal(s->judgement.verdict,
					 contradicted ? VERDICT_WRONG_WAY : VERDICT_OK);
			assert_int_equal(s->witness, contradicted ? PROOF_CONTRADICTED :
					 strcmp(s->way, "lobos") ? PROOF_NOT_WITNESSED :
								   PROOF_CONFIRMED);
		}
	}
	vec_free(&samples);
}

static void the_words_are_there_for_other_programs(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "proofs.json");
	CLEANUP_ERROR struct error *err = NULL;
	proof_vec proofs = { 0 };
	json_t *json, *way;

	vec_push(&proofs, proof_by(&disguised, MADE_KERNEL));
	assert_true(proof_any(&proofs, PROOF_CONTRADICTED));
	assert_false(proof_any(&proofs, PROOF_CONFIRMED));
	assert_int_equal(proof_write(&proofs, *state, &err), 0);
	json = json_load_file(path, 0, NULL);
	assert_non_null(json);
	assert_int_equal(json_integer_value(json_object_get(json, "schema")), 1);
	way = json_array_get(json_object_get(json, "ways"), 0);
	assert_string_equal(json_string_value(json_object_get(way, "way")), "kexec");
	assert_string_equal(json_string_value(json_object_get(way, "variant")), "");
	assert_string_equal(json_string_value(json_object_get(way, "witness")), "contradicted");
	assert_string_equal(json_string_value(json_object_get(way, "kernel")), MADE_KERNEL);
	assert_string_equal(json_string_value(json_object_get(way, "at")), WATCHED_AT);
	json_decref(json);
	vec_free(&proofs);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_with_all_signs_confirms),
		cmocka_unit_test(a_way_in_disguise_is_contradicted),
		cmocka_unit_test(what_is_unclear_is_neither),
		cmocka_unit_test(what_is_no_evidence_confirms_nothing),
		cmocka_unit_test(a_way_without_signs_is_not_confirmed),
		cmocka_unit_test(each_way_is_told_from_each_other),
		cmocka_unit_test(only_reboots_of_the_contradicted_way_fail),
		IN_SCRATCH(the_report_says_what_each_word_rests_on),
		IN_SCRATCH(the_database_learns_it),
		IN_SCRATCH(the_words_are_there_for_other_programs),
	};

	return cmocka_run_group_tests(tests, load_impls, free_impls);
}
