// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_hints.c - what ways were given to save the new kernel work
 *
 * Who was given a hint is what the samples say, and what it is, the text that the run kept.
 */
#include "sections.h"

#include <string.h>

#include "base/text.h"
#include "markdown.h"
#include "plan/hint.h"

/* Where a name stands first among names that blanks part; -1 when it is not there. */
static long first_of(const char *names, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = names; *at; at += strcspn(at, " ")) {
		at += strspn(at, " ");
		if (strcspn(at, " ") == n && !strncmp(at, name, n))
			return at - names;
	}
	return -1;
}

/* "lobos hinted, kexec hinted": the ways that had it, by either clock. */
static char *who_had(const struct report *r, const char *name)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	const char *before = "";

	if (!f)
		abort();
	for (const struct report *of = r; of; of = of->exact)
		for (size_t i = 0; i < of->groups.n; i++) {
			const struct report_group *g = &of->groups.at[i];

			if (first_of(g->hints, name) < 0 || (of != r && report_same_way(r, g)) ||
			    !report_begins_way(of, g))
				continue;
			fprintf(f, "%s%s", before, g->name);
			before = ", ";
		}
	if (fclose(f) != 0)
		abort();
	return text;
}

static void put_hint(FILE *f, const struct report *r, const char *name)
{
	CLEANUP_ERROR struct error *unreadable = NULL;
	CLEANUP_FREE char *path = text_format("%s.yaml", name), *had = who_had(r, name);
	const char *kept = json_text_at(r->provenance->hints, name);
	CLEANUP(cleanup_hint_free) struct hint *h = hint_parse(path, kept, NULL, &unreadable);
	CLEANUP_FREE char *who = md_escaped(had), *title = md_escaped(h ? h->title : "");
	CLEANUP_FREE char *words = md_escaped(h ? h->words ? h->words : h->request : "");
	CLEANUP_FREE char *danger = md_escaped(h ? h->danger : ""), *safe = md_escaped(name);

	if (!h)
		md_item(f, "**%s** (%s): the run did not keep what it is.", safe, who);
	else
		md_item(f, "**%s** (%s): %s. %s: %s. Danger: %s", safe, who, title,
			h->words ? "Words of the command line" : "Words of the request", words, danger);
}

/* The hints of all ways in the order of these, each behind a blank; "" when there are none. */
static char *all_hints(const struct report *r)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (const struct report *of = r; of; of = of->exact)
		for (size_t i = 0; i < of->groups.n; i++)
			if (report_is_hinted(&of->groups.at[i]))
				fprintf(f, " %s", of->groups.at[i].hints);
	if (fclose(f) != 0)
		abort();
	return text;
}

void section_hints(FILE *f, const struct report *r)
{
	CLEANUP_FREE char *names = all_hints(r), *all = text_format("%s", names);
	char *save = NULL;

	if (!*names)
		return;
	md_heading(f, 2, "Hints");
	md_paragraph(f, "What some ways were given, which saves the new kernel work. The first boot of a machine "
		     "has none.");
	for (char *name = strtok_r(names, " ", &save); name; name = strtok_r(NULL, " ", &save))
		/* Those before it in the list were said already. */
		if (first_of(all, name) == name - names)
			put_hint(f, r, name);
	fputc('\n', f);
}
