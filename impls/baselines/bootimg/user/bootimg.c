// SPDX-License-Identifier: GPL-2.0-only
/*
 * bootimg.c - the command that boots a kernel image by bootimg(2)
 *
 * It knows the formats, the system call does not: here the image is laid out in
 * pages, with the parameters, and with a few instructions that the system call
 * jumps to, because it hands over no registers.
 */
#include <errno.h>
#include <getopt.h>
#include <linux/bootimg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bzimage.h"
#include "die.h"
#include "elf_image.h"
#include "file.h"
#include "image_file.h"
#include "later.h"
#include "marked.h"
#include "params.h"
#include "region.h"

#define LATER_FOLDER	"/run/bootimg"
#define LOW_STUB	0x91000u	/* one page, between parameters and command line */

static const char usage[] =
	"usage: bootimg [-l] [-i RAMDISK] [-c COMMAND_LINE] IMAGE\n"
	"       bootimg -f FILE\n"
	"boots IMAGE, a bzImage or an ELF file, at once: nothing is synced or unmounted\n"
	"  -c  give it this command line, and not that of the running kernel\n"
	"  -i  give it this RAM disk\n"
	"  -l  do it later, in place of the next ordinary reboot\n"
	"  -f  do what -l has kept in FILE\n";

struct options {
	const char *image, *ramdisk, *command_line;	/* NULL: none given */
	const char *kept;
	bool later;
};

static void __attribute__((noreturn)) refuse_usage(void)
{
	fputs(usage, stderr);
	exit(EINVAL);
}

static struct options parse_options(int argc, char **argv)
{
	struct options options = { 0 };
	int c;

	optind = 1;
	while ((c = getopt(argc, argv, "c:f:hi:l")) != -1) {
		if (c == 'c')
			options.command_line = optarg;
		else if (c == 'i')
			options.ramdisk = optarg;
		else if (c == 'l')
			options.later = true;
		else if (c == 'f')
			options.kept = optarg;
		else
			refuse_usage();
	}
	if (optind + !options.kept != argc)
		refuse_usage();
	options.image = argv[optind];
	return options;
}

/* One line, without the newline that the file has. */
static const char *running_command_line(void)
{
	char *text = file_read("/proc/cmdline", NULL);

	if (!text)
		die(errno, "/proc/cmdline");
	text[strcspn(text, "\n")] = '\0';
	return text;
}

/*
 * movl $params, %esi; movl $entry, %eax; jmp *%eax
 * The boot protocol wants boot_params in ESI, and 0 in EBX, EBP and EDI, where it is.
 */
static void add_stub(struct regions *regions, uint32_t entry)
{
	uint8_t code[] = { 0xbe, 0, 0, 0, 0, 0xb8, 0, 0, 0, 0, 0xff, 0xe0 };
	const uint32_t params = LOW_PARAMS;

	memcpy(code + 1, &params, sizeof(params));
	memcpy(code + 6, &entry, sizeof(entry));
	memcpy(region_add(regions, LOW_STUB, sizeof(code)), code, sizeof(code));
}

static void add_params(struct regions *regions, struct boot_params params,
		       const struct options *options, uint32_t end, uint32_t ramdisk_last)
{
	const char *command_line = options->command_line ? options->command_line
							 : running_command_line();
	struct extras extras = extras_load(regions, command_line, options->ramdisk, end,
					   ramdisk_last);

	params_extras(&params.hdr, &extras);
	memcpy(region_add(regions, LOW_PARAMS, sizeof(params)), &params, sizeof(params));
}

static void load_bzimage(struct regions *regions, const struct image_file *file,
			 const struct options *options)
{
	struct bzimage image = bzimage_parse(file);
	uint32_t last = image.header.version >= 0x0203 ? image.header.initrd_addr_max : 0;

	image_file_read(file, region_add(regions, image.header.code32_start, image.rest_bytes),
			image.rest_bytes, (off_t)image.setup_bytes);
	add_params(regions, params_for(&image), options, image.end,
		   last && last < RAMDISK_LAST ? last : RAMDISK_LAST);
	add_stub(regions, image.header.code32_start);
}

static void load_elf(struct regions *regions, const struct image_file *file,
		     const struct options *options)
{
	uint32_t end = 0, entry = elf_image_load(file, regions, &end);

	add_params(regions, params_running(), options, end, RAMDISK_LAST);
	add_stub(regions, entry);
}

static void load(struct regions *regions, const struct options *options)
{
	struct image_file file = image_file_open(options->image);

	if (elf_image_is(&file))
		load_elf(regions, &file, options);
	else
		load_bzimage(regions, &file, options);
}

/* What the call will refuse is refused now, while services run. */
static void check(const struct options *options)
{
	struct image_file file = image_file_open(options->image);

	params_running();
	if (elf_image_is(&file))
		elf_image_check(&file);
	else
		bzimage_check(&file);
	if (options->command_line && strlen(options->command_line) >= COMMAND_BYTES)
		die(E2BIG, "a command line of %zu bytes, more than %u",
		    strlen(options->command_line), COMMAND_BYTES - 1);
}

static void keep(const struct options *options)
{
	const char *words[6] = { NULL };
	int n = 0;

	check(options);
	if (options->command_line) {
		words[n++] = "-c";
		words[n++] = options->command_line;
	}
	if (options->ramdisk) {
		words[n++] = "-i";
		words[n++] = later_file(LATER_FOLDER, "ramdisk", options->ramdisk);
	}
	words[n++] = later_file(LATER_FOLDER, "image", options->image);
	later_keep(LATER_FOLDER, words);
}

/* Regions as the system call wants them: page by page. */
static void boot(const struct regions *regions)
{
	struct boot_image image = { .start = LOW_STUB };
	uint32_t *destinations;
	const void **pages;
	size_t n = 0;

	for (unsigned int i = 0; i < regions->n; i++)
		n += regions->at[i].bytes / PAGE_BYTES;
	pages = calloc(n, sizeof(*pages));
	destinations = calloc(n, sizeof(*destinations));
	if (!pages || !destinations)
		die(ENOMEM, "a list of %zu pages", n);

	image.pages = pages;
	image.destinations = destinations;
	for (unsigned int i = 0; i < regions->n; i++) {
		const struct region *region = &regions->at[i];

		for (size_t at = 0; at < region->bytes; at += PAGE_BYTES) {
			pages[image.nr_pages] = region->memory + at;
			destinations[image.nr_pages++] = region->destination + (uint32_t)at;
		}
	}
	syscall(BOOTIMG_SYSCALL, &image);
	die(errno, "bootimg, see the kernel's log");
}

int main(int argc, char **argv)
{
	struct options options = parse_options(argc, argv);
	struct regions regions = { .n = 0 };

	if (options.kept) {
		argv = later_words(options.kept, argv[0], &argc);
		options = parse_options(argc, argv);
	}
	marked_load_begin();
	if (options.later)
		keep(&options);
	else
		load(&regions, &options);
	marked_load_end();
	if (!options.later)
		boot(&regions);
	return 0;
}
