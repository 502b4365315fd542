// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_error.c - why SQLite could not do what was asked
 *
 * SQLite reports that a system call failed, but forgets why unless the disk is full:
 * a quota, or a limit on the size of files, would be an input/output error, and a
 * journal that cannot be created for lack of inodes a missing file. So its calls that
 * create and write pass through this file, which keeps the errno of the last failure.
 */
#include "store_private.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

/* A call of SQLite, and the question why it failed, come from one thread. */
static _Thread_local struct {
	int open, write;
} failed;

static int call_open(const char *path, int flags, int mode)
{
	int fd = open(path, flags, mode);

	/* What cannot be created is tried again for reading: that failure explains nothing. */
	if (fd < 0 && (flags & O_CREAT || !failed.open))
		failed.open = errno;
	return fd;
}

static ssize_t call_write(int fd, const void *bytes, size_t n)
{
	ssize_t done = write(fd, bytes, n);

	if (done < 0)
		failed.write = errno;
	return done;
}

static ssize_t call_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	ssize_t done = pwrite(fd, bytes, n, at);

	if (done < 0)
		failed.write = errno;
	return done;
}

static void watch_calls(void)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

	if (!vfs || vfs->iVersion < 3)
		return;
	/* Which of the three it writes with is a matter of how it was built. */
	vfs->xSetSystemCall(vfs, "open", (sqlite3_syscall_ptr)call_open);
	vfs->xSetSystemCall(vfs, "write", (sqlite3_syscall_ptr)call_write);
	vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)call_pwrite);
	vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)call_pwrite);
}

void store_watch_calls(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, watch_calls);
}

/* The errno behind an error of SQLite's; 0 where its own words are all there is. */
static int reason_of(sqlite3 *db, int code)
{
	switch (code) {
	case SQLITE_FULL:
		return ENOSPC;
	case SQLITE_IOERR:
		return failed.write ? failed.write : sqlite3_system_errno(db);
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return failed.open ? failed.open : EACCES;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return EBUSY;
	case SQLITE_NOMEM:
		return ENOMEM;
	default:
		return 0;
	}
}

static void add_hint(int extended, int reason, struct error **err)
{
	int code = extended & 0xff;

	if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG)
		error_hint(err, "%s and run the same command again: what was stored is safe, and "
			   "a run goes on where it stopped",
			   reason == EFBIG ? "raise the limit on the size of files (`ulimit -f`)" :
			   reason == EDQUOT ? "free some of your quota" : "free some space");
	else if (code == SQLITE_IOERR)
		error_hint(err, "the disk may be failing; what was stored is safe");
	else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
		error_hint(err, "another program holds the database; end it and run the same command "
			   "again: what was stored is safe, and a run goes on where it stopped");
	else if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
		error_hint(err, "move the file away; each run's samples are also in its "
			   "samples.jsonl");
	else if (extended == SQLITE_READONLY_ROLLBACK)
		error_hint(err, "a program was killed while it wrote; run the command as a user who "
			   "may write the folder and the file, which takes the half change back");
	else if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM)
		error_hint(err, "the folder and the file must exist and be writable; "
			   "--results names another folder");
}

int store_error(struct store *s, const char *doing, struct error **err)
{
	int code = s->db ? sqlite3_errcode(s->db) : SQLITE_NOMEM;
	int reason = reason_of(s->db, code);
	enum error_class class = reason == EBUSY ? ERROR_BUSY : ERROR_HOST;
	int rc = error_set(err, class, reason, "%s: cannot %s%s%s", s->path, doing,
			   reason ? "" : ": ", reason ? "" : sqlite3_errmsg(s->db));

	failed.open = failed.write = 0;
	add_hint(s->db ? sqlite3_extended_errcode(s->db) : code, reason, err);
	return rc;
}
