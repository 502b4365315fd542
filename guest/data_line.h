/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * data_line.h - what the machine tells the host in words: the second serial line
 */
#ifndef DATA_LINE_H
#define DATA_LINE_H

#define DATA_LINE "/dev/ttyS1"		/* guest_protocol.h has its words */

/*
 * data_line_open() - the line, raw, for writing
 * Return: a file descriptor for the caller to close, or a negative errno.
 */
int data_line_open(void);

/*
 * data_line_boot() - the block of one boot: who I am, what I have, and the old kernel's log
 * @k:	number of this boot in the chain
 * @nonce: NONCE_FORMAT of the command line, or NO_NONCE
 * @command_line: of the running kernel
 * @previous_log: file with the old kernel's log, "" for none
 * All of it has left the machine when this returns. A failure is said on the console.
 */
void data_line_boot(int k, const char *nonce, const char *command_line, const char *previous_log);

/*
 * data_line_request() - what the machine has just before reboot k is asked for
 * All of it has left the machine when this returns. A failure is said on the console.
 */
void data_line_request(int k);

/*
 * data_line_refused() - reboot k was asked for and did not happen
 * @status: exit status of what was asked, as a shell gives it
 * @code: the errno if it is known, else 0
 */
void data_line_refused(int k, int status, int code);

#endif /* DATA_LINE_H */
