// SPDX-License-Identifier: GPL-2.0-only
/*
 * bad_images.c - the command that offers bad inputs to a way to reboot
 *
 * Usage: bad-images lobos|kexec|kexec-file|bootimg|tkm [levels]. There are ten for every
 * way, and more for some. With "levels" there is one, which is bad on a machine with
 * five levels of page tables only. The system must be alive behind each. One line each
 * goes to the standard output: "bad <case> <status>", where status is the exit status of
 * the way's own command, or the errno where only the bare system call can be given such
 * an input. For tkm its module has to be loaded before.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/kexec.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "array_size.h"
#include "bad_files.h"
#include "tkm.h"

#define FOLDER "/tmp/bad-images"
#define SYS_LOBOS 548
#define SYS_BOOTIMG 549
#define NOWHERE ((const void *)1)

/* Which ways a case is for. */
enum {
	LOBOS = 1, KEXEC = 2, KEXEC_FILE = 4, BOOTIMG = 8, TKM = 16,
	ENDS_PAGING = BOOTIMG | TKM,	/* and so has nothing above 4 GiB, nor 64 bits */
	EVERY = 31,
};

/* A way, as far as this program has to know it. */
struct way {
	const char *name;
	const char *command[2];		/* put before the path of the image */
	const char *undo[2];		/* forgets an image that was taken after all */
	const char *good;		/* an image that it would take */
	long (*no_address)(void);	/* the system call, given an address that is none */
	unsigned int bit;		/* of the above */
};

static long lobos_no_address(void)
{
	return syscall(SYS_LOBOS, NOWHERE, NULL, 0);
}

static long kexec_no_address(void)
{
	return syscall(SYS_kexec_load, 0, 1, NOWHERE, KEXEC_ARCH_DEFAULT);
}

#ifdef SYS_kexec_file_load
/* It has no pointer but that to the command line. */
static long kexec_file_no_address(void)
{
	int kernel = open("/boot/bzImage", O_RDONLY | O_CLOEXEC);

	return kernel < 0 ? -1 : syscall(SYS_kexec_file_load, kernel, -1, 1UL, NOWHERE,
					 (unsigned long)KEXEC_FILE_NO_INITRAMFS);
}
#endif

static long bootimg_no_address(void)
{
	return syscall(SYS_BOOTIMG, NOWHERE);
}

static long tkm_no_address(void)
{
	int device = open(TKM_DEVICE, O_RDWR | O_CLOEXEC);

	return device < 0 ? -1 : ioctl(device, TKM_BOOT, NOWHERE);
}

static const struct way ways[] = {
	{ "lobos", { "/sbin/bootfile" }, { NULL }, "/boot/vmlinux.lobos", lobos_no_address, LOBOS },
	{ "kexec", { "/sbin/kexec", "-l" }, { "/sbin/kexec", "-u" }, "/boot/bzImage",
	  kexec_no_address, KEXEC },
#ifdef SYS_kexec_file_load
	{ "kexec-file", { "/sbin/kexec", "-sl" }, { "/sbin/kexec", "-su" }, "/boot/bzImage",
	  kexec_file_no_address, KEXEC_FILE },
#endif
	{ "bootimg", { "/sbin/bootimg" }, { NULL }, "/boot/bzImage", bootimg_no_address, BOOTIMG },
	{ "tkm", { "/sbin/monte" }, { NULL }, "/boot/bzImage", tkm_no_address, TKM },
};

static void give_up(const char *what)
{
	int error = errno;

	perror(what);
	exit(error);
}

/* Exit status of a program, as a shell gives it. argument: its last, or NULL. */
static int run(const char *const command[2], const char *argument, bool permitted)
{
	pid_t pid = fork();
	int status;

	if (pid < 0)
		give_up("fork");
	if (!pid) {
		char *argv[4] = { (char *)command[0], (char *)command[1] };

		argv[command[1] ? 2 : 1] = (char *)argument;
		if (!permitted && prctl(PR_CAPBSET_DROP, CAP_SYS_BOOT, 0, 0, 0))
			give_up("CAP_SYS_BOOT");
		execv(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) < 0)
		give_up("waitpid");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* The status of the way's command for that path; nothing stays loaded. */
static int offer(const struct way *way, const char *path, bool permitted)
{
	int status = run(way->command, path, permitted);

	if (!status && way->undo[0])
		run(way->undo, NULL, true);
	return status;
}

static void print(const char *name, int status)
{
	printf("\nbad %s %d\n", name, status);
	fflush(stdout);
}

struct file_case {
	const char *name;
	void (*make)(const char *good, const char *path);
	unsigned int ways;
};

static void offer_file(const struct way *way, const struct file_case *file)
{
	char path[128];

	if (!(file->ways & way->bit))
		return;
	snprintf(path, sizeof(path), FOLDER "/%s", file->name);
	file->make(way->good, path);
	/* A good file is bad for a user without permission. */
	print(file->name, offer(way, path, file->make != make_good));
	unlink(path);
}

static void offer_files(const struct way *way)
{
	static const struct file_case cases[] = {
		{ "empty", make_empty, EVERY },
		{ "truncated", make_truncated, EVERY },
		{ "other-machine", make_other_machine, EVERY },
		{ "random", make_random, EVERY },
		{ "too-large", make_too_large, EVERY },
		{ "no-permission", make_good, EVERY },
		{ "above-memory", make_above_memory, ENDS_PAGING | KEXEC_FILE },
		{ "above-memory", make_segments_above, KEXEC },
		{ "sixty-four", make_sixty_four, ENDS_PAGING },
		{ "other-width", make_other_width, LOBOS },
		{ "thirty-two", make_thirty_two, KEXEC_FILE },
		{ "no-such-entry", make_no_such_entry, KEXEC },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		offer_file(way, &cases[i]);
}

/* The cases that are no regular file. */
static void offer_others(const struct way *way)
{
	static char path[2 * 4096];

	print("missing", offer(way, FOLDER "/missing", true));
	print("directory", offer(way, FOLDER, true));
	print("bad-address", way->no_address() < 0 ? errno : 0);
	/* Each part of it is short: only the whole is too long. */
	for (size_t i = 0; i + 2 < sizeof(path); i += 2)
		memcpy(path + i, "/.", 2);
	print("path-too-long", offer(way, path, true));
}

int main(int argc, char **argv)
{
	static const struct file_case four_levels = {
		"four-levels", make_four_levels, KEXEC | KEXEC_FILE
	};
	const struct way *way = NULL;
	bool levels = argc == 3 && !strcmp(argv[2], "levels");

	for (size_t i = 0; argc == 2 + levels && i < ARRAY_SIZE(ways); i++)
		if (!strcmp(argv[1], ways[i].name))
			way = &ways[i];
	if (!way) {
		fprintf(stderr, "usage: bad-images lobos|kexec|kexec-file|bootimg|tkm [levels]\n");
		return EINVAL;
	}
	if (mkdir(FOLDER, 0755) && errno != EEXIST)
		give_up(FOLDER);
	if (levels) {
		offer_file(way, &four_levels);
		return 0;
	}
	offer_files(way);
	offer_others(way);
	return 0;
}
