/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * history.h - all complete runs as series of nights
 *
 * Theory of operation. A run is a night. What it measured of one scenario, way and
 * variant is one point in each of that series' metrics. Series of different hosts
 * (store/provenance.h) are different series, and so are those of different clocks, and of
 * machines of different kinds.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include "reboot/machine_kind.h"
#include "regression.h"
#include "store/provenance.h"
#include "store/store.h"

enum history_unit {
	HISTORY_NS,		/* nanoseconds; those of the virtual clock are virtual */
	HISTORY_INSTRUCTIONS,	/* executed; virtual clock only */
	HISTORY_SHARE,		/* of the counted reboots that succeeded, 0 to 1 */
	HISTORY_UNITS
};

/* Latency and phases in both units, and the share of successes. */
#define HISTORY_METRICS (2 * (PHASES + 1) + 1)

struct history_run {
	char name[64], scenario[64], started[32];
	size_t host;			/* in history.hosts */
	struct machine_kind machine;	/* of its machines */
	size_t text;			/* equal for runs of the same scenario text */
	int64_t target_ns;
	char commit[48];		/* "" if not known */
	bool dirty;
	char *images;			/* of provenance_images(); owned */
};

/* One night of one metric. */
struct history_point {
	size_t run;			/* in history.runs */
	size_t n, failed;		/* counted reboots, and those of them that failed */
	double value;			/* median, exact value or share; INFINITY: never */
	double low, high;		/* the middle half of the samples; equal to value if exact */
	double error;			/* standard error of value; 0 if exact */
	bool varied;			/* the clock is exact, and repeats differed all the same */
	enum proof_word witness;	/* of the way, in this night */
};

struct history_metric {
	enum history_unit unit;
	enum phase phase;		/* PHASES: the whole reboot */
	VEC(struct history_point) points;	/* the oldest first; empty: not measured */
};

struct history_series {
	size_t host;
	char scenario[64], clock[8], way[32], variant[64];
	struct machine_kind machine;
	bool exact;			/* the clock is virtual */
	struct history_metric metrics[HISTORY_METRICS];
};

struct history_host {
	char id[PROVENANCE_HOST_DIGITS + 1];
	char *words;			/* owned */
};

struct history {
	VEC(struct history_host) hosts;
	VEC(char *) texts;		/* of scenarios, each once */
	VEC(struct history_run) runs;	/* the oldest first */
	VEC(struct history_series) series;	/* in the order in which they began */
};

/*
 * history_new() - a history without runs
 *
 * Return: to be freed with history_free().
 */
struct history *history_new(void);

/*
 * history_free() - free a history
 * @h:	NULL is fine
 */
void history_free(struct history *h);

DEFINE_CLEANUP(struct history, history_free)
#define CLEANUP_HISTORY CLEANUP(cleanup_history_free)

/*
 * history_add() - add a run
 * @h:		the history
 * @row:	newer than all runs before; copied
 * @samples:	of that run, in any order; nothing is kept of them
 * @n:		how many
 *
 * A way of which no sample counts has no point in this run.
 *
 * Return: false for a comparison of two sides, which is left out.
 */
bool history_add(struct history *h, const struct run_row *run, const struct sample *samples,
		 size_t n);

/* Called for each run when it was added; nonzero with *err set ends the reading. */
typedef int (*history_visit_fn)(void *context, const struct history *h,
				const struct run_row *run, const struct sample *samples, size_t n,
				struct error **err);

/*
 * history_read() - all complete runs of a database
 * @visit:	NULL or called for each, the oldest first
 * Return: to be freed with history_free(); NULL with *err set.
 */
struct history *history_read(struct store *s, history_visit_fn visit, void *context,
			     struct error **err);

/* "latency", a phase's name, or "success". */
const char *history_metric_name(const struct history_metric *m);
/* "ns", "instructions", "share". */
const char *history_unit_name(enum history_unit unit);
/* True when more is better. */
bool history_more_is_better(const struct history_metric *m);

#endif /* HISTORY_H */
