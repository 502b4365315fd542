// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_group.c - what there is of each way in each run
 */
#include "store_private.h"

int store_groups(struct store *s, group_vec *to, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "SELECT run.name, way, variant, kernel, revision, count(*)"
			       " FROM sample JOIN run ON run.name = sample.run"
			       " WHERE run.state = 'complete'"
			       " GROUP BY run.id, way, variant, kernel, revision"
			       " ORDER BY run.id, way, variant, kernel, revision", &q, err);

	if (rc)
		return rc;
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct group_row g = { .samples = (size_t)sqlite3_column_int64(q, 5) };

		store_column_text(q, 0, g.run, sizeof(g.run));
		store_column_text(q, 1, g.way, sizeof(g.way));
		store_column_text(q, 2, g.variant, sizeof(g.variant));
		store_column_text(q, 3, g.kernel, sizeof(g.kernel));
		store_column_text(q, 4, g.revision, sizeof(g.revision));
		vec_push(to, g);
	}
	return rc == SQLITE_DONE ? 0 : store_error(s, "read the groups of samples", err);
}
