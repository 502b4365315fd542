/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * preserved_log_format.h - layout of a kernel log that is kept over a reboot
 *
 * The kernel that keeps a log and the host that checks it include this file.
 * A preserved log is one header, then length bytes of text, as printk shows it
 * ("<level>[seconds.micros] line\n"). All numbers are little-endian.
 */
#ifndef PRESERVED_LOG_FORMAT_H
#define PRESERVED_LOG_FORMAT_H

#include <linux/types.h>

#define PRESERVED_LOG_MAGIC	0x474f4c4bu	/* "KLOG" */
#define PRESERVED_LOG_VERSION	1

struct preserved_log_header {
	__u32 magic;		/* PRESERVED_LOG_MAGIC */
	__u32 version;		/* PRESERVED_LOG_VERSION */
	__u32 header_bytes;	/* sizeof(struct preserved_log_header) */
	__u32 length;		/* bytes of text behind the header */
	__u32 crc;		/* CRC-32 (IEEE 802.3, as zlib's crc32()) of the text */
	__u32 generation;	/* how many reboots have handed a log on, from 1 */
	__u64 truncated;	/* bytes of older text for which there was no room */
	__u64 tsc;		/* time-stamp counter when the text was taken */
	__u64 tsc_khz;		/* its frequency as the old kernel knew it, or 0 */
	__u64 monotonic_ns;	/* printk's clock at the same moment, in ns */
	__u32 reserved[2];	/* 0 */
	__u32 header_crc;	/* CRC-32 of the header up to this field */
	__u32 padding;		/* 0 */
};

#endif /* PRESERVED_LOG_FORMAT_H */
