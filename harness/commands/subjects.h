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

#endif /* SUBJECTS_H */
