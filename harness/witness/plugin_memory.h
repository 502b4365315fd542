/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * plugin_memory.h - the machine's memory, as the plugin finds it in the emulator
 */
#ifndef PLUGIN_MEMORY_H
#define PLUGIN_MEMORY_H

#include "place.h"
#include "qemu_plugin.h"

#define GUEST_PAGES	256		/* translations that are kept */

struct guest_memory {
	uint64_t bytes;			/* its size */
	uint64_t low;			/* how much of it lies below 4 GiB; the rest from there on */
	const uint8_t *ram;		/* where it lies in the emulator; NULL: not known yet */
	struct {
		uint64_t linear, physical;	/* numbers of pages */
	} pages[GUEST_PAGES];
};

/* "memory=" or "memory_low=" and a number. Return: false for anything else. */
bool guest_memory_take(struct guest_memory *m, const char *text);

/*
 * guest_memory_find() - learn where the memory lies in the emulator, if that is not known yet
 * @linear:	address of code that is about to be executed
 * @host:	where it lies in the emulator
 * The running kernel's own code says it: where that lies in memory is known.
 */
void guest_memory_find(struct guest_memory *m, const struct image_extent *image, uint64_t linear,
		       const void *host);

/* The physical address of what lies there in the emulator; PLACE_NOWHERE if it is not memory. */
uint64_t guest_memory_physical(const struct guest_memory *m, const void *host);

/* Where the emulator has so many bytes at a physical address; NULL if they are not memory. */
const void *guest_memory_at(const struct guest_memory *m, uint64_t physical, size_t size);

/* A number of at most 8 bytes at a physical address; 0 if that is not known or not in memory. */
uint64_t guest_memory_read(const struct guest_memory *m, uint64_t physical, size_t size);

/*
 * guest_memory_translate() - where an access goes; PLACE_NOWHERE for a device
 * Asking QEMU costs much more than the access, so its answers are kept, as a processor
 * keeps translations, until guest_memory_forget() drops them.
 */
uint64_t guest_memory_translate(struct guest_memory *m, qemu_plugin_meminfo_t info,
				uint64_t linear);
void guest_memory_forget(struct guest_memory *m);

#endif /* PLUGIN_MEMORY_H */
