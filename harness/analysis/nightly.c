// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly.c - what the newest nights say against their host's history
 *
 * Theory of operation. The baseline of a metric is the level it had before the
 * window, the last nights in which a change is still news. When a change of level
 * (regression.h) lies in the window, and the level now is further from the baseline
 * than the threshold, the metric is a regression or improved; so a regression stays
 * red until the window has passed or someone mended it. What never came up in the
 * newest night, and did before, is a regression without asking the noise. So is, in
 * any night, a way that the witness contradicts: what was measured is another way.
 *
 * Of the instrument speaks: an exact metric whose repeats differed, and a metric
 * that a run of the same scenario text had before and has no more.
 */
#include "nightly.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "compare_exact.h"

#define SECONDS_OF_A_DAY 86400

static const char *const verdict_names[NIGHTLY_VERDICTS] = {
	[NIGHTLY_PASS] = "pass",
	[NIGHTLY_IMPROVED] = "improved",
	[NIGHTLY_BASELINE] = "baseline",
	[NIGHTLY_FEW] = "too-few-nights",
	[NIGHTLY_ENDED] = "ended",
	[NIGHTLY_REGRESSION] = "regression",
	[NIGHTLY_BROKEN] = "broken",
};

const char *nightly_verdict_name(enum nightly_verdict v)
{
	return verdict_names[v];
}

const struct history_run *nightly_run(const struct nightly *n, const struct nightly_metric *m)
{
	return &n->history->runs.at[m->metric->points.at[m->metric->points.n - 1].run];
}

const struct history_run *nightly_good(const struct nightly *n, const struct nightly_metric *m,
				       const struct regression_change *c)
{
	return &n->history->runs.at[m->metric->points.at[c->at - 1].run];
}

const struct history_run *nightly_bad(const struct nightly *n, const struct nightly_metric *m,
				      const struct regression_change *c)
{
	return &n->history->runs.at[m->metric->points.at[c->at].run];
}

static bool worse(const struct nightly_metric *m, double before, double after)
{
	return history_more_is_better(m->metric) ? after < before : after > before;
}

bool nightly_worse(const struct nightly_metric *m, const struct regression_change *c)
{
	return worse(m, c->before, c->after);
}

static void name_metric(struct nightly_metric *m)
{
	const struct history_series *s = m->series;
	char machine[MACHINE_KIND_TEXT];

	machine_kind_name(&s->machine, machine);
	snprintf(m->name, sizeof(m->name), "%.40s/%s/%s%s%.40s/%s/%s%s", s->scenario, s->clock,
		 s->way, *s->variant ? "-" : "", s->variant, machine,
		 history_metric_name(m->metric),
		 m->metric->unit == HISTORY_INSTRUCTIONS ? "-instructions" : "");
	for (char *p = m->name; *p; p++)
		if (*p == ' ')
			*p = '-';
}

static time_t moment(const char *iso8601)
{
	struct tm tm = { 0 };

	return strptime(iso8601, "%Y-%m-%dT%H:%M:%S", &tm) ? timegm(&tm) : 0;
}

/* Of the newest night in which the way came up, in that unit; 0 when there is none. */
static double whole_reboot(const struct history_series *s, enum history_unit unit)
{
	const struct history_metric *m = s->metrics;

	while (m->phase != PHASES || m->unit != unit)
		m++;
	for (size_t i = m->points.n; i-- > 0;)
		if (isfinite(m->points.at[i].value))
			return m->points.at[i].value;
	return 0;
}

static double threshold_of(const struct nightly_metric *m, const struct nightly_thresholds *t)
{
	if (!isfinite(m->baseline))
		return 0;
	if (m->metric->unit == HISTORY_SHARE)
		return t->share > 0 ? t->share : NIGHTLY_SHARE_THRESHOLD;
	if (m->series->exact)
		return whole_reboot(m->series, m->metric->unit) *
		       compare_exact_share(whole_reboot(m->series, HISTORY_INSTRUCTIONS));
	return m->baseline * (t->wall > 0 ? t->wall : NIGHTLY_WALL_THRESHOLD);
}

static void say(struct nightly_metric *m, enum nightly_verdict verdict, const char *why)
{
	m->verdict = verdict;
	snprintf(m->why, sizeof(m->why), "%s", why);
}

/* A run of the same scenario text and machine as that of the metric's newest point, and newer. */
static bool is_missing(const struct nightly *n, const struct nightly_metric *m)
{
	const struct history_run *last = nightly_run(n, m), *run;

	for (run = n->newest; run > last; run--)
		if (run->host == n->host && run->text == last->text &&
		    machine_kind_agrees(&run->machine, &m->series->machine))
			return true;
	return false;
}

/* The way was measured after the metric was: no reboot came up, or it has no such phase now. */
static bool is_gone(const struct nightly_metric *m)
{
	const struct history_metric *success = &m->series->metrics[HISTORY_METRICS - 1];

	return success->points.at[success->points.n - 1].run >
	       m->metric->points.at[m->metric->points.n - 1].run;
}

/* Of the changes in the window that go the verdict's way, the largest. */
static const struct regression_change *cause(const struct nightly_metric *m, size_t from)
{
	const struct regression_change *largest = NULL;
	bool down = worse(m, m->baseline, m->level);
	double most = -1;

	for (size_t i = 0; i < m->changes.n; i++) {
		const struct regression_change *c = &m->changes.at[i];
		double size = fabs(c->after - c->before);

		if (c->at <= from || nightly_worse(m, c) != down || size <= most)
			continue;
		largest = c;
		most = size;
	}
	return largest;
}

/* The level that the point at has, by the changes found. */
static double level_at(const struct nightly_metric *m, double first, size_t at)
{
	double level = first;

	for (size_t i = 0; i < m->changes.n && m->changes.at[i].at <= at; i++)
		level = m->changes.at[i].after;
	return level;
}

/* What never came up tonight has changed tonight, before noise is asked. */
static void put_sudden(struct nightly_metric *m)
{
	vec_push(&m->changes, ((struct regression_change){
		.at = m->metric->points.n - 1, .before = m->level, .after = m->value,
		.confidence = NAN }));
	m->level = m->value;
}

static void judge_levels(struct nightly_metric *m, size_t from,
			 const struct nightly_thresholds *thresholds)
{
	if (isinf(m->value) && isfinite(m->baseline)) {
		if (!cause(m, from))
			put_sudden(m);
		m->change = cause(m, from);
		say(m, NIGHTLY_REGRESSION, "no reboot, or not even half of them, came up");
		return;
	}
	if (m->level == m->baseline ||
	    fabs(m->level - m->baseline) <= threshold_of(m, thresholds)) {
		say(m, NIGHTLY_PASS, "at its level");
		return;
	}
	m->change = cause(m, from);
	if (!m->change)
		say(m, NIGHTLY_PASS, "at its level");
	else if (worse(m, m->baseline, m->level))
		say(m, NIGHTLY_REGRESSION, "a change for the worse within the last nights");
	else
		say(m, NIGHTLY_IMPROVED, "a change for the better within the last nights");
}

static void judge_metric(struct nightly *n, struct nightly_metric *m,
			 const struct nightly_thresholds *thresholds)
{
	size_t points = m->metric->points.n, from;
	CLEANUP_FREE struct regression_point *x = calloc(points, sizeof(*x));
	const struct history_point *newest = &m->metric->points.at[points - 1];
	bool few;

	if (!x)
		abort();
	for (size_t i = 0; i < points; i++)
		x[i] = (struct regression_point){ m->metric->points.at[i].value,
						  m->metric->points.at[i].error };
	regression_changes(x, points, m->series->exact, &m->changes);
	m->value = newest->value;
	m->scale = m->series->exact ? 0 : regression_scale(x, points);
	few = isnan(m->scale);
	from = points - 1 > n->window ? points - 1 - n->window : 0;
	m->level = regression_level(x, m->changes.n ? m->changes.at[m->changes.n - 1].at : 0,
				    points);
	/* Too few nights have no levels: the one before is what there is. */
	if (few)
		m->baseline = points > 1 ? regression_level(x, 0, points - 1) : NAN;
	else
		m->baseline = level_at(m, m->changes.n ? m->changes.at[0].before : m->level, from);

	if (newest->varied)
		say(m, NIGHTLY_BROKEN, "repeats of a reboot differ by the exact clock");
	else if (is_gone(m))
		say(m, NIGHTLY_ENDED, "not seen in the newest night, or no reboot came up");
	else if (is_missing(n, m))
		say(m, NIGHTLY_BROKEN, "measured before, not in the newest run of the same text");
	else if (moment(n->newest->started) - moment(nightly_run(n, m)->started) >
		 (time_t)n->window * SECONDS_OF_A_DAY)
		say(m, NIGHTLY_ENDED, "not measured any more");
	else if (points == 1)
		say(m, NIGHTLY_BASELINE, "the first night, with nothing to compare it with");
	else if (few && !(isinf(m->value) && isfinite(m->baseline)))
		say(m, NIGHTLY_FEW, "too few nights to know the noise");
	else
		judge_levels(m, from, thresholds);
}

/* Its reboots count as failures; that they always did is no level that a way may have. */
static void judge_proof(struct nightly_metric *m)
{
	const struct history_point *newest = &m->metric->points.at[m->metric->points.n - 1];

	if (newest->witness == PROOF_CONTRADICTED && m->verdict != NIGHTLY_BROKEN &&
	    m->verdict != NIGHTLY_ENDED)
		say(m, NIGHTLY_REGRESSION, NIGHTLY_CONTRADICTED);
}

static bool is_wanted(const struct nightly_options *o, const char *scenario)
{
	for (size_t i = 0; i < o->n_scenarios; i++)
		if (!strcmp(o->scenarios[i], scenario))
			return true;
	return o->n_scenarios == 0;
}

/* The newest run that the options ask about, or NULL. */
static const struct history_run *find_newest(const struct history *h,
					     const struct nightly_options *o)
{
	for (size_t i = h->runs.n; i-- > 0;) {
		const struct history_run *run = &h->runs.at[i];

		if (is_wanted(o, run->scenario) &&
		    (!o->host || !strcmp(h->hosts.at[run->host].id, o->host)))
			return run;
	}
	return NULL;
}

struct nightly *nightly_judge(const struct history *h, const struct nightly_options *options,
			      struct error **err)
{
	const struct history_run *newest = find_newest(h, options);
	struct nightly *n;

	if (!newest) {
		error_set(err, ERROR_USAGE, ENOENT, "no complete run%s%s",
			  options->host ? " of host " : "", options->host ? options->host : "");
		error_hint(err, "`lobosbench run SCENARIO` makes one; the dashboard names the hosts");
		return NULL;
	}
	n = calloc(1, sizeof(*n));
	if (!n)
		abort();
	n->history = h;
	n->host = newest->host;
	n->newest = newest;
	n->window = options->window ? options->window : NIGHTLY_WINDOW;
	for (size_t i = 0; i < h->series.n; i++) {
		const struct history_series *s = &h->series.at[i];

		if (s->host != n->host || !is_wanted(options, s->scenario))
			continue;
		for (size_t k = 0; k < HISTORY_METRICS; k++) {
			struct nightly_metric m = { .series = s, .metric = &s->metrics[k] };

			if (!m.metric->points.n)
				continue;
			name_metric(&m);
			judge_metric(n, &m, &options->thresholds);
			judge_proof(&m);
			n->count[m.verdict]++;
			vec_push(&n->metrics, m);
		}
	}
	return n;
}

void nightly_free(struct nightly *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->metrics.n; i++)
		vec_free(&n->metrics.at[i].changes);
	for (size_t i = 0; i < n->faults.n; i++)
		free(n->faults.at[i]);
	vec_free(&n->metrics);
	vec_free(&n->faults);
	free(n);
}

void nightly_fault(struct nightly *n, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		abort();
	va_end(args);
	vec_push(&n->faults, text);
}

enum nightly_verdict nightly_verdict(const struct nightly *n)
{
	if (n->faults.n || n->count[NIGHTLY_BROKEN])
		return NIGHTLY_BROKEN;
	if (n->count[NIGHTLY_REGRESSION])
		return NIGHTLY_REGRESSION;
	if (n->count[NIGHTLY_PASS] || n->count[NIGHTLY_IMPROVED])
		return NIGHTLY_PASS;
	return n->count[NIGHTLY_FEW] ? NIGHTLY_FEW :
	       n->count[NIGHTLY_BASELINE] ? NIGHTLY_BASELINE : NIGHTLY_PASS;
}

int nightly_status(const struct nightly *n)
{
	static const int statuses[NIGHTLY_VERDICTS] = {
		[NIGHTLY_REGRESSION] = 1, [NIGHTLY_BROKEN] = ERROR_INSTRUMENT,
	};

	return statuses[nightly_verdict(n)];
}
