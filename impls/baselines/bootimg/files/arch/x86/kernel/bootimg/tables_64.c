// SPDX-License-Identifier: GPL-2.0-only
/*
 * tables_64.c - page tables for the moment in which paging is switched off, on x86_64
 *
 * Linux has none that map memory one to one and executable. So they are made here,
 * in the pages behind the one that survives the copy: the kernel's half of those in
 * use, and of the other half nothing but that page. They have as many levels as the
 * running kernel's; for the next kernel that has no meaning.
 */
#include <linux/build_bug.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/pgtable.h>
#include <asm/processor.h>

#include "bootimg.h"
#include "layout.h"

#define TABLE_FLAGS	(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)
#define LEVELS_MAX	5

const unsigned int bootimg_arch_pages = 1 + LEVELS_MAX;

static_assert(BOOTIMG_TABLES == PAGE_SIZE);

void bootimg_map_page(void *page)
{
	const u64 *in_use = __va(read_cr3_pa());
	u64 *table = page + BOOTIMG_TABLES;
	u64 address = virt_to_phys(page);
	unsigned int shift;

	memcpy(table + PTRS_PER_PGD / 2, in_use + PTRS_PER_PGD / 2, PAGE_SIZE / 2);
	for (shift = PGDIR_SHIFT; shift > PAGE_SHIFT; shift -= PAGE_SHIFT - 3) {
		table[(address >> shift) % PTRS_PER_PTE] =
			virt_to_phys(table + PTRS_PER_PTE) | TABLE_FLAGS;
		table += PTRS_PER_PTE;
	}
	table[(address >> PAGE_SHIFT) % PTRS_PER_PTE] = address | TABLE_FLAGS;
}
