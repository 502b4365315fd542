/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * guest_protocol.h - the words that a machine and its host exchange
 *
 * PID 1 (guest/) and the harness include this one file. A text with a % is the
 * format by which one side prints it and the other reads it. The marks, which
 * the kernel sets too, are in reboot_marks.h.
 */
#ifndef GUEST_PROTOCOL_H
#define GUEST_PROTOCOL_H

/*
 * Host to machine: files of QEMU's fw_cfg device.
 *
 * The trial is lines KEY=value; the other two are texts for the shell.
 */
#define TRIAL_FILES		"opt/lobosbench/"
#define TRIAL_FILE		TRIAL_FILES "trial"
#define TRIAL_FILE_REQUEST	TRIAL_FILES "request"	/* asks for one reboot */
#define TRIAL_FILE_BEFORE	TRIAL_FILES "before"	/* run ahead of each request; optional */

#define TRIAL_NONCE		"nonce"		/* hex digits */
#define TRIAL_REBOOTS		"reboots"	/* length of the chain */
#define TRIAL_SETTLE_MS		"settle_ms"	/* from the data block to the next request */
#define TRIAL_IMAGE		"image"		/* path in the machine, or nothing */
#define TRIAL_OPTIONS		"options"	/* words for the request, or nothing */
#define TRIAL_PREVIOUS_LOG	"previous_log"	/* file with the old kernel's log, or nothing */
#define TRIAL_COMMAND_LINE	"command_line"	/* of the next kernels; nothing: the running one */
/*
 * Numbers of boot disks, parted by blanks: the kernels that the reboots in turn lead to lie there.
 * Disk 0 is the one that the firmware starts from. Without this line all of them lead there.
 */
#define TRIAL_DISKS		"disks"
#define TRIAL_DISKS_MOST	8

/* The files of images are named as they lie on the disk of the running kernel, and on another. */
#define BOOT_FOLDER		"/boot"
#define OTHER_BOOT_FOLDER	"/mnt"

/*
 * The environment of the text that asks for a reboot. impls/README.md describes
 * it and the request in each way's impl.yaml uses it.
 */
#define REQUEST_IMAGE		"IMAGE"
#define REQUEST_OPTIONS		"OPTIONS"
#define REQUEST_COMMAND_LINE	"COMMAND_LINE"
#define REQUEST_NONCE		"NONCE"

/* On the command line of the kernel that reboot k (from 1) leads to. */
#define NONCE_PARAMETER		"lobosbench.nonce="
#define NONCE_FORMAT		"%s.%d"		/* nonce of the trial, k */
#define NO_NONCE		"-"		/* of the first boot, in words */
/* The number of the boot disk that it comes from, unless that is 0. */
#define DISK_PARAMETER		"lobosbench.disk="

/* As long as the command line of an x86 kernel may be, NUL included. */
#define COMMAND_LINE_BYTES	2048

/*
 * Machine to host: lines of PID 1 on the console, each behind the prefix.
 */
#define CONSOLE_PREFIX		"lobosbench: "
#define CONSOLE_READY		"ready "	/* and the number of the boot */
#define CONSOLE_REQUEST		"request "	/* and the number of the reboot */
#define CONSOLE_STOPPED		"services stopped"

/*
 * Machine to host: the data line, which is the second serial port.
 *
 * Each boot writes one block, its lines in this order; behind DATA_LINE_LOG come
 * so many raw bytes. Ahead of each request the machine says once more what it is, in
 * a block that has the lines from clocksource to efi_runtime only. An older guest does not have
 * the last of them; a still older one has the clocksource alone, and no block ahead of a request.
 * A reboot that was asked for and did not happen is one line. UEFI firmware takes this port for a
 * terminal: ahead of the block of a boot the host passes over text that begins with ESC.
 */
#define DATA_LINE_BOOT		"boot "
#define DATA_LINE_BOOT_BEGIN	DATA_LINE_BOOT "%d begin"
#define DATA_LINE_BOOT_ID	"boot_id "
#define DATA_LINE_NONCE		"nonce "	/* or NO_NONCE */
#define DATA_LINE_KERNEL	"kernel "	/* uname -r, uname -v */
#define DATA_LINE_COMMAND_LINE	"command_line "
#define DATA_LINE_CLOCKSOURCE	"clocksource "
#define DATA_LINE_CPUS		"cpus "		/* how many are online */
#define DATA_LINE_MEMORY_KIB	"memory_kib "	/* MemTotal */
#define DATA_LINE_MEMORY_MAP	"memory_map "	/* System RAM: FIRST-LAST ..., hexadecimal */
#define DATA_LINE_TSC_KHZ	"tsc_khz "	/* as the kernel calibrated it; 0: it did not say */
#define DATA_LINE_BLOCK_DEVICES	"block_devices "	/* NAME:SECTORS ..., of 512 bytes */
#define DATA_LINE_INTERRUPTS	"interrupt_controllers "	/* names of those in use */
#define DATA_LINE_TAINT		"taint "	/* /proc/sys/kernel/tainted */
#define DATA_LINE_WARNINGS	"warnings "	/* in the log: WARNING, BUG, oops */
#define DATA_LINE_EFI_RUNTIME	"efi_runtime "	/* 1: the kernel has EFI's services and their map */
#define DATA_LINE_NO_LOG	"previous_log none 0"
#define DATA_LINE_LOG		"previous_log present %lu"
#define DATA_LINE_BOOT_END	DATA_LINE_BOOT "%d end"

#define DATA_LINE_REQUEST	"request "
#define DATA_LINE_REQUEST_BEGIN	DATA_LINE_REQUEST "%d begin"
#define DATA_LINE_REQUEST_END	DATA_LINE_REQUEST "%d end"

#define DATA_LINE_REFUSAL	"refused "
/* Its number, the request's exit status as a shell has it, the errno or 0. */
#define DATA_LINE_REFUSED	DATA_LINE_REFUSAL "%d status %d errno %d"

#endif /* GUEST_PROTOCOL_H */
