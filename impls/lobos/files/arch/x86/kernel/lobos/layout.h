/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * layout.h - where everything lies in the safe area
 *
 * C and assembly alike include this file. Offsets are from the start of the area,
 * which is one setup_data node, so that any kernel that is booted with it in
 * boot_params keeps it out of its allocators before the first allocation.
 */
#ifndef _ARCH_X86_KERNEL_LOBOS_LAYOUT_H
#define _ARCH_X86_KERNEL_LOBOS_LAYOUT_H

#include <asm/bitsperlong.h>

#define LOBOS_NODE		0x00000	/* struct lobos_node */
#define LOBOS_HANDOFF		0x01000	/* struct lobos_handoff, GDT and IDT in it */
#define LOBOS_CODE		0x02000	/* the final bootstrap */
#define LOBOS_CODE_BYTES	0x00200
#define LOBOS_STACK_TOP		0x03000	/* grows down towards the code */
#define LOBOS_BOOT_PARAMS	0x03000	/* struct boot_params */
#define LOBOS_COMMAND_LINE	0x04000	/* COMMAND_LINE_SIZE bytes */
#define LOBOS_TABLES		0x05000	/* page tables, the top level first */
#define LOBOS_TABLE_PAGES	16
#define LOBOS_HINTS_NODE	0x15000	/* struct lobos_hints, struct lobos_routing */
#define LOBOS_HINTS_BYTES	0x04000
#define LOBOS_EFI_MAP		0x19000	/* of the runtime services: descriptors */
#define LOBOS_EFI_MAP_BYTES	0x01f00
#define LOBOS_EFI_NODE		0x1af00	/* struct efi_node */
#define LOBOS_LOG		0x1b000	/* to the end: logs, the newest first */

/* struct lobos_handoff: the word with this number */
#define HANDOFF_WORD(number)	((number) * BITS_PER_LONG / 8)
#define HANDOFF_HAS_CR4		HANDOFF_WORD(0)
#define HANDOFF_CR4		HANDOFF_WORD(1)
#define HANDOFF_CR3		HANDOFF_WORD(2)
#define HANDOFF_STACK		HANDOFF_WORD(3)
#define HANDOFF_CODE		HANDOFF_WORD(4)
#define HANDOFF_SOURCE		HANDOFF_WORD(5)
#define HANDOFF_DESTINATION	HANDOFF_WORD(6)
#define HANDOFF_WORDS		HANDOFF_WORD(7)
#define HANDOFF_RAMDISK		HANDOFF_WORD(8)
#define HANDOFF_RAMDISK_WORDS	HANDOFF_WORD(9)
#define HANDOFF_ENTRY		HANDOFF_WORD(10)
#define HANDOFF_BOOT_PARAMS	HANDOFF_WORD(11)
#define HANDOFF_GDT_POINTER	HANDOFF_WORD(12)
#define HANDOFF_IDT_POINTER	(HANDOFF_WORD(13) + 2)

#ifndef __ASSEMBLER__

#include <linux/lobos.h>
#include <asm/bootparam.h>
#include <asm/desc_defs.h>

/* "LOBO"; types that Linux knows are small numbers, and bit 31 means indirect. */
#define SETUP_LOBOS		0x4f424f4c
#define LOBOS_NODE_MAGIC	0x45444f4e534f424fULL
#define LOBOS_NODE_VERSION	3
#define SETUP_LOBOS_HINTS	0x484f424c	/* "LBOH" */
#define LOBOS_HINTS_MAGIC	0x53544e494853424fULL
#define LOBOS_HINTS_VERSION	1

#define LOBOS_GDT_ENTRIES	4	/* null, null, __BOOT_CS, __BOOT_DS */
/* One more raises an exception, and that has one: interrupts are off. */
#define LOBOS_IDT_ENTRIES	32

struct lobos_node {
	struct setup_data setup_data;	/* len: of the whole area but this field */
	u64 magic;
	u32 version;
	u32 handed;			/* 1: by a LOBOS, with a log; 0: stale */
	u32 bytes;			/* of the whole area */
	u32 log_offset;
	u32 reserved;			/* 0 */
	u32 crc;			/* of magic up to this field */
};

/* What the kernel that hands on has found out. 0 means that it does not know. */
struct lobos_hints {
	struct setup_data setup_data;	/* len: of all hints but this field */
	u64 magic;
	u32 version;
	u32 age;			/* boots since the oldest value was found out */
	u32 tsc_khz;
	u32 pm_timer_checked;		/* 1: its rate is right */
	u64 apic_timer_hz;
	u64 delay_loops;		/* a second, if there is no TSC */
	u32 reserved;			/* 0 */
	u32 crc;			/* of magic up to this field */
};

/*
 * Behind the hints: where the interrupt pins of the devices behind a PCI bridge
 * lead to, as its _PRT said.
 */
struct lobos_routing {
	u32 crc;			/* of all behind it, to the end of the table */
	u32 bytes;			/* of the table; 0: there is none */
	u32 irq_model;			/* enum acpi_irq_model_id, on which _PRT may depend */
	u32 dsdt;			/* CRC-32 of the ACPI table that _PRT is in, as a rule */
	char bridge[32];		/* its name */
	char table[];			/* struct acpi_pci_routing_table; the last has length 0 */
};

#define LOBOS_ROUTING_BYTES	(LOBOS_HINTS_BYTES - sizeof(struct lobos_hints))

/* What the bootstrap works with. All addresses but one are physical. */
struct lobos_handoff {
	unsigned long has_cr4;		/* an old 32-bit CPU has none */
	unsigned long cr4;
	unsigned long cr3;
	unsigned long stack;
	unsigned long code;
	unsigned long source;		/* linear: the window */
	unsigned long destination;
	unsigned long words;		/* as this struct has them */
	unsigned long ramdisk;		/* where it goes; it lies behind the kernel in the window */
	unsigned long ramdisk_words;	/* 0: there is none */
	unsigned long entry;
	unsigned long boot_params;
	struct desc_ptr gdt_pointer;
	struct desc_ptr idt_pointer;
	u64 gdt[LOBOS_GDT_ENTRIES] __aligned(8);
	gate_desc idt[LOBOS_IDT_ENTRIES];
};

/* A module cannot see the kernel's boot_params, and has a copy; nor can it find hints. */
#ifdef MODULE
extern struct boot_params lobos_boot_params;
static inline void lobos_give_hints(struct boot_params *params) { }
#else
#define lobos_boot_params boot_params

/*
 * lobos_give_hints() - put what this kernel has found out in front of the setup_data
 * @params: the new kernel's
 */
void lobos_give_hints(struct boot_params *params);
#endif

/* A module does not see the map of the runtime services. */
#if defined(CONFIG_EFI) && !defined(MODULE)
/*
 * lobos_check_efi() - can the firmware's runtime services be handed on?
 * @name: of the image
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_check_efi(const char *name);

/*
 * lobos_give_efi() - hand on the runtime services, if EFI booted this machine
 * @params: the new kernel's; its chain of setup_data may get a new head
 */
void lobos_give_efi(struct boot_params *params);

/*
 * lobos_efi_has() - does the firmware need something there that no memory map shows?
 * @start: physical address of the first byte
 * @end: physical address behind the last
 *
 * Return: true if the table of memory attributes lies there, or cannot be looked at
 */
bool lobos_efi_has(phys_addr_t start, phys_addr_t end);
#else
static inline int lobos_check_efi(const char *name)
{
	return lobos_refuse(-EOPNOTSUPP,
			    "%s: EFI booted this machine, and this kernel does not use it", name);
}

static inline void lobos_give_efi(struct boot_params *params) { }
static inline bool lobos_efi_has(phys_addr_t start, phys_addr_t end) { return false; }
#endif

static inline void *lobos_at(unsigned long offset)
{
	return __va(lobos_safe.start + offset);
}

/* Do @bytes from @start on lie, wholly or in part, between @range_start and @range_end? */
static inline bool lobos_overlaps(u64 start, u64 bytes, u64 range_start, u64 range_end)
{
	return start < range_end && start + bytes > range_start;
}

/*
 * lobos_page_tables() - build the page tables for the handoff of an image
 * @image: has been read; owns the pages that the tables need
 *
 * Return: 0 or -ENOMEM
 */
int lobos_page_tables(struct lobos_image *image);

/*
 * lobos_node_crc() - the checksum that a node must have
 * @node: the node
 *
 * Return: CRC-32 of magic up to crc
 */
u32 lobos_node_crc(const struct lobos_node *node);

/*
 * lobos_hinted_routing() - the routing that the kernel before this one handed on
 *
 * Return: it lies in the safe area, and has not been checked; NULL if there is none
 */
const struct lobos_routing *lobos_hinted_routing(void);

/*
 * lobos_give_routing() - write down the routing that this kernel got from ACPI
 * @routing: has room for LOBOS_ROUTING_BYTES
 *
 * Return: false, with nothing done, if it got none, or has taken the one in the hints
 */
#ifdef CONFIG_ACPI
bool lobos_give_routing(struct lobos_routing *routing);
#else
static inline bool lobos_give_routing(struct lobos_routing *routing) { return false; }
#endif

extern const char lobos_bootstrap[], lobos_reset[], lobos_bootstrap_end[];
asmlinkage void lobos_switch(const struct lobos_handoff *handoff);

#endif /* __ASSEMBLER__ */

#endif /* _ARCH_X86_KERNEL_LOBOS_LAYOUT_H */
