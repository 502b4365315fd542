// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_paper.c - the LOBOS paper's comparison, regenerated
 *
 * One table of all systems in single words; then where they are not as the paper
 * says, in sentences; then each system with the paper's sentences and the evidence.
 */
#include "sections.h"

#include <string.h>

#include "markdown.h"
#include "paper_observed.h"
#include "paper_sizes.h"
#include "portability_table.h"

#define MARK_SAME	"="
#define MARK_OTHER	"≠"
#define MARK_TEST	"†"

typedef VEC(const struct impl *) impl_vec;

static bool is_named_by_paper(const struct impl *impl)
{
	for (unsigned int i = 0; i < impl->paper_count; i++)
		if (impl->paper[i].says)
			return true;
	return false;
}

/* Ways of the run: the one it is about, those the paper speaks of, the others. */
static void choose_ways(impl_vec *ways, const struct report *r)
{
	const struct impl_list *impls = r->facts->impls;
	const struct report_group *subject = report_subject(r);
	const struct impl *first = subject ? impl_find(impls, subject->way) : NULL;

	if (first && is_named_by_paper(first))
		vec_push(ways, first);
	else
		first = NULL;
	for (int named = 1; named >= 0; named--)
		for (size_t i = 0; i < impls->n; i++)
			if (&impls->at[i] != first && report_has_way(r, impls->at[i].name) &&
			    is_named_by_paper(&impls->at[i]) == named)
				vec_push(ways, &impls->at[i]);
}

static void put_overview_cell(struct md_table *t, const struct report *r, enum claim claim,
			      const struct impl *impl)
{
	const struct impl_claim *said = impl_claim(impl, claim_name(claim));
	const char *test = claim_source(claim) == CLAIM_FROM_TEST ? " " MARK_TEST : "";
	struct observed o;

	paper_observe(&o, claim, r, impl);
	if (!o.known) {
		if (said && said->value)
			md_cell(t, "? (%s)", said->value);
		else
			md_cell(t, "–");
		return;
	}
	switch (observe_agreement(&o, claim, r, impl)) {
	case AGREEMENT_SAME:
		md_cell(t, "%s %s%s", o.word, MARK_SAME, test);
		break;
	case AGREEMENT_OTHER:
		md_cell(t, "%s %s %s%s", o.word, MARK_OTHER, said->value, test);
		break;
	case AGREEMENT_OPEN:
		md_cell(t, "%s%s", o.word, test);
	}
}

static void put_overview(FILE *f, const struct report *r, const impl_vec *ways)
{
	CLEANUP_FREE const char **headers = calloc(ways->n + 1, sizeof(*headers));
	CLEANUP_FREE char *columns = malloc(ways->n + 2);
	struct md_table *t;

	if (!headers || !columns)
		abort();
	headers[0] = "claim";
	for (size_t i = 0; i < ways->n; i++)
		headers[i + 1] = ways->at[i]->name;
	memset(columns, 'l', ways->n + 1);
	columns[ways->n + 1] = '\0';
	t = md_table_new(columns, headers);
	for (int claim = 0; claim < CLAIMS; claim++) {
		md_cell(t, "%s", claim_title(claim));
		for (size_t i = 0; i < ways->n; i++)
			put_overview_cell(t, r, claim, ways->at[i]);
	}
	md_table_end(t, f);
}

/* "; kexec 40.0": what a rank is compared with. */
static char *others_of(const struct report *r, enum claim claim, const struct impl *impl)
{
	const struct impl_list *impls = r->facts->impls;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (size_t i = 0; i < impls->n; i++) {
		const struct impl_claim *said = impl_claim(&impls->at[i], claim_name(claim));
		struct observed o;

		if (!said || !said->says || &impls->at[i] == impl)
			continue;
		paper_observe(&o, claim, r, &impls->at[i]);
		fprintf(f, "; %s %s", impls->at[i].name, o.word);
	}
	if (fclose(f) != 0)
		abort();
	return text;
}

/* One sentence; true when there was one to write. */
static bool put_difference(FILE *f, const struct report *r, enum claim claim,
			   const struct impl *impl)
{
	const struct impl_claim *said = impl_claim(impl, claim_name(claim));
	CLEANUP_FREE char *says = NULL, *section = NULL, *shows = NULL, *because = NULL;
	CLEANUP_FREE char *others = NULL;
	struct observed o;

	paper_observe(&o, claim, r, impl);
	if (observe_agreement(&o, claim, r, impl) != AGREEMENT_OTHER)
		return false;
	says = md_escaped(said->says);
	section = md_escaped(said->section);
	shows = md_escaped(o.evidence);
	because = md_escaped(said->because ? said->because : "");
	others = claim_is_rank(said->value) ? others_of(r, claim, impl) : strdup("");
	md_item(f, "**%s, %s:** the paper says “%s” (%s); here it is %s (%s%s).%s%s", impl->name,
		claim_title(claim), says, section, o.word, shows, others, *because ? " " : "",
		because);
	return true;
}

static void put_differences(FILE *f, const struct report *r, const impl_vec *ways)
{
	bool any = false;

	md_heading(f, 3, "Where it is not as the paper says");
	for (size_t i = 0; i < ways->n; i++)
		for (int claim = 0; claim < CLAIMS; claim++)
			any |= put_difference(f, r, claim, ways->at[i]);
	if (any)
		fputc('\n', f);
	else
		md_paragraph(f, "Nowhere, as far as it was observed.");
}

static const char *mark(enum agreement agreement)
{
	return agreement == AGREEMENT_SAME ? MARK_SAME :
	       agreement == AGREEMENT_OTHER ? MARK_OTHER : "";
}

/* What the paper says on it, and whether that is so. */
static void put_paper_cells(struct md_table *t, const struct report *r, enum claim claim,
			    const struct impl *impl, const struct observed *o)
{
	const struct impl_claim *said = impl_claim(impl, claim_name(claim));

	if (said && said->says)
		md_cell(t, "“%s” (%s)", said->says, said->section);
	else
		md_cell(t, "–");
	md_cell(t, "%s", mark(observe_agreement(o, claim, r, impl)));
}

/* One system: the paper's sentence if it speaks of it, what is so now, and what shows it. */
static void put_system(FILE *f, const struct report *r, const struct impl *impl)
{
	static const char *const compared[] = { "claim", "the paper", "", "now", "evidence" };
	static const char *const alone[] = { "claim", "now", "evidence" };
	bool named = is_named_by_paper(impl);
	struct md_table *t = md_table_new(named ? "lllll" : "lll", named ? compared : alone);
	CLEANUP_FREE char *title = md_escaped(impl->title);

	md_heading(f, 3, "%s: %s", impl->name, title);
	for (int claim = 0; claim < CLAIMS; claim++) {
		struct observed o;

		paper_observe(&o, claim, r, impl);
		md_cell(t, "%s", claim_title(claim));
		if (named)
			put_paper_cells(t, r, claim, impl, &o);
		md_cell(t, "%s", o.known ? o.word : "–");
		md_cell(t, "%s", o.evidence);
	}
	md_table_end(t, f);
}

static bool any_unwitnessed(const struct report *r)
{
	for (size_t i = 0; i < r->facts->witnessed.n; i++)
		if (r->facts->witnessed.at[i].state != WITNESS_USABLE)
			return true;
	return false;
}

static bool any_in_long_mode(const struct report *r)
{
	for (size_t i = 0; i < r->facts->witnessed.n; i++)
		if (r->facts->witnessed.at[i].long_mode)
			return true;
	return false;
}

static void put_legend(FILE *f, const struct report *r)
{
	md_paragraph(f, "What sections 4 and 5 of the LOBOS paper (R. Minnich, 14 August 2000) say "
			"of the systems, beside what is so here: the original systems are gone, "
			"these were written afresh. " MARK_SAME ": as the paper says. "
			"**" MARK_OTHER "**: not so; behind it the paper's word. Without a mark: the "
			"paper does not say. " MARK_TEST ": shown by a test, not by this run. "
			"– and ?: not observed. Counts of instructions are the witness's and none "
			"is a time.");
	if (any_in_long_mode(r))
		md_paragraph(f, "The paper is about 32-bit machines. These kernels are 64-bit and run "
				"in long mode, which has no state without paging: a way that switches paging "
				"off leaves long mode with it. In long mode the processor ignores base and "
				"limit of all segments but FS and GS. So where a way stays in long mode, "
				"what the paper says of segments is neither so nor not so here.");
	if (any_unwitnessed(r))
		md_paragraph(f, "**Not all of it was witnessed with the kernel of this run.** "
				"`lobosbench witness`, and then `lobosbench report %s`, fills "
				"that in, as long as that kernel is the one that is built.",
			     r->run->name);
}

void section_paper(FILE *f, const struct report *r)
{
	impl_vec ways = { 0 };

	if (!r->facts || !r->groups.n)
		return;
	md_heading(f, 2, "The paper's comparison, then and now");
	if (!r->facts->impls) {
		CLEANUP_FREE char *why = md_escaped(r->facts->trouble);

		md_paragraph(f, "The ways of this checkout cannot be read: %s.", why);
		return;
	}
	choose_ways(&ways, r);
	put_legend(f, r);
	put_overview(f, r, &ways);
	put_differences(f, r, &ways);
	for (size_t i = 0; i < ways.n; i++)
		put_system(f, r, ways.at[i]);
	vec_free(&ways);
}

static bool is_in_report(const char *way, void *arg)
{
	return report_has_way(arg, way);
}

void section_sizes(FILE *f, const struct report *r)
{
	if (!r->facts || !r->facts->sizes.ways.n)
		return;
	md_heading(f, 2, "How large each way is");
	size_table(f, &r->facts->sizes, is_in_report, (void *)r);
	size_table_rule(f, r->facts->sizes.counter);
}

void section_portability(FILE *f, const struct report *r)
{
	if (!r->facts || !portability_known(&r->facts->sizes, is_in_report, (void *)r))
		return;
	md_heading(f, 2, "What another architecture or version costs");
	portability_table(f, &r->facts->sizes, is_in_report, (void *)r);
}
