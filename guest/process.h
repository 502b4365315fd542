/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * process.h - programs started by PID 1, and how they ended
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <sys/types.h>

/*
 * process_start() - start a program with all signals let through
 * @argv: argv[0] is its path
 * @envp: its whole environment; NULL: process_environment
 * @terminal: becomes its controlling terminal and its first three files, in a
 *	session of its own; NULL: it has those of PID 1
 * Return: its pid, or a negative errno.
 */
pid_t process_start(char *const argv[], char *const envp[], const char *terminal);

/* PATH, HOME and TERM, as every program gets them. */
extern char *const process_environment[];

/*
 * process_wait() - wait for the end of a program that was started
 * Return: its exit status as a shell gives it (128 + n for signal n), or a
 * negative errno.
 */
int process_wait(pid_t pid);

/* process_start() and process_wait(). */
int process_run(char *const argv[]);

/* The exit status in a shell's sense of what waitpid() gave. */
int process_status(int wait_status);

/*
 * process_errno() - the errno in an exit status, 0 if there can be none
 * Our programs exit with the errno when a call was refused; 126 and above are
 * the shell's own.
 */
int process_errno(int status);

#endif /* PROCESS_H */
