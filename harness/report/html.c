// SPDX-License-Identifier: GPL-2.0-only
/*
 * html.c - Markdown into one HTML page that stands by itself
 *
 * cmark-gfm does the work, in its safe mode: raw HTML and dangerous links in the
 * Markdown are left out. The one thing put in as HTML is each picture, as a data
 * URI, so that the page may be mailed or kept as a single file. WeasyPrint (57) stops
 * at the symbols in gnuplot's SVG, so the page that a PDF is made from has PNGs.
 */
#include "html.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "base/file.h"
#include "safe_text.h"

DEFINE_CLEANUP(cmark_parser, cmark_parser_free)
DEFINE_CLEANUP(cmark_node, cmark_node_free)

void html_put(FILE *f, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&':
			fputs("&amp;", f);
			break;
		case '<':
			fputs("&lt;", f);
			break;
		case '>':
			fputs("&gt;", f);
			break;
		case '"':
			fputs("&quot;", f);
			break;
		default:
			fputc(*text, f);
		}
	}
}

/* The characters that RFC 3986 leaves unreserved, and those that are safe within quotes. */
static bool stands_for_itself(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~ =:/(),;", c));
}

/* The text of an image's description, of however many nodes. */
static void put_description(FILE *f, cmark_node *image)
{
	cmark_node *part = cmark_node_first_child(image);

	for (; part; part = cmark_node_next(part)) {
		const char *text = cmark_node_get_literal(part);

		html_put(f, text ? text : " ");
	}
}

static void put_picture(FILE *f, const char *svg, cmark_node *image)
{
	fputs("<img alt=\"", f);
	put_description(f, image);
	fputs("\" src=\"data:image/svg+xml,", f);
	for (; *svg; svg++) {
		if (stands_for_itself(*svg))
			fputc(*svg, f);
		else
			fprintf(f, "%%%02X", (unsigned char)*svg);
	}
	fputs("\">", f);
}

/* Replaces an image by itself, embedded. */
static int embed(cmark_node *image, const char *dir, struct error **err)
{
	CLEANUP_FREE char *path = NULL, *svg = NULL, *html = NULL;
	cmark_node *inline_html;
	size_t size;
	FILE *f;

	if (asprintf(&path, "%s/%s", dir, cmark_node_get_url(image)) < 0)
		abort();
	svg = file_read(path, FILE_ANY_LENGTH, &size, err);
	if (!svg)
		return error_rc(*err);
	f = open_memstream(&html, &size);
	if (!f)
		abort();
	put_picture(f, svg, image);
	if (fclose(f) != 0)
		abort();
	inline_html = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
	cmark_node_set_on_enter(inline_html, html);
	cmark_node_replace(image, inline_html);
	cmark_node_free(image);
	return 0;
}

/* Makes NAME.png of an image's NAME.svg. */
static void link_png(cmark_node *image)
{
	CLEANUP_FREE char *url = strdup(cmark_node_get_url(image));
	char *dot = url ? strrchr(url, '.') : NULL;

	if (!url)
		abort();
	if (dot && strcmp(dot, ".svg") == 0) {
		memcpy(dot, ".png", 4);
		cmark_node_set_url(image, url);
	}
}

static int replace_images(cmark_node *document, const char *dir, enum html_pictures pictures,
			  struct error **err)
{
	cmark_iter *iter = cmark_iter_new(document);
	cmark_event_type event;
	int rc = 0;

	while (!rc && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		/* On its way out nothing of the iterator is below it any more. */
		if (event != CMARK_EVENT_EXIT || cmark_node_get_type(node) != CMARK_NODE_IMAGE)
			continue;
		if (pictures == HTML_PICTURES_INSIDE)
			rc = embed(node, dir, err);
		else
			link_png(node);
	}
	cmark_iter_free(iter);
	return rc;
}

static char *page_of(const char *title, const char *style, const char *body)
{
	char *page = NULL;
	size_t size;
	FILE *f = open_memstream(&page, &size);

	if (!f)
		abort();
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>", f);
	html_put(f, title);
	fprintf(f, "</title>\n<style>\n%s</style>\n</head>\n", style);
	fprintf(f, "<body>\n<main>\n%s</main>\n</body>\n</html>\n", body);
	if (fclose(f) != 0)
		abort();
	return page;
}

void html_put_safe(FILE *f, const char *text)
{
	CLEANUP_FREE char *safe = safe_text(text, strlen(text), false);

	html_put(f, safe);
}

int html_page(const char *markdown, const char *title, const char *style, const char *dir,
	      enum html_pictures pictures, char **page, struct error **err)
{
	CLEANUP(cleanup_cmark_parser_free) cmark_parser *parser = NULL;
	CLEANUP(cleanup_cmark_node_free) cmark_node *document = NULL;
	CLEANUP_FREE char *sheet = NULL, *body = NULL;
	size_t size;
	int rc;

	sheet = file_read(style, FILE_ANY_LENGTH, &size, err);
	if (!sheet)
		return error_rc(*err);
	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, markdown, strlen(markdown));
	document = cmark_parser_finish(parser);
	rc = replace_images(document, dir, pictures, err);
	if (rc)
		return error_wrap(err, "HTML page");
	body = cmark_render_html(document, CMARK_OPT_DEFAULT,
				 cmark_parser_get_syntax_extensions(parser));
	*page = page_of(title, sheet, body);
	return 0;
}
