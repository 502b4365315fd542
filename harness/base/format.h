/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * format.h - a text made as printf() would print it
 */
#ifndef FORMAT_H
#define FORMAT_H

/* The text, to be freed; without memory the program ends. */
char *format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* FORMAT_H */
