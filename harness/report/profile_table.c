// SPDX-License-Identifier: GPL-2.0-only
/*
 * profile_table.c - a profile for people to read
 */
#include "profile_table.h"

#include <inttypes.h>
#include <string.h>

#include "analysis/words.h"

#define MILLION		1e6

/* Code that changes the block it runs in begins an instruction again; firmware did so twice. */
#define CODE_CHANGES	16

/* A function that passes more than this share on to one callee only repeats the callee's line. */
#define PASSED_MOST	0.98

/* Functions whose callees have a table of their own, and what these are. */
static const struct {
	const char *caller, *title;
} lists[] = {
	{ "do_one_initcall", "initcalls" },
	{ "native_smp_prepare_cpus", "processors made ready" },
	{ "smp_init", "other processors started" },
	{ "device_shutdown", "device shutdown" },
};

static double share(uint64_t n, uint64_t of)
{
	return of ? 100.0 * (double)n / (double)of : 0;
}

static void print_difference(int64_t counted, int64_t clock, uint64_t faults, FILE *to)
{
	int64_t difference = counted - clock;

	fprintf(to, "%16s  %16s  %+10" PRId64 "  %10" PRIu64, words_count((double)clock).s,
		words_count((double)counted).s, difference, faults);
}

/* More than that has another reason than page faults and code that changes itself. */
static bool is_explained(const struct profile *p, enum phase phase)
{
	int64_t difference = (int64_t)profile_counted(p, 1u << phase) - p->clock[phase];

	return difference >= 0 && difference <= (int64_t)p->faults[phase] + CODE_CHANGES;
}

static void print_sums(const struct profile *p, FILE *to)
{
	uint64_t faults = 0;
	bool explained = true;

	fprintf(to, "phase             by the clock           counted  difference  page faults\n");
	for (enum phase phase = 0; phase < PHASES; phase++) {
		uint64_t counted = profile_counted(p, 1u << phase);

		if (p->clock[phase] < 0 && !counted)
			continue;
		fprintf(to, "%-12s", phase_name(phase));
		print_difference((int64_t)counted, p->clock[phase], p->faults[phase], to);
		fputc('\n', to);
		explained &= is_explained(p, phase);
		faults += p->faults[phase];
	}
	fprintf(to, "%-12s", "all");
	print_difference((int64_t)profile_counted(p, CALL_TREE_ALL), profile_clock(p, CALL_TREE_ALL),
			 faults, to);
	fprintf(to, "\n%s\n", explained ?
		"What is counted beyond the clock began again: behind a page fault, or when it changed "
		"the code that\nit was in." :
		"The difference of a phase is more than its page faults explain.");
}

static void print_head(const char *title, FILE *to)
{
	fprintf(to, "\n  %s\n%11s %7s  %12s %7s  %9s  function\n", title, "million", "share",
		"with callees", "share", "calls");
}

static void print_sum(const struct call_tree *t, const struct call_sum *s, uint64_t whole, FILE *to)
{
	fprintf(to, "%11.3f %6.2f%%  %12.3f %6.2f%%  %9" PRIu64 "  %s\n", (double)s->own / MILLION,
		share(s->own, whole), (double)s->all / MILLION, share(s->all, whole), s->calls,
		t->functions.at[s->function]);
}

static bool only_passes_on(const struct call_sum *s)
{
	return (double)s->passed > PASSED_MOST * (double)s->all;
}

/* The root has no name and is no function. */
static void print_functions(const struct call_tree *t, struct call_sum *sums, size_t n,
			    uint64_t whole, unsigned int top, FILE *to)
{
	for (size_t i = 0, printed = 0; i < n && printed < top; i++) {
		if (!sums[i].all || !sums[i].function || only_passes_on(&sums[i]))
			continue;
		print_sum(t, &sums[i], whole, to);
		printed++;
	}
}

static void print_list(const struct profile *p, unsigned int phases, size_t list, uint64_t whole,
		       unsigned int top, FILE *to)
{
	size_t n = p->tree.functions.n;
	struct call_sum *sums = call_tree_callees(&p->tree, lists[list].caller, phases);

	if (!sums)
		return;
	qsort(sums, n, sizeof(*sums), call_sum_compare_all);
	if (sums[0].all) {
		print_head(lists[list].title, to);
		print_functions(&p->tree, sums, n, whole, top, to);
	}
	free(sums);
}

static void print_phase(const struct profile *p, enum phase phase, unsigned int top, FILE *to)
{
	unsigned int mask = 1u << phase;
	uint64_t whole = profile_counted(p, mask);
	struct call_sum *sums = call_tree_sums(&p->tree, mask);
	size_t n = p->tree.functions.n;

	fprintf(to, "\n%s: %s instructions, %.2f%% of the reboot\n", phase_name(phase),
		words_count((double)whole).s, share(whole, profile_counted(p, CALL_TREE_ALL)));
	qsort(sums, n, sizeof(*sums), call_sum_compare_own);
	print_head("most by themselves", to);
	print_functions(&p->tree, sums, n, whole, top, to);
	qsort(sums, n, sizeof(*sums), call_sum_compare_all);
	print_head("most with what they call (without those that only pass on)", to);
	print_functions(&p->tree, sums, n, whole, top, to);
	free(sums);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		print_list(p, mask, i, whole, top, to);
}

void profile_table(const struct profile *p, unsigned int top, FILE *to)
{
	fprintf(to, "%s, %s\n\n", p->way, p->kernel);
	print_sums(p, to);
	for (enum phase phase = 0; phase < PHASES; phase++)
		if (profile_counted(p, 1u << phase))
			print_phase(p, phase, top, to);
	fprintf(to, "\ncall paths: %s calls and %s returns; %" PRIu64 " returns found no call, %"
		PRIu64 " calls never returned, %" PRIu64 " paths were cut\n",
		words_count((double)p->paths.calls).s, words_count((double)p->paths.returns).s,
		p->paths.odd, p->paths.lost, p->paths.cut);
}
