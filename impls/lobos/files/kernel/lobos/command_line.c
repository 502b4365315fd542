// SPDX-License-Identifier: GPL-2.0-only
/*
 * command_line.c - the command line that goes on to the next kernel
 */
#include <linux/ctype.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/lobos.h>
#include <linux/slab.h>
#include <linux/string.h>

#define BOOT_PARAMETER	KBUILD_MODNAME ".boot="

/* The end of the word at @word: blanks between double quotes do not end it. */
static const char *word_end(const char *word)
{
	bool quoted = false;

	for (; *word && (quoted || !isspace(*word)); word++)
		if (*word == '"')
			quoted = !quoted;
	return word;
}

static bool names_boot_file(const char *word)
{
	if (*word == '"')
		word++;
	return !strncmp(word, BOOT_PARAMETER, strlen(BOOT_PARAMETER));
}

char *lobos_running_command_line(void)
{
	const char *from = saved_command_line, *end;
	bool for_init = false;
	char *copy, *to;

	copy = kmalloc(strlen(from) + 1, GFP_KERNEL);
	if (!copy)
		return NULL;

	for (to = copy; *(from = skip_spaces(from)); from = end) {
		end = word_end(from);
		if (end - from == 2 && !strncmp(from, "--", 2))
			for_init = true;
		if (!for_init && names_boot_file(from))
			continue;
		if (to != copy)
			*to++ = ' ';
		memcpy(to, from, end - from);
		to += end - from;
	}
	*to = '\0';
	return copy;
}
