/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * layout.h - the page below 1 MiB from which the processor changes its mode
 *
 * C and assembly alike include this file.
 */
#ifndef TKM_LAYOUT_H
#define TKM_LAYOUT_H

/*
 * Neither Linux (which leaves the first MiB alone) nor the BIOS (whose data ends
 * at 0x500, and whose stack is below this) uses it: boot sectors are loaded here.
 */
#define TKM_CODE		0x7000
#define TKM_CODE_BYTES		0x0400
#define TKM_STACK_TOP		0x8000

/* The kernel's set-up code in real mode, or boot_params: here by the old boot protocol. */
#define TKM_SETUP		0x90000

/* The set-up code's stack and heap lie behind it, below the command line. */
#define TKM_SETUP_SEGMENT	0x9000
#define TKM_SETUP_ENTRY		0x9020	/* behind the boot sector */
#define TKM_SETUP_STACK		0x9ff0

/* First address of low memory that the set-up code has no use for. */
#define TKM_SETUP_END		0x9b000

/* struct tkm_list */
#define TKM_PAIRS		511
#define TKM_LIST_NEXT		(TKM_PAIRS * 8)
#define TKM_LIST_NR		(TKM_PAIRS * 8 + 4)

/* struct tkm_handoff, at the start of the code page */
#define TKM_HANDOFF_LIST	0x00
#define TKM_HANDOFF_ENTRY	0x04
#define TKM_HANDOFF_HAS_CR4	0x08
#define TKM_HANDOFF_BYTES	0x0c

/* Behind it: what lgdt and lidt read, in long mode 10 bytes, and the first instruction. */
#define TKM_GDT_POINTER		0x0c
#define TKM_IDT_POINTER		0x16
#define TKM_LEAVE_PAGING	0x20

/* Levels of page tables, at most. */
#ifdef CONFIG_X86_64
#define TKM_TABLES		5
#else
#define TKM_TABLES		3
#endif

#ifndef __ASSEMBLER__

#include <linux/linkage.h>
#include <linux/types.h>

struct tkm_handoff {
	u32 list;	/* physical address of the page map */
	u32 entry;	/* 0: back to real mode, and into the set-up code */
	u32 has_cr4;
};

extern const char tkm_code[];		/* TKM_CODE_BYTES */
asmlinkage void tkm_switch(unsigned long cr3);

#endif /* __ASSEMBLER__ */

#endif /* TKM_LAYOUT_H */
