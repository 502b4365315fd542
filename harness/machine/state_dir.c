// SPDX-License-Identifier: GPL-2.0-only
/*
 * state_dir.c - the folder of libvirt's embedded driver
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folder.h"
#include "state_dir.h"

/*
 * Settings of the embedded driver: nothing of the host's that a container may
 * lack, and QEMU as the user we are, for the disks belong to that one.
 */
static const char qemu_conf[] =
	"user = \"root\"\n"
	"group = \"root\"\n"
	"security_driver = \"none\"\n"
	"cgroup_controllers = []\n"
	"namespaces = []\n"
	"stdio_handler = \"file\"\n"
	"remember_owner = 0\n";

/* The folder may lie where everybody can make one. */
static int check_owner(const char *path, struct error **err)
{
	struct stat st;

	if (!stat(path, &st) && st.st_uid == geteuid())
		return 0;
	return error_set(err, ERROR_HOST, EPERM, "the state folder %s is not yours", path);
}

static int write_settings(const char *path, struct error **err)
{
	CLEANUP_FREE char *etc = NULL, *log = NULL, *file = NULL;
	int rc;

	if (asprintf(&etc, "%s/etc", path) < 0 || asprintf(&log, "%s/log", path) < 0 ||
	    asprintf(&file, "%s/qemu.conf", etc) < 0)
		abort();
	rc = folder_make(etc, err);
	if (!rc)
		rc = folder_make(log, err);
	if (!rc)
		rc = check_owner(path, err);
	if (rc)
		return rc;
	return file_write(file, qemu_conf, err);
}

/* The kernel drops the lock of a dead process. */
static int lock(const char *path, struct error **err)
{
	CLEANUP_FREE char *file = NULL;
	CLEANUP_CLOSE int fd = -1;
	int rc;

	if (asprintf(&file, "%s/lock", path) < 0)
		abort();
	fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0)
		return error_set(err, ERROR_HOST, errno, "cannot open %s", file);
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return steal_fd(&fd);
	if (errno != EWOULDBLOCK)
		return error_set(err, ERROR_HOST, errno, "cannot lock %s", file);
	rc = error_set(err, ERROR_BUSY, EBUSY, "another lobosbench runs machines below %s", path);
	error_hint(err, "wait for it, or give this one a folder of its own with --state DIR");
	return rc;
}

int state_dir_take(const char *path, struct error **err)
{
	int rc;

	if (strlen(path) > STATE_DIR_LENGTH) {
		rc = error_set(err, ERROR_USAGE, ENAMETOOLONG, "the state folder's path is too "
			       "long for the sockets below it: %s", path);
		error_hint(err, "--state DIR with at most %d characters", STATE_DIR_LENGTH);
		return rc;
	}
	rc = write_settings(path, err);
	return rc ? rc : lock(path, err);
}
