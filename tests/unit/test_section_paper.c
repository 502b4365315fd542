// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_section_paper.c - the paper's comparison, whole and where evidence lacks
 *
 * tests/golden/paper.md is the expected text. UPDATE_GOLDEN=1 writes it anew; read
 * the difference before committing it.
 */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "made_account.h"
#include "report/paper_facts.h"
#include "report/sections.h"
#include "report_samples.h"

#define GOLDEN "tests/golden/paper.md"

static const struct made_account lobos = {
	"lobos", MADE_KERNEL, "ok", 2, 0, 0, 0, 0, MADE_CR3("old_kernel", "0x1000"),
};
static const struct made_account kexec = {
	"kexec", MADE_KERNEL, "ok", 3, 1, 1, 0, 700, MADE_STEPS,
};
static const struct made_account bios = {
	"bios", MADE_KERNEL, "ok", 0, 0, 0, 2, 9000, "",
};

static void add_witnessed(struct paper_facts *facts, const struct made_account *a)
{
	json_t *account = made_account(a);
	struct witnessed w;

	witnessed_of(&w, a->way, "", account, MADE_RUN(MADE_KERNEL));
	vec_push(&facts->witnessed, w);
	json_decref(account);
}

static void add_size(struct paper_facts *facts, const char *way, long kernel, long arch, long as)
{
	struct size size = { .kernel = kernel, .arch_dependent = arch, .assembly = as };
	long *parts = size.parts.lines;

	if (kernel) {
		parts[PART_COMMON] = kernel - arch - 3;
		parts[PART_X86] = arch - 30;
		parts[PART_I386] = 10;
		parts[PART_X86_64] = 20;
		parts[PART_VERSIONS] = 3;
	}
	if (!strcmp(way, "lobos")) {
		size.parts.hooks[0] = (struct hook){ "6.1", 23, 2 };
		size.parts.hooks[1] = (struct hook){ "6.12", 21, 0 };
		size.parts.hook_count = 2;
	}

	strcpy(size.way, way);
	strcpy(facts->sizes.counter, "cloc 1.96");
	vec_push(&facts->sizes.ways, size);
}

static struct paper_facts *made_facts(void)
{
	struct paper_facts *facts = calloc(1, sizeof(*facts));
	struct error *err = NULL;

	assert_non_null(facts);
	facts->impls = impl_list_load("tests/data/paper", &err);
	if (!facts->impls)
		fail_msg("%s", err->message);
	return facts;
}

static struct paper_facts *whole_facts(void)
{
	struct paper_facts *facts = made_facts();

	add_witnessed(facts, &lobos);
	add_witnessed(facts, &kexec);
	add_witnessed(facts, &bios);
	add_size(facts, "lobos", 300, 90, 10);
	add_size(facts, "kexec", 1000, 400, 40);
	add_size(facts, "bios", 0, 0, 0);
	return facts;
}

/* Both sections of a run of 12 reboots of every way; frees the facts. To be freed. */
static char *sections_of(struct paper_facts *facts, size_t ways)
{
	struct run_row run = made_run(50);
	sample_vec samples = { 0 };
	struct report *model;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	made_samples(&samples, ways, 28);
	model = report_model(&run, &samples);
	model->facts = facts;
	section_paper(f, model);
	section_sizes(f, model);
	section_portability(f, model);
	fclose(f);
	report_model_free(model);
	vec_free(&samples);
	if (facts)
		paper_facts_free(facts);
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

static char *whole_file(const char *path)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t room = 0;

	if (!f || getdelim(&text, &room, '\0', f) < 0)
		fail_msg("%s: %s", path, strerror(errno));
	return text;
}

static void a_whole_comparison(void **state)
{
	CLEANUP_FREE char *is = sections_of(whole_facts(), MADE_WAYS), *should_be = NULL;
	FILE *f;

	(void)state;
	if (getenv("UPDATE_GOLDEN")) {
		f = fopen(GOLDEN, "we");
		assert_non_null(f);
		fputs(is, f);
		assert_int_equal(fclose(f), 0);
	}
	should_be = whole_file(GOLDEN);
	assert_string_equal(is, should_be);
}

static void without_a_witness_it_says_how_to_get_one(void **state)
{
	struct paper_facts *facts = made_facts();
	struct witnessed none = { .way = "lobos", .state = WITNESS_MISSING };
	CLEANUP_FREE char *text = NULL;

	(void)state;
	vec_push(&facts->witnessed, none);
	text = sections_of(facts, MADE_WAYS);
	assert_says(text, "`lobosbench witness`, and then `lobosbench report made`, fills that in");
	assert_says(text, "| paging to the end | ? (on) | ? (off) | – |");
	assert_says(text, "| “keeps paging turned on” (5.3) | | – | not witnessed |");
	assert_says(text, "| not counted when this run began |");
	assert_null(strstr(text, "How large each way is"));
}

static void another_kernels_witness_is_told_apart(void **state)
{
	struct made_account other = lobos;
	struct paper_facts *facts = made_facts();
	CLEANUP_FREE char *text = NULL;

	(void)state;
	other.kernel = "6.1.0 #2 SMP";
	add_witnessed(facts, &other);
	text = sections_of(facts, MADE_WAYS);
	assert_says(text, "not witnessed with this kernel, only with 6.1.0 \\#2 SMP");
	assert_says(text, "**Not all of it was witnessed with the kernel of this run.**");
}

/* LOBOS stays in long mode; the account of kexec leaves it with paging, and keeps protection. */
static void segments_of_long_mode_are_neither_so_nor_not(void **state)
{
	struct paper_facts *facts = made_facts();
	struct made_account left = kexec;
	CLEANUP_FREE char *text = NULL;

	(void)state;
	left.protection = 0;
	add_witnessed(facts, &lobos);
	add_witnessed(facts, &left);
	facts->witnessed.at[0].long_mode = facts->witnessed.at[1].long_mode = true;
	facts->witnessed.at[1].long_mode_cleared = 1;
	text = sections_of(facts, MADE_WAYS);
	assert_says(text, "The paper is about 32-bit machines.");
	assert_says(text, "| segments to the end | not in long mode | on = |");
	assert_says(text, "there is nothing to keep on");
	assert_says(text, "ends with paging; protection, and with it segments of 32 bits, stays on");
}

/* A rank needs all of those it is a rank among. */
static void a_rank_stays_open_while_one_is_not_known(void **state)
{
	struct paper_facts *facts = made_facts();
	CLEANUP_FREE char *text = NULL;

	(void)state;
	add_size(facts, "lobos", 300, 290, 10);
	text = sections_of(facts, MADE_WAYS);
	assert_says(text, "| “the least architecture-dependent” (5.3) | | 96.7 | cloc 1.96");
}

static void ways_that_cannot_be_read_are_told(void **state)
{
	struct paper_facts *facts = calloc(1, sizeof(*facts));
	CLEANUP_FREE char *text = NULL;

	(void)state;
	facts->trouble = strdup("impls/x/impl.yaml:3: it is *wrong*");
	text = sections_of(facts, MADE_WAYS);
	assert_says(text, "The ways of this checkout cannot be read: "
			  "impls/x/impl.yaml:3: it is \\*wrong\\*.");
}

static void a_report_without_facts_is_silent(void **state)
{
	CLEANUP_FREE char *text = sections_of(NULL, MADE_WAYS), *empty = NULL;

	(void)state;
	assert_string_equal(text, "");
	empty = sections_of(whole_facts(), 0);
	assert_null(strstr(empty, "comparison"));
}

/* What impl.yaml of a way names as evidence must be there. */
static void the_tests_that_show_something_are_there(void **state)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *impls = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	size_t shown = 0;

	(void)state;
	impls = impl_list_load("impls", &err);
	assert_non_null(impls);
	for (size_t i = 0; i < impls->n; i++)
		for (unsigned int k = 0; k < impls->at[i].paper_count; k++) {
			const struct impl_claim *c = &impls->at[i].paper[k];

			if (c->by && access(c->by, X_OK))
				fail_msg("%s, %s: there is no %s", impls->at[i].name, c->claim,
					 c->by);
			shown += !!c->by;
		}
	assert_true(shown > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_comparison),
		cmocka_unit_test(without_a_witness_it_says_how_to_get_one),
		cmocka_unit_test(another_kernels_witness_is_told_apart),
		cmocka_unit_test(segments_of_long_mode_are_neither_so_nor_not),
		cmocka_unit_test(a_rank_stays_open_while_one_is_not_known),
		cmocka_unit_test(ways_that_cannot_be_read_are_told),
		cmocka_unit_test(a_report_without_facts_is_silent),
		cmocka_unit_test(the_tests_that_show_something_are_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
