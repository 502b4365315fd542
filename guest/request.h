/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * request.h - one reboot asked for as a user would
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "trial.h"

/*
 * request_prepare() - run the host's text that comes ahead of reboot k, if there is any
 * @running: as of request_run(); the text has the same environment
 * Return: 0; a signal that asks for the end of the system; or a negative errno
 * when the text failed, which has been reported as refused then.
 */
int request_prepare(const struct trial *t, const char *running, int k);

/*
 * request_run() - run the request text of the host for reboot k
 * @running: command line of the running kernel, for when the host gives none
 *
 * Sets the mark and gives the text the environment that guest_protocol.h names.
 * Return: the signal by which the text asked for the end of the system, or 0
 * when it did not; that has been reported as refused then.
 */
int request_run(const struct trial *t, const char *running, int k);

#endif /* REQUEST_H */
