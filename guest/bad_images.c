// SPDX-License-Identifier: GPL-2.0-only
/*
 * bad_images.c - the command that offers bad inputs to a way to reboot
 *
 * Usage: bad-images lobos|kexec|kexec-file|bootimg|tkm. Each of the ten, and of two more for
 * ways that switch paging off, must be refused, with the system alive behind it.
 * One line each goes to the standard output: "bad <case> <status>", where status
 * is the exit status of the way's own command, or the errno where only the bare
 * system call can be given such an input. For tkm its module has to be loaded
 * before.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/kexec.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include "array_size.h"
#include "tkm.h"

#define FOLDER "/tmp/bad-images"
#define SYS_LOBOS 548
#define SYS_BOOTIMG 549
#define NOWHERE ((const void *)1)
#define MIB (1024L * 1024)
#define CODE32_START 0x214		/* in a bzImage, see the kernel's boot protocol */

/* A way, as far as this program has to know it. */
struct way {
	const char *name;
	const char *command[2];		/* put before the path of the image */
	const char *undo[2];		/* forgets an image that was taken after all */
	const char *good;		/* an image that it would take */
	long (*no_address)(void);	/* the system call, given an address that is none */
	bool ends_paging;		/* and so has nothing above 4 GiB, nor 64 bits */
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
	{ "lobos", { "/sbin/bootfile" }, { NULL }, "/boot/vmlinux.lobos", lobos_no_address, false },
	{ "kexec", { "/sbin/kexec", "-l" }, { "/sbin/kexec", "-u" }, "/boot/bzImage",
	  kexec_no_address, false },
#ifdef SYS_kexec_file_load
	{ "kexec-file", { "/sbin/kexec", "-sl" }, { "/sbin/kexec", "-su" }, "/boot/bzImage",
	  kexec_file_no_address, false },
#endif
	{ "bootimg", { "/sbin/bootimg" }, { NULL }, "/boot/bzImage", bootimg_no_address, true },
	{ "tkm", { "/sbin/monte" }, { NULL }, "/boot/bzImage", tkm_no_address, true },
};

static void give_up(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/* Copies at most limit bytes of a file to the new file to, which stays open. */
static int copy(const char *from, const char *to, long limit)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	char bytes[65536];
	ssize_t got = 1;

	if (in < 0 || out < 0)
		give_up(in < 0 ? from : to);
	while (limit > 0 && got > 0) {
		size_t want = limit < (long)sizeof(bytes) ? (size_t)limit : sizeof(bytes);

		got = read(in, bytes, want);
		if (got < 0 || (got > 0 && write(out, bytes, (size_t)got) != got))
			give_up(to);
		limit -= got;
	}
	close(in);
	return out;
}

static void make_empty(const struct way *way, const char *path)
{
	close(copy(way->good, path, 0));
}

static void make_truncated(const struct way *way, const char *path)
{
	struct stat s;

	if (stat(way->good, &s))
		give_up(way->good);
	close(copy(way->good, path, s.st_size / 2));
}

static void overwrite(int fd, const char *path, const void *bytes, size_t n, off_t at)
{
	if (pwrite(fd, bytes, n, at) != (ssize_t)n)
		give_up(path);
}

/* A kernel that says in its ELF header that it is for another machine. */
static void make_other_machine(const struct way *way, const char *path)
{
	int fd = copy("/boot/vmlinux", path, INT32_MAX);
	uint16_t machine = EM_AARCH64;

	(void)way;
	overwrite(fd, path, &machine, sizeof(machine), offsetof(Elf32_Ehdr, e_machine));
	close(fd);
}

/* A kernel that says there that it begins in long mode. */
static void make_sixty_four(const struct way *way, const char *path)
{
	int fd = copy("/boot/vmlinux", path, INT32_MAX);
	uint16_t machine = EM_X86_64;
	uint8_t class = ELFCLASS64;

	(void)way;
	overwrite(fd, path, &class, sizeof(class), EI_CLASS);
	overwrite(fd, path, &machine, sizeof(machine), offsetof(Elf32_Ehdr, e_machine));
	close(fd);
}

/* One that wants to lie where no machine has memory, below 4 GiB as it is. */
static void make_above_memory(const struct way *way, const char *path)
{
	int fd = copy(way->good, path, INT32_MAX);
	uint32_t address = 0xf0000000;

	overwrite(fd, path, &address, sizeof(address), CODE32_START);
	close(fd);
}

/* The same bytes each time (xorshift32), so that a finding can be repeated. */
static void make_random(const struct way *way, const char *path)
{
	int fd = copy(way->good, path, 0);
	static uint32_t words[MIB / 4];
	uint32_t x = 2463534242u;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		words[i] = x;
	}
	if (write(fd, words, sizeof(words)) != (ssize_t)sizeof(words))
		give_up(path);
	close(fd);
}

/* A good beginning, then a hole up to more than the machine has memory. */
static void make_too_large(const struct way *way, const char *path)
{
	int fd = copy(way->good, path, MIB);
	struct sysinfo info;

	if (sysinfo(&info))
		give_up("sysinfo");
	if (ftruncate(fd, (off_t)info.totalram * info.mem_unit + 64 * MIB))
		give_up(path);
	close(fd);
}

static void make_good(const struct way *way, const char *path)
{
	close(copy(way->good, path, INT32_MAX));
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

/* The cases that are a file, or the absence of one. */
static void offer_files(const struct way *way)
{
	static const struct {
		const char *name;
		const char *path;
		void (*make)(const struct way *way, const char *path);
		bool permitted;
		bool ends_paging;	/* for ways that do */
	} cases[] = {
		{ "missing", FOLDER "/missing", NULL, true, false },
		{ "directory", FOLDER, NULL, true, false },
		{ "empty", FOLDER "/empty", make_empty, true, false },
		{ "truncated", FOLDER "/truncated", make_truncated, true, false },
		{ "other-machine", FOLDER "/other-machine", make_other_machine, true, false },
		{ "random", FOLDER "/random", make_random, true, false },
		{ "too-large", FOLDER "/too-large", make_too_large, true, false },
		{ "no-permission", FOLDER "/good", make_good, false, false },
		{ "above-memory", FOLDER "/above-memory", make_above_memory, true, true },
		{ "sixty-four", FOLDER "/sixty-four", make_sixty_four, true, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		if (cases[i].ends_paging && !way->ends_paging)
			continue;
		if (cases[i].make)
			cases[i].make(way, cases[i].path);
		print(cases[i].name, offer(way, cases[i].path, cases[i].permitted));
		if (cases[i].make)
			unlink(cases[i].path);
	}
}

/* The cases that are no file at all. */
static void offer_others(const struct way *way)
{
	static char path[2 * 4096];

	print("bad-address", way->no_address() < 0 ? errno : 0);
	/* Each part of it is short: only the whole is too long. */
	for (size_t i = 0; i + 2 < sizeof(path); i += 2)
		memcpy(path + i, "/.", 2);
	print("path-too-long", offer(way, path, true));
}

int main(int argc, char **argv)
{
	const struct way *way = NULL;

	for (size_t i = 0; argc == 2 && i < ARRAY_SIZE(ways); i++)
		if (!strcmp(argv[1], ways[i].name))
			way = &ways[i];
	if (!way) {
		fprintf(stderr, "usage: bad-images lobos|kexec|kexec-file|bootimg|tkm\n");
		return 2;
	}
	if (mkdir(FOLDER, 0755) && errno != EEXIST)
		give_up(FOLDER);
	offer_files(way);
	offer_others(way);
	return 0;
}
