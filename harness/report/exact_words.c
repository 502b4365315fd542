// SPDX-License-Identifier: GPL-2.0-only
/*
 * exact_words.c - figures of the exact clock as a reader sees them
 */
#include "exact_words.h"

#include <string.h>

#include "base/text.h"

struct words exact_millions(struct exact_range r)
{
	struct words least = words_million((double)r.least), most = words_million((double)r.most);
	struct words both;

	if (r.least < 0)
		return words_million(exact_middle(r));
	if (!strcmp(least.s, most.s))
		return least;
	snprintf(both.s, sizeof(both.s), "%.25s to %.25s", least.s, most.s);
	return both;
}

const char *exact_tie_words(struct exact_range a, struct exact_range b)
{
	return a.least == b.most ? "are equal" : "cannot be told apart";
}

static char *varied_phases(unsigned int varied)
{
	const char *comma = "";
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (unsigned int p = 0; p < PHASES; p++) {
		if (!(varied & 1u << p))
			continue;
		fprintf(f, "%s%s", comma, phase_name(p));
		comma = ", ";
	}
	fputs(" varied between repeats", f);
	if (fclose(f) != 0)
		abort();
	return text;
}

char *exact_why_not(const struct report_group *g)
{
	const struct exactness *x = &g->exact.exactness;

	if (!x->reboots)
		return text_format("no reboot that counts came up");
	if (g->exact.repeats && g->exact.instructions[EXACT_LATENCY].least < 0)
		return text_format("instructions were not counted");
	if (x->exact)
		return NULL;
	if (x->varied)
		return varied_phases(x->varied);
	return text_format("a reboot came up on %zu machine%s only, exact figures need %d",
			   x->repeats, x->repeats == 1 ? "" : "s", EXACT_REPEATS);
}
