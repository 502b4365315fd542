// SPDX-License-Identifier: GPL-2.0-only
/*
 * syscall.c - lobos(2): boot the kernel in a file, or say why not
 *
 * Like kexec, lobos(2) neither syncs nor unmounts file systems: whoever calls it
 * has done so. Unlike kexec it loads and boots in one call.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kexec.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/reboot_marks.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/suspend.h>
#include <linux/syscalls.h>
#include <asm/setup.h>

#include "internal.h"

static DEFINE_MUTEX(lobos_mutex);

/*
 * The same three questions as kexec_load(2), in the same order. The answer to
 * the first is rate limited because anybody can ask.
 */
static int check_permission(void)
{
	int error;

	if (!capable(CAP_SYS_BOOT)) {
		pr_err_ratelimited("refused (error %d): %s[%d] lacks CAP_SYS_BOOT\n",
				   EPERM, current->comm, task_pid_nr(current));
		return -EPERM;
	}
	if (kexec_load_disabled)
		return lobos_refuse(-EPERM, "kernel.kexec_load_disabled is set");

	error = security_locked_down(LOCKDOWN_KEXEC);
	if (error)
		return lobos_refuse(error, "the kernel is locked down");
	return 0;
}

/*
 * O_NONBLOCK: opening a FIFO must not wait for a writer.
 */
static struct file *open_image(struct filename *path)
{
	return file_open_name(path, O_RDONLY | O_LARGEFILE | O_NONBLOCK | O_NOCTTY, 0);
}

static int prepare_log(struct lobos_image *image)
{
	image->log = kvmalloc(lobos_safe.log_bytes, GFP_KERNEL);
	if (!image->log)
		return lobos_refuse(-ENOMEM, "%s: no memory for the log", image->name);
	return 0;
}

static int stage(struct lobos_image *image, struct file *file, const char *command_line)
{
	int error;

	reboot_mark(REBOOT_MARK_LOAD_BEGIN);
	error = lobos_image_read(image, file);
	if (!error)
		error = lobos_arch_prepare(image, command_line);
	if (!error)
		error = prepare_log(image);
	reboot_mark(REBOOT_MARK_LOAD_END);
	return error;
}

/*
 * All that can fail happens here, in stage(). The transition mutex is the one
 * that reboot(2) and suspend hold: with it nobody else is shutting devices down.
 */
static int boot_file(struct file *file, const char *name, const char *command_line)
{
	struct lobos_image image = { .name = name };
	int error;

	if (!mutex_trylock(&lobos_mutex))
		return lobos_refuse(-EBUSY, "%s: another call is under way", name);

	error = stage(&image, file, command_line);
	if (error)
		goto free_image;

	if (!mutex_trylock(&system_transition_mutex)) {
		error = lobos_refuse(-EBUSY, "%s: a reboot or suspend is under way", name);
		goto free_image;
	}

	/* The point up to which one could turn back. */
	lobos_commit(&image);

free_image:
	lobos_image_free(&image);
	mutex_unlock(&lobos_mutex);
	return error;
}

int lobos_boot(struct filename *path, const char *command_line)
{
	struct file *file;
	int error;

	if (strlen(command_line) >= COMMAND_LINE_SIZE)
		return lobos_refuse(-E2BIG, "command line longer than %d bytes",
				    COMMAND_LINE_SIZE - 1);

	file = open_image(path);
	if (IS_ERR(file))
		return lobos_refuse(PTR_ERR(file), "%s cannot be opened", path->name);

	error = boot_file(file, path->name, command_line);
	fput(file);
	return error;
}

/* Return: a copy that the caller frees, or an error that has been printed */
static char *get_command_line(const char __user *user)
{
	char *copy;

	if (!user) {
		copy = lobos_running_command_line();
		if (!copy)
			return ERR_PTR(lobos_refuse(-ENOMEM, "no memory for the command line"));
		return copy;
	}

	/* strndup_user() counts the final NUL, and says EINVAL if it is farther away. */
	copy = strndup_user(user, COMMAND_LINE_SIZE);
	if (copy == ERR_PTR(-EINVAL))
		return ERR_PTR(lobos_refuse(-E2BIG, "command line longer than %d bytes",
					    COMMAND_LINE_SIZE - 1));
	if (IS_ERR(copy))
		return ERR_PTR(lobos_refuse(PTR_ERR(copy), "command line cannot be read"));
	return copy;
}

/*
 * @path: an image as <linux/lobos.h> describes it
 * @command_line: for the new kernel; NULL: the one of this kernel
 * @flags: 0, which leaves room for future extensions
 *
 * impls/lobos/README.md lists what each errno means.
 */
SYSCALL_DEFINE3(lobos, const char __user *, path, const char __user *, command_line,
		unsigned int, flags)
{
	struct filename *name;
	char *copy;
	int error;

	error = check_permission();
	if (error)
		return error;
	if (flags)
		return lobos_refuse(-EINVAL, "flags %#x are not known", flags);

	name = getname(path);
	if (IS_ERR(name))
		return lobos_refuse(PTR_ERR(name), "path cannot be read or used");

	copy = get_command_line(command_line);
	if (IS_ERR(copy)) {
		error = PTR_ERR(copy);
		goto put_name;
	}

	error = lobos_boot(name, copy);
	kfree(copy);
put_name:
	putname(name);
	return error;
}

int lobos_boot_path(const char *path, const char *command_line)
{
	struct filename *name;
	int error;

	error = check_permission();
	if (error)
		return error;

	name = getname_kernel(path);
	if (IS_ERR(name))
		return lobos_refuse(PTR_ERR(name), "path cannot be used");

	error = lobos_boot(name, command_line);
	putname(name);
	return error;
}
