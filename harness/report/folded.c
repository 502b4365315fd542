// SPDX-License-Identifier: GPL-2.0-only
/*
 * folded.c - a profile as folded stacks, which speedscope, flamegraph.pl and inferno read
 */
#include "folded.h"

#include <inttypes.h>

#include "base/file.h"

static void write_path(const struct call_tree *t, const struct call_node *node, FILE *to)
{
	const struct call_node *parent = &t->nodes.at[node->parent];

	if (node == t->nodes.at)
		return;
	write_path(t, parent, to);
	fprintf(to, ";%s", t->functions.at[node->function]);
}

int folded_write(const struct profile *p, const char *path, struct error **err)
{
	struct output_file out;
	int rc = output_file_open(&out, path, err);

	if (rc)
		return rc;
	for (enum phase phase = 0; phase < PHASES; phase++) {
		for (size_t i = 0; i < p->tree.nodes.n; i++) {
			const struct call_node *node = &p->tree.nodes.at[i];

			if (!node->instructions[phase])
				continue;
			fputs(phase_name(phase), out.f);
			write_path(&p->tree, node, out.f);
			fprintf(out.f, " %" PRIu64 "\n", node->instructions[phase]);
		}
	}
	return output_file_close(&out, err);
}
