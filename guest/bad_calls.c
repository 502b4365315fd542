// SPDX-License-Identifier: GPL-2.0-only
/*
 * bad_calls.c - the command that calls bootimg(2) or TKM's ioctl with wrong arguments
 *
 * Usage: bad-calls bootimg|tkm. What no image file leads to, because the way's
 * own command would not ask for it. One line each goes to the standard output:
 * "call <case> <errno>". Every call asks for a small image that is right but for
 * the one thing; for tkm as a dry run, and its module has to be loaded before.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bootimg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "array_size.h"
#include "tkm.h"

#define PAGES 4u
#define PAGE 4096u
#define DESTINATION 0x90000u		/* memory that Linux does not use */

/* What the cases change; destinations and memory are those of both ways. */
static void *memory[PAGES];
static const void *pages[PAGES];
static __u32 destinations[PAGES];
static struct boot_image image;
static struct tkm_boot boot;

static void make_right(void)
{
	for (unsigned int i = 0; i < PAGES; i++) {
		if (!memory[i])
			memory[i] = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
					 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (memory[i] == MAP_FAILED) {
			perror("mmap");
			exit(ENOMEM);
		}
		pages[i] = memory[i];
		destinations[i] = DESTINATION + i * PAGE;
		boot.regions[i] = (struct tkm_region){ (uintptr_t)memory[i], destinations[i], PAGE };
	}
	image = (struct boot_image){ pages, PAGES, destinations, DESTINATION, 0 };
	boot.flags = TKM_PROTECTED | TKM_DRY_RUN;
	boot.entry = DESTINATION;
	boot.nr_regions = PAGES;
}

static void flags(void)
{
	image.flags = 1;
	boot.flags |= 4;
}

static void no_pages(void)
{
	image.nr_pages = 0;
	boot.nr_regions = 0;
}

static void too_many(void)
{
	image.nr_pages = 0x10000000;
	boot.regions[0].bytes = 0xf0000000;
}

static void unaligned(void)
{
	destinations[1] = ++boot.regions[1].destination;
}

static void of_the_bios(void)
{
	destinations[1] = boot.regions[1].destination = 0;
}

static void of_a_rom(void)
{
	destinations[1] = boot.regions[1].destination = 0xf0000;
}

static void above_memory(void)
{
	destinations[1] = boot.regions[1].destination = 0xfffff000;
}

static void twice(void)
{
	destinations[1] = boot.regions[1].destination = DESTINATION;
}

static void no_start(void)
{
	image.start = boot.entry = 0x200000;
}

static void unreadable(void)
{
	image.destinations = (const void *)1;
	boot.regions[1].memory = PAGE;
}

/* On i386 an address of the kernel's, on x86_64 one that is not canonical. */
static void no_user_address(void)
{
	uintptr_t address = (uintptr_t)0xd << (sizeof(address) * 8 - 4);

	pages[1] = (const void *)address;
	boot.regions[1].memory = address;
}

/* TKM only. */
static void mode_page(void)
{
	boot.regions[1].destination = 0x7000;
}

static void no_setup(void)
{
	boot.flags &= ~TKM_PROTECTED;
}

static void same_memory(void)
{
	boot.regions[1].memory = boot.regions[0].memory;
}

static void too_many_regions(void)
{
	boot.nr_regions = TKM_REGIONS_MAX + 1;
}

static const struct {
	const char *name;
	void (*spoil)(void);
	int tkm_only;
} cases[] = {
	{ "flags", flags, 0 },
	{ "no-pages", no_pages, 0 },
	{ "too-many-pages", too_many, 0 },
	{ "unaligned", unaligned, 0 },
	{ "of-the-bios", of_the_bios, 0 },
	{ "of-a-rom", of_a_rom, 0 },
	{ "above-memory", above_memory, 0 },
	{ "twice", twice, 0 },
	{ "no-start", no_start, 0 },
	{ "unreadable", unreadable, 0 },
	{ "no-user-address", no_user_address, 0 },
	{ "mode-page", mode_page, 1 },
	{ "no-set-up-code", no_setup, 1 },
	{ "same-memory", same_memory, 1 },
	{ "too-many-regions", too_many_regions, 1 },
};

int main(int argc, char **argv)
{
	int is_tkm = argc == 2 && !strcmp(argv[1], "tkm");
	int device = -1;

	if (argc != 2 || (!is_tkm && strcmp(argv[1], "bootimg"))) {
		fprintf(stderr, "usage: bad-calls bootimg|tkm\n");
		return EINVAL;
	}
	if (is_tkm) {
		device = open(TKM_DEVICE, O_RDWR | O_CLOEXEC);
		if (device < 0) {
			perror(TKM_DEVICE);
			return ENODEV;
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		long got;

		if (cases[i].tkm_only && !is_tkm)
			continue;
		make_right();
		cases[i].spoil();
		got = is_tkm ? ioctl(device, TKM_BOOT, &boot) : syscall(BOOTIMG_SYSCALL, &image);
		printf("call %s %d\n", cases[i].name, got ? errno : 0);
	}
	return 0;
}
