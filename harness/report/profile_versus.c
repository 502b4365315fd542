// SPDX-License-Identifier: GPL-2.0-only
/*
 * profile_versus.c - the functions in which two profiles differ, for people to read
 */
#include "profile_versus.h"

#include "analysis/profile_functions.h"

#define MILLION		1e6

static void print_line(const char *name, int64_t a, int64_t b, FILE *to)
{
	fprintf(to, "%12.3f  %12.3f  %+14.6f  %s\n", (double)a / MILLION, (double)b / MILLION,
		(double)(b - a) / MILLION, name);
}

/* What B has more than A; the same against nothing is what it has. */
static int64_t more(const struct profile_function *a, const struct profile_function *b, bool all,
		    unsigned int phases)
{
	struct profile_change change = { a, b };

	return all ? profile_change_all(&change, phases) : profile_change_own(&change, phases);
}

static void print_changes(profile_change_vec *changes, bool all, unsigned int phases,
			  unsigned int top, FILE *to)
{
	fprintf(to, "\n  %s\n%12s  %12s  %14s  function\n",
		all ? "with what they call" : "by themselves", "A", "B", "B - A, million");
	profile_changes_sort(changes, all, phases);
	for (size_t i = 0; i < changes->n && i < top; i++) {
		const struct profile_change *c = &changes->at[i];

		if (!more(c->before, c->after, all, phases))
			break;
		print_line(profile_change_name(c), c->before ? more(NULL, c->before, all, phases) : 0,
			   c->after ? more(NULL, c->after, all, phases) : 0, to);
	}
}

static void print_phases(profile_change_vec *changes, unsigned int phases, const char *name,
			 unsigned int top, FILE *to)
{
	fprintf(to, "\n%s\n", name);
	print_changes(changes, false, phases, top, to);
	print_changes(changes, true, phases, top, to);
}

void profile_versus(const struct profile *a, const struct profile *b, unsigned int top, FILE *to)
{
	profile_function_vec before = { 0 }, after = { 0 };
	profile_change_vec changes = { 0 };

	profile_functions_of(a, &before);
	profile_functions_of(b, &after);
	profile_changes(&before, &after, &changes);
	fprintf(to, "A: %s, B: %s, million instructions\n\n%12s  %12s  %14s  phase\n", a->way, b->way,
		"A", "B", "B - A");
	for (enum phase p = 0; p < PHASES; p++) {
		uint64_t in_a = profile_counted(a, 1u << p), in_b = profile_counted(b, 1u << p);

		if (in_a || in_b)
			print_line(phase_name(p), (int64_t)in_a, (int64_t)in_b, to);
	}
	print_line("all", (int64_t)profile_counted(a, CALL_TREE_ALL),
		   (int64_t)profile_counted(b, CALL_TREE_ALL), to);
	for (enum phase p = 0; p < PHASES; p++)
		if (profile_counted(a, 1u << p) != profile_counted(b, 1u << p))
			print_phases(&changes, 1u << p, phase_name(p), top, to);
	print_phases(&changes, CALL_TREE_ALL, "the whole reboot", top, to);
	vec_free(&changes);
	profile_functions_free(&before);
	profile_functions_free(&after);
}
