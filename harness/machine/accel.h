/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * accel.h - which accelerator this host really has, by proof
 *
 * /dev/kvm may open, report its API and create a machine, and still run one
 * thousands of times too slowly. So KVM counts as there only when the CPU says
 * so and a timed loop in a machine of its own ended within its bound.
 */
#ifndef ACCEL_H
#define ACCEL_H

#include <stdbool.h>
#include <stdint.h>

#include "plan/scenario.h"

struct accel_proof {
	bool cpu_flag;		/* vmx or svm in /proc/cpuinfo */
	bool device;		/* /dev/kvm opened and has API 12 */
	bool ran;		/* the loop came to its end */
	int64_t loop_ns;	/* how long it took, or how long it was allowed to; -1: not tried */
	int64_t bound_ns;	/* more than this and it is no acceleration */
	bool kvm;		/* all of it: KVM is there */
	char reason[160];	/* one sentence for a person */
};

/*
 * Takes the proof. To be called before there is any thread, because it forks.
 * Never fails, never takes longer than about a second.
 */
void accel_prove(struct accel_proof *proof);

/*
 * accel_choose() - the accelerator to use
 * @wanted:	of the scenario
 * @proof:	of this host
 * @chosen:	never AUTO
 * Return: 0; -ENODEV with *err set when KVM is asked for and not there.
 */
int accel_choose(enum accelerator wanted, const struct accel_proof *proof, enum accelerator *chosen,
		 struct error **err);

/* "auto", "kvm", "tcg". */
const char *accel_name(enum accelerator a);

#endif /* ACCEL_H */
