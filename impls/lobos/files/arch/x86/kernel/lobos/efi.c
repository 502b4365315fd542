// SPDX-License-Identifier: GPL-2.0-only
/*
 * efi.c - what the firmware's runtime services need, for the next kernel
 *
 * Once a kernel has said at which linear addresses it maps the runtime services, no
 * other can: each later one must map them there. So it needs the map that the
 * running kernel uses, and some addresses that the firmware has replaced since by
 * linear ones. Both are handed on in the way that kexec does it, in which Linux
 * looks for them: as the memory map of the boot parameters, and as a setup_data node.
 */
#define pr_fmt(fmt) "lobos: " fmt

#include <linux/build_bug.h>
#include <linux/efi.h>
#include <linux/io.h>
#include <linux/string.h>
#include <asm/efi.h>
#include <asm/setup.h>

#include "layout.h"

struct efi_node {
	struct setup_data setup_data;
	struct efi_setup_data data;
};

static_assert(sizeof(struct efi_node) <= LOBOS_LOG - LOBOS_EFI_NODE);

int lobos_check_efi(const char *name)
{
	int bytes = efi_get_runtime_map_size();

	if (!efi_enabled(EFI_RUNTIME_SERVICES) || !efi_enabled(EFI_64BIT) || !bytes)
		return lobos_refuse(-EOPNOTSUPP,
				    "%s: EFI booted this machine, but its runtime services are not used",
				    name);
	if (bytes > LOBOS_EFI_MAP_BYTES)
		return lobos_refuse(-EOPNOTSUPP, "%s: the map of EFI has %d bytes, most are %d",
				    name, bytes, LOBOS_EFI_MAP_BYTES);
	return 0;
}

static void give_map(struct efi_info *info)
{
	phys_addr_t start = lobos_safe.start + LOBOS_EFI_MAP;

	/* The running kernel's own map may lie there: then the same is written. */
	efi_runtime_map_copy(lobos_at(LOBOS_EFI_MAP), LOBOS_EFI_MAP_BYTES);
	info->efi_memmap = lower_32_bits(start);
	info->efi_memmap_hi = upper_32_bits(start);
	info->efi_memmap_size = efi_get_runtime_map_size();
	info->efi_memdesc_size = efi_get_runtime_map_desc_size();
}

static void give_node(struct setup_header *hdr)
{
	struct efi_node *node = lobos_at(LOBOS_EFI_NODE);

	memset(node, 0, sizeof(*node));
	node->setup_data.next = hdr->setup_data;
	node->setup_data.type = SETUP_EFI;
	node->setup_data.len = sizeof(node->data);
	node->data.fw_vendor = efi_fw_vendor;
	node->data.tables = efi_config_table;
	node->data.smbios = efi.smbios;
	hdr->setup_data = lobos_safe.start + LOBOS_EFI_NODE;
}

void lobos_give_efi(struct boot_params *params)
{
	if (!params->efi_info.efi_loader_signature)
		return;
	/* For a kernel that knows nothing of EFI. */
	if (!params->acpi_rsdp_addr && efi.acpi20 != EFI_INVALID_TABLE_ADDR)
		params->acpi_rsdp_addr = efi.acpi20;
	give_map(&params->efi_info);
	/* If this kernel was given a node, it goes on with the chain that it is in. */
	if (!efi_setup)
		give_node(&params->hdr);
}

/* It lies in memory of the boot services; Linux reserves it, but says so to nobody. */
bool lobos_efi_has(phys_addr_t start, phys_addr_t end)
{
	const efi_memory_attributes_table_t *table;
	u64 bytes;

	if (efi_mem_attr_table == EFI_INVALID_TABLE_ADDR)
		return false;
	table = memremap(efi_mem_attr_table, sizeof(*table), MEMREMAP_WB);
	if (!table)
		return true;
	bytes = sizeof(*table) + (u64)table->num_entries * table->desc_size;
	memunmap((void *)table);
	return lobos_overlaps(efi_mem_attr_table, bytes, start, end);
}
