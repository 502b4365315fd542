/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mbr.S - the first sector of the boot disk
 *
 * The firmware loads it to 0x7c00 and enters it in real mode with the drive in
 * DL. It sets the mark BOOT_SECTOR, finds the active partition and starts that
 * partition's boot sector, as every master boot record does. FIRST_LBA and
 * SECTORS, both of the only partition, come from the command line.
 */
#include "reboot_marks.h"

#define LOADED		0x7c00		/* where the firmware puts a boot sector */
#define HERE		0x600		/* where this one moves to make room for the next */
#define TABLE		(HERE + 446)
#define ENTRY_BYTES	16
#define ACTIVE		0x80
#define TYPE_LINUX	0x83
#define SIGNATURE	0xaa55

#define MARK(byte)	mov $(byte), %al; outb %al, $REBOOT_MARK_PORT
#define AT(symbol)	(HERE + (symbol) - start)

	.code16
	.text
	.globl	start
start:
	/* Before anything else, and leaving DL alone: here the firmware ends. */
	MARK(REBOOT_MARK_BOOT_SECTOR)
	MARK(0)
	MARK(REBOOT_MARK_BOOT_SECTOR ^ 0 ^ REBOOT_MARK_CHECK)

	cli
	xor	%ax, %ax
	mov	%ax, %ds
	mov	%ax, %es
	mov	%ax, %ss
	mov	$LOADED, %sp
	sti
	cld
	mov	$LOADED, %si
	mov	$HERE, %di
	mov	$256, %cx
	rep movsw
	ljmp	$0, $AT(moved)

moved:
	mov	$TABLE, %si
	mov	$4, %cx
next_entry:
	cmpb	$ACTIVE, (%si)
	je	found
	add	$ENTRY_BYTES, %si
	loop	next_entry
	mov	$AT(none_active), %si
	jmp	fail

found:
	mov	8(%si), %eax		/* its first sector */
	mov	%eax, AT(packet_lba)
	push	%si
	mov	$AT(packet), %si
	mov	$0x42, %ah		/* extended read; DL is the drive */
	int	$0x13
	pop	%si			/* boot sectors expect their entry in DS:SI */
	jc	unreadable
	cmpw	$SIGNATURE, LOADED + 510
	jne	not_bootable
	ljmp	$0, $LOADED

unreadable:
	mov	$AT(no_read), %si
	jmp	fail
not_bootable:
	mov	$AT(no_signature), %si

/* Prints the text at SI and waits for ever: there is nothing else to start. */
fail:
	lodsb
	test	%al, %al
	jz	stop
	mov	$0x0e, %ah
	mov	$7, %bx
	int	$0x10
	jmp	fail
stop:
	hlt
	jmp	stop

none_active:
	.asciz	"MBR: no active partition\r\n"
no_read:
	.asciz	"MBR: the active partition cannot be read\r\n"
no_signature:
	.asciz	"MBR: the active partition has no boot sector\r\n"

	.balign	4
packet:					/* disk address packet of int 13h, AH=42h */
	.byte	16, 0
	.word	1			/* one sector */
	.word	LOADED, 0		/* to 0:LOADED */
packet_lba:
	.long	0, 0

	.org	446
	/* Of the table's CHS fields nobody has read anything for decades: all ones. */
	.byte	ACTIVE, 0xfe, 0xff, 0xff, TYPE_LINUX, 0xfe, 0xff, 0xff
	.long	FIRST_LBA, SECTORS
	.fill	3 * ENTRY_BYTES
	.word	SIGNATURE
