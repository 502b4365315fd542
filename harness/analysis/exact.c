// SPDX-License-Identifier: GPL-2.0-only
/*
 * exact.c - whether reboots by the virtual clock repeat each other
 */
#include "exact.h"

#include <assert.h>

#include "plan/scenario.h"

static_assert(SCENARIO_EXACT_MACHINES >= EXACT_REPEATS,
	      "what a scenario does not say is enough for exact figures");

static bool same(const struct phase_time *a, const struct phase_time *b)
{
	return a->state == b->state &&
	       (a->state != PHASE_SEEN ||
		(a->ns == b->ns && a->instructions == b->instructions));
}

unsigned int exact_varied(const struct sample *a, const struct sample *b)
{
	unsigned int varied = 0;

	for (enum phase p = 0; p < PHASES; p++)
		if (!same(&a->phases.at[p], &b->phases.at[p]))
			varied |= 1u << p;
	return varied;
}

/* The first good sample of that place in the chain, from i on; n when there is none. */
static size_t next_repeat(const struct sample *s, size_t n, size_t i, int index)
{
	while (i < n && !(sample_counts(&s[i]) && sample_succeeded(&s[i]) && s[i].index == index))
		i++;
	return i;
}

struct exactness exactness_of(const struct sample *s, size_t n)
{
	struct exactness e = { 0 };

	for (size_t i = 0; i < n; i++) {
		size_t repeats = 1;

		if (next_repeat(s, n, i, s[i].index) != i || next_repeat(s, n, 0, s[i].index) != i)
			continue;
		for (size_t k = i; (k = next_repeat(s, n, k + 1, s[i].index)) < n; repeats++)
			e.varied |= exact_varied(&s[i], &s[k]);
		e.repeats = !e.reboots || repeats < e.repeats ? repeats : e.repeats;
		e.reboots++;
	}
	e.exact = e.repeats >= EXACT_REPEATS && !e.varied;
	return e;
}
