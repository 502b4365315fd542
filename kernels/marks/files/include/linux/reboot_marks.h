/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reboot_marks.h - how kernel code sets a mark while the machine reboots
 */
#ifndef _LINUX_REBOOT_MARKS_H
#define _LINUX_REBOOT_MARKS_H

#include <uapi/linux/reboot_marks.h>

#ifdef CONFIG_REBOOT_MARKS

/*
 * reboot_mark() - set a mark
 * @id:		one of REBOOT_MARK_* in uapi/linux/reboot_marks.h
 *
 * Never sleeps, allocates or fails, and may be called in any context in which
 * the kernel's segments are loaded. Where other CPUs may have been stopped in
 * the middle of a mark (after a panic, at the point of no return), it does not
 * wait for them.
 */
void reboot_mark(unsigned int id);

/*
 * reboot_marks_init() - from here on a panic sets its mark
 *
 * Called by start_kernel() as soon as the architecture is set up; an initcall
 * would miss the panics before it.
 */
void reboot_marks_init(void);

#else
static inline void reboot_mark(unsigned int id) { }
static inline void reboot_marks_init(void) { }
#endif

#endif /* _LINUX_REBOOT_MARKS_H */
