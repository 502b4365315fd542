// SPDX-License-Identifier: GPL-2.0-only
/*
 * images.c - the files that the machines of a scenario boot from
 */
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "base/vec.h"
#include "image_extent.h"
#include "images.h"
#include "revision.h"

#define PAGE_BYTES 4096

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

typedef VEC(char *) path_vec;

/* Takes the path, unless it is there already. */
static void add_path(path_vec *to, char *path)
{
	for (size_t i = 0; i < to->n; i++) {
		if (strcmp(to->at[i], path))
			continue;
		free(path);
		return;
	}
	vec_push(to, path);
}

/* The folder of the checkout or the revision that a way is built from. */
static const char *top_of(const struct scenario_way *way, const struct settings *global)
{
	return way->unpacked ? way->unpacked->top : global->top;
}

/* What a way that starts the kernel itself has to copy at least: all but the bss, in whole pages. */
static uint64_t kernel_bytes(const char *vmlinux)
{
	CLEANUP_ERROR struct error *unknown = NULL;
	struct image_extent image;

	if (image_extent(vmlinux, &image, &unknown))
		return 0;
	return (image.filled - image.start + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

/* Each architecture has its root. Revisions from before there were two have one, elsewhere. */
static char *root_image(const char *top, const char *arch)
{
	char *root = text_format("%s/build/guest/root-%s/root.img", top, arch);
	CLEANUP_FREE char *only = text_format("%s/build/guest/root.img", top);

	if (!access(root, F_OK) || access(only, F_OK))
		return root;
	free(root);
	return steal_ptr(&only);
}

/* An architecture alone is a link to the folder of one version. */
static char *build_name(const char *top, const char *kernel)
{
	CLEANUP_FREE char *path = text_format("%s/build/kernels/%s", top, kernel);
	char link[64];
	ssize_t n = readlink(path, link, sizeof(link));

	if (n <= 0 || n == sizeof(link) || memchr(link, '/', n))
		return text_format("%s", kernel);
	return text_format("%.*s", (int)n, link);
}

static int find_firmware(struct image_set *set, struct error **err)
{
	const char *const files[] = { UEFI_CODE, UEFI_VARIABLES };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (!access(files[i], R_OK))
			continue;
		error_set(err, ERROR_HOST, errno, "%s: UEFI firmware for the machines", files[i]);
		error_hint(err, "./install-packages installs it");
		return -ENOENT;
	}
	set->firmware = UEFI_CODE;
	set->variables = UEFI_VARIABLES;
	return 0;
}

static int find_set(struct image_set *set, const char *top, const struct scenario_machine *m,
		    struct error **err)
{
	CLEANUP_FREE char *vmlinux = text_format("%s/build/kernels/%s/vmlinux", top, m->kernel);
	CLEANUP_FREE char *release = text_format("%s/build/kernels/%s/release", top, m->kernel);
	bool uefi = m->firmware == FIRMWARE_UEFI;

	if (uefi && find_firmware(set, err))
		return -ENOENT;
	set->boot = text_format("%s/build/guest/%s/boot%s.img", top, m->kernel, uefi ? "-uefi" : "");
	set->root = root_image(top, m->arch);
	errno = 0;
	if (access(set->boot, R_OK))
		return missing(set->boot, err);
	if (access(set->root, R_OK))
		return missing(set->root, err);
	set->build = build_name(top, m->kernel);
	errno = 0;
	set->kernel_bytes = kernel_bytes(vmlinux);
	errno = 0;
	set->kernel_release = file_first_line(release);
	return set->kernel_release ? 0 : missing(release, err);
}

/* The number of a kernel among those of the set; added, when it is not there yet. */
static int find_kernel(struct image_set *set, const char *top, const struct scenario_machine *m,
		       const char *kernel, unsigned int *number, struct error **err)
{
	struct scenario_machine other = *m;
	struct image_set found = { 0 };
	struct image_chain *chain = &set->chain;
	CLEANUP_FREE char *build = build_name(top, kernel);
	int rc;

	*number = 0;
	if (!strcmp(build, set->build))
		return 0;
	for (*number = 1; *number <= chain->others_count; ++*number)
		if (!strcmp(build, chain->others[*number - 1].build))
			return 0;
	other.kernel = (char *)kernel;
	rc = find_set(&found, top, &other, err);
	chain->others[chain->others_count++] = (struct image_kernel){
		.boot = found.boot, .build = found.build, .release = found.kernel_release,
		.bytes = found.kernel_bytes,
	};
	free(found.root);
	return rc;
}

static int find_chain(struct image_set *set, const char *top, const struct scenario *s,
		      struct error **err)
{
	struct image_chain *chain = &set->chain;
	int rc = 0;

	for (unsigned int i = 0; !rc && i < s->chain.kernels_count; i++)
		rc = find_kernel(set, top, &s->machine, s->chain.kernels[i],
				 &chain->order[chain->order_count++], err);
	return rc;
}

int images_find(struct images *images, const struct settings *global,
		const struct scenario *scenario, struct error **err)
{
	path_vec disks = { 0 }, impls = { 0 };
	int rc = 0;

	images->ways = scenario->ways_count;
	images->of = calloc(images->ways, sizeof(*images->of));
	if (!images->of)
		abort();
	for (unsigned int i = 0; !rc && i < images->ways; i++) {
		const struct scenario_way *way = &scenario->ways[i];
		struct image_set *set = &images->of[i];

		rc = find_set(set, top_of(way, global), &scenario->machine, err);
		if (!rc)
			rc = find_chain(set, top_of(way, global), scenario, err);
		if (rc)
			break;
		/* The images, and what tells the guest what to do, decide what is measured. */
		add_path(&disks, strdup(set->boot));
		for (unsigned int k = 0; k < set->chain.others_count; k++) {
			add_path(&disks, strdup(set->chain.others[k].boot));
			pin(&set->chain.others[k].boot);
		}
		add_path(&disks, strdup(set->root));
		if (set->firmware) {
			add_path(&disks, strdup(set->firmware));
			add_path(&disks, strdup(set->variables));
		}
		add_path(&impls, text_format("%s/impl.yaml", way->impl->dir));
		pin(&set->boot);
		pin(&set->root);
	}
	for (size_t i = 0; i < impls.n; i++)
		vec_push(&disks, impls.at[i]);
	vec_free(&impls);
	images->hashed = disks.at;
	images->hashed_count = disks.n;
	return rc;
}

static void free_chain(struct image_chain *chain)
{
	for (unsigned int i = 0; i < chain->others_count; i++) {
		free(chain->others[i].boot);
		free(chain->others[i].build);
		free(chain->others[i].release);
	}
}

void images_free(struct images *images)
{
	for (unsigned int i = 0; i < images->hashed_count; i++)
		free(images->hashed[i]);
	free(images->hashed);
	for (unsigned int i = 0; images->of && i < images->ways; i++) {
		free(images->of[i].boot);
		free(images->of[i].root);
		free(images->of[i].build);
		free(images->of[i].kernel_release);
		free_chain(&images->of[i].chain);
	}
	free(images->of);
}
