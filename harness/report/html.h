/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * html.h - Markdown into one HTML page that stands by itself
 */
#ifndef HTML_H
#define HTML_H

#include "../error.h"

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

#endif /* HTML_H */
