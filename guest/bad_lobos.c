// SPDX-License-Identifier: GPL-2.0-only
/*
 * bad_lobos.c - the command that calls lobos(2) with damaged images and wrong arguments
 *
 * Usage: bad-lobos [levels]. Each call must be refused; with "levels" there is one
 * call, which only a machine with five levels of page tables must refuse. One line
 * each goes to the standard output: "call <case> <errno>". Images are loaded, not
 * booted, so that one that is taken by mistake shows as errno 0.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/lobos.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "array_size.h"

#define GOOD "/boot/vmlinux.lobos"
/* The one is copied from the page cache, the other is read by direct I/O. */
#define IN_MEMORY "/tmp/bad.lobos"
#define ON_DISK "/bad.lobos"
#define EMPTY "/tmp/empty"
#define NOWHERE ((const char *)1)
#define PAGE 4096
/* In the middle of the kernel, where there is code. */
#define CODE ((off_t)1024 * 1024)

static void give_up(const char *what)
{
	int error = errno;

	perror(what);
	exit(error);
}

static void offer(const char *name, const char *path, const char *command_line,
		  unsigned int flags, const char *ramdisk)
{
	long got = syscall(LOBOS_SYSCALL, path, command_line, flags, ramdisk);

	printf("\ncall %s %d\n", name, got ? errno : 0);
	fflush(stdout);
}

/* A copy of the good image that can be spoilt. */
static int copy(const char *path)
{
	int in = open(GOOD, O_RDONLY | O_CLOEXEC);
	int out = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t got = 1;

	if (in < 0 || out < 0)
		give_up(in < 0 ? GOOD : path);
	while (got > 0)
		got = sendfile(out, in, NULL, INT32_MAX);
	if (got < 0)
		give_up(path);
	close(in);
	return out;
}

static void read_at(int fd, void *bytes, size_t size, off_t at)
{
	if (pread(fd, bytes, size, at) != (ssize_t)size)
		give_up("pread");
}

static void write_at(int fd, const void *bytes, size_t size, off_t at)
{
	if (pwrite(fd, bytes, size, at) != (ssize_t)size)
		give_up("pwrite");
}

static void flip(int fd, off_t at, unsigned char bits)
{
	unsigned char byte;

	read_at(fd, &byte, 1, at);
	byte ^= bits;
	write_at(fd, &byte, 1, at);
}

static void swap(int fd, off_t a, off_t b, size_t size)
{
	unsigned char at_a[PAGE], at_b[PAGE];

	read_at(fd, at_a, size, a);
	read_at(fd, at_b, size, b);
	if (!memcmp(at_a, at_b, size)) {
		fprintf(stderr, "two pieces of " GOOD " are the same\n");
		exit(EBADMSG);
	}
	write_at(fd, at_b, size, a);
	write_at(fd, at_a, size, b);
}

static void resize(int fd, off_t change)
{
	struct stat s;

	if (fstat(fd, &s) || ftruncate(fd, s.st_size + change))
		give_up("ftruncate");
}

static void flip_a_bit(int fd)
{
	flip(fd, CODE + 1234, 0x10);
}

/* The top bits of two words that an even number of words lies between: a plain sum misses them. */
static void flip_two_bits(int fd)
{
	flip(fd, CODE + 3, 0x80);
	flip(fd, CODE + 256 + 3, 0x80);
}

static void flip_in_last_page(int fd)
{
	struct stat s;

	if (fstat(fd, &s))
		give_up("fstat");
	flip(fd, s.st_size - 1, 1);
}

static void swap_words(int fd)
{
	swap(fd, CODE + 32, CODE + 48, 4);
}

static void swap_pages(int fd)
{
	swap(fd, CODE, CODE + PAGE, PAGE);
}

static void zero_a_page(int fd)
{
	static const char zeros[PAGE];

	write_at(fd, zeros, PAGE, CODE);
}

static void flip_in_header(int fd)
{
	flip(fd, offsetof(struct lobos_header, entry), 1);
}

static void change_version(int fd)
{
	flip(fd, offsetof(struct lobos_header, version), LOBOS_VERSION ^ 1);
}

/* CRC-32 of IEEE 802.3, bit by bit. */
static uint32_t crc32(const unsigned char *data, size_t bytes)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < bytes; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
	}
	return ~crc;
}

/* The header's checksum is good, but what it says is not. */
static void change_header(int fd, void (*change)(struct lobos_header *header))
{
	struct lobos_header header;

	read_at(fd, &header, sizeof(header), 0);
	change(&header);
	header.header_crc = crc32((const void *)&header,
				  offsetof(struct lobos_header, header_crc));
	write_at(fd, &header, sizeof(header), 0);
}

/* To where no machine here has memory; the lower 32 bits are good. */
static void to_16_tib(struct lobos_header *header)
{
	header->destination += 1ull << 44;
	header->entry += 1ull << 44;
	header->alignment = 0;
}

static void move_up(int fd)
{
	change_header(fd, to_16_tib);
}

/* To where an old PC has the memory of its screen. */
static void to_the_screen(struct lobos_header *header)
{
	header->entry += 0xa0000 - header->destination;
	header->destination = 0xa0000;
	header->alignment = 0;
}

static void move_down(int fd)
{
	change_header(fd, to_the_screen);
}

static void to_two_pages(struct lobos_header *header)
{
	header->header_bytes = 2 * PAGE;
}

static void enlarge_header(int fd)
{
	change_header(fd, to_two_pages);
}

static void to_noncanonical(struct lobos_header *header)
{
	header->entry += 1ull << 47;
}

static void enter_elsewhere(int fd)
{
	change_header(fd, to_noncanonical);
}

static void to_other_machine(struct lobos_header *header)
{
	header->machine ^= EM_386 ^ EM_X86_64;
}

static void change_machine(int fd)
{
	change_header(fd, to_other_machine);
}

static void to_four_levels(struct lobos_header *header)
{
	header->flags &= ~(uint32_t)LOBOS_IMAGE_5_LEVELS;
}

static void shorten(int fd)
{
	resize(fd, -PAGE);
}

static void lengthen(int fd)
{
	resize(fd, PAGE);
}

static void offer_images(const char *path, const char *where)
{
	static const struct {
		const char *name;
		void (*spoil)(int fd);	/* NULL: it is good, but somebody can write to it */
	} cases[] = {
		{ "flipped-bit", flip_a_bit },
		{ "two-flipped-bits", flip_two_bits },
		{ "flipped-last-byte", flip_in_last_page },
		{ "swapped-words", swap_words },
		{ "swapped-pages", swap_pages },
		{ "zeroed-page", zero_a_page },
		{ "damaged-header", flip_in_header },
		{ "old-version", change_version },
		{ "large-header", enlarge_header },
		{ "moved-up", move_up },
		{ "moved-down", move_down },
		{ "noncanonical-entry", enter_elsewhere },
		{ "other-machine", change_machine },
		{ "page-too-short", shorten },
		{ "page-too-long", lengthen },
		{ "open-for-writing", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int fd = copy(path);
		char name[64];

		if (cases[i].spoil) {
			cases[i].spoil(fd);
			close(fd);
		}
		snprintf(name, sizeof(name), "%s-%s", where, cases[i].name);
		offer(name, path, NULL, LOBOS_LOAD, NULL);
		if (!cases[i].spoil)
			close(fd);
	}
	unlink(path);
}

/* Another process opens the image for writing, again and again, until that is refused. */
static void offer_a_race(void)
{
	pid_t writer;
	int status;

	close(copy(ON_DISK));
	writer = fork();
	if (writer < 0)
		give_up("fork");
	if (!writer) {
		int fd;

		while ((fd = open(ON_DISK, O_WRONLY | O_CLOEXEC)) >= 0)
			close(fd);
		_exit(errno);
	}
	do {
		if (syscall(LOBOS_SYSCALL, ON_DISK, NULL, LOBOS_LOAD, NULL) && errno != ETXTBSY)
			give_up(ON_DISK);
	} while (!waitpid(writer, &status, WNOHANG));
	printf("\ncall written-while-read %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	fflush(stdout);
	syscall(LOBOS_SYSCALL, NULL, NULL, LOBOS_UNLOAD, NULL);
	unlink(ON_DISK);
}

static void offer_arguments(void)
{
	static char long_line[2049];

	memset(long_line, 'x', sizeof(long_line) - 1);
	close(open(EMPTY, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	offer("unknown-flag", GOOD, NULL, 16 | LOBOS_LOAD, NULL);
	offer("load-nothing", NULL, NULL, LOBOS_LOAD, NULL);
	offer("hints-for-nothing", NULL, NULL, LOBOS_HINTS, NULL);
	offer("unload-a-path", GOOD, NULL, LOBOS_UNLOAD, NULL);
	offer("load-and-unload", NULL, NULL, LOBOS_LOAD | LOBOS_UNLOAD, NULL);
	offer("nothing-is-loaded", NULL, NULL, 0, NULL);
	offer("no-such-path", NOWHERE, NULL, LOBOS_LOAD, NULL);
	offer("no-such-line", GOOD, NOWHERE, LOBOS_LOAD, NULL);
	offer("line-too-long", GOOD, long_line, LOBOS_LOAD, NULL);
	offer("no-such-ramdisk-path", GOOD, NULL, LOBOS_LOAD | LOBOS_RAMDISK, NOWHERE);
	offer("ramdisk-missing", GOOD, NULL, LOBOS_LOAD | LOBOS_RAMDISK, "/nowhere");
	offer("ramdisk-is-folder", GOOD, NULL, LOBOS_LOAD | LOBOS_RAMDISK, "/");
	offer("ramdisk-is-empty", GOOD, NULL, LOBOS_LOAD | LOBOS_RAMDISK, EMPTY);
	unlink(EMPTY);
}

static void offer_four_levels(void)
{
	int fd = copy(IN_MEMORY);

	change_header(fd, to_four_levels);
	close(fd);
	offer("four-levels", IN_MEMORY, NULL, LOBOS_LOAD, NULL);
	syscall(LOBOS_SYSCALL, NULL, NULL, LOBOS_UNLOAD, NULL);
	unlink(IN_MEMORY);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "levels")) {
		offer_four_levels();
		return 0;
	}
	offer_images(IN_MEMORY, "memory");
	offer_images(ON_DISK, "disk");
	offer_a_race();
	offer_arguments();
	return 0;
}
