// SPDX-License-Identifier: GPL-2.0-only
/*
 * tables_32.c - page tables for the moment in which paging is switched off, on i386
 *
 * Those that are in use, but for the first 4 MiB (2 with PAE): there, only the code
 * page is mapped, one to one.
 */
#include <linux/io.h>
#include <linux/string.h>
#include <asm/pgtable.h>
#include <asm/processor.h>

#include "internal.h"

#define TABLE_FLAGS	(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)
/* Of the four entries of PAE's top level, all bits but the first are reserved. */
#define TOP_FLAGS	(IS_ENABLED(CONFIG_X86_PAE) ? _PAGE_PRESENT : TABLE_FLAGS)

unsigned long tkm_map_code(const struct tkm_image *image)
{
	pteval_t *top = image->tables[0], *last = image->tables[1], *middle = image->tables[2];

	memcpy(top, __va(read_cr3_pa()), PTRS_PER_PGD * sizeof(pgd_t));
	if (IS_ENABLED(CONFIG_X86_PAE)) {
		top[0] = virt_to_phys(middle) | TOP_FLAGS;
		middle[0] = virt_to_phys(last) | TABLE_FLAGS;
	} else {
		top[0] = virt_to_phys(last) | TOP_FLAGS;
	}
	last[TKM_CODE >> PAGE_SHIFT] = TKM_CODE | TABLE_FLAGS;
	return virt_to_phys(top);
}
