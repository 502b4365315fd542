/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trial.h - one machine through its chain of reboots
 */
#ifndef TRIAL_H
#define TRIAL_H

#include <stdatomic.h>

#include "domain.h"
#include "plan/trial_plan.h"

/*
 * Called once for each finished sample, with the events that it was made from, in order of the
 * host's time; a non-zero return ends the trial with it.
 */
typedef int (*trial_sample_fn)(struct sample *sample, const event_vec *events, void *arg,
			       struct error **err);
/* Called when a phase begins, for the progress display; may be NULL. */
typedef void (*trial_phase_fn)(int machine, int index, enum phase phase, void *arg);

/*
 * trial_run() - start a machine, follow it, judge each reboot
 * @on_sample:	gets each sample with clock_error_ns -1, which only the caller knows
 * @stop:	becomes true when the user asks to stop; the trial ends cleanly with -EINTR
 * Return: 0 when the chain ended, however its reboots went; negative errno with
 * *err set when the instrument failed. A reboot that fails ends the machine; the
 * rest of its chain is then run by the runner on a new machine.
 */
int trial_run(struct connection *c, const struct trial_plan *plan, trial_sample_fn on_sample,
	      trial_phase_fn on_phase, void *arg, const atomic_bool *stop, struct error **err);

#endif /* TRIAL_H */
