// SPDX-License-Identifier: GPL-2.0-only
/*
 * find.c - which kernel a user means by a name
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "find.h"
#include "flat.h"

#define SUFFIX ".lobos"
#define MAX_FOUND 64
#define PATH_BYTES 4096

struct found {
	char *path[MAX_FOUND];
	size_t count;
};

/* %s is the name, in which nothing is special to glob(3). */
static const char *const whole_names[] = {
	"/usr/src/%s/vmlinux", "/usr/src/%s/vmlinux" SUFFIX,
	"/usr/src/linux-%s/vmlinux", "/usr/src/linux-%s/vmlinux" SUFFIX,
	"/boot/%s", "/boot/%s" SUFFIX, "/boot/vmlinux-%s", "/boot/vmlinux-%s" SUFFIX,
};

static const char *const part_names[] = {
	"/usr/src/*%s*/vmlinux", "/usr/src/*%s*/vmlinux" SUFFIX, "/boot/*%s*",
};

static bool is_kernel(const char *path)
{
	unsigned char start[FLAT_START_BYTES];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool is = false;

	if (fd < 0)
		return false;
	if (read(fd, start, sizeof(start)) == (ssize_t)sizeof(start))
		is = flat_is_image(start) || flat_is_elf_kernel(start);
	close(fd);
	return is;
}

static bool same_file(const char *a, const char *b)
{
	struct stat s, t;

	return !stat(a, &s) && !stat(b, &t) && s.st_dev == t.st_dev && s.st_ino == t.st_ino;
}

/* Is @image the image that lies beside the ELF file @elf? */
static bool is_image_of(const char *image, const char *elf)
{
	size_t length = strlen(elf);

	return !strncmp(image, elf, length) && !strcmp(image + length, SUFFIX);
}

/* Puts a path in, unless it or something better is there; it takes the place of what it beats. */
static void add(struct found *found, const char *path)
{
	for (size_t i = 0; i < found->count; i++) {
		if (same_file(found->path[i], path) || is_image_of(found->path[i], path))
			return;
		if (is_image_of(path, found->path[i])) {
			free(found->path[i]);
			found->path[i] = strdup(path);
			return;
		}
	}
	if (found->count < MAX_FOUND)
		found->path[found->count++] = strdup(path);
}

static void search(struct found *found, const char *const *patterns, size_t count,
		   const char *name)
{
	char escaped[PATH_BYTES], pattern[PATH_BYTES + 64];
	size_t n = 0;
	glob_t g;

	for (const char *c = name; *c && n + 2 < sizeof(escaped); c++) {
		if (strchr("*?[\\", *c))
			escaped[n++] = '\\';
		escaped[n++] = *c;
	}
	escaped[n] = '\0';

	for (size_t i = 0; i < count; i++) {
		/* The patterns are constants of this file. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(pattern, sizeof(pattern), patterns[i], escaped);
#pragma GCC diagnostic pop
		if (glob(pattern, 0, NULL, &g))
			continue;
		for (size_t j = 0; j < g.gl_pathc; j++)
			if (is_kernel(g.gl_pathv[j]))
				add(found, g.gl_pathv[j]);
		globfree(&g);
	}
}

static void forget(struct found *found)
{
	for (size_t i = 0; i < found->count; i++)
		free(found->path[i]);
	found->count = 0;
}

char *find_kernel(const char *name)
{
	struct found found = { .count = 0 };

	if (strchr(name, '/'))
		return strdup(name);

	search(&found, whole_names, sizeof(whole_names) / sizeof(whole_names[0]), name);
	if (!found.count)
		search(&found, part_names, sizeof(part_names) / sizeof(part_names[0]), name);

	if (found.count == 1)
		return found.path[0];
	if (!found.count) {
		fprintf(stderr, "lobos: %s: no kernel of that name in /boot or /usr/src; "
			"give its path\n", name);
		return NULL;
	}
	fprintf(stderr, "lobos: %s: may be any of these, say more of the name:\n", name);
	for (size_t i = 0; i < found.count; i++)
		fprintf(stderr, "  %s\n", found.path[i]);
	forget(&found);
	return NULL;
}
