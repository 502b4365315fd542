// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_table.c - what a machine did by KVM while it rebooted, for people to read
 */
#include "kvm_table.h"

#include <inttypes.h>

#include "base/clock.h"

static double ms(int64_t ns)
{
	return (double)ns / NS_PER_MS;
}

static struct kvm_count sum(const kvm_count_vec *counts, enum phase phase)
{
	struct kvm_count all = { 0 };

	for (size_t i = 0; i < counts->n; i++) {
		if (counts->at[i].phase != phase)
			continue;
		all.n += counts->at[i].n;
		all.ns += counts->at[i].ns;
	}
	return all;
}

static void print_exits(const struct kvm_profile *p, enum phase phase, unsigned int top, FILE *to)
{
	fputs("\n      exits          ms  reason\n", to);
	for (size_t i = 0, printed = 0; i < p->exits.n && printed < top; i++) {
		const struct kvm_count *c = &p->exits.at[i];

		if (c->phase != phase)
			continue;
		fprintf(to, "%11" PRIu64 " %11.3f  %s\n", c->n, ms(c->ns), c->name);
		printed++;
	}
}

static void print_functions(const struct kvm_profile *p, enum phase phase, uint64_t all,
			    unsigned int top, FILE *to)
{
	fputs("\n    samples   share  function\n", to);
	for (size_t i = 0, printed = 0; i < p->functions.n && printed < top; i++) {
		const struct kvm_count *c = &p->functions.at[i];

		if (c->phase != phase)
			continue;
		fprintf(to, "%11" PRIu64 " %6.1f%%  %s\n", c->n, 100.0 * (double)c->n / (double)all,
			c->name);
		printed++;
	}
}

void kvm_table(const struct kvm_profile *p, unsigned int top, FILE *to)
{
	fputs("\nby the wall clock, by KVM: what perf recorded of a machine of its own. Exits are all "
	      "counted, with the time until the\nguest goes on; functions are sampled: of n samples a "
	      "share p is known to about 2 sqrt(p (1 - p) / n)\n", to);
	for (enum phase phase = 0; phase < PHASES; phase++) {
		struct kvm_count exits = sum(&p->exits, phase), samples = sum(&p->functions, phase);

		if (p->ns[phase] < 0)
			continue;
		fprintf(to, "\n%s: %.1f ms, of them %.1f ms outside the guest in %" PRIu64 " exits; %"
			PRIu64 " samples of the guest\n", phase_name(phase), ms(p->ns[phase]),
			ms(exits.ns), exits.n, samples.n);
		if (exits.n)
			print_exits(p, phase, top, to);
		if (samples.n)
			print_functions(p, phase, samples.n, top, to);
	}
	if (!p->functions.n)
		fputs("\nThe guest was not sampled: this host does not let perf count a guest's cycles.\n", to);
}
