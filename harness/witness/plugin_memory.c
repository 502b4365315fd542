// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_memory.c - the machine's memory, as the plugin finds it in the emulator
 */
#include "plugin_memory.h"

#include <string.h>

#define PAGE	4096

uint64_t guest_memory_physical(const struct guest_memory *m, const void *host)
{
	uint64_t offset;

	if (!host || !m->ram)
		return PLACE_NOWHERE;
	offset = (uintptr_t)host - (uintptr_t)m->ram;
	return offset < m->bytes ? offset : PLACE_NOWHERE;
}

uint32_t guest_memory_read(const struct guest_memory *m, uint64_t physical, size_t size)
{
	uint32_t value = 0;

	if (m->ram && physical < m->bytes - size)
		memcpy(&value, m->ram + physical, size);
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
