// SPDX-License-Identifier: GPL-2.0-only
/*
 * boot.c - lobos.boot=PATH: a boot without any user program
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/fs.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "internal.h"

static char *boot;
module_param(boot, charp, 0444);
MODULE_PARM_DESC(boot, "image to boot as soon as the root is mounted, before init");

static int boot_path(const char *path, const char *command_line)
{
	struct lobos_request request = {
		.kernel.name = path,
		.command_line = command_line,
	};
	struct filename *filename;
	int error;

	error = lobos_check_permission();
	if (error)
		return error;
	filename = getname_kernel(path);
	if (IS_ERR(filename))
		return lobos_refuse(PTR_ERR(filename), "path cannot be used");

	request.kernel.handle = filename;
	error = lobos_boot(&request);
	putname(filename);
	return error;
}

void lobos_boot_from_command_line(void)
{
	char *command_line;

	if (!boot || !*boot)
		return;

	command_line = lobos_running_command_line();
	if (!command_line) {
		lobos_refuse(-ENOMEM, "no memory for the command line");
		return;
	}

	pr_info("booting %s before any user program\n", boot);
	boot_path(boot, command_line);
	kfree(command_line);
	pr_err("%s was not booted, going on with init\n", boot);
}
