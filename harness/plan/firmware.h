/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * firmware.h - what a machine executes first
 */
#ifndef FIRMWARE_H
#define FIRMWARE_H

enum firmware { FIRMWARE_BIOS, FIRMWARE_UEFI };

/* As scenarios, impl.yaml and samples name it. */
static inline const char *firmware_name(enum firmware firmware)
{
	return firmware == FIRMWARE_UEFI ? "uefi" : "bios";
}

#endif /* FIRMWARE_H */
