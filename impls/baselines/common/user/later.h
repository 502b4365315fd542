/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * later.h - a command that the reboot script carries out
 *
 * When that script runs, services have ended and the disk with the kernels is
 * not mounted any more: what the command needs is kept in a folder in memory.
 */
#ifndef LATER_H
#define LATER_H

/*
 * later_file() - copy a file into the folder
 * @folder: is made if it is not there
 * @name: of the copy
 * @path: of the original
 * Return: the path of the copy, to be freed. Ends the program with an errno.
 */
char *later_file(const char *folder, const char *name, const char *path);

/*
 * later_keep() - keep the words of a command, each with its NUL, for the script
 * @folder: the file in it is called "arguments" and appears as a whole
 * @words: ends with NULL
 * Ends the program with an errno.
 */
void later_keep(const char *folder, const char *const *words);

/*
 * later_words() - the words of a command that was kept
 * @path: of the file
 * @first: the first word, as a program's own name
 * @n: their number
 * Return: as for main(); lives as long as the program. Ends it with an errno.
 */
char **later_words(const char *path, char *first, int *n);

#endif /* LATER_H */
