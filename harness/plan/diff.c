// SPDX-License-Identifier: GPL-2.0-only
/*
 * diff.c - the lines that a unified diff adds and removes
 *
 * A removed line may begin like the header of a file ("--- "), so only the counts in the
 * header of a hunk say where it ends.
 */
#include "diff.h"

#include <stdlib.h>
#include <string.h>

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* Lines of the old and the new file that a hunk header announces. */
static bool read_hunk(const char *line, long *old, long *new)
{
	char *end;

	*old = 1;
	*new = 1;
	if (!begins(line, "@@ -"))
		return false;
	strtol(line + 4, &end, 10);
	if (*end == ',')
		*old = strtol(end + 1, &end, 10);
	if (!begins(end, " +"))
		return false;
	strtol(end + 2, &end, 10);
	if (*end == ',')
		*new = strtol(end + 1, &end, 10);
	return begins(end, " @@");
}

bool diff_next(struct diff *d, struct diff_line *line)
{
	while (*d->at) {
		*line = (struct diff_line){ d->at, strcspn(d->at, "\n") };
		d->at += line->length;
		d->at += *d->at == '\n';
		if (d->old <= 0 && d->new <= 0) {
			if (read_hunk(line->at, &d->old, &d->new))
				d->hunks++;
			else
				d->old = d->new = 0;
			continue;
		}
		d->old -= *line->at != '+' && *line->at != '\\';
		d->new -= *line->at != '-' && *line->at != '\\';
		if (*line->at == '+' || *line->at == '-')
			return true;
	}
	return false;
}

bool diff_is_whole(const struct diff *d)
{
	return d->hunks && !d->old && !d->new;
}
