/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nightly.h - what the newest nights say against their host's history
 *
 * Pure: history in, judgement out. The dashboard and every machine-readable output
 * (harness/report/) are written from this one struct.
 */
#ifndef NIGHTLY_H
#define NIGHTLY_H

#include "changed_functions.h"
#include "history.h"

enum nightly_verdict {
	NIGHTLY_PASS,
	NIGHTLY_IMPROVED,
	NIGHTLY_BASELINE,	/* its first night: there is nothing to compare it with */
	NIGHTLY_FEW,		/* too few nights to judge a noisy metric */
	NIGHTLY_ENDED,		/* not measured for more than the window: not judged */
	NIGHTLY_REGRESSION,
	NIGHTLY_BROKEN,		/* the instrument failed: says nothing about the subject */
	NIGHTLY_VERDICTS
};

/*
 * How much a level must have moved to be told, as a part of it; a share: in points of it. By the
 * virtual clock it is compare_exact_share() of the whole reboot, in each phase.
 */
struct nightly_thresholds {
	double wall, share;
};

struct nightly_options {
	const char *host;		/* id; NULL: that of the newest run */
	const char *const *scenarios;	/* n of them, NULL or empty: all */
	size_t n_scenarios;
	size_t window;			/* a change stays news for so many nights; 0: the default */
	struct nightly_thresholds thresholds;	/* each 0: the default */
};

#define NIGHTLY_WINDOW 7
#define NIGHTLY_WALL_THRESHOLD 0.02
#define NIGHTLY_SHARE_THRESHOLD 0.005

/* Why a way that the witness contradicts is a regression. */
#define NIGHTLY_CONTRADICTED "the witness saw another way than this, no reboot counts as a success"

/* One metric; points and runs are those of the history. */
struct nightly_metric {
	const struct history_series *series;
	const struct history_metric *metric;
	char name[320];			/* SCENARIO/CLOCK/WAY[-VARIANT]/MACHINE/METRIC[-instructions] */
	enum nightly_verdict verdict;
	char why[160];			/* in words, without the figures below */
	double value;			/* of the newest night */
	double level, baseline;		/* now, and before the window; NAN: not known */
	double scale;			/* of the noise; 0 for exact, NAN: not known */
	regression_vec changes;		/* all of them; at: index of metric->points */
	const struct regression_change *change;	/* of them, behind the verdict; or NULL */
	struct changed_functions functions;	/* of an exact change: nightly_name_functions() */
};

struct nightly {
	const struct history *history;
	size_t host;			/* in history->hosts */
	size_t window;
	VEC(struct nightly_metric) metrics;	/* each of the host that has a point */
	VEC(char *) faults;		/* of the instrument beside the metrics */
	size_t count[NIGHTLY_VERDICTS];
	const struct history_run *newest;	/* of the host */
};

/*
 * nightly_judge() - judge the newest night of each metric of one host
 * @h:		must outlive the judgement
 * Return: to be freed with nightly_free(); NULL with *err set when there is no run of it.
 */
struct nightly *nightly_judge(const struct history *h, const struct nightly_options *options,
			      struct error **err);

/*
 * nightly_free() - free a judgement
 * @n:	NULL is fine; the history stays
 */
void nightly_free(struct nightly *n);

DEFINE_CLEANUP(struct nightly, nightly_free)
#define CLEANUP_NIGHTLY CLEANUP(cleanup_nightly_free)

/*
 * nightly_name_functions() - the functions behind each exact change that is news
 * @results:	the results folder, whose runs keep profiles
 */
void nightly_name_functions(struct nightly *n, const char *results);

/* Adds a fault of the instrument that is not one metric's: a canary that sang. */
void nightly_fault(struct nightly *n, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * Over all metrics: BROKEN, REGRESSION or PASS, the first that holds. A night in which no
 * metric could be judged is FEW, or BASELINE when it is the first night of each.
 */
enum nightly_verdict nightly_verdict(const struct nightly *n);
/* Exit status: 0, 1, or 4 for a broken instrument, which hides a regression. */
int nightly_status(const struct nightly *n);
/* "pass", "improved", "baseline", "too-few-nights", "ended", "regression", "broken". */
const char *nightly_verdict_name(enum nightly_verdict v);

/* The last night before a change, and the first of it. */
const struct history_run *nightly_good(const struct nightly *n, const struct nightly_metric *m,
				       const struct regression_change *c);

/*
 * nightly_bad() - the first night of a change
 * @n:	the judgement
 * @m:	one of its metrics
 * @c:	one of its changes
 *
 * Return: the history's.
 */
const struct history_run *nightly_bad(const struct nightly *n, const struct nightly_metric *m,
				      const struct regression_change *c);

/*
 * nightly_run() - the run of a metric's newest point
 * @n:	the judgement
 * @m:	one of its metrics
 *
 * Return: the history's.
 */
const struct history_run *nightly_run(const struct nightly *n, const struct nightly_metric *m);

/*
 * nightly_worse() - the direction of a change
 * @m:	the metric
 * @c:	one of its changes
 *
 * Return: true when the new level is worse than the old.
 */
bool nightly_worse(const struct nightly_metric *m, const struct regression_change *c);

#endif /* NIGHTLY_H */
