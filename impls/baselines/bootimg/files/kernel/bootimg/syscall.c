// SPDX-License-Identifier: GPL-2.0-only
/*
 * syscall.c - bootimg(2): boot the image in the caller's memory, or say why not
 *
 * Like kexec, bootimg(2) neither syncs nor unmounts file systems: whoever calls
 * it has done so. Unlike kexec it loads and boots in one call.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/kexec.h>
#include <linux/mutex.h>
#include <linux/reboot_marks.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/suspend.h>
#include <linux/syscalls.h>
#include <linux/version.h>

#include "bootimg.h"

/* Newer kernels also count how often a kernel may be loaded. */
#if KERNEL_VERSION(6, 3, 0) > LINUX_VERSION_CODE
#define kexec_load_permitted(type) (!kexec_load_disabled)
#endif

static DEFINE_MUTEX(bootimg_mutex);

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
	if (!kexec_load_permitted(KEXEC_TYPE_DEFAULT))
		return bootimg_refuse(-EPERM, "kernel.kexec_load_disabled is set");

	error = security_locked_down(LOCKDOWN_KEXEC);
	if (error)
		return bootimg_refuse(error, "the kernel is locked down");
	return 0;
}

/*
 * All that can fail happens here. The transition mutex is the one that reboot(2)
 * and suspend hold: with it nobody else is shutting devices down.
 */
static int boot_request(const struct bootimg_request *request)
{
	struct bootimg_stage stage = {};
	int error;

	reboot_mark(REBOOT_MARK_LOAD_BEGIN);
	error = bootimg_stage(&stage, request);
	reboot_mark(REBOOT_MARK_LOAD_END);
	if (error)
		goto unstage;

	if (!mutex_trylock(&system_transition_mutex)) {
		error = bootimg_refuse(-EBUSY, "a reboot or suspend is under way");
		goto unstage;
	}

	/* The point up to which one could turn back: it does not return. */
	bootimg_commit(&stage, request);

unstage:
	bootimg_unstage(&stage);
	return error;
}

/*
 * @image: as <linux/bootimg.h> describes it
 *
 * impls/baselines/bootimg/README.md lists what each errno means.
 */
SYSCALL_DEFINE1(bootimg, const struct boot_image __user *, image)
{
	struct bootimg_request request = {};
	int error;

	error = check_permission();
	if (error)
		return error;
	if (!mutex_trylock(&bootimg_mutex))
		return bootimg_refuse(-EBUSY, "another call is under way");

	error = bootimg_request_get(&request, image);
	if (!error)
		error = boot_request(&request);

	bootimg_request_put(&request);
	mutex_unlock(&bootimg_mutex);
	return error;
}
