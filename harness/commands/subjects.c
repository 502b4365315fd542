// SPDX-License-Identifier: GPL-2.0-only
/*
 * subjects.c - the ways of a command that reboots each of them once under the eyes of a plugin
 */
#include "subjects.h"

#include <stdlib.h>

#include "base/interrupt.h"

struct subject *subjects_open(const struct settings *global, const struct scenario *scenario,
			      const struct images *images, const struct machines *machines)
{
	struct subject *subjects = calloc(scenario->ways_count, sizeof(*subjects));

	if (!subjects)
		abort();
	for (unsigned int i = 0; i < scenario->ways_count; i++) {
		subjects[i] = (struct subject){
			.top = global->top, .plugins = global->plugins,
			.results = global->results, .work = machines->work,
			.scenario = scenario, .way = &scenario->ways[i], .images = &images->of[i],
			.connection = machines->connection, .stop = &interrupt_asked,
		};
		subject_open(&subjects[i]);
	}
	return subjects;
}

void subjects_close(struct subject *subjects, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		subject_free(&subjects[i]);
	free(subjects);
}
