// SPDX-License-Identifier: GPL-2.0-only
/*
 * output_file.c - a file that readers see whole or not at all
 */
#include "output_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static void forget(struct output_file *o)
{
	free(o->path);
	free(o->beside);
	memset(o, 0, sizeof(*o));
}

int output_file_open(struct output_file *o, const char *dir, const char *name, struct error **err)
{
	int rc;

	memset(o, 0, sizeof(*o));
	if (asprintf(&o->path, "%s/%s", dir, name) < 0 ||
	    asprintf(&o->beside, "%s.new", o->path) < 0)
		abort();
	o->f = fopen(o->beside, "we");
	if (o->f)
		return 0;
	rc = error_set(err, ERROR_HOST, errno, "%s", o->beside);
	forget(o);
	return rc;
}

int output_file_close(struct output_file *o, struct error **err)
{
	int rc = ferror(o->f) ? EIO : 0;

	if (fclose(o->f) != 0 && !rc)
		rc = errno;
	if (!rc && rename(o->beside, o->path) != 0)
		rc = errno;
	if (rc) {
		unlink(o->beside);
		rc = error_set(err, ERROR_HOST, rc, "%s", o->path);
	}
	forget(o);
	return rc;
}

void output_file_drop(struct output_file *o)
{
	fclose(o->f);
	unlink(o->beside);
	forget(o);
}

int output_folder(const char *path, struct error **err)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return 0;
	return error_set(err, ERROR_HOST, errno, "cannot make the folder %s", path);
}
