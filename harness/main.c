// SPDX-License-Identifier: GPL-2.0-only
/*
 * main.c - a table of commands
 *
 * The only file that exits. The options that all commands share are taken out
 * of the arguments wherever they stand; the rest is the command's.
 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "commands/commands.h"
#include "base/path.h"
#include "machine/state_dir.h"
#include "base/supervisor.h"

struct command {
	const char *name;
	command_fn function;
	const char *line;	/* what it is for */
	const char *help;
	bool supervised;	/* it starts machines; see supervisor.c */
};

static const struct command commands[] = {
	{ "run", cmd_run, "run a scenario and write its report", cmd_run_help, true },
	{ "list", cmd_list, "list ways to reboot, scenarios, phases", cmd_list_help, false },
	{ "show", cmd_show, "show one sample: its phases, its console", cmd_show_help, false },
	{ "report", cmd_report, "write a run's report again", cmd_report_help, false },
	{ "compare", cmd_compare, "say what differs between two runs, commits, kernels, ways",
	  cmd_compare_help, false },
	{ "figures", cmd_figures, "write a run's figures for print", cmd_figures_help, false },
	{ "export", cmd_export, "write samples as JSON Lines or CSV", cmd_export_help, false },
	{ "witness", cmd_witness, "watch each instruction of a reboot", cmd_witness_help, true },
	{ "dashboard", cmd_dashboard, "draw the history of all runs", cmd_dashboard_help, false },
	{ "nightly", cmd_nightly, "run a night's scenarios and judge them", cmd_nightly_help, false },
	{ "bisect", cmd_bisect, "find the commit that cost instructions", cmd_bisect_help, false },
	{ "nightly-report", cmd_nightly_report, "judge the newest night against its history",
	  cmd_nightly_report_help, false },
	{ "sizes", cmd_sizes, "count the lines each way is made of", cmd_sizes_help, false },
	{ "doctor", cmd_doctor, "say what this host can and cannot do", cmd_doctor_help, true },
};

#define COMMANDS (sizeof(commands) / sizeof(*commands))

static const char usage_head[] =
	"Usage: lobosbench [OPTION]... COMMAND [ARGUMENT]...\n"
	"\n"
	"Measures how long a running Linux takes to become another running Linux, and how\n"
	"often that works.\n"
	"\n";

static const char usage_options[] =
	"\n"
	"  --top DIR       the checkout (default: where the program was built)\n"
	"  --results DIR   where runs are kept (default: results/ of the checkout)\n"
	"  --connect URI   a libvirt other than the embedded one\n"
	"  --state DIR     folder of the embedded libvirt, one at a time can use it\n"
	"  --help          this; after a command, help on it\n"
	"\n"
	"Example: lobosbench run bench\n";

static void print_usage(FILE *f)
{
	fputs(usage_head, f);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(f, "  %-15s %s\n", commands[i].name, commands[i].line);
	fputs(usage_options, f);
}

static const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

/*
 * "--name VALUE" or "--name=VALUE" at argv[*i]: sets *to, moves *i to the last
 * word used; a missing value becomes NULL.
 */
static bool take(char **argv, int *i, const char *name, const char **to)
{
	size_t n = strlen(name);

	if (strncmp(argv[*i], name, n) || (argv[*i][n] && argv[*i][n] != '='))
		return false;
	*to = argv[*i][n] ? argv[*i] + n + 1 : argv[++*i];
	return true;
}

static int refuse_usage(struct error **err, const char *what, const char *word)
{
	int rc = error_set(err, ERROR_USAGE, 0, what, word);

	error_hint(err, "`lobosbench --help` shows commands and options");
	return rc;
}

/* Takes the shared options out of argv. Return: how many words are left, or -EINVAL. */
static int take_options(int argc, char **argv, struct settings *o, struct error **err)
{
	const struct { const char *name, **to; } shared[] = {
		{ "--top", &o->top },
		{ "--results", &o->results },
		{ "--connect", &o->connect },
		{ "--state", &o->state },
	};
	bool ended = false;
	int left = 0;

	for (int i = 0; i < argc; i++) {
		bool taken = false;

		ended |= !strcmp(argv[i], "--");
		for (size_t k = 0; !ended && !taken && k < sizeof(shared) / sizeof(*shared); k++) {
			taken = take(argv, &i, shared[k].name, shared[k].to);
			if (taken && (!*shared[k].to || !**shared[k].to))
				return refuse_usage(err, "%s needs a value", shared[k].name);
		}
		if (!taken)
			argv[left++] = argv[i];
	}
	argv[left] = NULL;
	return left;
}

/* The checkout that the program was built in: it is TOP/build/lobosbench. */
static char *find_top(struct error **err)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n > 0) {
		path[n] = '\0';
		for (int i = 0; i < 2; i++)
			*strrchr(path, '/') = '\0';
	}
	if (n > 0 && *path)
		return strdup(path);
	error_set(err, ERROR_USAGE, 0, "cannot tell which checkout this program is of");
	error_hint(err, "--top DIR says so");
	return NULL;
}

/* FNV-1a: tells the checkouts of one user apart, nothing more. */
static uint32_t hash(const char *text)
{
	uint32_t h = 2166136261u;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h;
}

/* build/state, or a shorter one for a checkout too deep for libvirt's sockets. */
static char *default_state(const char *top)
{
	char *path;

	if (asprintf(&path, "%s/build/state", top) < 0)
		abort();
	if (strlen(path) <= STATE_DIR_LENGTH)
		return path;
	free(path);
	if (asprintf(&path, "/var/tmp/lobosbench-%u-%08x", geteuid(), hash(top)) < 0)
		abort();
	return path;
}

/* Fills what was not given and makes the paths absolute; they live until the end. */
static int complete_options(struct settings *o, struct error **err)
{
	CLEANUP_FREE char *results = NULL;

	o->top = o->top ? realpath(o->top, NULL) : find_top(err);
	if (!o->top)
		return *err ? -EINVAL : error_set(err, ERROR_USAGE, errno,
						  "--top: there is no such folder");
	if (asprintf(&results, "%s/results", o->top) < 0)
		abort();
	o->results = path_absolute(o->results ? o->results : results);
	o->state = o->state ? path_absolute(o->state) : default_state(o->top);
	return 0;
}

static bool asks_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return true;
	return false;
}

static int run_command(struct settings *global, int argc, char **argv, struct error **err)
{
	const struct command *command;
	int rc;

	argc = take_options(argc, argv, global, err);
	if (argc < 0)
		return argc;
	if (argc < 2)
		return refuse_usage(err, "%s", "which command?");
	if (argv[1][0] == '-') {
		if (!asks_help(2, argv))
			return refuse_usage(err, "there is no option %s", argv[1]);
		print_usage(stdout);
		return 0;
	}
	command = command_find(argv[1]);
	if (!command)
		return refuse_usage(err, "there is no command \"%s\"", argv[1]);
	if (asks_help(argc, argv)) {
		fputs(command->help, stdout);
		return 0;
	}
	rc = complete_options(global, err);
	if (rc)
		return rc;
	if (command->supervised) {
		rc = supervisor_start();
		if (rc)
			return error_set(err, ERROR_HOST, -rc, "cannot start the working process");
	}
	return command->function(global, argc - 1, argv + 1, err);
}

int main(int argc, char **argv)
{
	static struct settings global;	/* its strings live until the end */
	CLEANUP_ERROR struct error *err = NULL;
	int rc = run_command(&global, argc, argv, &err);

	if (!err && fclose(stdout))
		rc = error_set(&err, ERROR_HOST, errno, "cannot write to standard output");
	if (err) {
		error_print(err, stderr);
		rc = err->class;
	}
	return rc;
}
