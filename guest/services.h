/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * services.h - everything that runs beside PID 1
 */
#ifndef SERVICES_H
#define SERVICES_H

/*
 * services_start() - run /etc/rc to its end, and the services until they wait
 * @command_line: of the running kernel; rc has it in its environment as REQUEST_COMMAND_LINE
 *
 * They stay ahead of all ordinary processes until services_started(). A failure of rc is said on
 * the console.
 */
void services_start(const char *command_line);

/* From here on the services are ordinary processes. */
void services_started(void);

/*
 * services_stop() - end every other process: SIGTERM, then SIGKILL
 * Takes at most SERVICES_TERM_MS + SERVICES_KILL_MS; what is left then is
 * said on the console and does not hold up the shutdown.
 */
void services_stop(void);

#define SERVICES_TERM_MS 2000
#define SERVICES_KILL_MS 1000

#endif /* SERVICES_H */
