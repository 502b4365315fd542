// SPDX-License-Identifier: GPL-2.0-only
/*
 * dashboard.c - the history of all runs as a folder of pages
 *
 * One pass over the database writes the page of each run while the history is made of
 * it; then each host gets its page, and one gnuplot draws all plots. No page has a script.
 */
#include "dashboard.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/file.h"
#include "base/folder.h"
#include "dashboard_page.h"
#include "dashboard_pages.h"
#include "html.h"
#include "nightly_words.h"

struct site {
	const struct settings *global;
	const char *dir;
	char *runs;			/* dir/runs */
	char *to_results;		/* from dir/runs to the results, or NULL */
};

/* All runs, the newest first. */
static void put_runs(FILE *f, const struct history *h)
{
	dashboard_begin(f, "All runs", "");
	fputs("<p><a href=\"index.html\">All metrics</a></p>\n<h1>All runs</h1>\n<table>\n<thead><tr>"
	      "<th scope=\"col\">run</th><th scope=\"col\">scenario</th><th scope=\"col\">commit</th>"
	      "<th scope=\"col\">host</th></tr></thead>\n<tbody>\n", f);
	for (size_t i = h->runs.n; i-- > 0;) {
		const struct history_run *run = &h->runs.at[i];

		fprintf(f, "<tr><th scope=\"row\"><a href=\"runs/%s.html\">",
			dashboard_run_page(run->name, i).s);
		html_put_safe(f, run->name);
		fputs("</a></th><td>", f);
		html_put_safe(f, run->scenario);
		fputs("</td><td>", f);
		html_put_safe(f, nightly_commit_words(run).s);
		fprintf(f, "</td><td><code>%s</code></td></tr>\n", h->hosts.at[run->host].id);
	}
	fputs("</tbody>\n</table>\n", f);
	dashboard_end(f);
}

static char *joined(const char *a, const char *b, const char *c)
{
	char *path = NULL;

	if (asprintf(&path, "%s%s%s", a, b, c) < 0)
		abort();
	return path;
}

/* From runs/ of a dashboard that lies in the results to these; NULL when it lies elsewhere. */
static char *way_to_results(const char *results, const char *dir)
{
	CLEANUP_FREE char *from = realpath(dir, NULL), *to = realpath(results, NULL);
	size_t n = to ? strlen(to) : 0;
	char *path;

	if (!from || !to || strncmp(from, to, n) != 0 || from[n] != '/')
		return NULL;
	path = joined("../", "", "");
	for (const char *p = from + n; *p; p++) {
		char *longer = *p == '/' ? joined(path, "../", "") : NULL;

		if (longer) {
			free(path);
			path = longer;
		}
	}
	return path;
}

static int write_run(void *context, const struct history *h, const struct run_row *row,
		     const struct sample *samples, size_t n, struct error **err)
{
	const struct site *site = context;
	size_t index = h->runs.n - 1;
	const struct history_run *run = &h->runs.at[index];
	struct page_name name = dashboard_run_page(run->name, index);
	CLEANUP_FREE char *below = joined(site->runs, "/", name.s);
	CLEANUP_FREE char *page = joined(below, ".html", "");
	CLEANUP_FREE char *run_dir = joined(site->global->results, "/", row->name);
	CLEANUP_FREE char *consoles = joined(run_dir, "/consoles", "");
	CLEANUP_FREE char *report = joined(run_dir, "/report.html", "");
	CLEANUP_FREE char *link = site->to_results ?
		joined(site->to_results, row->name, "/report.html") : NULL;
	/* A name that makes no page is no folder of this program's either. */
	bool linked = link && name.s[0] != '_' && access(report, F_OK) == 0;
	struct output_file o;
	int rc = output_file_open(&o, page, err);

	if (rc)
		return rc;
	dashboard_run(o.f, run, &h->hosts.at[run->host], linked ? link : NULL,
		      name.s[0] == '_' ? "" : consoles, samples, n);
	return output_file_close(&o, err);
}

static int write_style(const struct site *site, const char *scripts, struct error **err)
{
	CLEANUP_FREE char *to = joined(site->dir, "/style.css", "");
	CLEANUP_FREE char *common = joined(scripts, "/style.css", "");
	CLEANUP_FREE char *own = joined(scripts, "/dashboard.css", "");
	struct output_file o;
	int rc = output_file_open(&o, to, err);

	if (rc)
		return rc;
	rc = file_append(o.f, common, err);
	if (!rc)
		rc = file_append(o.f, own, err);
	if (!rc)
		return output_file_close(&o, err);
	/* Half a style is worse than none: nothing is put in place. */
	output_file_drop(&o);
	return rc;
}

static int write_hosts(const struct site *site, const struct nightly *const *hosts, size_t n,
		       struct error **err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < n; i++) {
		CLEANUP_FREE char *below = joined(site->dir, "/",
						  dashboard_host_page(hosts[i], i == 0).s);
		CLEANUP_FREE char *page = joined(below, ".html", "");
		struct output_file o;

		rc = output_file_open(&o, page, err);
		if (rc)
			break;
		dashboard_host(o.f, hosts, n, i);
		rc = output_file_close(&o, err);
	}
	return rc;
}

typedef VEC(struct nightly *) nightly_vec;

/* One judgement a host, that of the options first. */
static int judge_hosts(const struct history *h, const struct nightly_options *options,
		       nightly_vec *to, struct error **err)
{
	struct nightly *first = nightly_judge(h, options, err);

	if (!first)
		return -ENOENT;
	vec_push(to, first);
	for (size_t i = h->hosts.n; i-- > 0;) {
		CLEANUP_ERROR struct error *none = NULL;
		struct nightly_options other = *options;
		struct nightly *judged;

		if (i == first->host)
			continue;
		other.host = h->hosts.at[i].id;
		judged = nightly_judge(h, &other, &none);
		if (judged)
			vec_push(to, judged);
	}
	return 0;
}

static int write_all(const struct site *site, const struct history *h,
		     const struct nightly_options *options, struct error **err)
{
	CLEANUP_FREE char *scripts = joined(site->global->top, "/report", "");
	CLEANUP_FREE char *plots = joined(site->dir, "/plots", "");
	CLEANUP_FREE char *page = joined(site->dir, "/runs.html", "");
	nightly_vec hosts = { 0 };
	struct output_file o;
	int rc = judge_hosts(h, options, &hosts, err);

	if (!rc)
		rc = folder_make(plots, err);
	if (!rc)
		rc = dashboard_plots((const struct nightly *const *)hosts.at, hosts.n, scripts, plots,
				     err);
	if (!rc)
		rc = write_style(site, scripts, err);
	if (!rc)
		rc = output_file_open(&o, page, err);
	if (!rc) {
		put_runs(o.f, h);
		rc = output_file_close(&o, err);
	}
	if (!rc)
		rc = write_hosts(site, (const struct nightly *const *)hosts.at, hosts.n, err);
	for (size_t i = 0; i < hosts.n; i++)
		nightly_free(hosts.at[i]);
	vec_free(&hosts);
	return rc;
}

int dashboard_write(const struct settings *global, struct store *store,
		    const struct nightly_options *nightly, const char *dir, struct error **err)
{
	CLEANUP_HISTORY struct history *history = NULL;
	CLEANUP_FREE char *runs = joined(dir, "/runs", ""), *to_results = NULL;
	struct site site = { .global = global, .dir = dir, .runs = runs };
	int rc = folder_make(dir, err);

	if (!rc)
		rc = folder_make(runs, err);
	if (rc)
		return rc;
	to_results = way_to_results(global->results, dir);
	site.to_results = to_results;
	history = history_read(store, write_run, &site, err);
	return history ? write_all(&site, history, nightly, err) : -EIO;
}
