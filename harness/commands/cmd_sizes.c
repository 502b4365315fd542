// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_sizes.c - `lobosbench sizes`: how many lines each way is made of
 */
#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "commands.h"
#include "report/paper_sizes.h"
#include "report/portability_table.h"

enum sizes_format { SIZES_TABLE, SIZES_JSON };

struct sizes_options {
	struct option_list ways;
	enum sizes_format format;
};

#define TO(member) offsetof(struct sizes_options, member)

static const char *const formats[] = {
	[SIZES_TABLE] = "table", [SIZES_JSON] = "json", NULL
};

static const struct option options[] = {
	{ "WAY", NULL, "a way of `lobosbench list ways` (all of them)", OPTION_LIST,
	  .to = TO(ways) },
	{ "--format", "FORMAT", "table (the default) or json, as in the provenance of a run",
	  OPTION_CHOICE, .to = TO(format), .choices = formats },
	{ 0 }
};

/* Leaves the named ways in the list, in their order there. */
static int choose(struct sizes *sizes, const struct option_list *names, struct error **err)
{
	size_t kept = 0;

	for (unsigned int i = 0; i < names->n; i++) {
		if (sizes_of(sizes, names->at[i]))
			continue;
		error_set(err, ERROR_USAGE, 0, "there is no way \"%s\"", names->at[i]);
		error_hint(err, "`lobosbench list ways` shows them");
		return -EINVAL;
	}
	for (size_t i = 0; names->n && i < sizes->ways.n; i++)
		for (unsigned int k = 0; k < names->n; k++)
			if (!strcmp(names->at[k], sizes->ways.at[i].way))
				sizes->ways.at[kept++] = sizes->ways.at[i];
	if (names->n)
		sizes->ways.n = kept;
	return 0;
}

static void print_json(const struct sizes *sizes)
{
	json_t *json = sizes_json(sizes);

	json_dumpf(json, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(json);
}

static int run_sizes(const struct settings *global, const void *given, struct error **err)
{
	const struct sizes_options *o = given;
	CLEANUP_FREE char *dir = path_below(global->top, "impls");
	CLEANUP(cleanup_impl_list_free) struct impl_list *impls = impl_list_load(dir, err);
	CLEANUP(sizes_free) struct sizes sizes = { 0 };
	int rc = impls ? sizes_count(&sizes, impls, err) : -EINVAL;

	if (!rc)
		rc = choose(&sizes, &o->ways, err);
	if (rc)
		return rc;
	if (o->format == SIZES_JSON) {
		print_json(&sizes);
		return 0;
	}
	size_table(stdout, &sizes, NULL, NULL);
	size_table_rule(stdout, sizes.counter);
	if (portability_known(&sizes, NULL, NULL))
		portability_table(stdout, &sizes, NULL, NULL);
	return 0;
}

const struct command command_sizes = {
	.name = "sizes",
	.summary = "count the lines each way is made of",
	.prose = "Counts the lines that each WAY adds to a kernel and needs beside it, from the "
		 "files of its folder, and which of them are for one architecture or version of "
		 "Linux. The rules are in impls/README.md.",
	.options = options,
	.examples = "lobosbench sizes lobos bootimg tkm",
	.size = sizeof(struct sizes_options),
	.run = run_sizes,
};
