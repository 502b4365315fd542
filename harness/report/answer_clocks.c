// SPDX-License-Identifier: GPL-2.0-only
/*
 * answer_clocks.c - whether the wall clock and the exact clock put the same way first
 *
 * Theory of operation. Were time nothing but instructions, each of them would take the same:
 * all time of all ways divided by all their instructions. What a phase of the one way takes
 * longer than in the other, less what the instructions that it executes more would take at that
 * price, is what the clocks differ by there. The phase in which that is most is named with
 * its figures; the rest of the sentence says no more than these show.
 */
#include "answer.h"

#include <math.h>

#include "analysis/words.h"
#include "exact_words.h"
#include "markdown.h"

/* One way by both clocks. */
struct both {
	const struct report_group *wall, *exact;
};

/* Seconds that one instruction takes over whole reboots of all ways; NAN when nothing tells. */
static double price_of(const struct report *wall, const struct report *exact)
{
	double seconds = 0, instructions = 0;

	for (size_t i = 0; i < wall->groups.n; i++) {
		const struct report_group *g = &wall->groups.at[i], *e = report_same_way(exact, g);
		double n = e ? exact_middle(e->exact.instructions[EXACT_LATENCY]) : NAN;

		if (!isfinite(g->latency_of.median) || !isfinite(n))
			continue;
		seconds += g->latency_of.median;
		instructions += n;
	}
	return instructions > 0 ? seconds / instructions : NAN;
}

static bool has_phase(const struct both *way, unsigned int p)
{
	return way->wall->phases[p].s.n || way->wall->phases[p].unseen;
}

/* What a phase takes; 0 where the way does not have it, NAN where it was not seen. */
static double seconds_in(const struct both *way, unsigned int p)
{
	return has_phase(way, p) ? way->wall->phases[p].of.median : 0;
}

static double instructions_in(const struct both *way, unsigned int p)
{
	return has_phase(way, p) ? exact_middle(way->exact->exact.instructions[p]) : 0;
}

static double waiting_in(const struct both *way, unsigned int p)
{
	return has_phase(way, p) ? exact_waiting(&way->exact->exact, p) / 1e9 : 0;
}

/* The phase in which a takes most time beyond its instructions, against b; PHASES: none. */
static unsigned int phase_apart(const struct both *a, const struct both *b, double price,
				double *most)
{
	unsigned int found = PHASES;

	*most = 0;
	for (unsigned int p = 0; p < PHASES; p++) {
		double by = seconds_in(a, p) - seconds_in(b, p) -
			    price * (instructions_in(a, p) - instructions_in(b, p));

		if (by > *most) {
			*most = by;
			found = p;
		}
	}
	return found;
}

/* "kexec takes 11.0 ms for 5.9 million instructions (1.9 ns each)" */
static void put_cost(FILE *f, const struct both *way, unsigned int p)
{
	CLEANUP_FREE char *label = md_escaped(way->wall->label);
	double n = instructions_in(way, p), s = seconds_in(way, p);

	if (!has_phase(way, p)) {
		fprintf(f, "%s does not have it", label);
		return;
	}
	fprintf(f, "%s takes %s ms for %s million instructions", label, words_ms(s).s,
		words_million(n).s);
	if (n > 0)
		fprintf(f, " (%.1f ns each)", s * 1e9 / n);
}

/* An instruction of the phase takes the same in both, as printed. */
static bool costs_alike(const struct both *a, const struct both *b, unsigned int p)
{
	return has_phase(a, p) && has_phase(b, p) &&
	       fabs(seconds_in(a, p) / instructions_in(a, p) -
		    seconds_in(b, p) / instructions_in(b, p)) < 0.1e-9;
}

static void put_reason(FILE *f, const struct report *wall, const struct both *a,
		       const struct both *b, double price)
{
	CLEANUP_FREE char *label = md_escaped(a->wall->label);
	double most, waits;
	unsigned int p = phase_apart(a, b, price, &most);

	if (p == PHASES)
		return;
	waits = waiting_in(a, p) - waiting_in(b, p);
	fprintf(f, "They differ most in the phase %s: ", phase_name(p));
	put_cost(f, a, p);
	fputs(", ", f);
	put_cost(f, b, p);
	if (waits >= most / 2)
		fprintf(f, "; there the exact clock sees it wait %s ms longer, and waiting costs time "
			"and no instruction. ", words_ms(waits).s);
	else if (costs_alike(a, b, p))
		fprintf(f, "; over all phases of all ways%s it is %.1f ns: %s executes more of the "
			"slow instructions. ", wall->among, price * 1e9, label);
	else
		fprintf(f, "; over all phases of all ways%s it is %.1f ns. %s does not need the same "
			"time for every instruction. ", wall->among, price * 1e9,
			report_emulated(wall) ? "The emulator" : "A processor");
}

/* The wall clock does not call them different. */
static void put_undecided(FILE *f, enum compare_verdict verdict, const char *a, const char *b)
{
	static const char *const words[] = {
		[COMPARE_TOO_FEW] = "ran on too few machines to be told apart from",
		[COMPARE_UNDECIDED] = "cannot be told apart from",
		[COMPARE_SAME] = "takes as long in practice as",
		[COMPARE_BETTER] = "took less time machine by machine than",
	};

	fprintf(f, "The clocks do not contradict each other: by the wall clock %s %s %s. ", a,
		words[verdict], b);
}

static struct exact_range whole_of(const struct both *way)
{
	return way->exact->exact.instructions[EXACT_LATENCY];
}

/* a, which is first, is not said to be so. */
static bool is_tie(const struct both *a, const struct both *b)
{
	return !exact_is_less(whole_of(a), whole_of(b), exact_middle(whole_of(a)));
}

/* a is first by instructions, b by the wall clock. */
static void put_difference(FILE *f, const struct report *wall, const struct report *exact,
			   const struct both *a, const struct both *b)
{
	CLEANUP_FREE struct comparison *c = calloc(wall->groups.n, sizeof(*c));
	CLEANUP_FREE char *la = md_escaped(a->wall->label), *lb = md_escaped(b->wall->label);
	const struct compare_row *row;

	if (!c)
		abort();
	report_compare(wall, b->wall, c);
	row = &c[a->wall - wall->groups.at].rows[COMPARE_LATENCY];
	if (row->verdict == COMPARE_NOTHING)
		return;
	if (is_tie(a, b)) {
		fprintf(f, "The clocks do not contradict each other: by instructions %s and %s %s. ",
			la, lb, exact_tie_words(whole_of(a), whole_of(b)));
		return;
	}
	if (row->verdict != COMPARE_WORSE) {
		put_undecided(f, row->verdict, la, lb);
		return;
	}
	fprintf(f, "**The clocks disagree:** %s executes %s million instructions fewer than %s", la,
		words_million(exact_middle(whole_of(b)) - exact_middle(whole_of(a))).s, lb);
	if (isinf(row->by.shift)) {
		fputs(", but too many of its reboots by the wall clock failed. ", f);
		return;
	}
	fprintf(f, ", but takes %s longer. ", words_seconds(row->by.shift).s);
	put_reason(f, wall, a, b, price_of(wall, exact));
}

/* True when the wall clock calls every other way slower than its first. */
static bool is_decided(const struct report *wall, const struct report_group *first)
{
	CLEANUP_FREE struct comparison *c = calloc(wall->groups.n, sizeof(*c));
	bool decided = true;

	if (!c)
		abort();
	report_compare(wall, first, c);
	for (size_t i = 0; i < wall->groups.n; i++) {
		enum compare_verdict verdict = c[i].rows[COMPARE_LATENCY].verdict;

		decided &= verdict == COMPARE_WORSE || verdict == COMPARE_NOTHING;
	}
	return decided;
}

/* Whether the one that both clocks put first is alone there by each of them. */
static void put_agreement(FILE *f, const struct report *wall, const struct report *exact,
			  const struct both *first, const char *label)
{
	const struct both next = { .exact = exact->groups.n > 1 ? &exact->groups.at[1] : NULL };

	if ((next.exact && whole_of(&next).least >= 0 && is_tie(first, &next)) ||
	    !is_decided(wall, first->wall))
		fprintf(f, "The clocks do not contradict each other. ");
	else
		fprintf(f, "Both clocks put %s first. ", label);
}

void answer_clocks(FILE *f, const struct report *wall, const struct report *exact)
{
	struct both a = { .exact = exact->groups.n ? &exact->groups.at[0] : NULL };
	struct both b = { .wall = answer_counted(wall, 0) };
	CLEANUP_FREE char *label = NULL;

	if (!a.exact || !b.wall || !isfinite(b.wall->latency_of.median) || whole_of(&a).least < 0)
		return;
	a.wall = report_same_way(wall, a.exact);
	b.exact = report_same_way(exact, b.wall);
	label = md_escaped(a.exact->label);
	if (!a.wall || !a.wall->n)
		fprintf(f, "No reboot of %s was counted by the wall clock. ", label);
	else if (!b.exact || whole_of(&b).least < 0)
		fprintf(f, "The instructions of the wall clock's fastest way are not known. ");
	else if (a.wall != b.wall)
		put_difference(f, wall, exact, &a, &b);
	else if (wall->groups.n > 1)
		put_agreement(f, wall, exact, &a, label);
}
