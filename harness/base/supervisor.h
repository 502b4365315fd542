/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * supervisor.h - the first process, which reaps what others leave
 */
#ifndef SUPERVISOR_H
#define SUPERVISOR_H

/*
 * supervisor_start() - forks the working process and stands over it
 *
 * To be called before there is any thread, because it forks.
 * Returns only in the working process (0), or with a negative errno before there
 * is one. The first process ends by itself with the exit status of the worker, or
 * by the signal that ended it, and takes what the worker left running with it.
 */
int supervisor_start(void);

#endif /* SUPERVISOR_H */
