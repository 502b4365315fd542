// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_run_options.c - the command line of lobosbench run
 */
#include "cmd_run_options.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "commands.h"

const char cmd_run_help[] =
	"Usage: lobosbench run SCENARIO [OPTION]...\n"
	"\n"
	"Runs a scenario: a YAML file, or the name of one in scenarios/. A second run of\n"
	"the same scenario with the same options continues one that was interrupted.\n"
	"\n"
	"  --way WAY            only this way (may be given again); one that the scenario\n"
	"                       does not have is run as WAY[/IMAGE][+OPTION]... says\n"
	"  --versus WAY         compare: side A is the one --way, side B this, which may be\n"
	"                       the same. Machines of both take turns, AB BA AB ..., until\n"
	"                       the figures tell them apart or show that they do not differ\n"
	"  --against REV        side B is built from that commit of this checkout\n"
	"  --most N             counted reboots a side of a comparison, at most (30)\n"
	"  --machines N         machines for each way\n"
	"  --reboots N          reboots of each machine, warm-ups included\n"
	"  --seed S             of the random order\n"
	"  --accelerator A      kvm, tcg or auto\n"
	"  --new                begin a new run, even if one was interrupted\n"
	"\n"
	"Ctrl-C ends cleanly and keeps what was measured; a second one ends at once.\n"
	"Exit status: 0 all went well, 1 a reboot failed, 2 bad input, 3 the host lacks\n"
	"something, 4 the instrument failed, 5 another run is going on, 130 interrupted.\n"
	"\n"
	"Example: lobosbench run bench --way lobos --way kexec --machines 1\n"
	"         lobosbench run bench --way kexec --versus kexec/vmlinux+no-checks\n"
	"         lobosbench run bench --way lobos --against HEAD~1\n";

static int usage(struct error **err, const char *fmt, const char *what)
{
	int rc = error_set(err, ERROR_USAGE, 0, fmt, what);

	error_hint(err, "`lobosbench run --help` tells the options");
	return rc;
}

static int take_number(const char *option, const char *value, const char **to, struct error **err)
{
	if (!value[0] || strspn(value, "0123456789") != strlen(value) || strlen(value) > 18)
		return error_set(err, ERROR_USAGE, 0, "--%s: \"%s\" is no whole number", option,
				 value);
	*to = value;
	return 0;
}

static int take_way(struct run_options *o, const char *way, struct error **err)
{
	for (unsigned int i = 0; i < o->override.ways_count; i++) {
		if (!strcmp(o->ways[i], way))
			return 0;
	}
	if (o->override.ways_count == RUN_WAYS_MAX)
		return usage(err, "--way %s: too many ways", way);
	o->ways[o->override.ways_count++] = way;
	return 0;
}

static int take_accelerator(struct run_options *o, const char *name, struct error **err)
{
	if (strcmp(name, "kvm") && strcmp(name, "tcg") && strcmp(name, "auto"))
		return usage(err, "--accelerator: \"%s\" is none of kvm, tcg, auto", name);
	o->override.accelerator = name;
	return 0;
}

int run_options_parse(int argc, char **argv, struct run_options *o, struct error **err)
{
	static const struct option options[] = {
		{ "way", required_argument, NULL, 'w' },
		{ "machines", required_argument, NULL, 'm' },
		{ "reboots", required_argument, NULL, 'r' },
		{ "seed", required_argument, NULL, 's' },
		{ "accelerator", required_argument, NULL, 'a' },
		{ "versus", required_argument, NULL, 'v' },
		{ "against", required_argument, NULL, 'g' },
		{ "most", required_argument, NULL, 'M' },
		{ "new", no_argument, NULL, 'n' },
		{ 0 }
	};
	int c, rc = 0;

	o->override.ways = o->ways;
	optind = 0;
	opterr = 0;
	while (!rc && (c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'w')
			rc = take_way(o, optarg, err);
		else if (c == 'm')
			rc = take_number("machines", optarg, &o->override.machines, err);
		else if (c == 'r')
			rc = take_number("reboots", optarg, &o->override.reboots, err);
		else if (c == 's')
			rc = take_number("seed", optarg, &o->override.seed, err);
		else if (c == 'a')
			rc = take_accelerator(o, optarg, err);
		else if (c == 'v')
			o->override.versus = optarg;
		else if (c == 'g')
			o->against = optarg;
		else if (c == 'M')
			rc = take_number("most", optarg, &o->override.most, err);
		else if (c == 'n')
			o->begin_new = true;
		else if (c == ':')
			rc = usage(err, "%s needs a value", argv[optind - 1]);
		else
			rc = usage(err, "there is no option %s", argv[optind - 1]);
	}
	if (rc)
		return rc;
	if (optind == argc)
		return usage(err, "%s", "which scenario? A file, or a name in scenarios/");
	if (optind + 1 < argc)
		return usage(err, "one scenario at a time; what is \"%s\"?", argv[optind + 1]);
	o->scenario = argv[optind];
	return 0;
}
