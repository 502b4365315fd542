/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reboot_marks.h - numbers and names of the marks a machine sets while it reboots
 *
 * Kernel, boot sector, guest programs and host include this one file, C and
 * assembly alike, so it holds nothing but #defines. It is the only place where
 * numbers and names stand.
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
#define REBOOT_MARK_NO_RETURN		5	/* devices and CPUs stopped, no way back */

/* Between two systems; each is set by an instruction that knows no kernel. */
#define REBOOT_MARK_BOOT_SECTOR		16	/* first instruction of the boot sector */
#define REBOOT_MARK_DECOMPRESS_ENTRY	17	/* first instruction of a compressed kernel */
#define REBOOT_MARK_KERNEL_ENTRY	18	/* first instruction of the kernel itself */
#define REBOOT_MARK_BIOS_CALL		19	/* the BIOS will be called, without a reset */

/* The new system. */
#define REBOOT_MARK_SETUP_DONE		32	/* the architecture is set up, parameters parsed */
#define REBOOT_MARK_INITCALLS		33	/* drivers begin to initialise */
#define REBOOT_MARK_PID1		34	/* first line of the first user program */
#define REBOOT_MARK_READY		35	/* the user space is up */

#define REBOOT_MARK_PANIC		48	/* the kernel panicked */
#define REBOOT_MARK_FAULT_OVER		49	/* the end of a delay that was asked for */

/*
 * The names in commands, parameters and reports, as initialisers of an array
 * of strings that is indexed by the number. A number without a mark is NULL.
 *
 * PROGRAM: a program may set it. KERNEL: only the kernel sets it. OTHER: the
 * entry points and the end of a fault, at which no fault can be ordered.
 */
#define REBOOT_MARK_PROGRAM_NAMES				\
	[REBOOT_MARK_REQUEST]		= "request",		\
	[REBOOT_MARK_LOAD_BEGIN]	= "load_begin",		\
	[REBOOT_MARK_LOAD_END]		= "load_end",		\
	[REBOOT_MARK_SERVICES_STOPPED]	= "services_stopped",	\
	[REBOOT_MARK_PID1]		= "pid1",		\
	[REBOOT_MARK_READY]		= "ready"

#define REBOOT_MARK_KERNEL_NAMES				\
	[REBOOT_MARK_NO_RETURN]		= "no_return",		\
	[REBOOT_MARK_SETUP_DONE]	= "setup_done",		\
	[REBOOT_MARK_INITCALLS]		= "initcalls",		\
	[REBOOT_MARK_PANIC]		= "panic"

#define REBOOT_MARK_OTHER_NAMES					\
	[REBOOT_MARK_BOOT_SECTOR]	= "boot_sector",	\
	[REBOOT_MARK_DECOMPRESS_ENTRY]	= "decompress_entry",	\
	[REBOOT_MARK_KERNEL_ENTRY]	= "kernel_entry",	\
	[REBOOT_MARK_BIOS_CALL]		= "bios_call",		\
	[REBOOT_MARK_FAULT_OVER]	= "fault_over"

/*
 * A fault to order, on the kernel's command line: REBOOT_MARK_FAULT=<mark>:<kind>,
 * behind "delay" ":<milliseconds>", behind "spin" ":<instructions>".
 */
#define REBOOT_MARK_FAULT		"reboot_marks.fault"
#define REBOOT_MARK_FAULT_DELAY		"delay"
#define REBOOT_MARK_FAULT_SPIN		"spin"
#define REBOOT_MARK_FAULT_HANG		"hang"
#define REBOOT_MARK_FAULT_PANIC		"panic"

#endif /* REBOOT_MARKS_H */
