// SPDX-License-Identifier: GPL-2.0-only
/*
 * bootfile.c - the command that boots the kernel in a file, at once
 *
 * Usage: bootfile FILE [COMMAND_LINE]
 *
 * It is the system call and nothing else: file systems are not synced, services
 * not stopped. Comes back only if the boot is refused; the exit status is then
 * the errno, and the kernel log has the reason.
 */
#include <errno.h>
#include <linux/lobos.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const char *command_line = argc > 2 ? argv[2] : NULL;
	int error;

	if (argc < 2 || argc > 3) {
		fputs("usage: bootfile FILE [COMMAND_LINE]\n"
		      "Boots the LOBOS image FILE at once. Without COMMAND_LINE the new kernel\n"
		      "gets the one of this kernel. Example: bootfile /boot/vmlinux.lobos\n",
		      stderr);
		return EINVAL;
	}
	syscall(LOBOS_SYSCALL, argv[1], command_line, 0);
	error = errno;
	fprintf(stderr, "bootfile: %.200s: %s (the kernel log says more)\n", argv[1],
		strerror(error));
	return error;
}
