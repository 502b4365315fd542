// SPDX-License-Identifier: GPL-2.0-only
/*
 * paper_sizes.c - how many lines each way is made of, as a table
 */
#include "paper_sizes.h"

#include <math.h>

#include "markdown.h"
#include "analysis/words.h"

void size_table(FILE *f, const struct sizes *sizes, bool (*wanted)(const char *way, void *arg),
		void *arg)
{
	static const char *const headers[] = { "way", "kernel", "of it arch.", "share",
					       "of it assembly", "programs", "and shared",
					       "stock lines touched" };
	struct md_table *t = md_table_new("lrrrrrrr", headers);

	for (size_t i = 0; i < sizes->ways.n; i++) {
		const struct size *s = &sizes->ways.at[i];

		if (wanted && !wanted(s->way, arg))
			continue;
		md_cell(t, "%s", s->way);
		md_cell(t, "%ld", s->kernel);
		md_cell(t, "%ld", s->arch_dependent);
		md_cell(t, "%s", words_percent(size_arch_share(s)).s);
		md_cell(t, "%ld", s->assembly);
		md_cell(t, "%ld", s->user);
		md_cell(t, "%ld", s->shared);
		md_cell(t, "%ld", s->stock_added + s->stock_removed);
	}
	md_table_end(t, f);
}

double size_arch_share(const struct size *size)
{
	return size->kernel ? (double)size->arch_dependent / (double)size->kernel : NAN;
}

void size_table_rule(FILE *f, const char *counter)
{
	md_paragraph(f, "Lines of code, neither blank nor comment%s%s: *kernel*, in kernel files "
			"of the way's own (a module's too); *of it arch.*, for x86 only; "
			"*programs*, in what runs as a user, *and shared* in what programs of "
			"several ways share; *stock lines touched*, added to and removed from "
			"files of the stock kernel. 0 is what a stock kernel has already. The "
			"whole rule is in impls/README.md.",
		     *counter ? ", counted by " : "", counter);
}
