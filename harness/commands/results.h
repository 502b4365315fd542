/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * results.h - the database of the results folder
 */
#ifndef RESULTS_H
#define RESULTS_H

#include "base/options.h"
#include "store/store.h"

/* Its path, to be freed. */
char *results_database(const struct settings *global);

/* Opens it to be read. Return: to be closed with store_close(), or NULL with *err set. */
struct store *results_open(const struct settings *global, struct error **err);

/* Entry of an option table: the argument RUN, for results_run(). */
#define RESULTS_RUN(offset) \
	{ "RUN", NULL, "a run's name or folder, or latest (the newest)", OPTION_TEXT, .to = offset }

/*
 * results_run() - the run that a user means
 * @name:	as find_run() takes it
 * @store:	set to the open database, or NULL; to be closed with store_close()
 * @run:	to be freed with run_row_free()
 * Return: 0, or a negative errno with *err set.
 */
int results_run(const struct settings *global, const char *name, struct store **store,
		struct run_row *run, struct error **err);

#endif /* RESULTS_H */
