// SPDX-License-Identifier: GPL-2.0-only
/*
 * main.c - a table of commands
 *
 * The only file that exits.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

#include "base/path.h"
#include "base/supervisor.h"
#include "base/text.h"
#include "commands/commands.h"
#include "commands/help.h"
#include "machine/state_dir.h"

static const struct command *const commands[] = {
	&command_run, &command_soak, &command_list, &command_show, &command_report, &command_compare,
	&command_merge, &command_figures, &command_export, &command_witness, &command_profile,
	&command_dashboard, &command_nightly, &command_bisect, &command_nightly_report,
	&command_sizes, &command_matrix, &command_doctor, NULL
};

struct arguments {
	struct settings global;
	bool help;
};

#define TO(member) offsetof(struct arguments, member)

static const struct option shared_options[] = {
	{ "--top", "DIR", "the checkout (default: where the program was built)", OPTION_TEXT,
	  .to = TO(global.top) },
	{ "--results", "DIR", "where runs are kept (default: results/ of the checkout)",
	  OPTION_TEXT, .to = TO(global.results) },
	{ "--connect", "URI", "a libvirt other than the embedded one", OPTION_TEXT,
	  .to = TO(global.connect) },
	{ "--state", "DIR", "folder of the embedded libvirt; only one program can use it",
	  OPTION_TEXT, .to = TO(global.state) },
	{ "--help", NULL, "this text; after a command, the help of it", OPTION_FLAG, .to = TO(help) },
	{ "-h", NULL, NULL, OPTION_FLAG, .to = TO(help) },
	{ 0 }
};

static const struct command program = {
	.name = "",
	.prose = "Measures how long a running Linux takes to become another running Linux, and how "
		 "often that works.",
	.options = shared_options,
	.examples = "lobosbench run bench",
};

static const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

/* The folder that the program is in; "" when that cannot be found out. */
static char *find_folder(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *folder;

	path[n > 0 ? n : 0] = '\0';
	folder = path_above(path, 1);
	return folder ? folder : text_format("%s", "");
}

/* The checkout that the program was built in: it is TOP/build/lobosbench. */
static char *find_top(const char *folder, struct error **err)
{
	char *top = path_above(folder, 1);

	if (top)
		return top;
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
	char *path = path_below(top, "build/state");

	if (strlen(path) <= STATE_DIR_LENGTH)
		return path;
	free(path);
	return text_format("/var/tmp/lobosbench-%u-%08x", geteuid(), hash(top));
}

/* Fills what was not given and makes the paths absolute; they live until the end. */
static int complete_settings(struct settings *o, struct error **err)
{
	CLEANUP_FREE char *results = NULL;

	o->plugins = find_folder();
	o->top = o->top ? realpath(o->top, NULL) : find_top(o->plugins, err);
	if (!o->top)
		return *err ? -EINVAL : error_set(err, ERROR_USAGE, errno,
						  "--top: there is no such folder");
	results = path_below(o->top, "results");
	o->results = path_absolute(o->results ? o->results : results);
	o->state = o->state ? path_absolute(o->state) : default_state(o->top);
	return 0;
}

/* Help is what the user needs, whatever else is wrong with the line. */
static bool asks_help(char **words)
{
	for (; *words && strcmp(*words, "--"); words++)
		if (!strcmp(*words, "--help") || !strcmp(*words, "-h"))
			return true;
	return false;
}

static int run_command(const struct command *command, char **words, struct arguments *shared,
		       struct error **err)
{
	CLEANUP_FREE void *options = calloc(1, command->size + 1);
	const struct option_set sets[] = {
		{ command->options, options }, { shared_options, shared }, { 0 }
	};
	int rc;

	if (!options)
		abort();
	if (command->defaults)
		memcpy(options, command->defaults, command->size);
	rc = options_parse(command->name, command->options ? sets : sets + 1, words, err);
	if (!rc)
		rc = complete_settings(&shared->global, err);
	if (rc)
		return rc;
	if (command->supervised) {
		rc = supervisor_start();
		if (rc)
			return error_set(err, ERROR_HOST, -rc, "cannot start the working process");
	}
	return command->run(&shared->global, options, err);
}

static int run_program(char **words, struct arguments *shared, struct error **err)
{
	const struct option_set sets[] = { { shared_options, shared }, { 0 } };
	const struct command *command;
	int rc = options_parse_leading(sets, &words, err);

	if (rc)
		return rc;
	if (shared->help) {
		help_program(stdout, &program, commands);
		return 0;
	}
	if (!*words)
		return options_refuse(err, "", "which command?");
	command = command_find(*words);
	if (!command)
		return options_refuse(err, "", "there is no command \"%s\"", *words);
	if (asks_help(words + 1)) {
		help_command(stdout, command);
		return 0;
	}
	return run_command(command, words + 1, shared, err);
}

/*
 * A reader that goes away, as of `| head`, ends a command by SIGPIPE. One that ignores
 * that signal has done its work and keeps its status.
 */
static int close_output(int rc, struct error **err)
{
	struct pollfd out = { .fd = STDOUT_FILENO };
	bool reader_left = poll(&out, 1, 0) > 0 && out.revents & POLLERR;
	bool failed = ferror(stdout);
	int code = fclose(stdout) ? errno : 0;

	if ((!failed && !code) || reader_left || *err)
		return rc;
	return error_set(err, ERROR_HOST, code, "cannot write to standard output");
}

int main(int argc, char **argv)
{
	static struct arguments shared;	/* its strings live until the end */
	CLEANUP_ERROR struct error *err = NULL;
	int rc;

	/* It may be ignored by who started us. */
	signal(SIGPIPE, SIG_DFL);
	rc = close_output(run_program(argv + (argc > 0), &shared, &err), &err);
	if (err) {
		error_print(err, stderr);
		rc = err->class;
	}
	return rc;
}
