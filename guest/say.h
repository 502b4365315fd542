/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * say.h - lines of PID 1 on the console
 */
#ifndef SAY_H
#define SAY_H

/*
 * say() - print a line of text behind CONSOLE_PREFIX on the console
 *
 * The line goes through the kernel's log where there is one: printk has
 * written it out when this returns, so a reboot right after it loses nothing,
 * no kernel line can fall into the middle of it, and it is in the log that a
 * next kernel may show. Without /dev/kmsg it goes to the standard output.
 */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* SAY_H */
