/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dashboard.h - the history of all runs as a folder of pages
 */
#ifndef DASHBOARD_H
#define DASHBOARD_H

#include "analysis/nightly.h"
#include "base/options.h"
#include "store/store.h"

/*
 * dashboard_write() - write the site
 * @nightly:	how to judge; its host and scenarios choose the first page
 * @dir:	absolute; made if it is not there. A folder of the results lets pages lead to
 *		the reports of their runs
 * Return: 0, or a negative errno with *err set.
 */
int dashboard_write(const struct settings *global, struct store *store,
		    const struct nightly_options *nightly, const char *dir, struct error **err);

#endif /* DASHBOARD_H */
