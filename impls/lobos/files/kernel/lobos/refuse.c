// SPDX-License-Identifier: GPL-2.0-only
/*
 * refuse.c - the one line that says why there will be no boot
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/lobos.h>
#include <linux/printk.h>
#include <linux/stdarg.h>

int lobos_refuse(int error, const char *format, ...)
{
	struct va_format reason;
	va_list args;

	va_start(args, format);
	reason.fmt = format;
	reason.va = &args;
	pr_err("refused (error %d): %pV\n", -error, &reason);
	va_end(args);
	return error;
}
