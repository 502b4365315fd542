// SPDX-License-Identifier: GPL-2.0-only
/*
 * tables_32.c - page tables for the moment in which paging is switched off, on i386
 *
 * Those with which Linux starts its CPUs map low memory one to one beside the usual
 * place, and with the same rights: this kernel's code can be executed at its physical
 * address, so there paging can be switched off.
 */
#include <asm/pgtable.h>
#include <asm/processor.h>

#include "bootimg.h"
#include "layout.h"

const unsigned int bootimg_arch_pages = 1;

void bootimg_map_page(void *page)
{
	load_cr3(initial_page_table);
}
