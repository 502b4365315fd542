// SPDX-License-Identifier: GPL-2.0-only
/*
 * dashboard_page.c - what every page of the dashboard has: its name, its beginning and end
 */
#include "dashboard_page.h"

#include <string.h>

#include "html.h"

struct page_name dashboard_run_page(const char *run, size_t index)
{
	static const char fine[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
	struct page_name name;

	if (*run && *run != '.' && run[strspn(run, fine)] == '\0')
		snprintf(name.s, sizeof(name.s), "%s", run);
	else
		snprintf(name.s, sizeof(name.s), "_run-%zu", index);
	return name;
}

struct page_name dashboard_plot_name(const struct nightly *n, size_t metric)
{
	struct page_name name;

	snprintf(name.s, sizeof(name.s), "%s-%zu", n->history->hosts.at[n->host].id, metric);
	return name;
}

struct page_name dashboard_host_page(const struct nightly *n, bool first)
{
	struct page_name name;

	if (first)
		snprintf(name.s, sizeof(name.s), "index");
	else
		snprintf(name.s, sizeof(name.s), "host-%s", n->history->hosts.at[n->host].id);
	return name;
}

void dashboard_begin(FILE *f, const char *title, const char *up)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>", f);
	html_put_safe(f, title);
	fprintf(f, "</title>\n<link rel=\"stylesheet\" href=\"%sstyle.css\">\n</head>\n<body>\n"
		"<main>\n", up);
}

void dashboard_end(FILE *f)
{
	fputs("</main>\n</body>\n</html>\n", f);
}
