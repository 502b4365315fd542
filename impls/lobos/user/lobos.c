// SPDX-License-Identifier: GPL-2.0-only
/*
 * lobos.c - the command that makes the next reboot a LOBOS boot
 *
 * Usage: lobos [-c COMMAND_LINE] [--initrd FILE] [--hints] [--load] NAME
 *        lobos [-c COMMAND_LINE]
 *        lobos --unload
 *
 * The kernel loads the image at once, while file systems are mounted, and keeps
 * it. The flag file tells the reboot script's hook, which is bootfile, to boot it,
 * and with which command line. The exit status is an errno.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/lobos.h>
#include <reboot_marks.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "find.h"
#include "flag.h"
#include "flat.h"

#define CONVERTED "/tmp/vmlinux.lobos"
#define LOADED "/sys/kernel/lobos/loaded"

enum { INITRD = 'i', HINTS = 256, LOAD, UNLOAD };

struct request {
	const char *name;		/* NULL: what is loaded */
	const char *command_line;	/* NULL: the one of this kernel */
	const char *ramdisk;		/* NULL: none */
	bool hints;
	bool load_only;
	bool unload;
};

static int complain(const char *path, int error, const char *what)
{
	fprintf(stderr, "lobos: %s: %s\n", path, what ? what : strerror(error));
	return error;
}

/* Where there is no such file, nobody is measuring. */
static void set_mark(int id)
{
	int fd = open(REBOOT_MARK_FILE, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (dprintf(fd, "%d", id) < 0)
		complain(REBOOT_MARK_FILE, errno, NULL);
	close(fd);
}

static int load(const char *path, const struct request *request)
{
	unsigned int flags = LOBOS_LOAD | (request->ramdisk ? LOBOS_RAMDISK : 0) |
			     (request->hints ? LOBOS_HINTS : 0);

	if (syscall(LOBOS_SYSCALL, path, request->command_line, flags, request->ramdisk)) {
		int error = errno;

		fprintf(stderr, "lobos: %.200s: %s (the kernel log says more)\n", path,
			strerror(error));
		return error;
	}
	return 0;
}

/* The image of an ELF kernel goes through a file, because the kernel reads nothing else. */
static int convert(const char *path, int in, size_t size)
{
	struct new_file image;
	const unsigned char *elf;
	const char *wrong;
	struct flat flat;
	int error;

	elf = mmap(NULL, size, PROT_READ, MAP_PRIVATE, in, 0);
	if (elf == MAP_FAILED)
		return complain(path, errno, NULL);
	wrong = flat_from_elf(elf, size, &flat);
	munmap((void *)elf, size);
	if (wrong)
		return complain(path, ENOEXEC, wrong);

	error = file_create(&image, CONVERTED, 0600);
	if (!error)
		error = file_finish(&image, CONVERTED,
				    file_write(image.fd, flat.bytes, flat.size));
	free(flat.bytes);
	return error ? complain(CONVERTED, -error, NULL) : 0;
}

static int load_converted(const char *path, int in, size_t size, const struct request *request)
{
	int error;

	set_mark(REBOOT_MARK_LOAD_BEGIN);
	error = convert(path, in, size);
	set_mark(REBOOT_MARK_LOAD_END);
	if (!error) {
		error = load(CONVERTED, request);
		unlink(CONVERTED);
	}
	return error;
}

/* What is no ELF kernel is the kernel's to judge. */
static int load_file(const char *path, const struct request *request)
{
	unsigned char start[FLAT_START_BYTES];
	int in = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat s;
	int error;

	if (in < 0)
		return complain(path, errno, NULL);
	if (read(in, start, sizeof(start)) == (ssize_t)sizeof(start) &&
	    flat_is_elf_kernel(start) && !fstat(in, &s))
		error = load_converted(path, in, (size_t)s.st_size, request);
	else
		error = load(path, request);
	close(in);
	return error;
}

static int load_name(const struct request *request)
{
	char *path = find_kernel(request->name);
	int error;

	if (!path)
		return ENOENT;
	error = load_file(path, request);
	free(path);
	return error;
}

static int unload(void)
{
	return syscall(LOBOS_SYSCALL, NULL, NULL, LOBOS_UNLOAD) ?
		complain("nothing was unloaded", errno, NULL) : 0;
}

static bool is_loaded(void)
{
	int fd = open(LOADED, O_RDONLY | O_CLOEXEC);
	char digit = '0';

	if (fd < 0)
		return false;
	if (read(fd, &digit, 1) != 1)
		digit = '0';
	close(fd);
	return digit == '1';
}

/* What has been loaded under a name has its command line already. */
static int put_flag(const struct request *request)
{
	const char *text = request->name || !request->command_line ? "" : request->command_line;
	struct new_file file;
	int error;

	error = file_create(&file, FLAG, 0600);
	if (!error)
		error = file_finish(&file, FLAG, file_write(file.fd, text, strlen(text)));
	return error ? complain(FLAG, -error, NULL) : 0;
}

static int carry_out(const struct request *request)
{
	int error = 0;

	/* An earlier request ends here: the flag is there only when all that it stands for is. */
	if (!request->load_only)
		unlink(FLAG);
	if (request->unload)
		return unload();
	if (request->name)
		error = load_name(request);
	else if (!is_loaded())
		error = complain(LOADED, ENOENT, "nothing is loaded");
	else if (request->command_line && strlen(request->command_line) >= COMMAND_LINE_BYTES)
		error = complain("the command line", E2BIG, "longer than the kernel takes");
	if (error)
		return error;
	if (!request->load_only)
		return put_flag(request);
	/* The kernel that an earlier request stands for has been given up. */
	unlink(FLAG);
	return 0;
}

static bool parse(int argc, char **argv, struct request *request)
{
	static const struct option options[] = {
		{ "initrd", required_argument, NULL, INITRD },
		{ "hints", no_argument, NULL, HINTS },
		{ "load", no_argument, NULL, LOAD },
		{ "unload", no_argument, NULL, UNLOAD },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "c:i:", options, NULL)) != -1) {
		if (c == 'c')
			request->command_line = optarg;
		else if (c == INITRD)
			request->ramdisk = optarg;
		else if (c == HINTS)
			request->hints = true;
		else if (c == LOAD)
			request->load_only = true;
		else if (c == UNLOAD)
			request->unload = true;
		else
			return false;
	}
	if (optind < argc)
		request->name = argv[optind++];
	return optind == argc && !(request->unload && argc != 2) &&
	       (request->name || !(request->ramdisk || request->hints || request->load_only));
}

int main(int argc, char **argv)
{
	struct request request = { 0 };

	if (!parse(argc, argv, &request)) {
		fputs("usage: lobos [-c COMMAND_LINE] [--initrd FILE] [--hints] [--load] NAME\n"
		      "       lobos [-c COMMAND_LINE]\n"
		      "       lobos --unload\n"
		      "Loads the kernel NAME, and makes the next reboot boot it by LOBOS. NAME is a\n"
		      "path, or a file in /boot, or a folder in /usr/src, or a part of such a name.\n"
		      "Without -c the new kernel gets the command line of this one.\n"
		      "  --initrd FILE  give it this initial RAM disk\n"
		      "  --hints        tell it what this kernel has found out of the machine\n"
		      "  --load         only load it; lobos without NAME then does the rest\n"
		      "  --unload       forget what is loaded\n"
		      "Example: lobos linux-6.1 && reboot\n", stderr);
		return EINVAL;
	}
	return carry_out(&request);
}
