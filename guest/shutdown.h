/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * shutdown.h - from "reboot" to the last thing that user space does
 */
#ifndef SHUTDOWN_H
#define SHUTDOWN_H

/*
 * shutdown_run() - end the system
 * @asked: SIGTERM for a reboot, SIGUSR1 for halt, SIGUSR2 for power off
 * @k:	number in the chain of the reboot that this would be
 *
 * For a reboot, /etc/rc.reboot is run first: it asks the hooks of the ways to
 * reboot that have been set up. Only when none of them was asked for, the
 * machine is reset: a way that was asked for and refused must never become a
 * reset in silence.
 *
 * Returns only when the system is still there. That has been reported then;
 * the services are stopped and / is read-only.
 */
void shutdown_run(int asked, int k);

#endif /* SHUTDOWN_H */
