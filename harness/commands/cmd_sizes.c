// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_sizes.c - lobosbench sizes: how many lines each way is made of
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "commands.h"
#include "report/paper_sizes.h"

const char cmd_sizes_help[] =
	"Usage: lobosbench sizes [--format table|json] [WAY]...\n"
	"\n"
	"Counts the lines that each WAY (all of them, if none is named) adds to a kernel and\n"
	"needs beside it, from the files of its folder. The rule is in impls/README.md.\n"
	"\n"
	"  --format FORMAT   table [the default] or json, as a run's provenance has it\n"
	"\n"
	"Example: lobosbench sizes lobos bootimg tkm\n";

static int parse_options(int argc, char **argv, bool *as_json, struct error **err)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		{ 0 }
	};
	int c;

	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'f' && (!strcmp(optarg, "table") || !strcmp(optarg, "json"))) {
			*as_json = !strcmp(optarg, "json");
			continue;
		}
		if (c == 'f')
			return error_set(err, ERROR_USAGE, 0, "--format: \"%s\" is neither table "
					 "nor json", optarg);
		error_set(err, ERROR_USAGE, 0, c == ':' ? "%s needs a value" :
			  "there is no option %s", argv[optind - 1]);
		error_hint(err, "`lobosbench sizes --help` tells the options");
		return -EINVAL;
	}
	return 0;
}

/* Leaves the named ways in the list, in their order there. */
static int choose(struct sizes *sizes, char **names, int n, struct error **err)
{
	size_t kept = 0;

	for (int i = 0; i < n; i++) {
		if (sizes_of(sizes, names[i]))
			continue;
		error_set(err, ERROR_USAGE, 0, "there is no way \"%s\"", names[i]);
		error_hint(err, "`lobosbench list ways` tells them");
		return -EINVAL;
	}
	for (size_t i = 0; n && i < sizes->ways.n; i++)
		for (int k = 0; k < n; k++)
			if (!strcmp(names[k], sizes->ways.at[i].way)) {
				sizes->ways.at[kept++] = sizes->ways.at[i];
				break;
			}
	if (n)
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

int cmd_sizes(const struct settings *global, int argc, char **argv, struct error **err)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *impls = NULL;
	CLEANUP(sizes_free) struct sizes sizes = { 0 };
	CLEANUP_FREE char *dir = NULL;
	bool as_json = false;
	int rc = parse_options(argc, argv, &as_json, err);

	if (rc)
		return rc;
	if (asprintf(&dir, "%s/impls", global->top) < 0)
		abort();
	impls = impl_list_load(dir, err);
	if (!impls)
		return -EINVAL;
	rc = sizes_count(&sizes, impls, err);
	if (!rc)
		rc = choose(&sizes, argv + optind, argc - optind, err);
	if (rc)
		return rc;
	if (as_json) {
		print_json(&sizes);
		return 0;
	}
	size_table(stdout, &sizes, NULL, NULL);
	size_table_rule(stdout, sizes.counter);
	return 0;
}
