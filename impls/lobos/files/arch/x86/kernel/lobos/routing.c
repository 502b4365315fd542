// SPDX-License-Identifier: GPL-2.0-only
/*
 * routing.c - the interrupt routing of a PCI bridge, as the old kernel got it from ACPI
 *
 * The kernel evaluates a bridge's _PRT again for each device that it enables. That
 * can be a loop in AML of some hundred thousand steps, always with the same result.
 *
 * One bridge is handed on: the first that was asked about. The others are
 * evaluated as ever.
 */
#define pr_fmt(fmt) "lobos: " fmt

#include <linux/acpi.h>
#include <linux/atomic.h>
#include <linux/crc32.h>
#include <linux/lobos.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/stddef.h>
#include <linux/string.h>

#include "layout.h"

/* What ACPI said to this kernel, for the next one; yet without the DSDT's checksum. */
static struct lobos_routing *kept;

/* A hint has answered, and goes on as it is. */
static bool taken;

static u32 routing_crc(const struct lobos_routing *routing)
{
	return ~crc32_le(~0, (const u8 *)&routing->bytes,
			 sizeof(*routing) - sizeof(routing->crc) + routing->bytes);
}

/* Return: false if there is none */
static bool sum_dsdt(u32 *crc)
{
	struct acpi_table_header *table;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_DSDT, 0, &table)))
		return false;
	*crc = ~crc32_le(~0, (const u8 *)table, table->length);
	acpi_put_table(table);
	return true;
}

/* Return: false if the bridge has too long a name */
static bool describe(struct lobos_routing *routing, acpi_handle bridge)
{
	struct acpi_buffer name = { sizeof(routing->bridge), routing->bridge };

	memset(routing, 0, sizeof(*routing));
	routing->irq_model = acpi_irq_model;
	return ACPI_SUCCESS(acpi_get_name(bridge, ACPI_FULL_PATHNAME, &name));
}

/* Does the table have an end, and each name in it? */
static bool is_sound(const struct lobos_routing *routing)
{
	const struct acpi_pci_routing_table *entry;
	u32 at;

	for (at = 0; at + sizeof(*entry) <= routing->bytes; at += entry->length) {
		entry = (const void *)(routing->table + at);
		if (!entry->length)
			return true;
		if (entry->length < sizeof(*entry) || entry->length > routing->bytes - at ||
		    !memchr(entry->source, 0, entry->length - offsetof(typeof(*entry), source)))
			return false;
	}
	return false;
}

static bool is_for(const struct lobos_routing *routing, acpi_handle bridge)
{
	struct lobos_routing now;

	return routing && routing->bytes &&
	       routing->bytes <= LOBOS_ROUTING_BYTES - sizeof(*routing) &&
	       routing->crc == routing_crc(routing) && is_sound(routing) &&
	       describe(&now, bridge) && now.irq_model == routing->irq_model &&
	       !strcmp(now.bridge, routing->bridge) &&
	       sum_dsdt(&now.dsdt) && now.dsdt == routing->dsdt;
}

static void keep(acpi_handle bridge, const struct acpi_buffer *table)
{
	struct lobos_routing *routing;

	if (READ_ONCE(kept) || table->length > LOBOS_ROUTING_BYTES - sizeof(*routing))
		return;
	routing = kmalloc(sizeof(*routing) + table->length, GFP_KERNEL);
	if (!routing)
		return;
	if (!describe(routing, bridge))
		goto free;
	routing->bytes = table->length;
	memcpy(routing->table, table->pointer, table->length);
	routing->crc = routing_crc(routing);
	if (!cmpxchg(&kept, NULL, routing))
		return;
free:
	kfree(routing);
}

/* In place of acpi_get_irq_routing_table(); the table is the caller's. */
u32 lobos_irq_routing_table(void *bridge, struct acpi_buffer *table)
{
	const struct lobos_routing *hinted = lobos_hinted_routing();
	acpi_status status;

	if (is_for(hinted, bridge)) {
		table->pointer = kmemdup(hinted->table, hinted->bytes, GFP_KERNEL);
		if (table->pointer) {
			WRITE_ONCE(taken, true);
			return AE_OK;
		}
	}
	status = acpi_get_irq_routing_table(bridge, table);
	if (ACPI_SUCCESS(status))
		keep(bridge, table);
	return status;
}

bool lobos_give_routing(struct lobos_routing *routing)
{
	u32 dsdt;

	if (READ_ONCE(taken) || !kept || kept->crc != routing_crc(kept) || !sum_dsdt(&dsdt))
		return false;
	memcpy(routing, kept, sizeof(*kept) + kept->bytes);
	routing->dsdt = dsdt;
	routing->crc = routing_crc(routing);
	return true;
}
