// SPDX-License-Identifier: GPL-2.0-only
/*
 * env_block.c - the environment block in which GRUB keeps variables
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "env_block.h"

struct writer {
	char block[ENV_BLOCK_BYTES];
	size_t used;
	bool full;
};

static void put(struct writer *w, const char *bytes, size_t length)
{
	if (length > ENV_BLOCK_BYTES - w->used) {
		w->full = true;
		return;
	}
	memcpy(w->block + w->used, bytes, length);
	w->used += length;
}

/* Copies the old lines but the one of that name, up to the filling. */
static void put_others(struct writer *w, const char *block, const char *name)
{
	const char *end = block + ENV_BLOCK_BYTES, *at = block + strlen(ENV_BLOCK_SIGNATURE);
	size_t length = strlen(name);

	while (at < end && *at != '#') {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *next = newline ? newline + 1 : end;

		if ((size_t)(next - at) <= length || memcmp(at, name, length) || at[length] != '=')
			put(w, at, (size_t)(next - at));
		at = next;
	}
}

int env_block_set(char *block, const char *name, const char *value)
{
	struct writer w = { .used = 0 };

	if (memcmp(block, ENV_BLOCK_SIGNATURE, strlen(ENV_BLOCK_SIGNATURE)))
		return -EINVAL;
	if (!*name || strpbrk(name, "=\n#") || strchr(value, '\n'))
		return -EINVAL;
	put(&w, ENV_BLOCK_SIGNATURE, strlen(ENV_BLOCK_SIGNATURE));
	put_others(&w, block, name);
	put(&w, name, strlen(name));
	put(&w, "=", 1);
	for (; *value; value++) {
		if (*value == '\\')
			put(&w, "\\", 1);
		put(&w, value, 1);
	}
	put(&w, "\n", 1);
	if (w.full)
		return -ENOSPC;
	memset(w.block + w.used, '#', ENV_BLOCK_BYTES - w.used);
	memcpy(block, w.block, ENV_BLOCK_BYTES);
	return 0;
}
