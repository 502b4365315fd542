// SPDX-License-Identifier: GPL-2.0-only
/*
 * run_images.c - the files that a scenario boots from
 */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "run_record.h"
#include "vec.h"

static char *path_of(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static char *path_of(const char *fmt, ...)
{
	va_list args;
	char *path;

	va_start(args, fmt);
	if (vasprintf(&path, fmt, args) < 0)
		abort();
	va_end(args);
	return path;
}

/* The one line of a file without its end, or NULL. */
static char *read_line(const char *path)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	CLEANUP_FREE char *line = NULL;
	size_t size = 0;

	if (!f || getline(&line, &size, f) < 0)
		return NULL;
	line[strcspn(line, "\n")] = '\0';
	return steal_ptr(&line);
}

/* Follows links: what is built anew while a run goes on must not change what it boots. */
static void pin(char **path)
{
	char *real = realpath(*path, NULL);

	if (!real)
		return;
	free(*path);
	*path = real;
}

static int missing(const char *path, struct error **err)
{
	int rc = error_set(err, ERROR_HOST, errno ? errno : ENODATA, "%s: not built", path);

	error_hint(err, "`make kernels guest` builds what the machines boot from");
	return rc;
}

/* The images, and what tells the guest what to do, decide what is measured. */
static void list_hashed(struct run_images *images, const struct scenario *scenario)
{
	VEC(char *) paths = { 0 };

	vec_push(&paths, strdup(images->boot));
	vec_push(&paths, strdup(images->root));
	for (unsigned int i = 0; i < scenario->ways_count; i++) {
		char *path = path_of("%s/impl.yaml", scenario->ways[i].impl->dir);
		bool known = false;

		for (size_t k = 0; k < paths.n; k++)
			known |= !strcmp(paths.at[k], path);
		if (known)
			free(path);
		else
			vec_push(&paths, path);
	}
	images->hashed = paths.at;
	images->hashed_count = paths.n;
}

int run_images_find(struct run_images *images, const struct options *global,
		    const struct scenario *scenario, struct error **err)
{
	const char *top = global->top, *kernel = scenario->machine.kernel;
	CLEANUP_FREE char *release = path_of("%s/build/kernels/%s/release", top, kernel);

	images->boot = path_of("%s/build/guest/%s/boot.img", top, kernel);
	images->root = path_of("%s/build/guest/root.img", top);
	errno = 0;
	if (access(images->boot, R_OK))
		return missing(images->boot, err);
	if (access(images->root, R_OK))
		return missing(images->root, err);
	errno = 0;
	images->kernel_release = read_line(release);
	if (!images->kernel_release)
		return missing(release, err);
	list_hashed(images, scenario);
	pin(&images->boot);
	pin(&images->root);
	return 0;
}

void run_images_free(struct run_images *images)
{
	for (unsigned int i = 0; i < images->hashed_count; i++)
		free(images->hashed[i]);
	free(images->hashed);
	free(images->boot);
	free(images->root);
	free(images->kernel_release);
}
