// SPDX-License-Identifier: GPL-2.0-only
/*
 * dashboard_host.c - the page of one host: status, changes, a plot for each metric
 */
#include <math.h>
#include <string.h>

#include "dashboard_page.h"
#include "dashboard_pages.h"
#include "html.h"
#include "nightly_words.h"

/* Nights listed below a plot. */
#define NIGHTS 14
/* Changes listed before the plots, at most. */
#define CHANGES 40

/* A name as the id of an element: the same from one night to the next. */
static void put_id(FILE *f, const char *name)
{
	for (; *name; name++)
		fputc((*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
		      (*name >= '0' && *name <= '9') ? *name : '-', f);
}

static void put_verdict(FILE *f, enum nightly_verdict v)
{
	fprintf(f, "<b class=\"verdict %s\">%s</b>", nightly_verdict_name(v),
		nightly_verdict_words(v).s);
}

static void put_run_link(FILE *f, const struct nightly *n, const struct history_run *run)
{
	struct page_name page = dashboard_run_page(run->name,
						   (size_t)(run - n->history->runs.at));

	fprintf(f, "<a href=\"runs/%s.html\">", page.s);
	html_put_safe(f, nightly_commit_words(run).s);
	fprintf(f, "</a> <span class=\"soft\">%.10s</span>", run->started);
}

static void put_commit_range(FILE *f, const struct nightly *n, const struct nightly_metric *m,
			     const struct regression_change *c)
{
	fputs("<td>", f);
	put_run_link(f, n, nightly_good(n, m, c));
	fputs("</td><td>", f);
	put_run_link(f, n, nightly_bad(n, m, c));
	fputs("</td>", f);
}

static void put_change_cells(FILE *f, const struct nightly *n, const struct nightly_metric *m,
			     const struct regression_change *c)
{
	fprintf(f, "<td>%s</td><td>%s</td><td>%s</td><td>%s</td>",
		nightly_worse(m, c) ? "▲ worse" : "△ better",
		nightly_value_words(m->metric, c->before).s,
		nightly_value_words(m->metric, c->after).s,
		nightly_change_words(m->metric, c->before, c->after).s);
	put_commit_range(f, n, m, c);
	fprintf(f, "<td>%s</td>",
		c->confidence > 0.99995 ? "over 99.99 %" : words_percent(c->confidence).s);
}

#define CHANGE_HEADS								\
	"<th scope=\"col\">direction</th><th scope=\"col\">before</th>"		\
	"<th scope=\"col\">after</th><th scope=\"col\">change</th>"		\
	"<th scope=\"col\">last good</th><th scope=\"col\">first bad</th>"	\
	"<th scope=\"col\">confidence</th>"

static const char *change_time(const struct nightly *n, const struct nightly_metric *m,
			       const struct regression_change *c)
{
	return nightly_bad(n, m, c)->started;
}

/* The newest change of all metrics that is older than the last one listed. */
static bool next_change(const struct nightly *n, size_t *metric, size_t *change)
{
	const char *newest = "";
	size_t at_metric = *metric, at_change = *change;
	const char *last = at_metric < n->metrics.n ?
		change_time(n, &n->metrics.at[at_metric],
			    &n->metrics.at[at_metric].changes.at[at_change]) : NULL;
	bool found = false;

	for (size_t i = 0; i < n->metrics.n; i++) {
		const struct nightly_metric *m = &n->metrics.at[i];

		for (size_t k = 0; k < m->changes.n; k++) {
			const char *time = change_time(n, m, &m->changes.at[k]);
			int order = last ? strcmp(time, last) : -1;

			/* Of one night they stand in the order of the metrics. */
			if (order > 0 || (order == 0 && i <= at_metric) ||
			    (found && strcmp(time, newest) <= 0))
				continue;
			newest = time;
			*metric = i;
			*change = k;
			found = true;
		}
	}
	return found;
}

static void put_changes(FILE *f, const struct nightly *n)
{
	size_t metric = n->metrics.n, change = 0, listed = 0;

	fputs("<h2 id=\"changes\">Changes, the newest first</h2>\n", f);
	while (listed < CHANGES && next_change(n, &metric, &change)) {
		const struct nightly_metric *m = &n->metrics.at[metric];

		if (!listed++)
			fputs("<table>\n<thead><tr><th scope=\"col\">metric</th>" CHANGE_HEADS
			      "</tr></thead>\n<tbody>\n", f);
		fputs("<tr><th scope=\"row\"><a href=\"#", f);
		put_id(f, m->name);
		fputs("\">", f);
		html_put_safe(f, m->name);
		fputs("</a></th>", f);
		put_change_cells(f, n, m, &m->changes.at[change]);
		fputs("</tr>\n", f);
	}
	fputs(listed ? "</tbody>\n</table>\n" : "<p>No level has changed.</p>\n", f);
	if (listed == CHANGES)
		fputs("<p>Older ones stand below the plots of their metrics.</p>\n", f);
}

static void put_status(FILE *f, const struct nightly *n)
{
	const struct history_host *host = &n->history->hosts.at[n->host];

	fprintf(f, "<p class=\"status %s\" role=\"status\"><b>%s</b></p>\n<p>Newest run ",
		nightly_verdict_name(nightly_verdict(n)), nightly_status_words(n).s);
	put_run_link(f, n, n->newest);
	fprintf(f, " on host <code>%s</code>: ", host->id);
	html_put_safe(f, host->words);
	fprintf(f, ". A change is news for %zu nights.</p>\n", n->window);
	if (n->faults.n)
		fputs("<ul>\n", f);
	for (size_t i = 0; i < n->faults.n; i++) {
		fputs("<li>", f);
		html_put_safe(f, n->faults.at[i]);
		fputs("</li>\n", f);
	}
	if (n->faults.n)
		fputs("</ul>\n", f);
}

static bool is_latency(const struct nightly_metric *m)
{
	return m->metric->phase == PHASES && m->metric->unit != HISTORY_SHARE;
}

static void put_overview(FILE *f, const struct nightly *n)
{
	fputs("<h2>Latency</h2>\n<table>\n<thead><tr><th scope=\"col\">way</th><th scope=\"col\">"
	      "scenario</th><th scope=\"col\">machine</th><th scope=\"col\">clock</th><th scope=\"col\">newest</th>"
	      "<th scope=\"col\">baseline</th><th scope=\"col\">target</th><th scope=\"col\">nights"
	      "</th><th scope=\"col\">verdict</th><th scope=\"col\">witness</th></tr></thead>\n"
	      "<tbody>\n", f);
	for (size_t i = 0; i < n->metrics.n; i++) {
		const struct nightly_metric *m = &n->metrics.at[i];
		char machine[MACHINE_KIND_TEXT];

		if (!is_latency(m))
			continue;
		machine_kind_words(&m->series->machine, machine);
		fputs("<tr><th scope=\"row\"><a href=\"#", f);
		put_id(f, m->name);
		fputs("\">", f);
		html_put_safe(f, nightly_way_words(m->series).s);
		fputs("</a></th><td>", f);
		html_put_safe(f, m->series->scenario);
		fprintf(f, "</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%zu</td><td>",
			machine, m->series->clock, nightly_value_words(m->metric, m->value).s,
			nightly_value_words(m->metric, m->baseline).s,
			m->metric->unit != HISTORY_NS || m->series->exact ? "–" :
				words_seconds((double)nightly_run(n, m)->target_ns / 1e9).s,
			m->metric->points.n);
		put_verdict(f, m->verdict);
		fprintf(f, "</td><td>%s</td></tr>\n", nightly_witness_word(m));
	}
	fputs("</tbody>\n</table>\n", f);
}

/* What a plot shows, for those who do not see it. */
static void put_description(FILE *f, const struct nightly_metric *m)
{
	html_put_safe(f, m->name);
	fprintf(f, " over %zu nights: %s in the newest, level %s, %zu change%s of level",
		m->metric->points.n, nightly_value_words(m->metric, m->value).s,
		nightly_value_words(m->metric, m->level).s, m->changes.n,
		m->changes.n == 1 ? "" : "s");
}

static void put_metric_changes(FILE *f, const struct nightly *n, const struct nightly_metric *m)
{
	if (!m->changes.n)
		return;
	fprintf(f, "<details><summary>%zu change%s of level</summary>\n<table>\n<thead><tr>"
		CHANGE_HEADS "</tr></thead>\n<tbody>\n", m->changes.n, m->changes.n == 1 ? "" : "s");
	for (size_t i = m->changes.n; i-- > 0;) {
		fputs("<tr>", f);
		put_change_cells(f, n, m, &m->changes.at[i]);
		fputs("</tr>\n", f);
	}
	fputs("</tbody>\n</table></details>\n", f);
}

static void put_nights(FILE *f, const struct nightly *n, const struct nightly_metric *m)
{
	size_t points = m->metric->points.n;

	fputs("<details><summary>the newest nights</summary>\n<table>\n<thead><tr><th scope=\"col\">"
	      "run</th><th scope=\"col\">value</th><th scope=\"col\">middle half</th>"
	      "<th scope=\"col\">reboots</th></tr></thead>\n<tbody>\n", f);
	for (size_t i = points; i-- > (points > NIGHTS ? points - NIGHTS : 0);) {
		const struct history_point *p = &m->metric->points.at[i];

		fputs("<tr><th scope=\"row\">", f);
		put_run_link(f, n, &n->history->runs.at[p->run]);
		fprintf(f, "</th><td>%s</td><td>", nightly_value_words(m->metric, p->value).s);
		if (p->low < p->high)
			fprintf(f, "%s to %s", nightly_value_words(m->metric, p->low).s,
				nightly_value_words(m->metric, p->high).s);
		fprintf(f, "</td><td>%zu%s</td></tr>\n", p->n,
			p->varied ? ", repeats differ" : p->failed ? ", some failed" : "");
	}
	fputs("</tbody>\n</table></details>\n", f);
}

static void put_metric(FILE *f, const struct nightly *n, size_t metric)
{
	const struct nightly_metric *m = &n->metrics.at[metric];

	fputs("<figure id=\"", f);
	put_id(f, m->name);
	fprintf(f, "\">\n<figcaption>%s ", history_metric_name(m->metric));
	put_verdict(f, m->verdict);
	fprintf(f, "<br><span class=\"newest\">%s</span> <span class=\"soft\">baseline %s%s</span>",
		nightly_value_words(m->metric, m->value).s,
		nightly_value_words(m->metric, m->baseline).s,
		m->metric->unit == HISTORY_INSTRUCTIONS ? ", exact" : "");
	if (m->verdict != NIGHTLY_PASS)
		fprintf(f, "<br><span class=\"soft\">%s</span>", m->why);
	fprintf(f, "</figcaption>\n<img loading=\"lazy\" width=\"480\" height=\"210\" "
		"src=\"plots/%s.svg\" alt=\"", dashboard_plot_name(n, metric).s);
	put_description(f, m);
	fputs("\">\n", f);
	put_metric_changes(f, n, m);
	put_nights(f, n, m);
	fputs("</figure>\n", f);
}

static void put_plots(FILE *f, const struct nightly *n)
{
	const struct history_series *before = NULL;

	for (size_t i = 0; i < n->metrics.n; i++) {
		const struct history_series *s = n->metrics.at[i].series;

		if (s != before) {
			char machine[MACHINE_KIND_TEXT];

			machine_kind_words(&s->machine, machine);
			fputs(before ? "</section>\n<h2>" : "<h2>", f);
			html_put_safe(f, nightly_way_words(s).s);
			fputs(" <span class=\"soft\">", f);
			html_put_safe(f, s->scenario);
			fprintf(f, ", %s clock, %s</span></h2>\n<section class=\"plots\">\n", s->clock,
				machine);
			before = s;
		}
		put_metric(f, n, i);
	}
	fputs(before ? "</section>\n" : "", f);
}

static void put_hosts(FILE *f, const struct nightly *const *hosts, size_t n, size_t shown)
{
	if (n < 2)
		return;
	fputs("<h2>Hosts</h2>\n<p>Figures of different hosts are never compared.</p>\n<ul>\n", f);
	for (size_t i = 0; i < n; i++) {
		const struct history_host *host = &hosts[i]->history->hosts.at[hosts[i]->host];

		fprintf(f, "<li><a href=\"%s.html\"%s><code>%s</code></a> ",
			dashboard_host_page(hosts[i], i == 0).s,
			i == shown ? " aria-current=\"page\"" : "", host->id);
		put_verdict(f, nightly_verdict(hosts[i]));
		fprintf(f, ", newest run %.10s: ", hosts[i]->newest->started);
		html_put_safe(f, host->words);
		fputs("</li>\n", f);
	}
	fputs("</ul>\n", f);
}

void dashboard_host(FILE *f, const struct nightly *const *hosts, size_t n, size_t shown)
{
	dashboard_begin(f, "Nights of lobosbench", "");
	fputs("<h1>How long reboots take, night by night</h1>\n", f);
	put_status(f, hosts[shown]);
	fputs("<p><a href=\"runs.html\">All runs</a> · in the plots: <b>▲</b> and a solid line, a "
	      "change for the worse; <b>△</b> and a dotted line, one for the better; thick lines, "
	      "levels; dashed, the target; <b>×</b>, a night in which less than half came up."
	      "</p>\n", f);
	put_changes(f, hosts[shown]);
	put_overview(f, hosts[shown]);
	put_plots(f, hosts[shown]);
	put_hosts(f, hosts, n, shown);
	dashboard_end(f);
}
