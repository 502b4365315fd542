// SPDX-License-Identifier: GPL-2.0-only
/*
 * monte.c - the command that boots a bzImage by /dev/tkm
 *
 * It lays the image out as a boot loader would: set-up code and command line
 * below 1 MiB, the rest where its header says. What it does not do is to find
 * out about the machine: that is left to the set-up code, which asks the BIOS.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bzimage.h"
#include "die.h"
#include "image_file.h"
#include "later.h"
#include "marked.h"
#include "params.h"
#include "region.h"
#include "tkm.h"

#define LATER_FOLDER	"/run/monte"
#define HEAP_END	0x9c00	/* heap_end_ptr: the set-up code's stack begins behind it */

static const char usage[] =
	"usage: monte [-hvndsl] [-i RAMDISK] IMAGE [COMMAND_LINE...]\n"
	"       monte -f FILE\n"
	"boots IMAGE, a bzImage, at once: file systems are synced but not unmounted\n"
	"  -i  give it this RAM disk\n"
	"  -s  skip its set-up code: stay in protected mode, do not call the BIOS\n"
	"  -n  do not boot: only find out whether it could\n"
	"  -d  switch PCI bus masters off (always done, the option is for old scripts)\n"
	"  -v  say what goes where\n"
	"  -l  do it later, in place of the next ordinary reboot\n"
	"  -f  do what -l has kept in FILE\n";

struct options {
	const char *image, *ramdisk, *kept;
	char *command_line;
	bool later, dry, verbose, skip_setup;
};

static void parse_flag(struct options *options, int c)
{
	switch (c) {
	case 'd':
		break;
	case 'f':
		options->kept = optarg;
		break;
	case 'h':
		fputs(usage, stdout);
		exit(EXIT_SUCCESS);
	case 'i':
		options->ramdisk = optarg;
		break;
	case 'l':
		options->later = true;
		break;
	case 'n':
		options->dry = true;
		break;
	case 's':
		options->skip_setup = true;
		break;
	case 'v':
		options->verbose = true;
		break;
	default:
		fputs(usage, stderr);
		exit(EINVAL);
	}
}

/* The rest of the words, with a blank between any two. */
static char *join(char **words)
{
	size_t bytes = 1;
	char *line;

	for (char **word = words; *word; word++)
		bytes += strlen(*word) + 1;
	line = calloc(bytes, 1);
	if (!line)
		die(ENOMEM, "command line");
	for (char **word = words; *word; word++) {
		if (word != words)
			strcat(line, " ");
		strcat(line, *word);
	}
	return line;
}

static struct options parse_options(int argc, char **argv)
{
	struct options options = { 0 };
	int c;

	optind = 1;
	/* "+": what comes after the image is the kernel's, whatever it looks like. */
	while ((c = getopt(argc, argv, "+df:hi:lnsv")) != -1)
		parse_flag(&options, c);
	if ((optind < argc) == !!options.kept) {
		fputs(usage, stderr);
		exit(EINVAL);
	}
	if (options.kept)
		return options;
	options.image = argv[optind];
	options.command_line = join(argv + optind + 1);
	if (strlen(options.command_line) >= COMMAND_BYTES)
		die(E2BIG, "a command line of %zu bytes, more than %u",
		    strlen(options.command_line), COMMAND_BYTES - 1);
	return options;
}

static void refuse_elf(const struct image_file *file)
{
	Elf32_Ehdr header;	/* as far as this goes, one of 64 bits is the same */

	if (file->bytes < sizeof(header))
		return;
	image_file_read(file, &header, sizeof(header), 0);
	if (memcmp(header.e_ident, ELFMAG, SELFMAG))
		return;
	if (header.e_machine != EM_386 && header.e_machine != EM_X86_64)
		die(EOPNOTSUPP, "%s: an ELF file for machine %u", file->path, header.e_machine);
	die(ENOEXEC, "%s: an ELF file, and only a bzImage has set-up code", file->path);
}

static struct image_file open_image(const char *path)
{
	struct image_file file = image_file_open(path);

	refuse_elf(&file);
	return file;
}

static void keep(const struct options *options)
{
	struct image_file file = open_image(options->image);
	const char *words[8] = { NULL };
	int n = 0;

	/* What the module will refuse is refused now, while services run. */
	params_running();
	bzimage_check(&file);
	if (options->skip_setup)
		words[n++] = "-s";
	if (options->verbose)
		words[n++] = "-v";
	if (options->ramdisk) {
		words[n++] = "-i";
		words[n++] = later_file(LATER_FOLDER, "ramdisk", options->ramdisk);
	}
	words[n++] = later_file(LATER_FOLDER, "image", options->image);
	words[n++] = options->command_line;
	later_keep(LATER_FOLDER, words);
}

/* The set-up code, told by its header what a boot loader tells it. */
static void add_setup(struct regions *regions, const struct image_file *file,
		      const struct bzimage *image, const struct extras *extras)
{
	uint8_t *to = region_add(regions, LOW_PARAMS, image->setup_bytes);
	struct setup_header header = image->header;

	image_file_read(file, to, image->setup_bytes, 0);
	params_extras(&header, extras);
	header.loadflags |= CAN_USE_HEAP;
	header.heap_end_ptr = HEAP_END;
	header.setup_data = 0;
	memcpy(to + SETUP_HEADER_OFFSET, &header, image->header_bytes);
}

/* What the set-up code would have found out, as the running kernel has it. */
static void add_params(struct regions *regions, const struct bzimage *image,
		       const struct extras *extras)
{
	struct boot_params params = params_for(image);

	params_extras(&params.hdr, extras);
	memcpy(region_add(regions, LOW_PARAMS, sizeof(params)), &params, sizeof(params));
}

static void load(struct regions *regions, const struct options *options, struct tkm_boot *boot)
{
	struct image_file file = open_image(options->image);
	struct bzimage image = bzimage_parse(&file);
	struct extras extras;
	uint32_t last = image.header.version >= 0x0203 ? image.header.initrd_addr_max : 0;

	image_file_read(&file, region_add(regions, image.header.code32_start, image.rest_bytes),
			image.rest_bytes, (off_t)image.setup_bytes);
	extras = extras_load(regions, options->command_line, options->ramdisk, image.end,
			     last && last < RAMDISK_LAST ? last : RAMDISK_LAST);
	if (options->skip_setup) {
		add_params(regions, &image, &extras);
		boot->flags |= TKM_PROTECTED;
		boot->entry = image.header.code32_start;
	} else {
		add_setup(regions, &file, &image, &extras);
	}
	if (options->dry)
		boot->flags |= TKM_DRY_RUN;
}

static void describe(const struct regions *regions, struct tkm_boot *boot, bool verbose)
{
	for (unsigned int i = 0; i < regions->n; i++) {
		const struct region *region = &regions->at[i];

		if (mlock(region->memory, region->bytes))
			die(errno, "%zu bytes of locked memory", region->bytes);
		boot->regions[boot->nr_regions++] = (struct tkm_region){
			.memory = (uintptr_t)region->memory,
			.destination = region->destination,
			.bytes = (uint32_t)region->bytes,
		};
		if (verbose)
			printf("%#9x: %zu bytes\n", region->destination, region->bytes);
	}
}

static void boot_now(const struct options *options)
{
	struct regions regions = { .n = 0 };
	struct tkm_boot boot = { .flags = 0 };
	int device;

	marked_load_begin();
	load(&regions, options, &boot);
	describe(&regions, &boot, options->verbose);
	marked_load_end();

	device = open(TKM_DEVICE, O_RDWR | O_CLOEXEC);
	if (device < 0)
		die(errno, TKM_DEVICE ", is the module tkm loaded");
	fflush(stdout);
	if (!options->dry)
		sync();
	if (ioctl(device, TKM_BOOT, &boot))
		die(errno, "tkm, see the kernel's log");
	close(device);
}

int main(int argc, char **argv)
{
	struct options options = parse_options(argc, argv);

	if (options.kept) {
		argv = later_words(options.kept, argv[0], &argc);
		options = parse_options(argc, argv);
	}
	if (options.later) {
		marked_load_begin();
		keep(&options);
		marked_load_end();
	} else {
		boot_now(&options);
	}
	return 0;
}
