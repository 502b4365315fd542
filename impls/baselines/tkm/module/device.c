// SPDX-License-Identifier: GPL-2.0-only
/*
 * device.c - /dev/tkm: boot the image in the caller's memory, or say why not
 *
 * The original took the place of the reboot system call in the running kernel's
 * table; a device is what a module may have today. Like that one this neither
 * syncs nor unmounts file systems: whoever calls it has done so.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/reboot_marks.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/uaccess.h>

#include "internal.h"

static DEFINE_MUTEX(tkm_mutex);

/* The answer is rate limited because anybody who can open the device can ask. */
static int check_permission(void)
{
	int error;

	if (!capable(CAP_SYS_BOOT)) {
		pr_err_ratelimited("refused (error %d): %s[%d] lacks CAP_SYS_BOOT\n",
				   EPERM, current->comm, task_pid_nr(current));
		return -EPERM;
	}
	error = security_locked_down(LOCKDOWN_KEXEC);
	if (error)
		return tkm_refuse(error, "the kernel is locked down");
	return 0;
}

static int stage(struct tkm_image *image, const struct tkm_boot *boot)
{
	int error;

	reboot_mark(REBOOT_MARK_LOAD_BEGIN);
	error = tkm_image_get(image, boot);
	if (!error)
		error = tkm_map_make(image);
	reboot_mark(REBOOT_MARK_LOAD_END);
	return error;
}

/* All that can fail but the last step of tkm_leave() happens before it. */
static int boot_image(const struct tkm_boot *boot)
{
	struct tkm_image image = {};
	int error;

	error = tkm_check_firmware();
	if (!error)
		error = tkm_check_request(boot);
	if (!error && !(boot->flags & TKM_PROTECTED))
		error = tkm_check_bios();
	if (error)
		return error;

	error = stage(&image, boot);
	if (!error && !(boot->flags & TKM_DRY_RUN))
		error = tkm_leave(&image);

	tkm_map_free(&image);
	tkm_image_put(&image);
	return error;
}

static int boot_once(const void __user *user)
{
	struct tkm_boot boot;
	int error;

	if (!mutex_trylock(&tkm_mutex))
		return tkm_refuse(-EBUSY, "another call is under way");

	if (copy_from_user(&boot, user, sizeof(boot)))
		error = tkm_refuse(-EFAULT, "the description of the image cannot be read");
	else
		error = boot_image(&boot);

	mutex_unlock(&tkm_mutex);
	return error;
}

/* impls/baselines/tkm/README.md lists what each errno means. */
static long tkm_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	int error;

	if (command != TKM_BOOT)
		return -ENOTTY;
	error = check_permission();
	if (error)
		return error;
	return boot_once((const void __user *)argument);
}

static const struct file_operations tkm_operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = tkm_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice tkm_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "tkm",
	.fops = &tkm_operations,
	.mode = 0600,
};
module_misc_device(tkm_device);

MODULE_DESCRIPTION("Two Kernel Monte: boots another kernel by way of real mode");
MODULE_LICENSE("GPL");
