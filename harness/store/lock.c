// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock.c - one run at a time in a results folder
 *
 * flock() on <results>/lock. What the file says (who, since when, what) is only
 * for people: whether it is held is known to the kernel alone. The file stays
 * when the lock is given back, for removing it would let two runs hold two
 * files of the same name.
 */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>

struct lock {
	int fd;
};

/* Puts the first line of fd into to, without its end. */
static void read_holder(int fd, char *to, size_t size)
{
	ssize_t n = pread(fd, to, size - 1, 0);

	to[n > 0 ? n : 0] = '\0';
	to[strcspn(to, "\n")] = '\0';
}

static int busy(int fd, const char *dir, struct error **err)
{
	char holder[256];
	int rc;

	read_holder(fd, holder, sizeof(holder));
	rc = error_set(err, ERROR_BUSY, 0, "%s: another run is going on: %s", dir,
		       holder[0] ? holder : "its number is not known yet");
	error_hint(err, "wait for it, end it (Ctrl-C, or kill its pid), or use another --results");
	return rc;
}

static int write_holder(int fd, const char *what)
{
	CLEANUP_FREE char *line = NULL;
	char since[32];
	time_t now = time(NULL);
	struct tm tm;
	ssize_t length;

	gmtime_r(&now, &tm);
	strftime(since, sizeof(since), "%Y-%m-%dT%H:%M:%SZ", &tm);
	length = asprintf(&line, "pid %ld, since %s, %s\n", (long)getpid(), since, what);
	if (length < 0)
		abort();
	if (ftruncate(fd, 0) || pwrite(fd, line, length, 0) != length)
		return -errno;
	return 0;
}

struct lock *lock_take(const char *dir, const char *what, struct error **err)
{
	CLEANUP_FREE char *path = NULL;
	CLEANUP_CLOSE int fd = -1;
	struct lock *lock;

	if (asprintf(&path, "%s/lock", dir) < 0)
		abort();
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0) {
		error_set(err, ERROR_HOST, errno, "%s: cannot be opened", path);
		error_hint(err, "the results folder must be writable; --results names another");
		return NULL;
	}
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno == EWOULDBLOCK)
			busy(fd, dir, err);
		else
			error_set(err, ERROR_HOST, errno, "%s: cannot be locked", path);
		return NULL;
	}
	if (write_holder(fd, what)) {
		error_set(err, ERROR_HOST, errno, "%s: cannot be written", path);
		error_hint(err, "the results folder must be writable and have room; "
			   "--results names another");
		return NULL;
	}
	lock = malloc(sizeof(*lock));
	if (!lock)
		abort();
	lock->fd = steal_fd(&fd);
	return lock;
}

void lock_release(struct lock *lock)
{
	if (!lock)
		return;
	close(lock->fd);
	free(lock);
}
