// SPDX-License-Identifier: GPL-2.0-only
/*
 * place.c - whose code lies at an address, while one system becomes another
 */
#include "place.h"

#include <stdlib.h>
#include <string.h>

#define LOW_MEMORY_END	UINT64_C(0xa0000)	/* the PC's memory map */
#define SETUP_BYTES	UINT64_C(0x10000)	/* one segment: code, heap and stack */
#define BIOS_END	UINT64_C(0x100000)
#define ROM_START	UINT64_C(0xff000000)
#define ROM_END		UINT64_C(0x100000000)
#define UPPER_HALF	UINT64_C(0x8000000000000000)
#define PAGE_MASK	UINT64_C(0xfff)

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
	return (linear >= LOW_MEMORY_END && linear < BIOS_END) ||
	       (linear >= ROM_START && linear < ROM_END);
}

bool place_take_image(struct image_extent *image, const char *text)
{
	const struct {
		const char *name;
		uint64_t *to;
	} numbers[] = {
		{ "image_start=", &image->start }, { "image_end=", &image->end },
		{ "image_linear=", &image->linear },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		size_t n = strlen(numbers[i].name);

		if (strncmp(text, numbers[i].name, n))
			continue;
		*numbers[i].to = strtoull(text + n, NULL, 0);
		return true;
	}
	return false;
}

void place_move_image(struct image_extent *image, uint64_t linear)
{
	uint64_t by = (linear & ~PAGE_MASK) - image->start;

	image->start += by;
	image->end += by;
	image->linear -= by;
}

bool place_is_kernels(uint64_t linear, const struct image_extent *image)
{
	if (image_is_wide(image))
		return linear >= UPPER_HALF;
	return linear >= image->linear && linear < ROM_START;
}

/*
 * With 32 bits memory is mapped from 3 GiB on, with the kernel and up to where modules begin.
 * With 64 bits it is mapped below the kernel, at an address that may be random; modules lie above.
 * In the place of the kernel a way that leaves it may map code of its own.
 */
static enum place place_of_kernels(uint64_t linear, uint64_t physical,
				   const struct image_extent *image)
{
	if (in_image(physical, image))
		return PLACE_OLD_KERNEL;
	if (in_image(linear - image->linear, image))
		return PLACE_SAFE_AREA;
	if (image_is_wide(image) ? linear < image->linear : physical == linear - image->linear)
		return PLACE_SAFE_AREA;
	return PLACE_OLD_MODULE;
}

enum place place_of(enum stage stage, uint64_t linear, uint64_t physical,
		    const struct image_extent *image, uint64_t setup)
{
	if (stage == STAGE_NEW_KERNEL)
		return PLACE_NEW_KERNEL;
	if (stage == STAGE_OLD && place_is_kernels(linear, image))
		return place_of_kernels(linear, physical, image);
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
