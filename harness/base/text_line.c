// SPDX-License-Identifier: GPL-2.0-only
/*
 * text_line.c - the lines of a text, one by one
 */
#include "text_line.h"

#include <stdlib.h>
#include <string.h>

bool text_line_next(const char **text, char **line)
{
	size_t length = strcspn(*text, "\n");

	free(*line);
	*line = NULL;
	if (!(*text)[length])
		return false;
	*line = strndup(*text, length);
	if (!*line)
		abort();
	*text += length + 1;
	return true;
}
