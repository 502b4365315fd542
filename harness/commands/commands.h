/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * commands.h - the commands of lobosbench
 *
 * main.c holds the table of them; each is one function in a file cmd_NAME.c.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "base/error.h"
#include "base/options.h"

/*
 * A command. argv[0] is its name, argv[argc] is NULL; a command reads its own
 * options with getopt_long(), after setting optind to 0. `--help` never gets
 * here: main prints the text of the table.
 *
 * Return: an exit status of at least 0 (see enum error_class for those above 1),
 * or a negative errno with *err set; main makes the exit status from its class.
 */
typedef int (*command_fn)(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_run() - lobosbench run
 *
 * Return: 0 or 1 (a reboot failed), or a negative errno with *err set.
 */
int cmd_run(const struct settings *global, int argc, char **argv, struct error **err);

int cmd_list(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_show() - show one sample
 * @global:	options of every command
 * @argc:	at least 1
 * @argv:	"show", options, the sample
 *
 * Return: 0, or a negative errno with *err set.
 */
int cmd_show(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_report() - write a run's report again
 * @global:	options of every command
 * @argc:	at least 1
 * @argv:	"report", options, the run's name
 *
 * Return: 0, or a negative errno with *err set.
 */
int cmd_report(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_figures() - write a run's figures for print
 * @global:	options of every command
 * @argc:	at least 1
 * @argv:	"figures", options, the run's name
 *
 * Return: 0, or a negative errno with *err set.
 */
int cmd_figures(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_compare() - compare two sets of samples
 * @global:	options of every command
 * @argc:	at least 1
 * @argv:	"compare", options, A, B
 *
 * Return: 0, 1 when something is worse, or a negative errno with *err set.
 */
int cmd_compare(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_export() - lobosbench export
 *
 * Return: 0, or a negative errno with *err set.
 */
int cmd_export(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_witness() - lobosbench witness
 *
 * Return: 0, or 1 when some reboot failed, or a negative errno with *err set.
 */
int cmd_witness(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_dashboard() - draw the history of all runs
 * @global:	options of every command
 * @argc:	at least 1
 * @argv:	"dashboard", options
 *
 * Return: 0, or a negative errno with *err set.
 */
int cmd_dashboard(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_nightly() - lobosbench nightly
 *
 * Return: 0, 1 or 4 as nightly_status(); or a negative errno with *err set.
 */
int cmd_nightly(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_bisect() - lobosbench bisect
 *
 * Return: 0, of a step what git bisect understands; or a negative errno with *err set.
 */
int cmd_bisect(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_nightly_report() - judge the newest night
 * @global:	options of every command
 * @argc:	at least 1
 * @argv:	"nightly-report", options
 *
 * Return: 0, 1 or 4 as nightly_status(); or a negative errno with *err set.
 */
int cmd_nightly_report(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * cmd_sizes() - lobosbench sizes
 *
 * Return: 0, or a negative errno with *err set.
 */
int cmd_sizes(const struct settings *global, int argc, char **argv, struct error **err);

int cmd_doctor(const struct settings *global, int argc, char **argv, struct error **err);

/*
 * The help of each command, printed by main for `lobosbench NAME --help`: usage,
 * options, one example. Defined beside the function.
 */
extern const char cmd_run_help[];
extern const char cmd_list_help[];
extern const char cmd_show_help[];
extern const char cmd_report_help[];
extern const char cmd_figures_help[];
extern const char cmd_compare_help[];
extern const char cmd_export_help[];
extern const char cmd_witness_help[];
extern const char cmd_dashboard_help[];
extern const char cmd_nightly_help[];
extern const char cmd_bisect_help[];
extern const char cmd_nightly_report_help[];
extern const char cmd_sizes_help[];
extern const char cmd_doctor_help[];

#endif /* COMMANDS_H */
