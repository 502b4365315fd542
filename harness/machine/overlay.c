// SPDX-License-Identifier: GPL-2.0-only
/*
 * overlay.c - a fresh disk over a shared base image
 */
#include <errno.h>
#include <string.h>

#include "base/subprocess.h"
#include "overlay.h"

/*
 * The format of the base is told, for QEMU refuses to guess it, and rightly: a
 * guest could write a header into it.
 */
int overlay_create(const char *base, const char *path, struct error **err)
{
	const char *const argv[] = { "qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw",
				     "-b", base, path, NULL };
	int rc;

	if (access(base, R_OK)) {
		rc = error_set(err, ERROR_HOST, errno, "cannot read the disk image %s", base);
		error_hint(err, "`make guest` builds it");
		return rc;
	}
	rc = subprocess_run(argv, NULL, err);
	if (rc)
		return error_wrap(err, "cannot make the disk %s", path);
	return 0;
}
