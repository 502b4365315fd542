// SPDX-License-Identifier: GPL-2.0-only
/*
 * mkflat.c - the command that makes a LOBOS image of an ELF kernel
 *
 * Usage: mkflat VMLINUX IMAGE
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "flat.h"

static int complain(const char *path, const char *what)
{
	fprintf(stderr, "mkflat: %s: %s\n", path, what);
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	const unsigned char *elf;
	struct new_file out;
	struct flat flat;
	const char *wrong;
	struct stat s;
	int fd, error;

	if (argc != 3) {
		fputs("usage: mkflat VMLINUX IMAGE\n"
		      "Makes the LOBOS image IMAGE of the ELF kernel VMLINUX.\n"
		      "Example: mkflat vmlinux vmlinux.lobos\n", stderr);
		return 2;
	}
	fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &s))
		return complain(argv[1], strerror(errno));
	if (!s.st_size)
		return complain(argv[1], "it is empty");
	elf = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (elf == MAP_FAILED)
		return complain(argv[1], strerror(errno));
	wrong = flat_from_elf(elf, (size_t)s.st_size, &flat);
	if (wrong)
		return complain(argv[1], wrong);

	error = file_create(&out, argv[2], 0644);
	if (!error)
		error = file_finish(&out, argv[2], file_write(out.fd, flat.bytes, flat.size));
	free(flat.bytes);
	return error ? complain(argv[2], strerror(-error)) : EXIT_SUCCESS;
}
