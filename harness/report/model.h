/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * model.h - the samples of one run, grouped and counted
 *
 * Theory of operation. A sample counts when it is no warm-up and no instrument
 * fault (of which nothing is known about the subject). A counted sample that is
 * not "ok", or that nothing proves to have gone the way it was asked to, is a
 * failure: its time is INFINITY, so it stays in every quantile. All times are
 * seconds. Samples of two clocks never share a figure: a run by both has two models, that
 * of the wall clock, and behind it that of the exact one. Nor do reboots to two kernels, even by one
 * way. Ways are ranked within their class: the reboots to one kernel without hints, or with them.
 */
#ifndef MODEL_H
#define MODEL_H

#include "analysis/compare.h"
#include "analysis/index_effect.h"
#include "analysis/stats.h"
#include "exact_reboot.h"
#include "reboot/doubt.h"
#include "reboot/machine_kind.h"
#include "store/provenance.h"
#include "store/store.h"

typedef VEC(double) double_vec;

/* The figures of a way that are asked for doubts: those of compare_metric.h, and one more. */
enum {
	REPORT_IN_TIME = COMPARE_METRICS,	/* share that was ready under the target */
	REPORT_FIGURES
};

/* What is doubtful about one figure of one way. */
struct report_figure {
	bool by_index, two_humped;	/* doubts_of_figures.h */
	double p_index;			/* as in index_effect.h; NAN: was not tested */
	index_figure_vec indexes;	/* when by_index: the figures of each index */
	struct stats_interval share;	/* 95 %, of a rate; NAN when by_index */
	bool by_machine;		/* of a rate: each machine counts as one reboot in it */
};

/* Instructions of the reboots with one index. */
struct exact_index {
	int index;
	struct exact_range latency;
};

typedef VEC(struct exact_index) exact_index_vec;

/* One phase of one way, over the samples that did not fail. */
struct report_phase {
	size_t absent, unseen;
	size_t from_console;		/* how many of those seen have a border from console text */
	size_t from_event;		/* how many have libvirt's event of a reset as a border */
	double_vec s;			/* those seen */
	struct stats_summary of;	/* of them; NAN without any */
};

/* What is ranked together. */
struct report_class {
	char build[32];			/* of the kernel that reboots led to, as struct sample has it */
	bool hinted;
};

typedef VEC(struct report_class) report_class_vec;

/* One way with one variant to one kernel. */
struct report_group {
	const char *way, *variant;
	const char *hints;		/* names of its hints, parted by blanks; "": without hints */
	size_t class;			/* place in the report's classes */
	char name[100];			/* way and variant, for people */
	char label[136];		/* the same, and the kernel where the run's reboots led to several */
	size_t n;			/* counted samples */
	size_t successes;		/* came up, the right way, and proved it */
	size_t unproved;		/* of the failures: came up, nothing proves how */
	size_t in_time;			/* successes below the target */
	size_t warmups, faults;		/* not counted: warm-ups, instrument faults */
	size_t warmups_failed;		/* of the warm-ups; those with instrument faults did not */
	double_vec latency;		/* n of them, in the order of time */
	VEC(bool) first;		/* n: it is its chain's first counted sample */
	double_vec downtime;		/* those of which it is known */
	double_vec warmup_latency;
	struct stats_summary latency_of, downtime_of;
	struct report_phase phases[PHASES];
	double_vec perf[PERF_COUNTERS];	/* of the successes that have it */
	size_t logs_kept, logs_damaged, logs_none;	/* of the counted samples */
	size_t logs_incomplete;		/* kept, and console lines are missing in it */
	double_vec log_lines;		/* of those kept */
	size_t lines_missing;		/* in all of them together */
	uint64_t doubts;		/* those of the set; doubts of single figures are below */
	struct report_figure figures[REPORT_FIGURES];
	/* By the virtual clock; else nothing is in them. */
	struct exact_reboot exact;	/* the reboot with the report's exact_index */
	exact_index_vec exact_indexes;	/* of each index with good reboots, the lowest first */
};

struct paper_facts;

struct report {
	const struct run_row *run;	/* the caller's */
	struct provenance *provenance;	/* of the run */
	sample_vec samples;		/* by one clock, in the order of time */
	struct report *exact;		/* of the run's samples by the virtual clock, in a run by
					 * both; else NULL */
	report_class_vec classes;	/* of both clocks: kernel by kernel, as chains lead to them, first
					 * without hints */
	VEC(struct report_group) groups;	/* class by class; of each the fastest first, by the virtual
						 * clock the one with the fewest instructions */
	char among[96];			/* Markdown: what tells a class apart: " to i386-6.1", " with hints";
					 * else "" */
	int exact_index;		/* by the virtual clock: of the reboots that are compared, the
					 * lowest that most ways have; -1: no reboot came up */
	double target_s;
	const struct paper_facts *facts;	/* observed.h; set by who has them, else NULL */
	size_t counted;			/* in all groups */
	size_t doubtful[DOUBTS];	/* how many counted samples have each doubt of a sample */
};

/*
 * report_model() - group and count
 * @run:	stays the caller's, must outlive the model
 * @samples:	of that run, in any order; copied
 * Return: to be freed with report_model_free().
 */
struct report *report_model(const struct run_row *run, const sample_vec *samples);

/*
 * report_model_free() - free a model
 * @r:	NULL is fine
 */
void report_model_free(struct report *r);

DEFINE_CLEANUP(struct report, report_model_free)

/*
 * report_group_of() - the group a sample is in
 * @r:	the model
 * @s:	one of its samples
 *
 * Return: the group; NULL for a sample of another run.
 */
const struct report_group *report_group_of(const struct report *r, const struct sample *s);

/*
 * report_class() - the model as it is of one class
 * @class:	place in r's classes
 *
 * It shares all that it points to with r, the groups too, and is not freed. It has no groups where the
 * class has no samples by this clock. Of the only class nothing is said (`among`).
 */
struct report report_class(const struct report *r, size_t class);

/* The same of this class and those behind it with the same kernel. */
struct report report_kernel(const struct report *r, size_t class);

/* True when no class before this one has its kernel. */
bool report_begins_kernel(const struct report *r, size_t class);

/* True when reboots led to several kernels; when some ways had hints and others had none. */
bool report_has_kernels(const struct report *r);
bool report_has_hints_and_none(const struct report *r);

/* Whether its reboots were given hints. */
bool report_is_hinted(const struct report_group *g);

/* True when no group of r before this one is the same way and variant: to another kernel. */
bool report_begins_way(const struct report *r, const struct report_group *g);

/* Of all intervals and verdicts of a report, but those of a comparison that it was run for. */
#define REPORT_CONFIDENCE 0.95

/*
 * report_compare() - compare one way of the run with each other
 * @a:		a group of r with counted samples
 * @to:		filled, one for each group of r: b is that group, so a positive shift says that
 *		it takes longer than a; nothing to compare for a itself, and without samples
 *
 * All rows but the latencies are one family of tests, and all latencies another.
 */
void report_compare(const struct report *r, const struct report_group *a, struct comparison *to);

/* The counted and other samples of one group, in the order of time; to be freed with vec_free(). */
sample_vec report_samples_of(const struct report *r, const struct report_group *g);
/* How many counted samples of one group have that doubt of a sample. */
size_t report_doubtful(const struct report *r, const struct report_group *g, enum doubt doubt);
/*
 * The way the report is about: lobos when there is one, without hints when there is, and without options;
 * else the fastest; NULL without samples.
 */
const struct report_group *report_subject(const struct report *r);
/* What all machines of a model with samples have in common. */
struct machine_kind report_machine(const struct report *r);
/* True when any counted sample was taken so. */
bool report_emulated(const struct report *r);
/* True when the samples' times are the virtual clock's. */
bool report_virtual(const struct report *r);
/* The model of the run's samples by the wall clock; NULL when there are none. */
const struct report *report_wall(const struct report *r);
/* The same by the virtual clock. */
const struct report *report_exact(const struct report *r);
/* The group of the same way and variant in another model; NULL when it has none. */
const struct report_group *report_same_way(const struct report *r, const struct report_group *g);
/* How late the stamps of one source were in this run; NAN if that was not measured. */
struct provenance_lateness report_lateness(const struct report *r, enum event_source source);
/* How exact the borders of a phase are, seconds: its least exact source; NAN if not measured. */
double report_phase_error(const struct report *r, const struct report_phase *phase);
/* "latency", "came up", "in time", a phase ... */
const char *report_figure_name(unsigned int figure);
/* True of "came up" and "in time": shares of the reboots. */
bool report_figure_is_rate(unsigned int figure);
/* Names of performance counters as in reports. */
const char *perf_name(enum perf_counter c);

#endif /* MODEL_H */
