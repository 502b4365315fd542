// SPDX-License-Identifier: GPL-2.0-only
/*
 * params.c - what a kernel is told by whoever starts it
 */
#include <errno.h>
#include <string.h>

#include "die.h"
#include "image_file.h"
#include "params.h"
#include "system_ram.h"

#define RUNNING		"/sys/kernel/boot_params/data"
#define LOADER_OTHER	0xff		/* type_of_loader of one that has no number */

struct boot_params params_running(void)
{
	struct image_file file = image_file_open(RUNNING);
	struct boot_params params;

	image_file_read(&file, &params, sizeof(params), 0);
	if (params.efi_info.efi_loader_signature)
		die(EOPNOTSUPP, "this machine was started by EFI, which a new kernel cannot be "
		    "told without it");
	/* setup_data points at memory that the copy may use. */
	params.hdr.setup_data = 0;
	params.hdr.ramdisk_image = 0;
	params.hdr.ramdisk_size = 0;
	params.ext_ramdisk_image = 0;
	params.ext_ramdisk_size = 0;
	params.ext_cmd_line_ptr = 0;
	return params;
}

struct boot_params params_for(const struct bzimage *image)
{
	struct boot_params params = params_running();

	memset(&params.hdr, 0, sizeof(params.hdr));
	memcpy(&params.hdr, &image->header, image->header_bytes);
	return params;
}

void params_extras(struct setup_header *header, const struct extras *extras)
{
	header->type_of_loader = LOADER_OTHER;
	header->cmd_line_ptr = LOW_COMMAND;
	header->ramdisk_image = extras->ramdisk;
	header->ramdisk_size = extras->ramdisk_bytes;
}

struct extras extras_load(struct regions *regions, const char *command_line,
			  const char *ramdisk_path, uint32_t from, uint32_t last)
{
	struct extras extras = { .command_line = command_line };
	struct image_file ramdisk;

	if (strlen(command_line) >= COMMAND_BYTES)
		die(E2BIG, "a command line of %zu bytes, more than %u", strlen(command_line),
		    COMMAND_BYTES - 1);
	strcpy((char *)region_add(regions, LOW_COMMAND, COMMAND_BYTES), command_line);

	if (ramdisk_path) {
		ramdisk = image_file_open(ramdisk_path);
		extras.ramdisk_bytes = (uint32_t)ramdisk.bytes;
		extras.ramdisk = system_ram_highest(ramdisk.bytes, from, last);
		image_file_read(&ramdisk, region_add(regions, extras.ramdisk, ramdisk.bytes),
				ramdisk.bytes, 0);
	}
	return extras;
}
