/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * subjects.h - the ways of a command that reboots each of them once under the eyes of a plugin
 */
#ifndef SUBJECTS_H
#define SUBJECTS_H

#include "base/options.h"
#include "machines.h"
#include "plan/images.h"
#include "witness/subject.h"

/*
 * subjects_open() - one subject for each way of a scenario
 * @machines:	open, as all others are; they are used until the subjects are closed
 * Return: as many as there are ways, to be closed.
 */
struct subject *subjects_open(const struct settings *global, const struct scenario *scenario,
			      const struct images *images, const struct machines *machines);
void subjects_close(struct subject *subjects, unsigned int n);

/*
 * subjects_witness() - subject_witness() of each, as many at once as there are processors
 * @to:		gets what is printed of each, in their order
 * The machines go by the virtual clock, so that they do not disturb each other. After an error
 * no further one is begun.
 * Return: 0; 1 when a reboot failed; a negative errno with *err set to the first error.
 */
int subjects_witness(struct subject *subjects, unsigned int n, FILE *to, struct error **err);

#endif /* SUBJECTS_H */
