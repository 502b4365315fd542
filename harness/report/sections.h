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

/* The two sentences a reader came for, then what to beware of. */
void section_answer(FILE *f, const struct report *r);

/* versus.c: of a comparison of two sides within one run; nothing for any other run */
void section_versus(FILE *f, const struct report *r);

/* tables.c */
void section_latency(FILE *f, const struct report *r);

/*
 * section_success() - how often it works, and in time
 * @f:	where
 * @r:	the model
 */
void section_success(FILE *f, const struct report *r);

/*
 * section_downtime() - how long the old system had stopped serving
 * @f:	where
 * @r:	the model
 */
void section_downtime(FILE *f, const struct report *r);

/*
 * section_perf() - what a reboot cost the host
 * @f:	where
 * @r:	the model
 */
void section_perf(FILE *f, const struct report *r);

/*
 * section_logs() - what became of the old kernel's log
 * @f:	where
 * @r:	the model
 */
void section_logs(FILE *f, const struct report *r);

/*
 * section_warmups() - what was run and does not count
 * @f:	where
 * @r:	the model
 */
void section_warmups(FILE *f, const struct report *r);

/* phase_tables.c */
void section_phases(FILE *f, const struct report *r);

/* exact_tables.c: instead of all tables of times in a run by the virtual clock */
void section_exact(FILE *f, const struct report *r);

/*
 * @consoles: folder of the run's raw bytes; where a file is missing the tail is said to be
 */
void section_failures(FILE *f, const struct report *r, const char *consoles);

/* paper_table.c; both say nothing without r->facts */
void section_paper(FILE *f, const struct report *r);

/*
 * section_sizes() - how many lines each way is made of
 * @f:	where
 * @r:	the model
 */
void section_sizes(FILE *f, const struct report *r);

/* notes.c */
void section_unseen(FILE *f, const struct report *r);

/*
 * section_clock() - how exact the borders are, measured in this run
 * @f:	where
 * @r:	the model
 */
void section_clock(FILE *f, const struct report *r);

/*
 * section_doubts() - every reason to distrust these figures that applies
 * @f:	where
 * @r:	the model
 */
void section_doubts(FILE *f, const struct report *r);

/*
 * section_footnotes() - what is true of the subjects whatever was measured
 * @f:	where
 * @r:	the model
 */
void section_footnotes(FILE *f, const struct report *r);

/* provenance.c */
void section_provenance(FILE *f, const struct report *r);
/* "above.key", a fact's name in that section; to be freed. */
char *provenance_key(const char *above, const char *key);

/* All of them in the order of reading. Pure but for reading console files. */
void report_markdown(FILE *f, const struct report *r, const char *consoles);

#endif /* SECTIONS_H */
