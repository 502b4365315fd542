/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * efi_header.S - what UEFI firmware reads of the program that it starts first
 *
 * A PE32+ image with one section, written out as the kernel does in its header.S, so that no
 * linker for PE is needed. The image is linked to address 0 and is laid out in the file as in
 * memory. It has no relocations: efi_start.c is compiled to run at any address.
 *
 * The layout is in Microsoft's "PE Format"; each field has its name from there.
 */
#include "reboot_marks.h"

#define MACHINE_X86_64		0x8664
#define PE32_PLUS		0x20b
#define EXECUTABLE		0x002e		/* no relocations, no line numbers, no symbols */
#define SUBSYSTEM_EFI		10
#define SECTION_ALL		0xe0000020	/* code; executed, read, written */
#define ALIGNMENT		0x200

#define MARK(byte)	mov $(byte), %al; outb %al, $REBOOT_MARK_PORT

	.section .header, "ax"
	.ascii	"MZ"
	.org	0x3c
	.long	pe
pe:
	.ascii	"PE\0\0"
	.word	MACHINE_X86_64, 1		/* Machine, NumberOfSections */
	.long	0, 0, 0				/* TimeDateStamp, symbols: none */
	.word	section_table - optional, EXECUTABLE
optional:
	.word	PE32_PLUS
	.byte	0, 0				/* linker version */
	.long	code_bytes, 0, 0		/* SizeOfCode, SizeOf{,Un}initializedData */
	.long	start, code			/* AddressOfEntryPoint, BaseOfCode */
	.quad	0				/* ImageBase */
	.long	ALIGNMENT, ALIGNMENT		/* SectionAlignment, FileAlignment */
	.word	0, 0, 0, 0, 0, 0		/* versions: of system, image, subsystem */
	.long	0				/* Win32VersionValue */
	.long	image_bytes, code		/* SizeOfImage, SizeOfHeaders */
	.long	0				/* CheckSum */
	.word	SUBSYSTEM_EFI, 0		/* Subsystem, DllCharacteristics */
	.quad	0, 0, 0, 0			/* stack and heap */
	.long	0, 6				/* LoaderFlags, NumberOfRvaAndSizes */
	.fill	6, 8, 0				/* no directories */
section_table:
	.ascii	".text\0\0\0"
	.long	code_bytes, code		/* VirtualSize, VirtualAddress */
	.long	code_bytes, code		/* SizeOfRawData, PointerToRawData */
	.long	0, 0				/* relocations, line numbers */
	.word	0, 0
	.long	SECTION_ALL

	.balign	ALIGNMENT
	.globl	code
code:
	/* Before anything else: here the firmware ends. RCX and RDX are efi_start()'s arguments. */
start:
	MARK(REBOOT_MARK_BOOT_SECTOR)
	MARK(0)
	MARK(REBOOT_MARK_BOOT_SECTOR ^ 0 ^ REBOOT_MARK_CHECK)
	jmp	efi_start
