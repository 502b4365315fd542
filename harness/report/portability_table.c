// SPDX-License-Identifier: GPL-2.0-only
/*
 * portability_table.c - what each architecture and version of Linux costs a way, as a table
 */
#include "portability_table.h"

#include <math.h>
#include <string.h>

#include "analysis/words.h"
#include "markdown.h"

/* Columns in front of those of the hooks. */
static const char *const first_headers[] = { "way", "common", "share", "x86", "i386", "x86_64",
					     "versions" };

enum { FIRST = sizeof(first_headers) / sizeof(first_headers[0]) };

struct rows {
	const struct size *at[32];
	size_t n;
	const char *versions[HOOKS_MOST];	/* of any row's patches, the oldest first */
	size_t versions_n;
};

static void add_version(struct rows *rows, const char *version)
{
	size_t i = rows->versions_n;

	while (i && strverscmp(rows->versions[i - 1], version) > 0)
		i--;
	if ((i && !strcmp(rows->versions[i - 1], version)) || rows->versions_n == HOOKS_MOST)
		return;
	memmove(&rows->versions[i + 1], &rows->versions[i],
		(rows->versions_n - i) * sizeof(rows->versions[0]));
	rows->versions[i] = version;
	rows->versions_n++;
}

static struct rows rows_of(const struct sizes *sizes, bool (*wanted)(const char *, void *),
			   void *arg)
{
	struct rows rows = { .n = 0 };

	for (size_t i = 0; i < sizes->ways.n; i++) {
		const struct size *s = &sizes->ways.at[i];

		if (!portability_total(&s->parts) || (wanted && !wanted(s->way, arg)) ||
		    rows.n == sizeof(rows.at) / sizeof(rows.at[0]))
			continue;
		rows.at[rows.n++] = s;
		for (unsigned int h = 0; h < s->parts.hook_count; h++)
			add_version(&rows, s->parts.hooks[h].version);
	}
	return rows;
}

static void put_row(struct md_table *t, const struct rows *rows, const struct size *s)
{
	const struct portability *p = &s->parts;

	md_cell(t, "%s", s->way);
	md_cell(t, "%ld", p->lines[PART_COMMON]);
	md_cell(t, "%s", words_percent(portability_share(p)).s);
	for (int part = PART_X86; part < PARTS; part++)
		md_cell(t, "%ld", p->lines[part]);
	for (size_t i = 0; i < rows->versions_n; i++) {
		const struct hook *hook = portability_hook(p, rows->versions[i]);

		if (hook)
			md_cell(t, "%ld (%ld)", hook->touched, hook->differ);
		else
			md_cell(t, "0");
	}
}

static void put_rule(FILE *f)
{
	md_paragraph(f, "Kernel lines of the way's own: *common*, for every architecture and version of "
			"Linux, and their *share* of all; *x86*, for i386 and x86_64 alike, *i386* "
			"and *x86_64*, for that one only; *versions*, in conditions on the version. "
			"*Hooks*: lines added to and removed from files of that stock kernel, and in "
			"brackets those of them that are not in the way's patch of every version. A "
			"way without a row has no kernel lines of its own. The rule is in "
			"impls/README.md.");
}

bool portability_known(const struct sizes *sizes, bool (*wanted)(const char *way, void *arg),
		       void *arg)
{
	return rows_of(sizes, wanted, arg).n;
}

void portability_table(FILE *f, const struct sizes *sizes,
		       bool (*wanted)(const char *way, void *arg), void *arg)
{
	const struct rows rows = rows_of(sizes, wanted, arg);
	char hooks[HOOKS_MOST][32], columns[FIRST + HOOKS_MOST + 1] = "l";
	const char *headers[FIRST + HOOKS_MOST];
	struct md_table *t;

	memcpy(headers, first_headers, sizeof(first_headers));
	for (size_t i = 0; i < rows.versions_n; i++) {
		snprintf(hooks[i], sizeof(hooks[i]), "hooks %s", rows.versions[i]);
		headers[FIRST + i] = hooks[i];
	}
	memset(columns + 1, 'r', FIRST + rows.versions_n - 1);
	t = md_table_new(columns, headers);
	for (size_t i = 0; i < rows.n; i++)
		put_row(t, &rows, rows.at[i]);
	md_table_end(t, f);
	put_rule(f);
}

double portability_share(const struct portability *p)
{
	long total = portability_total(p);

	return total ? (double)p->lines[PART_COMMON] / (double)total : NAN;
}
