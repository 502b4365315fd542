// SPDX-License-Identifier: GPL-2.0-only
/*
 * sign.c - by what the witness knows a way to reboot from every other
 */
#include "sign.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name, *title;
	const char *words[8];		/* none: digits */
	const char *takes;		/* the same in words */
} signs[SIGNS] = {
	[SIGN_PAGING_ENDS] = { "paging_ends", "paging ends",
			       { "never", "reset", "old_kernel", "old_kernel_physical",
				 "old_module", "low_memory", "safe_area" },
			       "never, reset, old_kernel, old_kernel_physical, old_module, "
			       "low_memory or safe_area" },
	[SIGN_REAL_MODE] = { "real_mode", "real mode", { "yes", "no" }, "yes or no" },
	[SIGN_BIOS] = { "bios", "BIOS", { "yes", "no" }, "yes or no" },
	[SIGN_VIDEO] = { "video", "int 10h of its own", { "yes", "no" }, "yes or no" },
	[SIGN_GDT_LOADS] = { "gdt_loads", "GDT loads", { NULL }, "a number" },
};

const char *sign_name(enum sign sign)
{
	return signs[sign].name;
}

const char *sign_title(enum sign sign)
{
	return signs[sign].title;
}

const char *sign_takes(enum sign sign, const char *value)
{
	if (!signs[sign].words[0])
		return value[strspn(value, "0123456789")] ? signs[sign].takes : NULL;
	for (size_t i = 0; signs[sign].words[i]; i++)
		if (!strcmp(signs[sign].words[i], value))
			return NULL;
	return signs[sign].takes;
}
