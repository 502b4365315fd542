// SPDX-License-Identifier: GPL-2.0-only
/*
 * shard.c - which part of a run one host runs
 */
#include "shard.h"

#include <ctype.h>
#include <stdlib.h>

/* A number from 1 at *text, which is moved behind it; 0 for anything else. */
static int take_number(const char **text)
{
	char *end;
	long number;

	if (!isdigit((unsigned char)**text))
		return 0;
	number = strtol(*text, &end, 10);
	*text = end;
	return number <= SHARD_MOST ? (int)number : 0;
}

bool shard_read(const char *text, struct shard *shard)
{
	struct shard read = { 0 };

	*shard = (struct shard){ .number = 1, .of = 1 };
	if (!text)
		return true;
	read.number = take_number(&text);
	if (*text++ != '/')
		return false;
	read.of = take_number(&text);
	if (*text || !read.number || read.number > read.of)
		return false;
	*shard = read;
	return true;
}

bool shard_is_part(const struct shard *shard)
{
	return shard->of > 1;
}

bool shard_has(const struct shard *shard, int block)
{
	return !shard_is_part(shard) || block % shard->of == shard->number - 1;
}
