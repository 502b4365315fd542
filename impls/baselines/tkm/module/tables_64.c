// SPDX-License-Identifier: GPL-2.0-only
/*
 * tables_64.c - page tables for the moment in which paging is switched off, on x86_64
 *
 * The kernel's half of those that are in use, with the module in it, and of the other
 * half nothing but the code page, one to one: the first page table of each level, of
 * which there are as many as the kernel has.
 */
#include <linux/io.h>
#include <linux/string.h>
#include <asm/pgtable.h>
#include <asm/processor.h>

#include "internal.h"

#define TABLE_FLAGS	(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)

unsigned long tkm_map_code(const struct tkm_image *image)
{
	const u64 *in_use = __va(read_cr3_pa());
	u64 *top = image->tables[0], *table = top;
	unsigned int shift, level = 0;

	memcpy(top + PTRS_PER_PGD / 2, in_use + PTRS_PER_PGD / 2, PAGE_SIZE / 2);
	for (shift = PGDIR_SHIFT; shift > PAGE_SHIFT; shift -= PAGE_SHIFT - 3) {
		table[0] = virt_to_phys(image->tables[++level]) | TABLE_FLAGS;
		table = image->tables[level];
	}
	table[TKM_CODE >> PAGE_SHIFT] = TKM_CODE | TABLE_FLAGS;
	return virt_to_phys(top);
}
