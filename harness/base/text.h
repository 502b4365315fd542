/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * text.h - a text made as printf() would print it
 */
#ifndef TEXT_H
#define TEXT_H

/* The text, to be freed; without memory the program ends. */
char *text_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* TEXT_H */
