/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sift.h - which console lines count as events
 *
 * DOC: The rules
 *
 * Any program can print what a kernel prints: a replayed log, a command line, a curious user.
 *
 * A kernel with marks has no use for its console: none of its lines counts. A
 * kernel sets marks when its own entry, or anything it does later, was marked; the boot sector
 * and a decompressor say nothing of the kernel behind them.
 *
 * Of a kernel without marks these lines count, and no others. Each begins with
 * printk's stamp, but for the decompressor's.
 *
 *	The old kernel: the request of this number; behind it, that the services stopped and
 *	the last words of a restart or a kexec.
 *	Nobody runs, from those last words, the mark no_return or a reset on: the decompressor's
 *	line, and "Linux version", which is the new kernel's first.
 *	The new kernel: the first "Run ... as init process", and behind it by its stamp ready of
 *	this number; a panic. None counts whose stamp is longer than the time since
 *	the old kernel was left, as in a log that is replayed.
 *
 * Request and ready count again, as a contradiction, unless they have the stamp that they
 * had before: then they are a copy of the line, such as dmesg prints.
 *
 * Whoever may write to /dev/kmsg can still forge these. results/README.md says so.
 */
#ifndef SIFT_H
#define SIFT_H

#include "event.h"

/*
 * sift_console() - take out the console lines that do not count. Pure.
 * @events:	of one reboot, in order of time, each reset once
 * @marked:	the system that runs at the beginning sets marks
 * @number:	of the reboot on this machine, from 1; 0: a first boot, at whose
 *		beginning nobody runs
 */
void sift_console(event_vec *events, bool marked, int number);

#endif /* SIFT_H */
