/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * planned.h - what of a run's plan was not measured
 */
#ifndef PLANNED_H
#define PLANNED_H

#include "model.h"

struct planned {
	size_t reboots;		/* planned, by both clocks; warm-ups only where the scenario cannot be read */
	size_t missing;		/* of them, those that were never made or only with a fault */
	size_t faults;		/* reboots in which the instrument failed, repeated or not */
};

/*
 * planned_of() - compare a run with its plan
 * @r:	the model of the wall clock, or of the only clock
 */
struct planned planned_of(const struct report *r);

#endif /* PLANNED_H */
