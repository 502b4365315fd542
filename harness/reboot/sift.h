/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sift.h - which console lines count as events
 *
 * DOC: The rules
 *
 * Any program can print what a kernel prints: a replayed log, a command line, a curious user.
 *
 * While a kernel with marks runs, no console line counts. A kernel is one with marks when
 * its entry, or anything after it, was marked. The boot sector and a decompressor set marks of
 * their own, whatever kernel follows.
 *
 * Of a kernel without marks these lines count, and no others. Each begins with
 * printk's stamp, but for the decompressor's.
 *
 *	The old kernel: the request of this number; behind it that the services stopped, and
 *	the last words of a restart or a kexec.
 *	No kernel, from those last words, the mark no_return or a reset on: the decompressor's
 *	line, and "Linux version", which is the new kernel's first.
 *	The new kernel: the first "Run ... as init process", ready of this number, a panic.
 *
 * The stamp tells a line from a replayed or invented one: it must not be larger than the time
 * since the kernel before was left, nor smaller than that of the step before; a second ready may
 * have a smaller one, since the step may be forged.
 *
 * Each of these lines counts again when it comes with another stamp, and so do lines that an old
 * kernel prints behind its last words: they contradict each other (stray.h). One with the same
 * stamp is a copy of the line, such as dmesg prints.
 *
 * A program that may write to the console can still forge these lines: they are bytes with
 * a stamp that it can read off /proc/uptime. The true line follows and contradicts it; see
 * results/README.md.
 */
#ifndef SIFT_H
#define SIFT_H

#include "event.h"

/* What is known of the kernel that runs; zeroed at the beginning of a first boot. */
struct running {
	bool marked;			/* it sets marks */
	int64_t left_ns;		/* host time at which what ran before it was left */
	int64_t ready_ns;		/* printk's stamp when it was ready; 0: not known */
};

/*
 * sift_console() - take out the console lines that do not count. Pure.
 * @events:	of one reboot, in order of time, each reset once
 * @at_begin:	the kernel that runs at the beginning
 * @number:	of the reboot on this machine, from 1; 0: a first boot, at whose
 *		beginning no kernel runs
 *
 * Return: the kernel that was ready first; zeroed when none was.
 */
struct running sift_console(event_vec *events, const struct running *at_begin, int number);

#endif /* SIFT_H */
