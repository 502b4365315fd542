// SPDX-License-Identifier: GPL-2.0-only
/*
 * emulator.c - QEMU, started so that it does not outlive the program that started it
 *
 * The embedded driver refuses AUTODESTROY, and starts QEMU as a daemon: nothing ends the
 * machine of a harness that was killed together with its supervisor. The kernel does, by
 * the signal that a process can ask for at the death of its parent (PR_SET_PDEATHSIG).
 * QEMU has no option for that, so a script asks for it before it becomes QEMU.
 *
 * libvirt starts a machine in a grandchild, which it lets go on when the child has ended:
 * by then the parent is the supervisor. It does not wait so when it asks QEMU what it can
 * do, by -daemonize; such a process ends by itself.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/subprocess.h"
#include "base/text.h"
#include "emulator.h"

/* libvirt asks QEMU anew what it can do when the script has changed: so it names the version. */
static char *script_text(const char *qemu, const char *setpriv)
{
	struct stat st;

	if (stat(qemu, &st))
		return NULL;
	return text_format("#!/bin/sh\n"
			   "# %s of %lld\n"
			   "case \" $* \" in\n"
			   "*' -daemonize '*) exec '%s' \"$@\" ;;\n"
			   "*) exec '%s' --pdeathsig KILL '%s' \"$@\" ;;\n"
			   "esac\n", qemu, (long long)st.st_mtime, qemu, setpriv, qemu);
}

static bool has_text(const char *path, const char *text)
{
	CLEANUP_ERROR struct error *none = NULL;
	size_t n;
	CLEANUP_FREE char *there = file_read(path, FILE_ANY_LENGTH, &n, &none);

	return there && !strcmp(there, text);
}

/* One that is as it should be keeps its time of change. */
static int put(const char *path, const char *text, struct error **err)
{
	int rc = has_text(path, text) ? 0 : file_write(path, text, err);

	if (!rc && access(path, X_OK) && chmod(path, 0755))
		rc = error_set(err, ERROR_HOST, errno, "cannot make %s executable", path);
	return rc;
}

char *emulator_make(const char *state_dir, const char *name, struct error **err)
{
	CLEANUP_FREE char *qemu = subprocess_path(name), *setpriv = subprocess_path("setpriv");
	CLEANUP_FREE char *folder = NULL, *path = NULL, *text = NULL;

	if (!qemu || !setpriv)
		return NULL;
	text = script_text(qemu, setpriv);
	folder = text_format("%s/bin", state_dir);
	path = text_format("%s/%s", folder, name);
	/* These have a meaning in a script or in libvirt's XML. */
	if (strpbrk(path, "'&<") || strchr(qemu, '\'') || strchr(setpriv, '\''))
		return NULL;
	if (!text || folder_make(folder, err) || put(path, text, err))
		return NULL;
	/* On a file system that is mounted noexec. */
	return access(path, X_OK) ? NULL : steal_ptr(&path);
}
