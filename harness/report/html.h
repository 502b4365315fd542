/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * html.h - Markdown into one HTML page that stands by itself
 */
#ifndef HTML_H
#define HTML_H

#include "../error.h"

/*
 * html_page() - a page with its style and its pictures inside, without scripts
 * @markdown:	GitHub Flavored Markdown; raw HTML in it is left out
 * @title:	any text
 * @style:	path of the style sheet
 * @dir:	folder that pictures are relative to
 * @page:	the page, to be freed
 * Return: 0, or a negative errno with *err set.
 */
int html_page(const char *markdown, const char *title, const char *style, const char *dir,
	      char **page, struct error **err);

#endif /* HTML_H */
