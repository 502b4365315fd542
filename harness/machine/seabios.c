// SPDX-License-Identifier: GPL-2.0-only
/*
 * seabios.c - which firmware QEMU's PC starts
 *
 * SeaBIOS has its version as a string in its own image (scripts/buildversion.py of
 * its sources: what `git describe` says, or the file .version of a release, then what
 * the packager adds); no table tells where.
 */
#include <ctype.h>
#include <regex.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "seabios.h"

#define IMAGE_MAX	(256 * 1024)

/* Longer than any version, and than what a stack should hold of a string. */
#define VERSION_MAX	128

const char *seabios_rom(void)
{
	/* In the order of `qemu-system-i386 -L help`, as packagers build it. */
	static const char *const files[] = {
		"/usr/share/qemu/bios-256k.bin",
		"/usr/share/seabios/bios-256k.bin",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (!access(files[i], R_OK))
			return files[i];
	return NULL;
}

char *seabios_version(const void *image, size_t n)
{
	const unsigned char *bytes = image;
	char *found = NULL;
	regex_t version;

	if (regcomp(&version, "^(rel-)?[0-9]+\\.[0-9]+\\.[0-9]+([-+][[:graph:]]*)?$",
		    REG_EXTENDED | REG_NOSUB))
		abort();
	for (size_t i = 0, begin = 0; i < n && !found; i++) {
		char text[VERSION_MAX];

		if (isgraph(bytes[i]))
			continue;
		if (!bytes[i] && i > begin && i - begin < sizeof(text)) {
			memcpy(text, bytes + begin, i - begin);
			text[i - begin] = '\0';
			if (!regexec(&version, text, 0, NULL, 0))
				found = strdup(text);
		}
		begin = i + 1;
	}
	regfree(&version);
	return found;
}

char *seabios_version_of(const char *path)
{
	CLEANUP_ERROR struct error *none = NULL;
	size_t n;
	CLEANUP_FREE char *image = file_read(path, IMAGE_MAX, &n, &none);

	return image ? seabios_version(image, n) : NULL;
}
