// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_tables_32.c - the page tables under which one kernel replaces another
 *
 * Paging stays on, and so everything that runs must be mapped, at the same
 * addresses before and after the switch to these tables:
 *
 *	0 ...			all low memory, one to one: the final bootstrap, the
 *				new kernel until it switches paging off itself
 *	window ...		the pages of the kernel and of its RAM disk in
 *				order, so that scattered memory is copied as if it
 *				were in one piece
 *	PAGE_OFFSET ...		all low memory again: the code that switches
 *
 * The first tables lie in the safe area, which is enough for a window of 40 MiB
 * with 4 MiB pages or PAE; more, and all that a CPU needs that knows no large
 * pages, come from pages outside the destinations.
 */
#include <linux/io.h>
#include <linux/mm.h>
#include <asm/cpufeature.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>

#include "layout.h"

#define TABLE_FLAGS	(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)
/* Of the four entries of PAE's top level, all bits but the first are reserved. */
#define TOP_FLAGS	(IS_ENABLED(CONFIG_X86_PAE) ? _PAGE_PRESENT : TABLE_FLAGS)

struct builder {
	struct lobos_image *image;
	unsigned int pool_used;		/* of LOBOS_TABLE_PAGES */
};

/* Where the one-to-one map of low memory ends. */
static unsigned long map_end(void)
{
	return ALIGN(lobos_arch_limit(), PMD_SIZE);
}

/*
 * A kernel's destination is aligned as the end of the map is. A window there
 * would have each of its pages in the same set of the TLB as the page that it
 * is copied to, and a TLB with one way (an emulator's) would miss twice a word.
 */
#define WINDOW_STAGGER	(37 * PAGE_SIZE)

unsigned long lobos_window(void)
{
	return map_end() + WINDOW_STAGGER;
}

static bool has_large_pages(void)
{
	return IS_ENABLED(CONFIG_X86_PAE) || cr4_read_shadow() & X86_CR4_PSE;
}

static pteval_t *new_table(struct builder *builder)
{
	struct page *page;
	pteval_t *table;

	if (builder->pool_used < LOBOS_TABLE_PAGES) {
		table = lobos_at(LOBOS_TABLES + builder->pool_used++ * PAGE_SIZE);
		memset(table, 0, PAGE_SIZE);
		return table;
	}
	page = lobos_alloc_page(builder->image, GFP_KERNEL | __GFP_ZERO);
	if (!page)
		return NULL;
	list_add(&page->lru, &builder->image->tables);
	return page_address(page);
}

static pteval_t *next_table(struct builder *builder, pteval_t *entry, pteval_t flags)
{
	pteval_t *table;

	if (*entry)
		return __va(*entry & PTE_PFN_MASK);
	table = new_table(builder);
	if (table)
		*entry = __pa(table) | flags;
	return table;
}

/* The entry for a large page, or for a table of small ones. NULL: no memory. */
static pteval_t *pmd_entry(struct builder *builder, unsigned long virt)
{
	pteval_t *entry = lobos_at(LOBOS_TABLES);

	entry += virt >> PGDIR_SHIFT;
	/* Only PAE has a level in between. */
	if (!IS_ENABLED(CONFIG_X86_PAE))
		return entry;
	entry = next_table(builder, entry, TOP_FLAGS);
	return entry ? entry + (virt >> PMD_SHIFT) % PTRS_PER_PMD : NULL;
}

static pteval_t *pte_entry(struct builder *builder, unsigned long virt)
{
	pteval_t *entry = pmd_entry(builder, virt);

	if (entry)
		entry = next_table(builder, entry, TABLE_FLAGS);
	return entry ? entry + (virt >> PAGE_SHIFT) % PTRS_PER_PTE : NULL;
}

static int map_page(struct builder *builder, unsigned long virt, phys_addr_t phys)
{
	pteval_t *entry = pte_entry(builder, virt);

	if (!entry)
		return -ENOMEM;
	*entry = phys | TABLE_FLAGS;
	return 0;
}

/*
 * Maps PMD_SIZE bytes one to one. A large page may reach over memory of more
 * than one cache type, as in the first MiB: that is slow, not wrong.
 */
static int map_identity(struct builder *builder, unsigned long start)
{
	unsigned long address;
	pteval_t *entry;

	if (has_large_pages()) {
		entry = pmd_entry(builder, start);
		if (!entry)
			return -ENOMEM;
		*entry = start | TABLE_FLAGS | _PAGE_PSE;
		return 0;
	}
	for (address = start; address < start + PMD_SIZE; address += PAGE_SIZE)
		if (map_page(builder, address, address))
			return -ENOMEM;
	return 0;
}

/* The alias has the same large pages, or shares the same tables. */
static int map_alias(struct builder *builder, unsigned long start)
{
	pteval_t *alias = pmd_entry(builder, PAGE_OFFSET + start);

	if (!alias)
		return -ENOMEM;
	*alias = *pmd_entry(builder, start);
	return 0;
}

/* Maps the pages of a part from @virt on, which is moved behind them. */
static int map_part(struct builder *builder, const struct lobos_part *part, unsigned long *virt)
{
	unsigned long i;
	int error = 0;

	for (i = 0; i < part->nr_pages && !error; i++, *virt += PAGE_SIZE)
		error = map_page(builder, *virt, page_to_phys(part->pages[i]));
	return error;
}

int lobos_page_tables(struct lobos_image *image)
{
	struct builder builder = { .image = image };
	unsigned long address, virt = lobos_window();
	int error = 0;

	/* Of an earlier attempt at what is loaded. */
	lobos_free_pages(&image->tables);
	/* The top level is the first of the pool. */
	new_table(&builder);

	for (address = 0; address < map_end() && !error; address += PMD_SIZE) {
		error = map_identity(&builder, address);
		if (!error)
			error = map_alias(&builder, address);
	}
	if (!error)
		error = map_part(&builder, &image->kernel, &virt);
	if (!error)
		error = map_part(&builder, &image->ramdisk, &virt);
	return error;
}
