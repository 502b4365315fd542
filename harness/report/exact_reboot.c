// SPDX-License-Identifier: GPL-2.0-only
/*
 * exact_reboot.c - what one reboot of a way takes by the virtual clock
 */
#include "exact_reboot.h"

#include <math.h>

#include "analysis/compare_exact.h"
#include "reboot/virtual_clock.h"

static int64_t instructions_of(const struct sample *s, unsigned int span)
{
	return span < PHASES ? s->phases.at[span].instructions : s->latency_instructions;
}

static int64_t ns_of(const struct sample *s, unsigned int span)
{
	return span < PHASES ? s->phases.at[span].ns : s->latency_ns;
}

/* A sample has its downtime in virtual time only: it shows whether loading is left out of it. */
static int64_t downtime_of(const struct sample *s,
			   int64_t (*value)(const struct sample *s, unsigned int span))
{
	const struct phase_time *load = &s->phases.at[PHASE_LOAD];

	if (s->downtime_ns < 0)
		return -1;
	if (s->downtime_ns == s->latency_ns)
		return value(s, EXACT_LATENCY);
	if (load->state != PHASE_SEEN || s->latency_ns - s->downtime_ns != load->ns)
		return -1;
	return value(s, EXACT_LATENCY) - value(s, PHASE_LOAD);
}

static int64_t value_of(const struct sample *s, unsigned int span,
			int64_t (*value)(const struct sample *s, unsigned int span))
{
	if (span == EXACT_DOWNTIME)
		return downtime_of(s, value);
	if (span < PHASES && s->phases.at[span].state != PHASE_SEEN)
		return -1;
	return value(s, span);
}

bool exact_is_good(const struct sample *s)
{
	return sample_counts(s) && sample_succeeded(s);
}

static struct exact_range range_of(const sample_vec *repeats, unsigned int span,
				   int64_t (*value)(const struct sample *s, unsigned int span))
{
	struct exact_range r = { -1, -1 };

	for (size_t i = 0; i < repeats->n; i++) {
		int64_t x = value_of(&repeats->at[i], span, value);

		if (x < 0)
			return (struct exact_range){ -1, -1 };
		r.least = !i || x < r.least ? x : r.least;
		r.most = !i || x > r.most ? x : r.most;
	}
	return r;
}

struct exact_reboot exact_reboot_of(const struct sample *s, size_t n, int index)
{
	struct exact_reboot e = { .exactness = exactness_of(s, n) };
	sample_vec repeats = { 0 };

	for (size_t i = 0; i < n; i++)
		if (exact_is_good(&s[i]) && s[i].index == index)
			vec_push(&repeats, s[i]);
	for (unsigned int span = 0; span < EXACT_SPANS; span++) {
		e.instructions[span] = range_of(&repeats, span, instructions_of);
		e.ns[span] = range_of(&repeats, span, ns_of);
	}
	e.repeats = repeats.n;
	vec_free(&repeats);
	return e;
}

double exact_middle(struct exact_range r)
{
	return r.least < 0 ? NAN : ((double)r.least + (double)r.most) / 2;
}

bool exact_is_less(struct exact_range a, struct exact_range b, double whole)
{
	return a.most < b.least &&
	       exact_middle(b) - exact_middle(a) >= compare_exact_share(whole) * whole;
}

double exact_waiting(const struct exact_reboot *e, unsigned int span)
{
	return exact_middle(e->ns[span]) -
	       exact_middle(e->instructions[span]) * (double)VIRTUAL_CLOCK_TICK_NS;
}

const char *exact_span_name(unsigned int span)
{
	return span < PHASES ? phase_name(span) : span == EXACT_LATENCY ? "latency" : "downtime";
}
