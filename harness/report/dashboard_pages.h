/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dashboard_pages.h - what the files of the dashboard share
 */
#ifndef DASHBOARD_PAGES_H
#define DASHBOARD_PAGES_H

#include "analysis/nightly.h"

/* The name of a run's page below runs/: its own, or a number when it makes no file name. */
struct page_name {
	char s[80];
};

/*
 * dashboard_run_page() - the name of a run's page
 * @run:	its name
 * @index:	in the history
 *
 * Return: below runs/, without ".html". Names of the program's own making stay as they are.
 */
struct page_name dashboard_run_page(const char *run, size_t index);

/*
 * dashboard_plot_name() - the name of a metric's plot
 * @n:		the judgement of its host
 * @metric:	index in it
 *
 * Return: below plots/, without ".svg".
 */
struct page_name dashboard_plot_name(const struct nightly *n, size_t metric);

/*
 * dashboard_host_page() - the name of a host's page
 * @n:		its judgement
 * @first:	it is where a reader begins
 *
 * Return: without ".html".
 */
struct page_name dashboard_host_page(const struct nightly *n, bool first);

/* Begins a page: up is "" or "../" to where style.css is. */
void dashboard_begin(FILE *f, const char *title, const char *up);

/*
 * dashboard_end() - end a page
 * @f:	where
 */
void dashboard_end(FILE *f);

/* The page of one run; report: a link to its report, or NULL; consoles: folder of its raw bytes. */
void dashboard_run(FILE *f, const struct history_run *run, const struct history_host *host,
		   const char *report, const char *consoles, const struct sample *samples,
		   size_t n);
/* The page of one host: status, changes, all plots. hosts: one judgement each, n of them. */
void dashboard_host(FILE *f, const struct nightly *const *hosts, size_t n, size_t shown);
/* All runs, the newest first. */
void dashboard_runs(FILE *f, const struct history *h);

/*
 * dashboard_plots() - draw every metric's plot with one gnuplot
 * @scripts:	folder of the gnuplot scripts
 * @dir:	plots/, exists, absolute
 * Return: 0, or a negative errno with *err set.
 */
int dashboard_plots(const struct nightly *const *hosts, size_t n, const char *scripts,
		    const char *dir, struct error **err);

#endif /* DASHBOARD_PAGES_H */
