// SPDX-License-Identifier: GPL-2.0-only
/*
 * syscall.c - lobos(2): boot the kernel in a file, or say why not
 *
 * Like kexec, lobos(2) neither syncs nor unmounts file systems: whoever calls it
 * has done so. Unlike kexec it can load and boot in one call.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kexec.h>
#include <linux/printk.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/version.h>
#include <asm/setup.h>

#include "internal.h"

/* Newer kernels also count how often a kernel may be loaded. */
#if KERNEL_VERSION(6, 3, 0) > LINUX_VERSION_CODE
#define kexec_load_permitted(type) (!kexec_load_disabled)
#endif

#define ALL_FLAGS	(LOBOS_LOAD | LOBOS_UNLOAD | LOBOS_RAMDISK | LOBOS_HINTS)

/*
 * The same three questions as kexec_load(2), in the same order. The answer to
 * the first is rate limited because anybody can ask.
 */
int lobos_check_permission(void)
{
	int error;

	if (!capable(CAP_SYS_BOOT)) {
		pr_err_ratelimited("refused (error %d): %s[%d] lacks CAP_SYS_BOOT\n",
				   EPERM, current->comm, task_pid_nr(current));
		return -EPERM;
	}
	if (!kexec_load_permitted(KEXEC_TYPE_DEFAULT))
		return lobos_refuse(-EPERM, "kernel.kexec_load_disabled is set");

	error = security_locked_down(LOCKDOWN_KEXEC);
	if (error)
		return lobos_refuse(error, "the kernel is locked down");
	return 0;
}

/* A call without a path is for what is loaded; the RAM disk was loaded with it. */
static int check_flags(unsigned int flags, bool has_path)
{
	if (flags & ~ALL_FLAGS)
		return lobos_refuse(-EINVAL, "flags %#x are not known", flags);
	if (flags & LOBOS_UNLOAD && (flags != LOBOS_UNLOAD || has_path))
		return lobos_refuse(-EINVAL, "flags %#x and a path exclude each other", flags);
	if (flags & (LOBOS_LOAD | LOBOS_RAMDISK | LOBOS_HINTS) && !has_path)
		return lobos_refuse(-EINVAL, "flags %#x need a path", flags);
	return 0;
}

/* Return: 0 with a path in @source that the caller puts, or an errno that has been printed */
static int get_path(struct lobos_source *source, const char __user *user)
{
	struct filename *path = getname(user);

	if (IS_ERR(path))
		return lobos_refuse(PTR_ERR(path), "path cannot be read or used");
	source->name = path->name;
	source->handle = path;
	return 0;
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

/* Without a command line what is loaded keeps the one that it was loaded with. */
static int boot_loaded(const char __user *user)
{
	char *command_line = NULL;
	int error;

	if (user) {
		command_line = get_command_line(user);
		if (IS_ERR(command_line))
			return PTR_ERR(command_line);
	}
	error = lobos_boot_loaded(command_line);
	kfree(command_line);
	return error;
}

static int boot_or_load(const char __user *path, const char __user *command_line,
			unsigned int flags, const char __user *ramdisk)
{
	struct lobos_request request = { .hints = flags & LOBOS_HINTS };
	char *copy;
	int error;

	error = get_path(&request.kernel, path);
	if (error)
		return error;
	if (flags & LOBOS_RAMDISK) {
		error = get_path(&request.ramdisk, ramdisk);
		if (error)
			goto put_path;
	}
	copy = get_command_line(command_line);
	if (IS_ERR(copy)) {
		error = PTR_ERR(copy);
		goto put_ramdisk;
	}

	request.command_line = copy;
	error = flags & LOBOS_LOAD ? lobos_load(&request) : lobos_boot(&request);
	kfree(copy);
put_ramdisk:
	if (request.ramdisk.handle)
		putname(request.ramdisk.handle);
put_path:
	putname(request.kernel.handle);
	return error;
}

/*
 * @path: an image as <linux/lobos.h> describes it; NULL: the one that is loaded
 * @command_line: for the new kernel; NULL: the one of this kernel
 * @flags: of <linux/lobos.h>
 * @ramdisk: with LOBOS_RAMDISK: the file of an initial RAM disk
 *
 * impls/lobos/README.md lists what each errno means.
 */
SYSCALL_DEFINE4(lobos, const char __user *, path, const char __user *, command_line,
		unsigned int, flags, const char __user *, ramdisk)
{
	int error;

	error = lobos_check_permission();
	if (error)
		return error;
	error = check_flags(flags, path);
	if (error)
		return error;

	if (flags & LOBOS_UNLOAD)
		return lobos_unload();
	if (!path)
		return boot_loaded(command_line);
	return boot_or_load(path, command_line, flags, ramdisk);
}
