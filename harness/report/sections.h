/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sections.h - the parts of a report, each from the model to Markdown
 *
 * Every one of them holds for any run: without samples, with failures only, with
 * one way, with hundreds of reboots. A part that has nothing to say writes
 * nothing, unless that it has nothing to say is the news.
 */
#ifndef SECTIONS_H
#define SECTIONS_H

#include "model.h"

/*
 * section_answer.c: who is first, by each clock of the run, then what to beware of. It and the
 * sections that say nothing of a clock take both models of a run by both clocks.
 */
void section_answer(FILE *f, const struct report *r);

/* section_beaten.c: in what another way beats the one that the report is about; of two ways or more */
void section_beaten(FILE *f, const struct report *r);

/* section_versus.c: of a comparison of two sides within one run; nothing for any other run */
void section_versus(FILE *f, const struct report *r);

/* section_tables.c */
void section_latency(FILE *f, const struct report *r);
void section_success(FILE *f, const struct report *r);	/* how often it works, and in time */
void section_downtime(FILE *f, const struct report *r);	/* how long the old system did not serve */
void section_perf(FILE *f, const struct report *r);	/* what a reboot cost the host */
void section_logs(FILE *f, const struct report *r);	/* what became of the old kernel's log */
void section_warmups(FILE *f, const struct report *r);	/* what was run and does not count */
/* The interval of a rate; where the reboots of a machine are alike, each machine counts as one. */
struct md_table;
void section_share_cell(struct md_table *t, const struct report_figure *figure);

/*
 * section_soak.c: how often chains of reboots work, and what becomes of memory and latency in them
 * @always: also where no machine was rebooted often; else then nothing
 */
void section_soak(FILE *f, const struct report *r, bool always);

/* section_proof.c: whether each way is what it says it is */
void section_proof_warning(FILE *f, const struct report *r);	/* of the first page; else nothing */
void section_proof(FILE *f, const struct report *r);	/* what the word on each way rests on */
/* The witness's word on a way, for a cell of a table. */
const char *section_proof_word(const struct report *r, const struct report_group *g);

/* section_whole.c: whether machines came up with what they had; nothing where none was compared */
void section_whole(FILE *f, const struct report *r);

/* section_index.c: figures by the place of a reboot in its machine's chain, where it matters */
void section_index(FILE *f, const struct report *r);

/* section_phases.c */
void section_phases(FILE *f, const struct report *r);

/*
 * section_limit.c: latency and downtime by the virtual clock beside the least there could be; where the
 * run can say neither that nor anything of hints, a sentence
 */
void section_limit(FILE *f, const struct report *r);

/* section_slopes.c: latency against a number that the run varies; nothing where it varies none */
void section_slopes(FILE *f, const struct report *r);
/* The same in the report's first sentence. Return: whether the run varies one. */
bool section_slopes_answer(FILE *f, const struct report *r);

/* section_hints.c: what each way was given; nothing where no way was given any */
void section_hints(FILE *f, const struct report *r);

/* section_exact.c: all tables of a model by the virtual clock, which has no others */
void section_exact(FILE *f, const struct report *r);

/*
 * section_failures.c
 * @consoles: folder of the run's raw bytes; where a file is missing the section says so
 */
void section_failures(FILE *f, const struct report *r, const char *consoles);

/* section_paper.c: nothing without r->facts */
void section_paper(FILE *f, const struct report *r);
void section_sizes(FILE *f, const struct report *r);	/* how many lines each way is made of */
void section_portability(FILE *f, const struct report *r);	/* and for what each of them is */

/* section_notes.c */
void section_unseen(FILE *f, const struct report *r);
void section_clock(FILE *f, const struct report *r);	/* how exact the borders are in this run */
void section_doubts(FILE *f, const struct report *r);	/* each reason to distrust these figures */
void section_footnotes(FILE *f, const struct report *r);	/* what is so in any run */

/* section_provenance.c */
void section_provenance(FILE *f, const struct report *r);

/* All of them in the order of reading. Pure but for reading console files. */
void report_markdown(FILE *f, const struct report *r, const char *consoles);

#endif /* SECTIONS_H */
