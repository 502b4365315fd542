/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * observation.h - from all that was seen of one reboot to its sample
 */
#ifndef OBSERVATION_H
#define OBSERVATION_H

#include "plan/trial_plan.h"
#include "reboot/sample.h"
#include "reboot/virtual_clock.h"
#include "reboot/wait.h"

/* All that was seen of one reboot; nothing here is owned. */
struct observation {
	const struct trial_plan *plan;
	const struct lines *lines;
	const struct window *window;
	enum ending ending;
	int64_t timeout_ns;		/* the shortest of those of the wait */
	const struct data_item *old;	/* what the old system told of itself */
	const struct machine_facts *before;	/* what the machine had just before the request */
	struct machine_losses *losses;	/* of the chain so far; brought up to date */
	const struct data_item *new;	/* what the new one did, or the refusal; NULL: nothing */
	const char *nonce;		/* that its command line was given, with the number */
	const char *accelerator;	/* "kvm" or "tcg", as the hypervisor says */
	const char *trial;		/* base name of the kept files */
	int index;			/* of the sample */
	bool warmup;
	size_t old_console;		/* first byte of the console that the old kernel wrote */
	const clock_stamp_vec *stamps;	/* of the virtual clock; NULL: times are the host's */
	const int64_t *perf_begin, *perf_end;	/* PERF_COUNTERS each; NULL: not read */
};

/*
 * observation_new_console() - where the new kernel's console begins
 * @l:	the lines
 * @w:	one reboot
 *
 * A console line says it best; a mark's time is good enough, since no kernel
 * prints within a millisecond of its entry.
 *
 * Return: the offset of the console's first byte of the last kernel entered in
 * the window; its length if none was.
 */
size_t observation_new_console(const struct lines *l, const struct window *w);

/* Fills a sample in. Pure but for the wall clock's time of the request. */
void observation_sample(const struct observation *o, struct sample *sample);

#endif /* OBSERVATION_H */
