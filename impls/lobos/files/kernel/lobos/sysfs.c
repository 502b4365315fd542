// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysfs.c - /sys/kernel/lobos
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/printk.h>
#include <linux/sysfs.h>

#include "internal.h"

static ssize_t loaded_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buf)
{
	return sysfs_emit(buf, "%d\n", lobos_is_loaded());
}

static const struct kobj_attribute loaded_attribute = __ATTR_RO(loaded);

static int __init lobos_sysfs_init(void)
{
	struct kobject *dir;
	int error;

	dir = kobject_create_and_add("lobos", kernel_kobj);
	if (!dir)
		return -ENOMEM;
	error = sysfs_create_file(dir, &loaded_attribute.attr);
	if (error)
		pr_warn("no file for what is loaded (error %d)\n", -error);
	lobos_show_previous_logs(dir);
	return 0;
}
late_initcall(lobos_sysfs_init);
