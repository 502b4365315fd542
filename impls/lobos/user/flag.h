/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flag.h - the file by which lobos tells bootfile that the next reboot is its own
 */
#ifndef LOBOS_FLAG_H
#define LOBOS_FLAG_H

/*
 * In a file system in memory: what is asked for in one boot is gone in the next.
 * It holds the command line, or nothing if that is the one loaded with the image.
 */
#define FLAG "/run/lobos"

/* As long as the command line of an x86 kernel may be, NUL included. */
#define COMMAND_LINE_BYTES 2048

#endif /* LOBOS_FLAG_H */
