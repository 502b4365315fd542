/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page_tables.h - what all page tables for a handoff have in common
 */
#ifndef _ARCH_X86_KERNEL_LOBOS_PAGE_TABLES_H
#define _ARCH_X86_KERNEL_LOBOS_PAGE_TABLES_H

#include <asm/pgtable_types.h>

#include "layout.h"

/*
 * The window is not aligned as destinations are: each of its pages would be in the
 * same set of the TLB as the page that it is copied to, and a TLB with one way (an
 * emulator's) would miss twice a word.
 */
#define LOBOS_WINDOW_STAGGER	(37 * PAGE_SIZE)

struct lobos_builder {
	struct lobos_image *image;
	unsigned int pool_used;		/* of LOBOS_TABLE_PAGES */
};

/*
 * lobos_pmd_entry() - the entry for a large page, or for a table of small ones
 * @builder: makes the tables above it
 * @virt: linear address
 *
 * Return: NULL if there is no memory
 */
pteval_t *lobos_pmd_entry(struct lobos_builder *builder, unsigned long virt);

/* Maps a small page. Return: 0 or -ENOMEM */
int lobos_map_page(struct lobos_builder *builder, unsigned long virt, phys_addr_t phys);

/* Maps PMD_SIZE bytes from an address that is so aligned, one to one. Return: 0 or -ENOMEM */
int lobos_map_large(struct lobos_builder *builder, phys_addr_t start);

/* Of the architecture: */

/*
 * lobos_window() - where the pages of kernel and RAM disk are seen in one piece
 *
 * Return: a linear address, with enough room behind it
 */
unsigned long lobos_window(void);

/*
 * lobos_map_all_else() - map what runs, and what is written to or read, at the handoff
 * @builder: has a top level
 *
 * Return: 0 or -ENOMEM
 */
int lobos_map_all_else(struct lobos_builder *builder);

/*
 * lobos_check_page_tables() - can the new kernel run under page tables as this one has them?
 * @image: sizes and destinations are known
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_check_page_tables(const struct lobos_image *image);

#endif /* _ARCH_X86_KERNEL_LOBOS_PAGE_TABLES_H */
