// SPDX-License-Identifier: GPL-2.0-only
/*
 * machines.c - what a command holds while it starts machines
 */
#include <errno.h>

#include "base/folder.h"
#include "machines.h"
#include "store/work.h"

int machines_lock(struct machines *m, const struct settings *global, const char *what,
		  struct error **err)
{
	int rc = folder_make(global->results, err);

	if (rc) {
		error_hint(err, "--results names another folder");
		return rc;
	}
	m->lock = lock_take(global->results, what, err);
	return m->lock ? 0 : -EBUSY;
}

int machines_open(struct machines *m, const struct settings *global, uint64_t space,
		  struct error **err)
{
	unsigned int ended = 0;
	int rc = folder_check_space(global->results, space, err);

	if (rc)
		return rc;
	m->connection = connection_open(global->connect, global->state, err);
	if (!m->connection)
		return -EIO;
	rc = connection_check(m->connection, err);
	if (!rc)
		rc = connection_end_leftovers(m->connection, &ended, err);
	if (rc)
		return rc;
	if (ended)
		fprintf(stderr, "ended %u machine%s that a killed run had left\n", ended,
			ended > 1 ? "s" : "");
	m->work = work_open(global->results, err);
	return m->work ? folder_check_space(m->work, space, err) : -EIO;
}

void machines_close(struct machines *m)
{
	if (m->work)
		folder_remove(m->work);
	free(m->work);
	if (m->connection)
		connection_close(m->connection);
	lock_release(m->lock);
}
