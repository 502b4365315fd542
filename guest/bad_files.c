// SPDX-License-Identifier: GPL-2.0-only
/*
 * bad_files.c - kernel images with one thing wrong
 */
#include <errno.h>
#include <asm/bootparam.h>
#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "array_size.h"
#include "bad_files.h"

#define MIB (1024L * 1024)
#define ELF_KERNEL "/boot/vmlinux"
#define ABOVE 0xe0000000		/* no machine with less than 4 GiB has memory there */
#define SETUP_HEADER 0x1f1		/* in a bzImage, see the kernel's boot protocol */

static void give_up(const char *what)
{
	int error = errno;

	perror(what);
	exit(error);
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

void make_empty(const char *good, const char *path)
{
	close(copy(good, path, 0));
}

void make_truncated(const char *good, const char *path)
{
	struct stat s;

	if (stat(good, &s))
		give_up(good);
	close(copy(good, path, s.st_size / 2));
}

static void overwrite(int fd, const char *path, const void *bytes, size_t n, off_t at)
{
	if (pwrite(fd, bytes, n, at) != (ssize_t)n)
		give_up(path);
}

static void read_at(int fd, const char *path, void *bytes, size_t n, off_t at)
{
	if (pread(fd, bytes, n, at) != (ssize_t)n)
		give_up(path);
}

/* Class and machine are at the same places in files of 32 and of 64 bits. */
static void make_elf(const char *path, uint8_t class, uint16_t machine)
{
	int fd = copy(ELF_KERNEL, path, INT32_MAX);

	overwrite(fd, path, &class, sizeof(class), EI_CLASS);
	overwrite(fd, path, &machine, sizeof(machine), offsetof(Elf32_Ehdr, e_machine));
	close(fd);
}

void make_other_machine(const char *good, const char *path)
{
	(void)good;
	make_elf(path, sizeof(long) == 8 ? ELFCLASS64 : ELFCLASS32, EM_AARCH64);
}

void make_sixty_four(const char *good, const char *path)
{
	(void)good;
	make_elf(path, ELFCLASS64, EM_X86_64);
}

void make_other_width(const char *good, const char *path)
{
	(void)good;
	if (sizeof(long) == 8)
		make_elf(path, ELFCLASS32, EM_386);
	else
		make_elf(path, ELFCLASS64, EM_X86_64);
}

void make_segments_above(const char *good, const char *path)
{
	int fd = copy(ELF_KERNEL, path, INT32_MAX);
	ElfW(Ehdr) header;

	(void)good;
	read_at(fd, path, &header, sizeof(header), 0);
	for (unsigned int i = 0; i < header.e_phnum; i++) {
		off_t at = (off_t)(header.e_phoff + i * sizeof(ElfW(Phdr)));
		ElfW(Phdr) segment;

		read_at(fd, path, &segment, sizeof(segment), at);
		segment.p_paddr += ABOVE;
		overwrite(fd, path, &segment, sizeof(segment), at);
	}
	close(fd);
}

void make_no_such_entry(const char *good, const char *path)
{
	int fd = copy(ELF_KERNEL, path, INT32_MAX);
	unsigned long entry = ~(ULONG_MAX >> 1);

	(void)good;
	overwrite(fd, path, &entry, sizeof(entry), offsetof(Elf32_Ehdr, e_entry));
	close(fd);
}

/* A bzImage with another header. */
static void make_bzimage(const char *good, const char *path,
			 void (*change)(struct setup_header *header))
{
	int fd = copy(good, path, INT32_MAX);
	struct setup_header header;

	read_at(fd, path, &header, sizeof(header), SETUP_HEADER);
	change(&header);
	overwrite(fd, path, &header, sizeof(header), SETUP_HEADER);
	close(fd);
}

/* Ways that switch paging off go by the first field, kexec_file_load by the second. */
static void to_above_memory(struct setup_header *header)
{
	header->code32_start = ABOVE;
	header->init_size = ABOVE;
}

void make_above_memory(const char *good, const char *path)
{
	make_bzimage(good, path, to_above_memory);
}

static void to_32_bits(struct setup_header *header)
{
	header->xloadflags &= (uint16_t)~XLF_KERNEL_64;
}

void make_thirty_two(const char *good, const char *path)
{
	make_bzimage(good, path, to_32_bits);
}

static void to_four_levels(struct setup_header *header)
{
	header->xloadflags &= (uint16_t)~(XLF_5LEVEL | XLF_5LEVEL_ENABLED);
}

void make_four_levels(const char *good, const char *path)
{
	make_bzimage(good, path, to_four_levels);
}

/* The same bytes each time (xorshift32), so that a finding can be repeated. */
void make_random(const char *good, const char *path)
{
	int fd = copy(good, path, 0);
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

void make_too_large(const char *good, const char *path)
{
	int fd = copy(good, path, MIB);
	struct sysinfo info;

	if (sysinfo(&info))
		give_up("sysinfo");
	if (ftruncate(fd, (off_t)info.totalram * info.mem_unit + 64 * MIB))
		give_up(path);
	close(fd);
}

void make_good(const char *good, const char *path)
{
	close(copy(good, path, INT32_MAX));
}
