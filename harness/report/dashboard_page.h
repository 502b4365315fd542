/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dashboard_page.h - what every page of the dashboard has: its name, its beginning and end
 */
#ifndef DASHBOARD_PAGE_H
#define DASHBOARD_PAGE_H

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

/* Ends a page. */
void dashboard_end(FILE *f);

#endif /* DASHBOARD_PAGE_H */
