// SPDX-License-Identifier: GPL-2.0-only
/*
 * lobos.c - the command that makes the next reboot a LOBOS boot
 *
 * Usage: lobos [-c COMMAND_LINE] NAME
 *
 * Puts a flat image of the kernel into /tmp, where it outlives the unmounting of
 * other file systems, and creates the flag file /lobos. The reboot script's hook
 * (50-lobos) sees the flag and calls bootfile.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/lobos.h>
#include <reboot_marks.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "find.h"
#include "flat.h"

#define IMAGE "/tmp/vmlinux.lobos"
#define COMMAND_LINE "/tmp/lobos.command_line"
#define FLAG "/lobos"
#define BOOT_ID "/proc/sys/kernel/random/boot_id"

static int complain(const char *path, const char *what)
{
	fprintf(stderr, "lobos: %s: %s\n", path, what);
	return EXIT_FAILURE;
}

/* Where there is no such file, nobody is measuring. */
static void set_mark(int id)
{
	int fd = open(REBOOT_MARK_FILE, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (dprintf(fd, "%d", id) < 0)
		complain(REBOOT_MARK_FILE, strerror(errno));
	close(fd);
}

static int copy_file(int in, int out, size_t size)
{
	while (size) {
		ssize_t copied = sendfile(out, in, NULL, size);

		if (copied < 0)
			return -errno;
		if (!copied)
			return -ENODATA;
		size -= (size_t)copied;
	}
	return 0;
}

/* The image as it is, or the image of an ELF kernel. */
static const char *write_image(int in, const unsigned char *bytes, size_t size, int out)
{
	struct flat flat;
	const char *wrong;
	int error;

	if (size < LOBOS_HEADER_BYTES)
		return "it is too small for a kernel";
	if (flat_is_image(bytes)) {
		wrong = flat_check_header(bytes, size);
		error = wrong ? 0 : copy_file(in, out, size);
	} else {
		wrong = flat_from_elf(bytes, size, &flat);
		if (wrong)
			return wrong;
		error = file_write(out, flat.bytes, flat.size);
		free(flat.bytes);
	}
	return error ? strerror(-error) : wrong;
}

static int put_image(const char *path)
{
	const unsigned char *bytes = MAP_FAILED;
	struct new_file image;
	const char *wrong;
	struct stat s;
	int in, error;

	in = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (in < 0 || fstat(in, &s))
		return complain(path, strerror(errno));
	if (!S_ISREG(s.st_mode))
		return complain(path, "it is not a regular file");
	if (!s.st_size)
		return complain(path, "it is empty");
	bytes = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, in, 0);
	if (bytes == MAP_FAILED)
		return complain(path, strerror(errno));

	error = file_create(&image, IMAGE, 0600);
	if (error)
		return complain(IMAGE, strerror(-error));
	wrong = write_image(in, bytes, (size_t)s.st_size, image.fd);
	error = file_finish(&image, IMAGE, wrong ? -ECANCELED : 0);
	munmap((void *)bytes, (size_t)s.st_size);
	close(in);
	if (wrong)
		return complain(path, wrong);
	return error ? complain(IMAGE, strerror(-error)) : EXIT_SUCCESS;
}

static int put_text(const char *path, const char *text)
{
	struct new_file file;
	int error;

	error = file_create(&file, path, 0600);
	if (!error)
		error = file_finish(&file, path, file_write(file.fd, text, strlen(text)));
	return error ? complain(path, strerror(-error)) : EXIT_SUCCESS;
}

/* Without -c the next kernel gets the command line of this one. */
static int put_command_line(const char *command_line)
{
	if (command_line)
		return put_text(COMMAND_LINE, command_line);
	if (unlink(COMMAND_LINE) && errno != ENOENT)
		return complain(COMMAND_LINE, strerror(errno));
	return EXIT_SUCCESS;
}

/* The flag is good for this boot only: it holds the boot's id. */
static int put_flag(void)
{
	char id[64];
	FILE *file = fopen(BOOT_ID, "re");

	if (!file || !fgets(id, sizeof(id), file))
		return complain(BOOT_ID, strerror(errno));
	fclose(file);
	return put_text(FLAG, id);
}

static int get_ready(const char *name, const char *command_line)
{
	char *path = find_kernel(name);
	int status;

	/* An earlier request ends here: the flag is there only when all that it stands for is. */
	unlink(FLAG);
	if (!path)
		return EXIT_FAILURE;
	set_mark(REBOOT_MARK_LOAD_BEGIN);
	status = put_image(path);
	if (!status)
		status = put_command_line(command_line);
	if (!status)
		status = put_flag();
	set_mark(REBOOT_MARK_LOAD_END);
	free(path);
	return status;
}

int main(int argc, char **argv)
{
	const char *command_line = NULL;
	int option, bad = 0;

	while ((option = getopt(argc, argv, "c:")) != -1) {
		if (option == 'c')
			command_line = optarg;
		else
			bad = 1;
	}
	if (bad || optind != argc - 1) {
		fputs("usage: lobos [-c COMMAND_LINE] NAME\n"
		      "Makes the next reboot boot the kernel NAME by LOBOS: a path, or a file in\n"
		      "/boot, or a folder in /usr/src, or a part of such a name. Without -c the new\n"
		      "kernel gets the command line of this one.\n"
		      "Example: lobos linux-6.1 && reboot\n", stderr);
		return 2;
	}
	return get_ready(argv[optind], command_line);
}
