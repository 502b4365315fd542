// SPDX-License-Identifier: GPL-2.0-only
/*
 * say.c - lines of PID 1 on the console
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "guest_protocol.h"
#include "say.h"

/* Facility user, level error: what "quiet" still lets through to the console. */
#define KMSG_PREFIX "<11>"

void say(const char *fmt, ...)
{
	char line[512] = KMSG_PREFIX CONSOLE_PREFIX;
	size_t used = strlen(line);
	va_list args;
	int fd;

	va_start(args, fmt);
	vsnprintf(line + used, sizeof(line) - used - 1, fmt, args);
	va_end(args);
	/* A record without a newline would stay open, and unseen, until the next one. */
	strcat(line, "\n");
	/* Opened anew each time: the kernel limits the lines per open file. */
	fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		int ret = fd_write_all(fd, line, strlen(line));

		close(fd);
		if (!ret)
			return;
	}
	printf("%s", line + strlen(KMSG_PREFIX));
	fflush(stdout);
}
