// SPDX-License-Identifier: GPL-2.0-only
/*
 * overlay.c - a fresh disk over a shared base image
 */
#include <errno.h>
#include <string.h>

#include "base/folder.h"
#include "base/path.h"
#include "base/subprocess.h"
#include "overlay.h"

/*
 * QEMU refuses to guess the format of the base, and rightly: a guest could write a
 * header into it.
 */
int overlay_create(const char *base, const char *path, struct error **err)
{
	const char *const argv[] = { "qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw",
				     "-b", base, path, NULL };
	CLEANUP_FREE char *dir = path_above(path, 1);
	int rc;

	if (access(base, R_OK)) {
		rc = error_set(err, ERROR_HOST, errno, "cannot read the disk image %s", base);
		error_hint(err, "`make guest` builds it");
		return rc;
	}
	if (!subprocess_run(argv, NULL, err))
		return 0;
	if (dir)
		folder_blame(dir, err);
	return error_wrap(err, "cannot make the disk %s", path);
}
