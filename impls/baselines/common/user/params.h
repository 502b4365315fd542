/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * params.h - what a kernel is told by whoever starts it
 */
#ifndef PARAMS_H
#define PARAMS_H

#include <asm/bootparam.h>

#include "bzimage.h"
#include "region.h"

/* What both ways give to a kernel, besides itself. */
struct extras {
	const char *command_line;	/* shorter than COMMAND_BYTES */
	uint32_t ramdisk;		/* physical; 0: none */
	uint32_t ramdisk_bytes;
};

/*
 * params_running() - the boot_params of the running kernel, as it got them
 *
 * The memory map is in them, and what the firmware said of video and tables.
 * What belonged to this one boot, RAM disk and setup_data, is taken out.
 *
 * Ends the program with the errno of reading them, or with EOPNOTSUPP on a
 * machine started by EFI.
 */
struct boot_params params_running(void);

/* The same with the header of the kernel that is to be started. */
struct boot_params params_for(const struct bzimage *image);

/* Puts into a header what every kernel is told. The command line is at LOW_COMMAND. */
void params_extras(struct setup_header *header, const struct extras *extras);

/*
 * extras_load() - lay out command line and RAM disk
 * @regions: get one or two more
 * @command_line: stays the caller's
 * @ramdisk_path: NULL: none
 * @from: the lowest address for the RAM disk
 * @last: the highest
 *
 * Ends the program with E2BIG (command line too long) or whatever a file or its
 * place fails with.
 */
struct extras extras_load(struct regions *regions, const char *command_line,
			  const char *ramdisk_path, uint32_t from, uint32_t last);

#endif /* PARAMS_H */
