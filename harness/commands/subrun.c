// SPDX-License-Identifier: GPL-2.0-only
/*
 * subrun.c - `lobosbench run` as a process of its own
 */
#include <errno.h>

#include "base/child.h"
#include "subrun.h"

int subrun(const struct settings *global, const char *results, const char *scenario, int *status,
	   struct error **err)
{
	const char *const argv[] = {
		"/proc/self/exe", "--top", global->top, "--results", results, "--state",
		global->state, "run", scenario, global->connect ? "--connect" : NULL,
		global->connect, NULL,
	};
	int rc = child_run(argv, NULL, status, err);

	if (rc || (*status != ERROR_INTERRUPTED && *status <= 128))
		return rc;
	rc = error_set(err, ERROR_INTERRUPTED, EINTR, "interrupted");
	error_hint(err, "the same command again goes on from there");
	return rc;
}
