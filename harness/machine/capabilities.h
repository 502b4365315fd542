/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * capabilities.h - what a libvirt says of itself
 */
#ifndef CAPABILITIES_H
#define CAPABILITIES_H

#include <stdint.h>

/*
 * capabilities_user() - as whom libvirt runs QEMU. Pure.
 * @xml:	libvirt's capabilities
 * Return: the user's number; -1 when it says none: then it is the daemon's own.
 */
int64_t capabilities_user(const char *xml);

#endif /* CAPABILITIES_H */
