// SPDX-License-Identifier: GPL-2.0-only
/*
 * figures.c - a report's figures, on the screen and in print
 *
 * One script draws a figure for both; report/style.gp has what differs. In print a
 * column is 84 mm and two are 174 mm wide, as most journals have it; bars need two.
 */
#include "figures.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/subprocess.h"
#include "captions.h"
#include "figure_data.h"
#include "gnuplot.h"
#include "slopes.h"

struct figure {
	const char *name;
	void (*data)(FILE *f, const struct report *r);
	void (*caption)(FILE *f, const struct report *r);
	unsigned int columns;		/* of a printed page */
	bool needs_success;		/* a picture of reboots that came up */
	const struct report *(*of)(const struct report *r);	/* the model of its clock */
	const char *without;		/* why there is no such model */
};

#define NO_WALL "no reboot went by the wall clock"
#define NO_EXACT "no reboot went by the exact clock"

static const struct figure figures[] = {
	{ "instructions", figure_instructions_data, caption_instructions, 2, true, report_exact,
	  NO_EXACT },
	{ "latency", figure_latency_data, caption_latency, 1, false, report_wall, NO_WALL },
	{ "cumulative", figure_cumulative_data, caption_cumulative, 1, false, report_wall,
	  NO_WALL },
	{ "phases", figure_phases_data, caption_phases, 2, true, report_wall, NO_WALL },
	{ "slopes", figure_slopes_data, caption_slopes, 1, true, slopes_model,
	  "the ways differ in no number" },
};

/* What the scripts share. */
static const char *const shared[] = { "style.gp", "bars.gp" };

#define FIGURES (sizeof(figures) / sizeof(figures[0]))

/* dir/name + ending, to be freed. */
static char *file_of(const char *dir, const struct figure *figure, const char *ending)
{
	char *path;

	if (asprintf(&path, "%s/%s%s", dir, figure->name, ending) < 0)
		abort();
	return path;
}

static int write_with(void (*write)(FILE *f, const struct report *r), const struct report *r,
		      const char *path, struct error **err)
{
	struct output_file o;
	int rc = output_file_open(&o, path, err);

	if (rc)
		return rc;
	write(o.f, r);
	return output_file_close(&o, err);
}

/* Data and script side by side, then the script; settings: gnuplot's, before it. */
static int draw(const struct report *r, const struct figure *figure, const char *scripts,
		const char *dir, const char *settings, struct error **err)
{
	CLEANUP_FREE char *data = file_of(dir, figure, ".dat"), *load = NULL, *script = NULL;
	int rc = write_with(figure->data, figure->of(r), data, err);

	if (asprintf(&script, "%s.gp", figure->name) < 0 ||
	    asprintf(&load, "%sload '%s'", settings, script) < 0)
		abort();
	if (!rc)
		rc = file_copy(scripts, dir, script, err);
	return rc ? rc : gnuplot_run(dir, load, err);
}

static size_t successes_of(const struct report *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->groups.n; i++)
		n += r->groups.at[i].successes;
	return n;
}

/* Why a run does not have a figure, NULL when it has. */
static const char *why_none(const struct report *r, const struct figure *figure)
{
	const struct report *of = figure->of(r);

	if (!of)
		return figure->without;
	if (!of->counted)
		return "no reboot was counted";
	return figure->needs_success && !successes_of(of) ? "no reboot came up" : NULL;
}

static size_t counted_of(const struct report *r)
{
	return r->counted + (r->exact ? r->exact->counted : 0);
}

static int copy_shared(const char *scripts, const char *dir, struct error **err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < sizeof(shared) / sizeof(shared[0]); i++)
		rc = file_copy(scripts, dir, shared[i], err);
	return rc;
}

int figures_write(const struct report *r, const char *scripts, const char *dir, struct error **err)
{
	size_t i;
	int rc;

	if (!counted_of(r))
		return 0;
	rc = copy_shared(scripts, dir, err);
	for (i = 0; !rc && i < FIGURES; i++)
		if (!why_none(r, &figures[i]))
			rc = draw(r, &figures[i], scripts, dir, "", err);
	return rc ? error_wrap(err, "figures") : 0;
}

/* The SVG from the PDF: the same lines, and letters that need no font where it is shown. */
static int outline(const char *dir, const char *pdf, const char *svg, struct error **err)
{
	const char *const argv[] = { "pdftocairo", "-svg", pdf, svg, NULL };
	int rc = subprocess_run(argv, NULL, err);

	if (rc == -ENOENT)
		error_hint(err, "pdftocairo is in Debian's package poppler-utils");
	return rc ? folder_blame(dir, err) : 0;
}

/* The figure with its caption as LaTeX takes it. */
static int write_tex(const char *path, const struct figure *figure, const char *caption,
		     struct error **err)
{
	const char *star = figure->columns == 2 ? "*" : "";
	struct output_file o;
	int rc = output_file_open(&o, path, err);

	if (rc)
		return rc;
	fprintf(o.f, "%% %s.tex - needs the package graphicx; the file name may need a path\n"
		"\\begin{figure%s}\n\\centering\n\\includegraphics{%s.pdf}\n\\caption{%%\n",
		figure->name, star, figure->name);
	caption_put_tex(o.f, caption);
	fprintf(o.f, "}\n\\label{fig:%s}\n\\end{figure%s}\n", figure->name, star);
	return output_file_close(&o, err);
}

static int write_captions(const struct report *r, const struct figure *figure, const char *dir,
			  struct error **err)
{
	CLEANUP_FREE char *plain = file_of(dir, figure, ".txt"), *text = NULL;
	CLEANUP_FREE char *tex = file_of(dir, figure, ".tex");
	size_t size;
	FILE *f = open_memstream(&text, &size);
	int rc;

	if (!f)
		abort();
	figure->caption(f, figure->of(r));
	if (fclose(f) != 0)
		abort();
	rc = write_with(figure->caption, figure->of(r), plain, err);
	return rc ? rc : write_tex(tex, figure, text, err);
}

static int publish(const struct report *r, const struct figure *figure, const char *scripts,
		   const char *dir, struct error **err)
{
	CLEANUP_FREE char *pdf = file_of(dir, figure, ".pdf"), *svg = file_of(dir, figure, ".svg");
	CLEANUP_FREE char *settings = NULL;
	int rc;

	if (asprintf(&settings, "medium = 'paper'; columns = %u; ", figure->columns) < 0)
		abort();
	rc = draw(r, figure, scripts, dir, settings, err);
	if (!rc)
		rc = outline(dir, pdf, svg, err);
	return rc ? rc : write_captions(r, figure, dir, err);
}

/* What another run may have left in the folder must not be taken for this one's. */
static void remove_figure(const struct figure *figure, const char *dir)
{
	static const char *const endings[] = { ".pdf", ".svg", ".txt", ".tex", ".dat", ".gp" };
	size_t i;

	for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		CLEANUP_FREE char *path = file_of(dir, figure, endings[i]);

		unlink(path);
	}
}

int figures_publish(const struct report *r, const char *scripts, const char *dir, FILE *said,
		    struct error **err)
{
	size_t i;
	int rc;

	if (!counted_of(r))
		return error_set(err, ERROR_USAGE, 0,
				 "run %s has no reboot that counts: there is nothing to draw",
				 r->run->name);
	rc = copy_shared(scripts, dir, err);
	for (i = 0; !rc && i < FIGURES; i++) {
		const struct figure *figure = &figures[i];
		const char *why = why_none(r, figure);

		if (why) {
			remove_figure(figure, dir);
			fprintf(said, "%s: %s, so there is no such figure\n", figure->name, why);
			continue;
		}
		rc = publish(r, figure, scripts, dir, err);
		if (!rc)
			fprintf(said, "%s/%s.{pdf,svg,txt,tex}: %s\n", dir, figure->name,
				figure->columns == 1 ? "one column" : "two columns");
	}
	return rc ? error_wrap(err, "figures of %s", r->run->name) : 0;
}
