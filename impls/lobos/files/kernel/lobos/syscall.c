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
#include <linux/printk.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/setup.h>

#include "internal.h"

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
	if (kexec_load_disabled)
		return lobos_refuse(-EPERM, "kernel.kexec_load_disabled is set");

	error = security_locked_down(LOCKDOWN_KEXEC);
	if (error)
		return lobos_refuse(error, "the kernel is locked down");
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
	struct lobos_request request = { };
	char *copy;
	int error;

	error = lobos_check_permission();
	if (error)
		return error;
	if (flags)
		return lobos_refuse(-EINVAL, "flags %#x are not known", flags);

	request.path = getname(path);
	if (IS_ERR(request.path))
		return lobos_refuse(PTR_ERR(request.path), "path cannot be read or used");

	copy = get_command_line(command_line);
	if (IS_ERR(copy)) {
		error = PTR_ERR(copy);
		goto put_path;
	}

	request.command_line = copy;
	error = lobos_boot(&request);
	kfree(copy);
put_path:
	putname(request.path);
	return error;
}
