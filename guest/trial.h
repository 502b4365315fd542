/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trial.h - what the host asks of this machine
 *
 * guest_protocol.h names the files in which the host says it. Each reboot gives
 * the new kernel a nonce with its number on the command line, which is how PID 1
 * knows how far the chain has come.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include <stddef.h>

#include "guest_protocol.h"

struct trial {
	char nonce[33];				/* hex digits */
	int reboots;				/* length of the chain */
	int settle_ms;				/* from the data block to the next request */
	char image[256];			/* path in this machine, or "" */
	char options[256];			/* words for the request, or "" */
	char previous_log[256];			/* file with the old kernel's log, or "" */
	char command_line[COMMAND_LINE_BYTES];	/* of the next kernels; "": as the running one */
	int disks[TRIAL_DISKS_MOST];		/* boot disks of the next kernels in turn */
	int disks_count;			/* 0: all are on disk 0 */
	char *before;				/* shell text run ahead of each request, or NULL */
	char *request;				/* shell text */
};

/*
 * trial_read() - read the files
 * Return: 0; -ENOENT when the host asks for nothing; -EINVAL, said on the
 * console, when it asks for something that this program does not know.
 * t->request and t->before belong to the caller.
 */
int trial_read(struct trial *t);

/*
 * trial_parse() - the text of TRIAL_FILE. Pure.
 * @t:	filled in; all but request and before
 * @text: changed: cut into lines
 * Return: NULL, or what is wrong with the text.
 */
const char *trial_parse(struct trial *t, char *text);

/*
 * trial_nonce() - the nonce that a command line carries. Pure.
 * @to: buffer of size bytes: NONCE_FORMAT, or NO_NONCE
 * Return: k; 0 when there is none, which is the first boot of a machine.
 */
int trial_nonce(const char *command_line, char *to, size_t size);

/* The number of the boot disk that the kernel with this command line comes from. Pure. */
int trial_disk(const char *command_line);

/* The number of the boot disk with the kernel of reboot k, from 1. Pure. */
int trial_next_disk(const struct trial *t, int k);

/*
 * trial_command_line() - the command line of the k-th reboot's kernel. Pure.
 * @to: buffer of COMMAND_LINE_BYTES
 * @base: what to begin with; nonce and disk, and the BOOT_IMAGE that GRUB adds, are left out
 * @disk: from which it comes
 * Return: 0; -E2BIG when the whole does not fit; -EINVAL when a quote in base has no end.
 */
int trial_command_line(char *to, const char *base, const char *nonce, int k, int disk);

#endif /* TRIAL_H */
