/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * marked.h - loading, between its two marks
 */
#ifndef MARKED_H
#define MARKED_H

/* From here on a command reads an image; if it fails, loading has ended, too. */
void marked_load_begin(void);

/* The image has been read. */
void marked_load_end(void);

#endif /* MARKED_H */
