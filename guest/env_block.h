/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * env_block.h - the environment block in which GRUB keeps variables
 */
#ifndef ENV_BLOCK_H
#define ENV_BLOCK_H

/*
 * A text of exactly so many bytes: a first line, then NAME=VALUE lines with a
 * backslash before each backslash of a value, then '#' to the end (GRUB
 * manual, "The GRUB environment block"; grub-core/lib/envblk.c).
 */
#define ENV_BLOCK_BYTES 1024
#define ENV_BLOCK_SIGNATURE "# GRUB Environment Block\n"

/*
 * env_block_set() - set or change one variable. Pure.
 * @block: ENV_BLOCK_BYTES bytes, changed only on success
 * Return: 0; -EINVAL when it is no environment block, or the name is empty or
 * has a '=', or there is a newline; -ENOSPC when it does not fit.
 */
int env_block_set(char *block, const char *name, const char *value);

#endif /* ENV_BLOCK_H */
