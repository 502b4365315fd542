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

/**
 * output_file_open() - begin a file
 * @o:		filled; to be ended with output_file_close()
 * @dir:	exists
 * @name:	below it
 * @err:	set on failure
 *
 * Return: 0, or a negative errno with *err set; then there is nothing to close.
 */
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

/**
 * output_file_close() - end a file and put it in its place
 * @o:		opened; empty afterwards
 * @err:	set on failure
 *
 * Return: 0, or a negative errno with *err set: then what stood there before still does.
 */
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

/**
 * output_file_drop() - end a file that is not to be
 * @o:	opened; empty afterwards
 */
void output_file_drop(struct output_file *o)
{
	fclose(o->f);
	unlink(o->beside);
	forget(o);
}

/**
 * output_folder() - make a folder if it is not there
 * @path:	its parent exists
 * @err:	set on failure
 *
 * Return: 0, or a negative errno with *err set.
 */
int output_folder(const char *path, struct error **err)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return 0;
	return error_set(err, ERROR_HOST, errno, "cannot make the folder %s", path);
}
