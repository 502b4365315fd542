/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reboot_marks.h - numbers and names of the marks a machine sets while it reboots
 *
 * Kernel, boot sector, guest programs and host include this one file, C and
 * assembly alike, so it holds nothing but #defines.
 *
 * A mark is a record of three bytes written to one I/O port, in this order:
 *
 *	id, sequence number, check = id ^ sequence ^ REBOOT_MARK_CHECK
 *
 * Every software that starts from nothing numbers its marks anew, so that the
 * first mark after a handoff is known beforehand and a gap always shows:
 *
 *	BOOT_SECTOR		0
 *	BIOS_CALL		0
 *	DECOMPRESS_ENTRY	0
 *	KERNEL_ENTRY		1	(with or without a decompressor before it)
 *	all later ones		2, 3, 4 ... modulo 256, skipping 0 and 1
 *
 * Programs do not touch the port: they write a number to REBOOT_MARK_FILE and
 * the kernel, which owns the sequence, sets the mark.
 */
#ifndef REBOOT_MARKS_H
#define REBOOT_MARKS_H

#define REBOOT_MARK_PORT		0xe9
#define REBOOT_MARK_CHECK		0x5a
#define REBOOT_MARK_BYTES		3

/* The first sequence number given by a running kernel, and after a wrap. */
#define REBOOT_MARK_FIRST_SEQUENCE	2

/* A decimal id written here sets that mark. */
#define REBOOT_MARK_FILE		"/sys/kernel/reboot_marks/set"

/* The old system. */
#define REBOOT_MARK_REQUEST		1	/* a user asks for the reboot */
#define REBOOT_MARK_LOAD_BEGIN		2	/* the new image is about to be read */
#define REBOOT_MARK_LOAD_END		3	/* it is staged */
#define REBOOT_MARK_SERVICES_STOPPED	4	/* services stopped, file systems synced */
#define REBOOT_MARK_NO_RETURN		5	/* devices and CPUs stopped; the point of no return */

/* Between two systems; each is set by an instruction that knows no kernel. */
#define REBOOT_MARK_BOOT_SECTOR		16	/* first instruction of the boot sector */
#define REBOOT_MARK_DECOMPRESS_ENTRY	17	/* first instruction of a compressed kernel */
#define REBOOT_MARK_KERNEL_ENTRY	18	/* first instruction of the kernel itself */
#define REBOOT_MARK_BIOS_CALL		19	/* the BIOS is about to be called, without a reset */

/* The new system. */
#define REBOOT_MARK_SETUP_DONE		32	/* the architecture is set up, parameters parsed */
#define REBOOT_MARK_INITCALLS		33	/* drivers begin to initialise */
#define REBOOT_MARK_PID1		34	/* first line of the first user program */
#define REBOOT_MARK_READY		35	/* the user space is up */

#define REBOOT_MARK_PANIC		48	/* the kernel panicked */
#define REBOOT_MARK_FAULT_OVER		49	/* the end of a delay that was asked for */

#endif /* REBOOT_MARKS_H */
