/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dashboard_pages.h - the pages and plots of which dashboard.c makes the site
 */
#ifndef DASHBOARD_PAGES_H
#define DASHBOARD_PAGES_H

#include "analysis/nightly.h"

/* The page of one run; report: a link to its report, or NULL; consoles: folder of its raw bytes. */
void dashboard_run(FILE *f, const struct history_run *run, const struct history_host *host,
		   const char *report, const char *consoles, const struct sample *samples,
		   size_t n);
/* The page of one host: status, changes, all plots. hosts: one judgement each, n of them. */
void dashboard_host(FILE *f, const struct nightly *const *hosts, size_t n, size_t shown);

/*
 * dashboard_plots() - draw every metric's plot with one gnuplot
 * @scripts:	folder of the gnuplot scripts
 * @dir:	plots/, exists, absolute
 * Return: 0, or a negative errno with *err set.
 */
int dashboard_plots(const struct nightly *const *hosts, size_t n, const char *scripts,
		    const char *dir, struct error **err);

#endif /* DASHBOARD_PAGES_H */
