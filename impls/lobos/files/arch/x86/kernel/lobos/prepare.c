// SPDX-License-Identifier: GPL-2.0-only
/*
 * prepare.c - the safe area, filled with all that the handoff needs
 *
 * This is the last part of staging. What it writes is used by nobody before the
 * handoff, so that a refusal after it has nothing to undo in the safe area.
 */
#define pr_fmt(fmt) "lobos: " fmt

#include <linux/build_bug.h>
#include <linux/kernel.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <asm/desc.h>
#include <asm/segment.h>
#include <asm/setup.h>

#include "layout.h"
#include "page_tables.h"

/* Base 0, limit 4 GiB, ring 0, accessed; code of as many bits as the kernel. */
#define FLAT_CODE	(IS_ENABLED(CONFIG_X86_64) ? 0x00af9b000000ffffULL : 0x00cf9b000000ffffULL)
#define FLAT_DATA	0x00cf93000000ffffULL

#define CHECK_OFFSET(name, field) \
	static_assert(offsetof(struct lobos_handoff, field) == (name))

CHECK_OFFSET(HANDOFF_HAS_CR4, has_cr4);
CHECK_OFFSET(HANDOFF_CR4, cr4);
CHECK_OFFSET(HANDOFF_CR3, cr3);
CHECK_OFFSET(HANDOFF_STACK, stack);
CHECK_OFFSET(HANDOFF_CODE, code);
CHECK_OFFSET(HANDOFF_SOURCE, source);
CHECK_OFFSET(HANDOFF_DESTINATION, destination);
CHECK_OFFSET(HANDOFF_WORDS, words);
CHECK_OFFSET(HANDOFF_ENTRY, entry);
CHECK_OFFSET(HANDOFF_BOOT_PARAMS, boot_params);
CHECK_OFFSET(HANDOFF_RAMDISK, ramdisk);
CHECK_OFFSET(HANDOFF_RAMDISK_WORDS, ramdisk_words);
CHECK_OFFSET(HANDOFF_GDT_POINTER, gdt_pointer);
CHECK_OFFSET(HANDOFF_IDT_POINTER, idt_pointer);
static_assert(sizeof(struct lobos_handoff) <= LOBOS_CODE - LOBOS_HANDOFF);
static_assert(sizeof(struct boot_params) <= LOBOS_COMMAND_LINE - LOBOS_BOOT_PARAMS);
static_assert(LOBOS_TABLES - LOBOS_COMMAND_LINE >= COMMAND_LINE_SIZE);
static_assert(LOBOS_TABLE_PAGES * PAGE_SIZE <= LOBOS_HINTS_NODE - LOBOS_TABLES);
static_assert(LOBOS_EFI_MAP - LOBOS_HINTS_NODE >= LOBOS_HINTS_BYTES);
static_assert(LOBOS_EFI_NODE - LOBOS_EFI_MAP >= LOBOS_EFI_MAP_BYTES);

static unsigned long physical(unsigned long offset)
{
	return lobos_safe.start + offset;
}

/*
 * The old kernel's parameters, memory map and all, go on as they came from the
 * firmware. Its initial RAM disk does not: its memory was freed long ago.
 */
static void prepare_boot_params(const struct lobos_image *image)
{
	struct boot_params *params = lobos_at(LOBOS_BOOT_PARAMS);

	memcpy(params, &lobos_boot_params, sizeof(*params));
	params->hdr.ramdisk_image = lower_32_bits(image->ramdisk.destination);
	params->ext_ramdisk_image = upper_32_bits(image->ramdisk.destination);
	params->hdr.ramdisk_size = lower_32_bits(image->ramdisk.file_bytes);
	params->ext_ramdisk_size = upper_32_bits(image->ramdisk.file_bytes);
	params->hdr.cmd_line_ptr = lower_32_bits(physical(LOBOS_COMMAND_LINE));
	params->ext_cmd_line_ptr = upper_32_bits(physical(LOBOS_COMMAND_LINE));

	/* An adopted area is in the chain already; a new one has the chain behind it. */
	if (!lobos_safe.adopted)
		params->hdr.setup_data = physical(LOBOS_NODE);
	lobos_give_efi(params);
	/* The next kernel looks for hints at the head of the chain only. */
	if (image->hints)
		lobos_give_hints(params);

	/* The new kernel copies all of it, whatever the length. */
	memset(lobos_at(LOBOS_COMMAND_LINE), 0, COMMAND_LINE_SIZE);
	strscpy(lobos_at(LOBOS_COMMAND_LINE), image->command_line, COMMAND_LINE_SIZE);
}

/*
 * The segments are the ones that the boot protocol asks for. Every vector leads
 * to a reset: nothing that could be interrupted is left.
 */
static void prepare_descriptors(struct lobos_handoff *handoff)
{
	unsigned long reset = physical(LOBOS_CODE) + (lobos_reset - lobos_bootstrap);
	unsigned int i;

	memset(handoff->gdt, 0, sizeof(handoff->gdt));
	handoff->gdt[GDT_ENTRY_BOOT_CS] = FLAT_CODE;
	handoff->gdt[GDT_ENTRY_BOOT_DS] = FLAT_DATA;
	for (i = 0; i < LOBOS_IDT_ENTRIES; i++)
		pack_gate(&handoff->idt[i], GATE_INTERRUPT, reset, 0, 0, __BOOT_CS);

	handoff->gdt_pointer.size = sizeof(handoff->gdt) - 1;
	handoff->gdt_pointer.address = physical(LOBOS_HANDOFF) +
				       offsetof(struct lobos_handoff, gdt);
	handoff->idt_pointer.size = sizeof(handoff->idt) - 1;
	handoff->idt_pointer.address = physical(LOBOS_HANDOFF) +
				       offsetof(struct lobos_handoff, idt);
}

static void prepare_copy(struct lobos_handoff *handoff, const struct lobos_image *image)
{
	handoff->cr3 = physical(LOBOS_TABLES);
	handoff->stack = physical(LOBOS_STACK_TOP);
	handoff->code = physical(LOBOS_CODE);
	handoff->source = lobos_window();
	handoff->destination = image->kernel.destination;
	handoff->words = image->kernel.nr_pages * (PAGE_SIZE / sizeof(long));
	handoff->ramdisk = image->ramdisk.destination;
	handoff->ramdisk_words = image->ramdisk.nr_pages * (PAGE_SIZE / sizeof(long));
	handoff->entry = image->entry;
	handoff->boot_params = physical(LOBOS_BOOT_PARAMS);

	memset(lobos_at(LOBOS_CODE), 0, LOBOS_STACK_TOP - LOBOS_CODE);
	memcpy(lobos_at(LOBOS_CODE), lobos_bootstrap, lobos_bootstrap_end - lobos_bootstrap);
}

int lobos_arch_check(const struct lobos_image *image)
{
	const char *name = image->kernel.name;
	int error = 0;

	if (!lobos_safe.bytes)
		return lobos_refuse(-ENOMEM, "%s: there is no safe area", name);
	/* As the boot loader says, whether this kernel knows of EFI or not. */
	if (lobos_boot_params.efi_info.efi_loader_signature)
		error = lobos_check_efi(name);
	return error ? error : lobos_check_page_tables(image);
}

int lobos_arch_prepare(struct lobos_image *image)
{
	struct lobos_handoff *handoff;

	if (lobos_page_tables(image))
		return lobos_refuse(-ENOMEM, "%s: no memory for page tables", image->kernel.name);

	handoff = lobos_at(LOBOS_HANDOFF);
	memset(handoff, 0, sizeof(*handoff));
	prepare_boot_params(image);
	prepare_descriptors(handoff);
	prepare_copy(handoff, image);
	if (lobos_test_fault())
		handoff->entry = lobos_window() - 1;
	return 0;
}
