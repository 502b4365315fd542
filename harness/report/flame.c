// SPDX-License-Identifier: GPL-2.0-only
/*
 * flame.c - a profile as a picture: which call path took how much of the reboot
 */
#include "flame.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/xml.h"

/* In pixels. */
#define WIDTH		1800
#define MARGIN		10
#define TOP		30
#define ROW		15
#define LEAST		0.4		/* boxes that are narrower are left out, with all above them */
#define LETTER		6.2		/* of the font below */
#define LEAST_LABEL	30

#define MILLION		1e6

struct picture {
	xmlTextWriterPtr w;
	const struct profile *profile;
	uint64_t whole;			/* instructions across the width */
	/* Of the phase that is drawn: */
	enum phase phase;
	uint64_t *totals;		/* of each node */
	uint32_t *first, *next;		/* children, widest first; 0: none */
	unsigned int rows;
};

static double pixels(const struct picture *pic, uint64_t instructions)
{
	return pic->whole ? (double)instructions * (WIDTH - 2 * MARGIN) / (double)pic->whole : 0;
}

static void number(xmlTextWriterPtr w, const char *name, double value)
{
	xmlTextWriterWriteFormatAttribute(w, X(name), "%.2f", value);
}

/* A colour for each phase, a shade of it for each function. */
static void fill(const struct picture *pic, const char *name)
{
	unsigned int sum = 0;

	for (const char *c = name; *c; c++)
		sum += (unsigned char)*c;
	xmlTextWriterWriteFormatAttribute(pic->w, X("fill"), "hsl(%u,%u%%,%u%%)",
					  (20 + 47 * (unsigned int)pic->phase) % 360, 55 + sum % 25,
					  62 + sum % 18);
}

static void label(const struct picture *pic, const char *name, double x, double width, int y)
{
	int fit = (int)((width - 4) / LETTER), length = (int)strlen(name);

	if (width < LEAST_LABEL && length > fit)
		return;
	xmlTextWriterStartElement(pic->w, X("text"));
	number(pic->w, "x", x + 2);
	xmlTextWriterWriteFormatAttribute(pic->w, X("y"), "%d", y + 11);
	xmlTextWriterWriteFormatString(pic->w, "%.*s%s", length > fit ? fit - 2 : length, name,
				       length > fit ? ".." : "");
	xmlTextWriterEndElement(pic->w);
}

static void box(struct picture *pic, const char *name, uint64_t instructions, double x,
		unsigned int row)
{
	double width = pixels(pic, instructions);
	int y = TOP + (int)row * ROW;

	if (row >= pic->rows)
		pic->rows = row + 1;
	xmlTextWriterStartElement(pic->w, X("g"));
	xmlTextWriterWriteFormatElement(pic->w, X("title"), "%s: %.3f million, %.2f %%", name,
					(double)instructions / MILLION,
					100.0 * (double)instructions / (double)pic->whole);
	xmlTextWriterStartElement(pic->w, X("rect"));
	number(pic->w, "x", x);
	xmlTextWriterWriteFormatAttribute(pic->w, X("y"), "%d", y);
	number(pic->w, "width", width > 0.5 ? width - 0.3 : 0.2);
	xmlTextWriterWriteFormatAttribute(pic->w, X("height"), "%d", ROW - 1);
	fill(pic, name);
	xmlTextWriterEndElement(pic->w);
	label(pic, name, x, width, y);
	xmlTextWriterEndElement(pic->w);
}

static void draw_below(struct picture *pic, uint32_t node, double x, unsigned int row)
{
	const struct call_tree *t = &pic->profile->tree;

	for (uint32_t i = pic->first[node]; i && pixels(pic, pic->totals[i]) >= LEAST;
	     i = pic->next[i]) {
		box(pic, t->functions.at[t->nodes.at[i].function], pic->totals[i], x, row);
		draw_below(pic, i, x, row + 1);
		x += pixels(pic, pic->totals[i]);
	}
}

static int compare_totals(const void *left, const void *right, void *arg)
{
	const uint32_t *a = left, *b = right;
	const uint64_t *totals = arg;

	if (totals[*a] != totals[*b])
		return totals[*a] < totals[*b] ? -1 : 1;
	return *a < *b ? 1 : -1;
}

static void *zeroed(size_t n, size_t size)
{
	void *memory = calloc(n, size);

	if (!memory)
		abort();
	return memory;
}

/* The narrowest is put in front first. */
static void order_children(struct picture *pic)
{
	const struct call_tree *t = &pic->profile->tree;
	uint32_t *order = zeroed(t->nodes.n, sizeof(*order));

	for (uint32_t i = 0; i < t->nodes.n; i++)
		order[i] = i;
	qsort_r(order, t->nodes.n, sizeof(*order), compare_totals, pic->totals);
	for (size_t i = 0; i < t->nodes.n; i++) {
		uint32_t node = order[i], parent = t->nodes.at[node].parent;

		if (!node)
			continue;
		pic->next[node] = pic->first[parent];
		pic->first[parent] = node;
	}
	free(order);
}

static void draw_phase(struct picture *pic, enum phase phase, double x)
{
	size_t n = pic->profile->tree.nodes.n;

	pic->phase = phase;
	pic->totals = call_tree_totals(&pic->profile->tree, 1u << phase);
	pic->first = zeroed(n, sizeof(*pic->first));
	pic->next = zeroed(n, sizeof(*pic->next));
	order_children(pic);
	box(pic, phase_name(phase), pic->totals[0], x, 0);
	draw_below(pic, 0, x, 1);
	free(pic->totals);
	free(pic->first);
	free(pic->next);
}

/* Boxes are drawn before it is known how many rows there are, so the frame comes last. */
static void draw_boxes(struct picture *pic, unsigned int phases)
{
	double x = MARGIN;

	for (enum phase p = 0; p < PHASES; p++) {
		uint64_t counted = profile_counted(pic->profile, 1u << p);

		if (!(phases & 1u << p) || !counted)
			continue;
		draw_phase(pic, p, x);
		x += pixels(pic, counted);
	}
}

static void head(const struct picture *pic, unsigned int phases, xmlTextWriterPtr w)
{
	bool one = !(phases & (phases - 1));
	CLEANUP_FREE char *title = text_format("%s, %s: %.3f million instructions",
					       pic->profile->way, one ?
					       phase_name((enum phase)__builtin_ctz(phases)) :
					       "one reboot", (double)pic->whole / MILLION);

	xmlTextWriterStartElement(w, X("svg"));
	xmlTextWriterWriteAttribute(w, X("xmlns"), X("http://www.w3.org/2000/svg"));
	xmlTextWriterWriteFormatAttribute(w, X("width"), "%d", WIDTH);
	xmlTextWriterWriteFormatAttribute(w, X("height"), "%u", TOP + MARGIN + pic->rows * ROW);
	xmlTextWriterWriteAttribute(w, X("font-family"), X("DejaVu Sans Mono, monospace"));
	xmlTextWriterWriteAttribute(w, X("font-size"), X("10"));
	xmlTextWriterWriteElement(w, X("title"), X(title));
	xmlTextWriterStartElement(w, X("rect"));
	xmlTextWriterWriteAttribute(w, X("width"), X("100%"));
	xmlTextWriterWriteAttribute(w, X("height"), X("100%"));
	xmlTextWriterWriteAttribute(w, X("fill"), X("#fff"));
	xmlTextWriterEndElement(w);
	xmlTextWriterStartElement(w, X("text"));
	xmlTextWriterWriteFormatAttribute(w, X("x"), "%d", MARGIN);
	xmlTextWriterWriteAttribute(w, X("y"), X("18"));
	xmlTextWriterWriteAttribute(w, X("font-size"), X("13"));
	xmlTextWriterWriteString(w, X(title));
	xmlTextWriterEndElement(w);
}

static xmlTextWriterPtr writer_to(xmlBufferPtr *buffer)
{
	xmlTextWriterPtr w;

	*buffer = xmlBufferCreate();
	w = *buffer ? xmlNewTextWriterMemory(*buffer, 0) : NULL;
	if (!w)
		abort();
	return w;
}

int flame_write(const struct profile *p, unsigned int phases, const char *path,
		struct error **err)
{
	struct picture pic = { .profile = p, .whole = profile_counted(p, phases) };
	xmlBufferPtr boxes, all;
	xmlTextWriterPtr w = writer_to(&all);
	int rc;

	pic.w = writer_to(&boxes);
	draw_boxes(&pic, phases);
	xmlFreeTextWriter(pic.w);
	head(&pic, phases, w);
	xmlTextWriterWriteRaw(w, xmlBufferContent(boxes));
	xmlTextWriterEndDocument(w);
	xmlFreeTextWriter(w);
	rc = file_write(path, (const char *)xmlBufferContent(all), err);
	xmlBufferFree(boxes);
	xmlBufferFree(all);
	return rc;
}
