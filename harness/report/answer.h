/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * answer.h - the sentences that section_answer() puts together
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "model.h"

/*
 * answer_lead.c: the first of each class, by each clock; for a run that has several. All else of this
 * header takes the model of one class.
 */
void answer_lead(FILE *f, const struct report *wall, const struct report *exact);
/* answer_wall.c: who is first by the wall clock, and how sure that is; counted samples are there */
void answer_wall(FILE *f, const struct report *wall);
/* answer_exact.c: who is first by instructions, and all ways in that order */
void answer_exact(FILE *f, const struct report *exact);
/* The instructions at other indexes, where they differ, as a paragraph. */
void answer_indexes(FILE *f, const struct report *exact);
/* answer_clocks.c: whether both clocks say the same, and if not, where they differ */
void answer_clocks(FILE *f, const struct report *wall, const struct report *exact);
/* answer_doubts.c: sentences on the latencies of the first and of the next */
void answer_doubts(FILE *f, const struct report *wall);
/* Whether the host's speed changed during the run, of whatever class. */
void answer_host_speed(FILE *f, const struct report *wall);
/*
 * answer_grave() - sentences on doubts of so many reboots that they bear on the answer
 * @r:		the model of one clock
 * @said:	that of the wall clock, when r is that of the exact one and it was written already; else NULL.
 *		Doubts that both have are written once, but for those that name their ways
 */
void answer_grave(FILE *f, const struct report *r, const struct report *said);

/* The group of at least one counted sample at place i or behind it, or NULL. */
const struct report_group *answer_counted(const struct report *r, size_t i);

#endif /* ANSWER_H */
