// SPDX-License-Identifier: GPL-2.0-only
/*
 * results.c - the database of the results folder
 */
#include <errno.h>

#include "base/path.h"
#include "results.h"
#include "store/find.h"

char *results_database(const struct settings *global)
{
	return path_below(global->results, "lobosbench.db");
}

struct store *results_open(const struct settings *global, struct error **err)
{
	CLEANUP_FREE char *path = results_database(global);

	return store_open(path, true, err);
}

int results_run(const struct settings *global, const char *name, struct store **store,
		struct run_row *run, struct error **err)
{
	*store = results_open(global, err);
	return *store ? find_run(*store, global->results, name, run, err) : -EIO;
}
