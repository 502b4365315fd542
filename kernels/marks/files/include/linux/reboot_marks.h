/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reboot_marks.h - how kernel code sets a mark while the machine reboots
 */
#ifndef _LINUX_REBOOT_MARKS_H
#define _LINUX_REBOOT_MARKS_H

#include <uapi/linux/reboot_marks.h>

#ifdef CONFIG_REBOOT_MARKS
void reboot_mark(unsigned int id);
void reboot_marks_init(void);
#else
static inline void reboot_mark(unsigned int id) { }
static inline void reboot_marks_init(void) { }
#endif

#endif /* _LINUX_REBOOT_MARKS_H */
