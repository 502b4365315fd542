// SPDX-License-Identifier: GPL-2.0-only
/*
 * results.c - the database of the results folder
 */
#include "base/path.h"
#include "results.h"

char *results_database(const struct settings *global)
{
	return path_below(global->results, "lobosbench.db");
}

struct store *results_open(const struct settings *global, struct error **err)
{
	CLEANUP_FREE char *path = results_database(global);

	return store_open(path, true, err);
}
