// SPDX-License-Identifier: GPL-2.0-only
/*
 * host_table.c - where the time of an emulated reboot went, for people to read
 */
#include "host_table.h"

#include <inttypes.h>

#include "base/clock.h"

/* Classes whose names need more room than a share. */
static int width(unsigned int class)
{
	return class == HOST_TRANSLATING || class == HOST_DISCARDING ? 11 : 7;
}

static double ms_of(const struct host_profile *p, uint64_t samples)
{
	return 1e3 * (double)samples / p->hz;
}

static uint64_t sum(const uint64_t *samples, unsigned int classes)
{
	uint64_t n = 0;

	for (unsigned int class = 0; class < classes; class++)
		n += samples[class];
	return n;
}

static void print_row(const struct host_profile *p, const char *name, int64_t ns,
		      const uint64_t *samples, FILE *to)
{
	uint64_t n = sum(samples, HOST_CLASSES);

	fprintf(to, "%-12s %8.1f %8" PRIu64, name, (double)ns / NS_PER_MS, n);
	for (unsigned int class = 0; class < HOST_CLASSES; class++) {
		if (!n || (class == HOST_KERNEL && !p->host_kernel))
			fprintf(to, " %*s", width(class) + 1, "-");
		else
			fprintf(to, " %*.1f%%", width(class), 100.0 * (double)samples[class] / (double)n);
	}
	fprintf(to, " %11.1f ms\n", ms_of(p, samples[HOST_OTHER_THREADS]));
}

static void print_notes(const struct host_profile *p, const uint64_t *samples, FILE *to)
{
	fprintf(to, "Samples, not counts: one for each %.2f ms that a processor of the machine ran; "
		"of n samples a share p is known\nto about 2 sqrt(p (1 - p) / n). code: translated "
		"code; helpers: what it calls; rest: of QEMU; kernel: the host's.\n", ms_of(p, 1));
	if (!p->host_kernel)
		fputs("The host's kernel is left out: this user may not sample it (sysctl "
		      "kernel.perf_event_paranoid=1).\n", to);
	if (p->processor_ns > 0)
		fprintf(to, "Processor time of QEMU: %.1f ms by the samples, %.1f ms by the kernel's "
			"count.\n", ms_of(p, sum(samples, HOST_COUNTS)),
			(double)p->processor_ns / NS_PER_MS);
}

void host_table(const struct host_profile *p, FILE *to)
{
	uint64_t all[HOST_COUNTS] = { 0 };
	int64_t ns = 0;

	fputs("\nby the wall clock, emulated: what QEMU did, sampled by perf in a machine of its own\n\n"
	      "phase         wall ms  samples     code  helpers  devices  translating   discarding "
	      "    rest   kernel  other threads\n", to);
	for (enum phase phase = 0; phase < PHASES; phase++) {
		if (p->ns[phase] < 0)
			continue;
		ns += p->ns[phase];
		for (unsigned int class = 0; class < HOST_COUNTS; class++)
			all[class] += p->samples[phase][class];
		print_row(p, phase_name(phase), p->ns[phase], p->samples[phase], to);
	}
	print_row(p, "all", ns, all, to);
	print_notes(p, all, to);
}
