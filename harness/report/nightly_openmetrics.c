// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_openmetrics.c - a night as OpenMetrics text
 *
 * OpenMetrics 1.0 (https://github.com/prometheus/OpenMetrics): each family has its
 * TYPE, UNIT and HELP and then all its samples; base units; `# EOF` at the end. No
 * sample has a time of its own: Prometheus would take old nights for stale.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "nightly_outputs.h"
#include "safe_text.h"

/* Which number of a metric. */
enum field { VALUE, BASELINE, JUDGED, REGRESSED, BROKEN };

struct family {
	const char *name, *unit, *help;
	enum history_unit of;		/* HISTORY_UNITS: of all */
	enum field field;
};

static const struct family families[] = {
	{ "lobosbench_reboot_seconds", "seconds",
	  "Time from request to ready, or of one phase of it, in the newest night.",
	  HISTORY_NS, VALUE },
	{ "lobosbench_reboot_baseline_seconds", "seconds",
	  "Level of the same before the newest nights.", HISTORY_NS, BASELINE },
	{ "lobosbench_reboot_instructions", "instructions",
	  "Instructions executed in a reboot, or in one phase of it, in the newest night.",
	  HISTORY_INSTRUCTIONS, VALUE },
	{ "lobosbench_reboot_baseline_instructions", "instructions",
	  "Level of the same before the newest nights.", HISTORY_INSTRUCTIONS, BASELINE },
	{ "lobosbench_reboot_success_ratio", "ratio",
	  "Share of the counted reboots that came up the right way in the newest night.",
	  HISTORY_SHARE, VALUE },
	{ "lobosbench_reboot_success_baseline_ratio", "ratio",
	  "Level of the same before the newest nights.", HISTORY_SHARE, BASELINE },
	{ "lobosbench_judged", "",
	  "1 if the metric was compared with its history; 0 in its first nights.",
	  HISTORY_UNITS, JUDGED },
	{ "lobosbench_regression", "", "1 if the metric became worse in the newest nights.",
	  HISTORY_UNITS, REGRESSED },
	{ "lobosbench_broken", "", "1 if the instrument failed for the metric.", HISTORY_UNITS,
	  BROKEN },
};

/* A label's value: backslash, quote and line feed are escaped, the rest is made safe. */
static void put_label(FILE *f, const char *name, const char *value)
{
	CLEANUP_FREE char *safe = safe_text(value, strlen(value), false);

	fprintf(f, "%s=\"", name);
	for (const char *p = safe; *p; p++) {
		if (*p == '\\' || *p == '"')
			fputc('\\', f);
		fputc(*p, f);
	}
	fputc('"', f);
}

static void put_head(FILE *f, const char *name, const char *unit, const char *help)
{
	fprintf(f, "# TYPE %s gauge\n", name);
	if (*unit)
		fprintf(f, "# UNIT %s %s\n", name, unit);
	fprintf(f, "# HELP %s %s\n", name, help);
}

static void put_labels(FILE *f, const struct nightly *n, const struct nightly_metric *m, bool unit)
{
	const struct history_series *s = m->series;
	char machine[MACHINE_KIND_TEXT];

	machine_kind_name(&s->machine, machine);
	fputc('{', f);
	put_label(f, "host", n->history->hosts.at[n->host].id);
	const char *const labels[][2] = {
		{ "scenario", s->scenario }, { "clock", s->clock }, { "way", s->way },
		{ "variant", s->variant }, { "arch", s->machine.arch }, { "machine", machine },
		{ "phase", m->metric->phase < PHASES ? phase_name(m->metric->phase) : "all" },
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		fputc(',', f);
		put_label(f, labels[i][0], labels[i][1]);
	}
	if (unit) {
		fputc(',', f);
		put_label(f, "of", history_unit_name(m->metric->unit));
	}
	fputs("} ", f);
}

static double field_of(const struct nightly_metric *m, enum field field)
{
	double scale = m->metric->unit == HISTORY_NS ? 1e-9 : 1;

	switch (field) {
	case VALUE:
		return m->value * scale;
	case BASELINE:
		return m->baseline * scale;
	case JUDGED:
		return m->verdict != NIGHTLY_BASELINE && m->verdict != NIGHTLY_FEW;
	case REGRESSED:
		return m->verdict == NIGHTLY_REGRESSION;
	default:
		return m->verdict == NIGHTLY_BROKEN;
	}
}

static void put_number(FILE *f, double x)
{
	if (isnan(x))
		fputs("NaN\n", f);
	else if (isinf(x))
		fputs("+Inf\n", f);
	else
		fprintf(f, "%.17g\n", x);
}

static void put_family(FILE *f, const struct nightly *n, const struct family *family)
{
	bool any = false;

	for (size_t i = 0; i < n->metrics.n; i++) {
		const struct nightly_metric *m = &n->metrics.at[i];

		if ((family->of != HISTORY_UNITS && family->of != m->metric->unit) ||
		    m->verdict == NIGHTLY_ENDED)
			continue;
		if (!any)
			put_head(f, family->name, family->unit, family->help);
		any = true;
		fputs(family->name, f);
		put_labels(f, n, m, family->of == HISTORY_UNITS);
		put_number(f, field_of(m, family->field));
	}
}

static double seconds_since_1970(const char *iso8601)
{
	struct tm tm = { 0 };

	return strptime(iso8601, "%Y-%m-%dT%H:%M:%S", &tm) ? (double)timegm(&tm) : NAN;
}

void openmetrics_write(FILE *f, const struct nightly *n)
{
	const char *host = n->history->hosts.at[n->host].id;

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		put_family(f, n, &families[i]);
	put_head(f, "lobosbench_instrument_faults", "",
		 "Faults of the instrument in the newest night that are not one metric's.");
	fputs("lobosbench_instrument_faults{", f);
	put_label(f, "host", host);
	fprintf(f, "} %zu\n", n->faults.n);
	put_head(f, "lobosbench_newest_run_timestamp_seconds", "seconds",
		 "When the newest complete run of the host began.");
	fputs("lobosbench_newest_run_timestamp_seconds{", f);
	put_label(f, "host", host);
	fputc(',', f);
	put_label(f, "commit", n->newest->commit);
	fputs("} ", f);
	put_number(f, seconds_since_1970(n->newest->started));
	put_head(f, "lobosbench_target_seconds", "seconds",
		 "The latency that reboots are measured against.");
	fputs("lobosbench_target_seconds{", f);
	put_label(f, "host", host);
	fputs("} ", f);
	put_number(f, (double)n->newest->target_ns / 1e9);
	fputs("# EOF\n", f);
}
