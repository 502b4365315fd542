// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_proof.c - what it rests on that a reboot went the way it was asked to
 */
#include "sections.h"

#include "markdown.h"
#include "paper_observed.h"

static const struct proof *proof_of_group(const struct report *r, const struct report_group *g)
{
	return r->facts ? proof_find(&r->facts->proofs, g->way, g->variant) : NULL;
}

const char *section_proof_word(const struct report *r, const struct report_group *g)
{
	const struct proof *p = proof_of_group(r, g);

	return proof_word(p ? p->word : PROOF_NOT_WITNESSED);
}

void section_proof_warning(FILE *f, const struct report *r)
{
	for (size_t i = 0; i < r->groups.n; i++) {
		const struct proof *p = proof_of_group(r, &r->groups.at[i]);
		CLEANUP_FREE char *label = md_escaped(r->groups.at[i].name), *why = NULL;

		if (!p || p->word != PROOF_CONTRADICTED || !report_begins_way(r, &r->groups.at[i]))
			continue;
		why = md_escaped(p->why);
		md_paragraph(f, "**%s is not what it says:** the witness saw another way (%s). None "
				"of its reboots counts as a success.", label, why);
	}
}

/* Which account it was. */
static void put_account(FILE *f, const struct proof *p)
{
	CLEANUP_FREE char *kernel = md_escaped(p->kernel), *at = md_escaped(*p->at ? p->at : "");

	fprintf(f, " (kernel %s%s%s)", kernel, *at ? ", watched " : "", at);
}

static void put_way(FILE *f, const struct report_group *g, const struct proof *p)
{
	CLEANUP_FREE char *label = md_escaped(g->name), *why = md_escaped(p ? p->why : "not witnessed");
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	if (p && p->word == PROOF_CONFIRMED)
		fprintf(m, "confirmed by the witness: %s", why);
	else if (p && p->word == PROOF_CONTRADICTED)
		fprintf(m, "**contradicted by the witness:** %s", why);
	else
		fprintf(m, "%s. Its proof rests on resets, nonce and kernel only, which another way "
			"may have in common", why);
	if (p && p->word != PROOF_NOT_WITNESSED)
		put_account(m, p);
	if (fclose(m) != 0)
		abort();
	md_item(f, "%s: %s.", label, text);
}

void section_proof(FILE *f, const struct report *r)
{
	md_heading(f, 3, "What proof rests on");
	md_paragraph(f, "That a reboot came up and went its way rests on another boot_id, this reboot's "
			"nonce on the command line of the new kernel, the kernel that was asked for, and a "
			"reset if and only if the way has one. Only the witness distinguishes ways that "
			"agree in these. It watches one reboot of a machine of its own:");
	for (size_t i = 0; i < r->groups.n; i++)
		if (report_begins_way(r, &r->groups.at[i]))
			put_way(f, &r->groups.at[i], proof_of_group(r, &r->groups.at[i]));
	fputc('\n', f);
}
