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

#endif /* RESULTS_H */
