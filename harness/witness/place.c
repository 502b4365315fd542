// SPDX-License-Identifier: GPL-2.0-only
/*
 * place.c - whose code lies at an address, while one system becomes another
 */
#include "place.h"

#include <stdbool.h>
#include <string.h>

#define LOW_MEMORY_END	UINT64_C(0xa0000)	/* the PC's memory map */
#define SETUP_BYTES	UINT64_C(0x10000)	/* one segment: code, heap and stack */
#define BIOS_END	UINT64_C(0x100000)
#define ROM_START	UINT64_C(0xff000000)

static const char *const names[PLACES] = {
	[PLACE_OLD_KERNEL] = "old_kernel",
	[PLACE_OLD_KERNEL_PHYSICAL] = "old_kernel_physical",
	[PLACE_OLD_MODULE] = "old_module",
	[PLACE_LOW_MEMORY] = "low_memory",
	[PLACE_SETUP] = "setup",
	[PLACE_BIOS] = "bios",
	[PLACE_SAFE_AREA] = "safe_area",
	[PLACE_LOADER] = "loader",
	[PLACE_DECOMPRESSOR] = "decompressor",
	[PLACE_NEW_KERNEL] = "new_kernel",
};

const char *place_name(enum place place)
{
	return names[place];
}

enum place place_from_name(const char *name)
{
	int place = 0;

	while (place < PLACES && strcmp(names[place], name))
		place++;
	return place;
}

bool place_is_own(enum place place)
{
	return place == PLACE_OLD_KERNEL || place == PLACE_OLD_KERNEL_PHYSICAL ||
	       place == PLACE_OLD_MODULE || place == PLACE_SAFE_AREA || place == PLACE_LOW_MEMORY;
}

static bool in_image(uint64_t physical, const struct image_extent *image)
{
	return physical != PLACE_NOWHERE && physical >= image->start && physical < image->end;
}

static bool is_bios(uint64_t linear)
{
	return (linear >= LOW_MEMORY_END && linear < BIOS_END) || linear >= ROM_START;
}

enum place place_of(enum stage stage, uint64_t linear, uint64_t physical,
		    const struct image_extent *image, uint64_t setup)
{
	if (stage == STAGE_NEW_KERNEL)
		return PLACE_NEW_KERNEL;
	if (stage == STAGE_OLD && linear >= PLACE_KERNEL_LINEAR && linear < ROM_START) {
		if (in_image(physical, image))
			return PLACE_OLD_KERNEL;
		return physical == linear - PLACE_KERNEL_LINEAR ? PLACE_SAFE_AREA : PLACE_OLD_MODULE;
	}
	if (is_bios(linear))
		return PLACE_BIOS;
	if (stage == STAGE_DECOMPRESSOR)
		return PLACE_DECOMPRESSOR;
	if (stage == STAGE_LOADER)
		return PLACE_LOADER;
	/* SeaBIOS moves itself to the end of memory, where nobody else is yet. */
	if (stage == STAGE_FIRMWARE)
		return PLACE_BIOS;
	if (linear < LOW_MEMORY_END)
		return linear >= setup && linear - setup < SETUP_BYTES ? PLACE_SETUP :
		       PLACE_LOW_MEMORY;
	return in_image(physical, image) ? PLACE_OLD_KERNEL_PHYSICAL : PLACE_SAFE_AREA;
}
