// SPDX-License-Identifier: GPL-2.0-only
/*
 * gnuplot.c - the one place that starts gnuplot
 */
#include "gnuplot.h"

#include <errno.h>

#include "base/folder.h"
#include "base/subprocess.h"

void gnuplot_put_word(FILE *f, const char *text)
{
	fputc('\'', f);
	for (; *text; text++) {
		if (*text == '\'')
			fputc('\'', f);
		fputc(*text == '\n' ? ' ' : *text, f);
	}
	fputc('\'', f);
}

void gnuplot_put_column(FILE *f, const char *text)
{
	fputc('"', f);
	for (; *text; text++)
		fputc(*text == '"' || *text == '\\' || (unsigned char)*text < 0x20 ? ' ' : *text,
		      f);
	fputc('"', f);
}

int gnuplot_run(const char *dir, const char *script, struct error **err)
{
	/* As a file, so that it counts the lines it complains about. */
	static const char *const argv[] = { "gnuplot", "/dev/stdin", NULL };
	CLEANUP_FREE char *whole = NULL;
	size_t size;
	FILE *f = open_memstream(&whole, &size);
	int rc;

	if (!f)
		abort();
	fputs("cd ", f);
	gnuplot_put_word(f, dir);
	/* On the same line, so that the lines of the script keep their numbers. */
	fprintf(f, "; %s\n", script);
	if (fclose(f) != 0)
		abort();
	if (access(dir, X_OK))
		return error_set(err, ERROR_HOST, errno, "%s", dir);
	rc = subprocess_feed(argv, whole, NULL, err);
	if (rc == -ENOENT)
		error_hint(err, "gnuplot is in Debian's package gnuplot-nox");
	/* It ends well even if it could not write a byte. */
	if (!rc && folder_is_full(dir))
		rc = error_set(err, ERROR_HOST, ENOSPC, "gnuplot cannot write");
	return rc ? folder_blame(dir, err) : 0;
}
