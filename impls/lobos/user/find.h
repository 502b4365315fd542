/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * find.h - which kernel a user means by a name
 */
#ifndef LOBOS_FIND_H
#define LOBOS_FIND_H

/**
 * find_kernel() - the one kernel that a name stands for
 * @name: a path, if there is a slash in it; otherwise a file in /boot, or a
 *	folder in /usr/src with or without "linux-", or a part of either
 *
 * Only LOBOS images and ELF kernels count. An image beats the ELF file that it
 * lies beside, and a whole name beats part of one.
 *
 * Return: the path, which the caller frees; NULL if there is none or more than
 * one, which has been printed
 */
char *find_kernel(const char *name);

#endif /* LOBOS_FIND_H */
