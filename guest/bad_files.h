/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bad_files.h - kernel images with one thing wrong
 *
 * All take the path of an image that the way would boot, and that of the new file.
 * They end the program if it cannot be written.
 */
#ifndef BAD_FILES_H
#define BAD_FILES_H

/* No bytes, half of the good ones, and a MiB of random ones. */
void make_empty(const char *good, const char *path);
void make_truncated(const char *good, const char *path);
void make_random(const char *good, const char *path);

/* A good beginning, then a hole up to more than the machine has memory. */
void make_too_large(const char *good, const char *path);

/* ELF kernels: their header says that they are for AArch64, for x86_64, for i386 or else x86_64. */
void make_other_machine(const char *good, const char *path);
void make_sixty_four(const char *good, const char *path);
void make_other_width(const char *good, const char *path);

/* An ELF kernel that lies where no machine here has memory, below 4 GiB as it is. */
void make_segments_above(const char *good, const char *path);

/* An ELF kernel that begins where it has no segment; on x86_64 no CPU has the address. */
void make_no_such_entry(const char *good, const char *path);

/* bzImages: one lies there. */
void make_above_memory(const char *good, const char *path);
/* One begins at 32 bits only. */
void make_thirty_two(const char *good, const char *path);
/* One is from before five levels of page tables. */
void make_four_levels(const char *good, const char *path);

/* A copy, with nothing wrong. */
void make_good(const char *good, const char *path);

#endif /* BAD_FILES_H */
