// SPDX-License-Identifier: GPL-2.0-only
/*
 * bootfile.c - the command that boots the kernel in a file, at once
 *
 * Usage: bootfile [-i RAMDISK] FILE [COMMAND_LINE]
 *        bootfile
 *
 * It is the system call and nothing else: file systems are not synced, services
 * not stopped. Comes back only if the boot is refused; the exit status is then
 * the errno, and the kernel log has the reason. Without arguments it is the hook
 * of the reboot script: it boots what the lobos command has made ready, or ends
 * with 0 if there is nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/lobos.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flag.h"

/* More than a command line may have: one that is too long is the kernel's to refuse. */
#define LINE_BYTES 4096

static int boot(const char *path, const char *command_line, const char *ramdisk)
{
	int error;

	syscall(LOBOS_SYSCALL, path, command_line, ramdisk ? LOBOS_RAMDISK : 0, ramdisk);
	error = errno;
	fprintf(stderr, "bootfile: %.200s: %s (the kernel log says more)\n",
		path ? path : "what is loaded", strerror(error));
	return error;
}

static int boot_flagged(void)
{
	char line[LINE_BYTES];
	int fd = open(FLAG, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return errno == ENOENT ? 0 : errno;
	got = read(fd, line, sizeof(line) - 1);
	if (got < 0)
		return errno;
	close(fd);
	/* If it is refused, the next reboot is an ordinary one. */
	unlink(FLAG);
	line[got] = '\0';
	return boot(NULL, got ? line : NULL, NULL);
}

int main(int argc, char **argv)
{
	const char *ramdisk = NULL;

	if (argc == 1)
		return boot_flagged();
	if (argc > 2 && !strcmp(argv[1], "-i")) {
		ramdisk = argv[2];
		argv += 2;
		argc -= 2;
	}
	if (argc < 2 || argc > 3 || *argv[1] == '-') {
		fputs("usage: bootfile [-i RAMDISK] FILE [COMMAND_LINE]\n"
		      "       bootfile\n"
		      "Boots the LOBOS image FILE at once. Without COMMAND_LINE the new kernel gets\n"
		      "the one of this kernel. Without FILE it boots what lobos has made ready, if\n"
		      "it has. Example: bootfile /boot/vmlinux.lobos\n",
		      stderr);
		return EINVAL;
	}
	return boot(argv[1], argv[2], ramdisk);
}
