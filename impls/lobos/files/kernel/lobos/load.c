// SPDX-License-Identifier: GPL-2.0-only
/*
 * load.c - images staged, kept for a later call, and booted
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/mutex.h>
#include <linux/reboot_marks.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/setup.h>

#include "internal.h"

static DEFINE_MUTEX(lobos_mutex);

/* What a later call boots, or NULL. */
static struct lobos_image *loaded;

bool lobos_is_loaded(void)
{
	return READ_ONCE(loaded);
}

static int check_sums(const struct lobos_part *part, const char *wrong)
{
	struct lobos_sums sums;

	lobos_part_sum(part, &sums);
	if (memcmp(&sums, &part->sums, sizeof(sums)))
		return lobos_refuse(-EBADMSG, "%s %s", part->name, wrong);
	return 0;
}

/*
 * Where everything goes is settled before the first page is read, because no
 * page may lie there.
 */
static int read_parts(struct lobos_image *image, const struct lobos_request *request)
{
	int error;

	error = lobos_image_open(image, &request->kernel);
	if (error)
		return error;
	if (request->ramdisk.handle) {
		error = lobos_ramdisk_open(image, &request->ramdisk);
		if (error)
			return error;
	}
	error = lobos_arch_check(image);
	if (error)
		return error;

	error = lobos_part_read(image, &image->kernel, PHYS_PFN(LOBOS_HEADER_BYTES));
	if (error)
		return error;
	error = check_sums(&image->kernel, "has other checksums than its header says");
	if (error || !request->ramdisk.handle)
		return error;

	/* A RAM disk says nothing of itself: it is as it was read, or not. */
	error = lobos_part_read(image, &image->ramdisk, 0);
	if (!error)
		lobos_part_sum(&image->ramdisk, &image->ramdisk.sums);
	return error;
}

/* The running kernel's can be longer than what a boot loader may pass on. */
static int set_command_line(struct lobos_image *image, const char *command_line)
{
	const char *copy;

	if (strlen(command_line) >= COMMAND_LINE_SIZE)
		return lobos_refuse(-E2BIG, "command line longer than %d bytes",
				    COMMAND_LINE_SIZE - 1);
	copy = kstrdup(command_line, GFP_KERNEL);
	if (!copy)
		return lobos_refuse(-ENOMEM, "no memory for the command line");
	image->command_line = copy;
	return 0;
}

static void free_image(struct lobos_image *image)
{
	if (!image)
		return;
	lobos_part_free(&image->kernel);
	lobos_part_free(&image->ramdisk);
	lobos_free_pages(&image->tables);
	lobos_free_pages(&image->rejects);
	kvfree(image->log);
	kfree(image->command_line);
	kfree(image);
}

/* Return: an image that the caller frees, or an error that has been printed */
static struct lobos_image *stage(const struct lobos_request *request)
{
	struct lobos_image *image = kzalloc(sizeof(*image), GFP_KERNEL);
	int error;

	if (!image)
		return ERR_PTR(lobos_refuse(-ENOMEM, "no memory"));
	INIT_LIST_HEAD(&image->tables);
	INIT_LIST_HEAD(&image->rejects);
	image->hints = request->hints;
	error = set_command_line(image, request->command_line);
	if (error)
		goto free_image;

	reboot_mark(REBOOT_MARK_LOAD_BEGIN);
	error = read_parts(image, request);
	reboot_mark(REBOOT_MARK_LOAD_END);
	if (error)
		goto free_image;

	/* Nothing depends on the files any more. */
	lobos_part_close(&image->kernel);
	lobos_part_close(&image->ramdisk);
	lobos_free_pages(&image->rejects);
	return image;

free_image:
	free_image(image);
	return ERR_PTR(error);
}

/* Returns only if the boot is refused. */
static int leave(struct lobos_image *image)
{
	int error;

	error = lobos_arch_prepare(image);
	/* All pages that the copy reads are there. */
	lobos_free_pages(&image->rejects);
	if (error)
		return error;
	if (!image->log)
		image->log = kvmalloc(lobos_safe.log_bytes, GFP_KERNEL);
	if (!image->log)
		return lobos_refuse(-ENOMEM, "%s: no memory for the log", image->kernel.name);
	if (!lobos_hold_transitions())
		return lobos_refuse(-EBUSY, "%s: a reboot or suspend is under way",
				    image->kernel.name);

	/* The point up to which one could turn back. */
	lobos_commit(image);
	return 0;
}

static int begin(void)
{
	if (!mutex_trylock(&lobos_mutex))
		return lobos_refuse(-EBUSY, "another call is under way");
	return 0;
}

int lobos_boot(const struct lobos_request *request)
{
	struct lobos_image *image;
	int error;

	error = begin();
	if (error)
		return error;

	image = stage(request);
	if (IS_ERR(image)) {
		error = PTR_ERR(image);
	} else {
		error = leave(image);
		free_image(image);
	}
	mutex_unlock(&lobos_mutex);
	return error;
}

/* Caller holds lobos_mutex. */
static void keep(struct lobos_image *image)
{
	struct lobos_image *old = loaded;

	WRITE_ONCE(loaded, image);
	free_image(old);
}

int lobos_load(const struct lobos_request *request)
{
	struct lobos_image *image;
	int error;

	error = begin();
	if (error)
		return error;

	image = stage(request);
	if (IS_ERR(image))
		error = PTR_ERR(image);
	else
		keep(image);
	mutex_unlock(&lobos_mutex);
	return error;
}

int lobos_unload(void)
{
	int error;

	error = begin();
	if (error)
		return error;
	keep(NULL);
	mutex_unlock(&lobos_mutex);
	return 0;
}

/* Memory that lay there for long may have been written to by what had no right to. */
static int check_loaded(void)
{
	int error;

	if (!loaded)
		return lobos_refuse(-ENOENT, "nothing is loaded");
	lobos_test_stray(&loaded->kernel);
	error = check_sums(&loaded->kernel, "has changed in memory since it was loaded");
	if (!error)
		error = check_sums(&loaded->ramdisk, "has changed in memory since it was loaded");
	return error;
}

/* If it is refused, what is loaded is as it was, its command line too. */
static int boot_loaded(const char *command_line)
{
	const char *own;
	int error;

	error = check_loaded();
	if (error)
		return error;
	own = loaded->command_line;
	if (command_line)
		loaded->command_line = command_line;
	error = leave(loaded);
	loaded->command_line = own;
	return error;
}

int lobos_boot_loaded(const char *command_line)
{
	int error;

	error = begin();
	if (error)
		return error;
	error = boot_loaded(command_line);
	mutex_unlock(&lobos_mutex);
	return error;
}
