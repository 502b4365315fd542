// SPDX-License-Identifier: GPL-2.0-only
/*
 * report.c - the order of things in a report, in its three forms
 *
 * The Markdown is the report; the page is made from the Markdown, the PDF from
 * the page. Files are written beside their places and then moved there, so that
 * a reader never meets half of one.
 */
#include "report.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/subprocess.h"
#include "figures.h"
#include "html.h"
#include "markdown.h"
#include "paper_facts.h"
#include "prove.h"
#include "sections.h"

/* A part of a run, or the sum of its parts, is not taken for a run on one host. */
static void put_shards(FILE *f, const struct provenance *p)
{
	if (p->shard.of > 1)
		md_paragraph(f, "This is shard %d of %d of its scenario; `lobosbench merge` makes one run "
			     "of all.", p->shard.number, p->shard.of);
	if (!p->merged.of)
		return;
	md_paragraph(f, "This run is merged from %zu of %d shards%s. They were run on %zu kind%s of host%s "
		     "in %zu boot%s: the provenance has each of them below `merged`.",
		     p->merged.shards, p->merged.of,
		     p->merged.shards < (size_t)p->merged.of ? ", so it is not whole" : "",
		     p->merged.hosts, p->merged.hosts == 1 ? "" : "s", p->merged.hosts == 1 ? "" : "s",
		     p->merged.boots, p->merged.boots == 1 ? "" : "s");
}

static void put_run(FILE *f, const struct report *r)
{
	CLEANUP_FREE char *name = md_escaped(r->run->name);

	if (r->exact)
		md_paragraph(f, "Run %s: %zu reboot%s by the wall clock and %zu by the exact clock, "
			     "without warm-ups.", name, r->counted, r->counted == 1 ? "" : "s",
			     r->exact->counted);
	else
		md_paragraph(f, "Run %s: %zu reboot%s without warm-ups.", name, r->counted,
			     r->counted == 1 ? "" : "s");
	put_shards(f, r->provenance);
}

/* What the reboots by the wall clock took. */
static void put_times(FILE *f, const struct report *r)
{
	section_phases(f, r);
	section_downtime(f, r);
	section_index(f, r);
}

void report_markdown(FILE *f, const struct report *r, const char *consoles)
{
	const struct report *wall = report_wall(r), *exact = report_exact(r);
	CLEANUP_FREE char *scenario = md_escaped(r->run->scenario);
	bool varied;

	md_heading(f, 1, "How long a reboot takes: %s", scenario);
	varied = section_slopes_answer(f, r);
	section_answer(f, r);
	section_proof_warning(f, r);
	put_run(f, r);
	if (!varied)
		section_beaten(f, r);
	section_versus(f, r);
	section_hints(f, r);
	section_slopes(f, r);
	if (exact) {
		section_limit(f, exact);
		section_exact(f, exact);
	}
	if (wall)
		section_latency(f, wall);
	section_success(f, r);
	section_whole(f, r);
	if (wall) {
		section_soak(f, wall, false);
		put_times(f, wall);
	}
	section_failures(f, r, consoles);
	section_logs(f, r);
	section_paper(f, r);
	section_sizes(f, r);
	section_portability(f, r);
	if (wall) {
		section_perf(f, wall);
		section_warmups(f, wall);
	}
	section_unseen(f, r);
	if (wall)
		section_clock(f, wall);
	section_doubts(f, r);
	section_footnotes(f, r);
	section_provenance(f, r);
}

static int move_into_place(const char *from, const char *to, struct error **err)
{
	if (rename(from, to) == 0)
		return 0;
	return error_set(err, ERROR_HOST, errno, "%s", to);
}

static int write_page(const char *top, const struct report *r, const char *markdown,
		      const char *dir, enum html_pictures pictures, const char *name,
		      struct error **err)
{
	CLEANUP_FREE char *style = path_below(top, "report/style.css");
	CLEANUP_FREE char *path = path_below(dir, name), *page = NULL;
	int rc = html_page(markdown, r->run->name, style, dir, pictures, &page, err);

	return rc ? rc : file_write(path, page, err);
}

/* From a page of its own, which is not kept: see html.c. */
static int write_pdf(const char *dir, const char *page, struct error **err)
{
	CLEANUP_FREE char *html = path_below(dir, page), *pdf = path_below(dir, "report.pdf");
	CLEANUP_FREE char *beside = path_below(dir, "report.pdf.new");
	const char *const argv[] = { "weasyprint", "--quiet", html, beside, NULL };
	int rc = subprocess_run(argv, NULL, err);

	if (rc)
		folder_blame(dir, err);
	unlink(html);
	if (rc) {
		unlink(beside);
		return error_wrap(err, "report.pdf");
	}
	return move_into_place(beside, pdf, err);
}

/* The text first: it is there even where gnuplot or WeasyPrint fails. */
static int write_forms(const struct settings *global, const struct report *r, const char *dir,
		       struct error **err)
{
	CLEANUP_FREE char *figures = path_below(dir, "figures");
	CLEANUP_FREE char *scripts = path_below(global->top, "report");
	CLEANUP_FREE char *run_dir = path_below(global->results, r->run->name);
	CLEANUP_FREE char *consoles = path_below(run_dir, "consoles");
	CLEANUP_FREE char *report = path_below(dir, "report.md"), *markdown = NULL;
	static const char for_pdf[] = "report.pdf.html";
	size_t size;
	FILE *f = open_memstream(&markdown, &size);
	int rc;

	if (!f)
		abort();
	report_markdown(f, r, consoles);
	if (fclose(f) != 0)
		abort();
	rc = file_write(report, markdown, err);
	if (!rc)
		rc = folder_make(figures, err);
	if (!rc)
		rc = figures_write(r, scripts, figures, err);
	if (!rc)
		rc = write_page(global->top, r, markdown, dir, HTML_PICTURES_INSIDE, "report.html",
				err);
	if (!rc)
		rc = write_page(global->top, r, markdown, dir, HTML_PICTURES_PNG_BESIDE, for_pdf,
				err);
	return rc ? rc : write_pdf(dir, for_pdf, err);
}

/* All of one run, to be emptied with forget(). */
struct known {
	struct run_row row;
	sample_vec samples;
	struct paper_facts *facts;
	struct report *model;		/* of all of the above */
};

/*
 * All but the model.
 * @dir: made when the run is there
 * @keep: dir is the run's own folder: what the witness saw with its kernel is copied into it, and
 *	what that says of each way is stored
 */
static int learn(const struct settings *global, struct store *store, const char *run,
		 const char *dir, bool keep, struct known *known, struct error **err)
{
	int rc = store_run_get(store, run, &known->row, err);

	if (!rc)
		rc = store_samples_raw(store, known->row.name, &known->samples, err);
	if (!rc)
		rc = folder_make(dir, err);
	if (!rc && keep)
		rc = paper_facts_keep(global, &known->row, &known->samples, err);
	if (rc)
		return rc;
	known->facts = paper_facts_read(global, &known->row, &known->samples);
	if (keep)
		rc = store_proofs_put(store, known->row.name, &known->facts->proofs, err);
	proof_apply(&known->facts->proofs, known->samples.at, known->samples.n);
	return rc;
}

static int learn_all(const struct settings *global, struct store *store, const char *run,
		     const char *dir, bool keep, struct known *known, struct error **err)
{
	int rc = learn(global, store, run, dir, keep, known, err);

	if (rc)
		return rc;
	known->model = report_model(&known->row, &known->samples);
	known->model->facts = known->facts;
	return 0;
}

static void forget(struct known *known)
{
	report_model_free(known->model);
	if (known->facts)
		paper_facts_free(known->facts);
	vec_free(&known->samples);
	run_row_free(&known->row);
}

/* As report_write_to(). */
static int write_run(const struct settings *global, struct store *store, const char *run,
		     const char *dir, bool keep, struct error **err)
{
	struct known known = { 0 };
	int rc = learn_all(global, store, run, dir, keep, &known, err);

	if (!rc)
		rc = write_forms(global, known.model, dir, err);
	if (!rc)
		rc = proof_write(&known.facts->proofs, dir, err);
	if (!rc)
		rc = proof_any(&known.facts->proofs, PROOF_CONTRADICTED);
	forget(&known);
	return rc < 0 ? error_wrap(err, "report of %s", run) : rc;
}

int report_write_to(const struct settings *global, struct store *store, const char *run,
		    const char *dir, struct error **err)
{
	return write_run(global, store, run, dir, false, err);
}

int report_publish(const struct settings *global, struct store *store, const char *run,
		   const char *dir, FILE *said, struct error **err)
{
	CLEANUP_FREE char *scripts = path_below(global->top, "report");
	struct known known = { 0 };
	int rc = learn_all(global, store, run, dir, false, &known, err);

	if (!rc)
		rc = figures_publish(known.model, scripts, dir, said, err);
	forget(&known);
	return rc;
}

int report_soak(const struct settings *global, struct store *store, const char *run, FILE *f,
		struct error **err)
{
	CLEANUP_FREE char *dir = path_below(global->results, run);
	CLEANUP_FREE char *consoles = path_below(dir, "consoles");
	struct known known = { 0 };
	int rc = learn_all(global, store, run, dir, false, &known, err);

	if (!rc && report_wall(known.model)) {
		section_soak(f, known.model, true);
		section_failures(f, known.model, consoles);
	}
	forget(&known);
	return rc;
}

int report_write(const struct settings *global, struct store *store, const char *run,
		 struct error **err)
{
	CLEANUP_FREE char *dir = path_below(global->results, run);

	return write_run(global, store, run, dir, true, err);
}

int report_prove(const struct settings *global, struct store *store, const char *run,
		 struct error **err)
{
	CLEANUP_FREE char *dir = path_below(global->results, run);
	struct known known = { 0 };
	int rc = learn(global, store, run, dir, true, &known, err);

	forget(&known);
	return rc;
}
