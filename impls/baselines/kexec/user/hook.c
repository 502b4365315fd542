// SPDX-License-Identifier: GPL-2.0-only
/*
 * hook.c - an ordinary reboot starts the kernel that kexec has loaded, if it has
 *
 * By the system call alone, as systemd's last program has it: PID 1 has done what `kexec -e` does
 * before it. The exit status is an errno.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#define LOADED "/sys/kernel/kexec_loaded"

int main(void)
{
	int fd = open(LOADED, O_RDONLY | O_CLOEXEC), error;
	char loaded;

	if (fd < 0 || read(fd, &loaded, 1) != 1 || loaded != '1')
		return 0;
	reboot(RB_KEXEC);
	error = errno;
	fprintf(stderr, "kexec: the loaded kernel is not started: %s\n", strerror(error));
	return error;
}
