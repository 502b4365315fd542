/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * html.h - Markdown into one HTML page that stands by itself
 */
#ifndef HTML_H
#define HTML_H

#include <stdio.h>

#include "base/error.h"

/* How pictures get into a page. */
enum html_pictures {
	HTML_PICTURES_INSIDE,		/* as SVG: the page stands by itself */
	HTML_PICTURES_PNG_BESIDE,	/* as links to the PNG of the same name */
};

/*
 * html_page() - a page with its style inside, without scripts
 * @markdown:	GitHub Flavored Markdown; raw HTML in it is left out
 * @title:	any text
 * @style:	path of the style sheet
 * @dir:	folder that pictures are relative to
 * @pictures:	how they get in
 * @page:	the page, to be freed
 * Return: 0, or a negative errno with *err set.
 */
int html_page(const char *markdown, const char *title, const char *style, const char *dir,
	      enum html_pictures pictures, char **page, struct error **err);

/* Text between tags or in an attribute's double quotes; nothing in it becomes markup. */
void html_put(FILE *f, const char *text);
/* The same for bytes from a machine or a database: control characters become visible. */
void html_put_safe(FILE *f, const char *text);

#endif /* HTML_H */
