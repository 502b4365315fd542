// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_memory.c - the machine's memory, as the plugin finds it in the emulator
 */
#include "plugin_memory.h"

#include <stdlib.h>
#include <string.h>

#define PAGE	4096
#define HIGH	(UINT64_C(4) << 30)

bool guest_memory_take(struct guest_memory *m, const char *text)
{
	if (!strncmp(text, "memory=", 7))
		m->bytes = strtoull(text + 7, NULL, 0);
	else if (!strncmp(text, "memory_low=", 11))
		m->low = strtoull(text + 11, NULL, 0);
	else
		return false;
	return true;
}

void guest_memory_find(struct guest_memory *m, const struct image_extent *image, uint64_t linear,
		       const void *host)
{
	uint64_t physical = linear - image->linear;

	if (!m->ram && host && physical >= image->start && physical < image->end)
		m->ram = (const uint8_t *)host - physical;
}

uint64_t guest_memory_physical(const struct guest_memory *m, const void *host)
{
	uint64_t offset;

	if (!host || !m->ram)
		return PLACE_NOWHERE;
	offset = (uintptr_t)host - (uintptr_t)m->ram;
	if (offset >= m->bytes)
		return PLACE_NOWHERE;
	return offset < m->low ? offset : offset - m->low + HIGH;
}

const void *guest_memory_at(const struct guest_memory *m, uint64_t physical, size_t size)
{
	bool high = physical >= HIGH;
	uint64_t offset = high ? physical - HIGH : physical, room = high ? m->bytes - m->low : m->low;

	if (!m->ram || offset >= room || room - offset < size)
		return NULL;
	return m->ram + (high ? m->low : 0) + offset;
}

uint64_t guest_memory_read(const struct guest_memory *m, uint64_t physical, size_t size)
{
	const void *at = guest_memory_at(m, physical, size);
	uint64_t value = 0;

	if (at)
		memcpy(&value, at, size);
	return value;
}

uint64_t guest_memory_translate(struct guest_memory *m, qemu_plugin_meminfo_t info,
				uint64_t linear)
{
	uint64_t page = linear / PAGE, physical;
	const struct qemu_plugin_hwaddr *where;

	if (m->pages[page % GUEST_PAGES].linear == page)
		return m->pages[page % GUEST_PAGES].physical * PAGE + linear % PAGE;
	where = qemu_plugin_get_hwaddr(info, linear);
	if (!where || qemu_plugin_hwaddr_is_io(where))
		return PLACE_NOWHERE;
	physical = qemu_plugin_hwaddr_phys_addr(where);
	if (physical < m->bytes) {
		m->pages[page % GUEST_PAGES].linear = page;
		m->pages[page % GUEST_PAGES].physical = physical / PAGE;
	}
	return physical;
}

void guest_memory_forget(struct guest_memory *m)
{
	memset(m->pages, 0xff, sizeof(m->pages));
}
