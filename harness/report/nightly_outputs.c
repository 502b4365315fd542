// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_outputs.c - the files of a night's judgement
 */
#include "nightly_outputs.h"

#include <errno.h>
#include <sys/stat.h>

static const struct output {
	const char *name;
	void (*write)(FILE *f, const struct nightly *n);
} outputs[] = {
	{ "junit.xml", junit_write },
	{ "metrics.txt", openmetrics_write },
	{ "nightly.json", nightly_json_write },
	{ "summary.md", nightly_summary_write },
};

/* Beside its place and then moved there, so that a reader never meets half of one. */
static int write_one(const struct nightly *n, const struct output *output, const char *dir,
		     struct error **err)
{
	CLEANUP_FREE char *path = NULL, *beside = NULL;
	FILE *f;
	int rc;

	if (asprintf(&path, "%s/%s", dir, output->name) < 0 ||
	    asprintf(&beside, "%s.new", path) < 0)
		abort();
	f = fopen(beside, "we");
	if (!f)
		return error_set(err, ERROR_HOST, errno, "%s", beside);
	output->write(f, n);
	rc = ferror(f) ? EIO : 0;
	if (fclose(f) != 0 && !rc)
		rc = errno;
	if (!rc && rename(beside, path) != 0)
		rc = errno;
	if (!rc)
		return 0;
	unlink(beside);
	return error_set(err, ERROR_HOST, rc, "%s", path);
}

/**
 * nightly_outputs_write() - write all forms of a night's judgement
 * @n:		the judgement
 * @dir:	made if it is not there; older files of the same names are replaced
 * @err:	set on failure
 *
 * Return: 0, or a negative errno with *err set; what could be written stays.
 */
int nightly_outputs_write(const struct nightly *n, const char *dir, struct error **err)
{
	int rc = 0;

	if (mkdir(dir, 0777) != 0 && errno != EEXIST)
		return error_set(err, ERROR_HOST, errno, "cannot make the folder %s", dir);
	for (size_t i = 0; !rc && i < sizeof(outputs) / sizeof(outputs[0]); i++)
		rc = write_one(n, &outputs[i], dir, err);
	return rc;
}
