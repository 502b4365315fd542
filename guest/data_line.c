// SPDX-License-Identifier: GPL-2.0-only
/*
 * data_line.c - what the machine tells the host in words: the second serial line
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

#include "data_line.h"
#include "file.h"
#include "guest_protocol.h"
#include "process.h"
#include "say.h"

#define BOOT_ID "/proc/sys/kernel/random/boot_id"
#define FACTS "/run/facts"

int data_line_open(void)
{
	/* Non-blocking only while opening: no carrier need ever come. */
	int fd = open(DATA_LINE, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	struct termios raw;

	if (fd < 0)
		return -errno;
	if (tcgetattr(fd, &raw) || fcntl(fd, F_SETFL, 0)) {
		int ret = -errno;

		close(fd);
		return ret;
	}
	cfmakeraw(&raw);
	raw.c_cflag |= CLOCAL;
	cfsetspeed(&raw, B115200);
	if (tcsetattr(fd, TCSANOW, &raw)) {
		int ret = -errno;

		close(fd);
		return ret;
	}
	return fd;
}

/* What the machine has; may take a second, see facts.c. */
static int put_facts(int fd)
{
	char *const facts[] = { (char *)"/sbin/facts", (char *)FACTS, NULL };
	int ret = process_run(facts);
	size_t length;
	char *text;

	if (ret)
		return ret < 0 ? ret : -ret;
	text = file_read(FACTS, &length);
	ret = text ? fd_write_all(fd, text, length) : -errno;
	free(text);
	return ret;
}

/* The words of the block, up to the raw bytes. */
static int put_words(int fd, int k, const char *nonce, const char *command_line)
{
	char boot_id[64];
	struct utsname u;

	if (uname(&u))
		return -errno;
	file_read_line(BOOT_ID, boot_id, sizeof(boot_id));
	if (dprintf(fd,
		    DATA_LINE_BOOT_BEGIN "\n" DATA_LINE_BOOT_ID "%s\n" DATA_LINE_NONCE "%s\n"
		    DATA_LINE_KERNEL "%s %s\n" DATA_LINE_COMMAND_LINE "%s\n",
		    k, boot_id, nonce, u.release, u.version, command_line) < 0)
		return -errno;
	return put_facts(fd);
}

static int put_previous_log(int fd, const char *path)
{
	size_t bytes = 0;
	char *log = *path ? file_read(path, &bytes) : NULL;
	int ret;

	if (*path && !log && errno != ENOENT)
		say("%s: %s", path, strerror(errno));
	if (bytes)
		dprintf(fd, DATA_LINE_LOG "\n", (unsigned long)bytes);
	else
		dprintf(fd, DATA_LINE_NO_LOG "\n");
	ret = fd_write_all(fd, log, bytes);
	free(log);
	return ret;
}

void data_line_boot(int k, const char *nonce, const char *command_line, const char *previous_log)
{
	int fd = data_line_open(), ret;

	if (fd < 0) {
		say(DATA_LINE ": %s", strerror(-fd));
		return;
	}
	ret = put_words(fd, k, nonce, command_line);
	if (!ret)
		ret = put_previous_log(fd, previous_log);
	if (!ret && dprintf(fd, DATA_LINE_BOOT_END "\n", k) < 0)
		ret = -errno;
	if (!ret && tcdrain(fd))
		ret = -errno;
	if (ret)
		say(DATA_LINE ": block of boot %d: %s", k, strerror(-ret));
	close(fd);
}

void data_line_request(int k)
{
	int fd = data_line_open(), ret;

	if (fd < 0) {
		say(DATA_LINE ": %s", strerror(-fd));
		return;
	}
	dprintf(fd, DATA_LINE_REQUEST_BEGIN "\n", k);
	ret = put_facts(fd);
	dprintf(fd, DATA_LINE_REQUEST_END "\n", k);
	if (!ret && tcdrain(fd))
		ret = -errno;
	if (ret)
		say(DATA_LINE ": block of request %d: %s", k, strerror(-ret));
	close(fd);
}

void data_line_refused(int k, int status, int code)
{
	int fd = data_line_open();

	say(DATA_LINE_REFUSED, k, status, code);
	if (fd < 0)
		return;
	dprintf(fd, DATA_LINE_REFUSED "\n", k, status, code);
	tcdrain(fd);
	close(fd);
}
