/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * options.h - the command line, read by tables
 *
 * A table describes each option and each argument of a command. The parser fills
 * a struct of the command from it, and the help text is printed from it.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

/*
 * The settings that all commands share. All paths are absolute; the strings live
 * as long as the program.
 */
struct settings {
	const char *top;	/* the checkout: impls/, scenarios/, build/ are below it */
	const char *plugins;	/* folder of the emulator's plugins: that of this program */
	const char *results;	/* where runs are kept; may not exist yet */
	const char *connect;	/* a libvirt URI, or NULL for the embedded driver */
	const char *state;	/* root of qemu:///embed; may not exist yet */
};

/* What an option takes, and the type of the member that gets it. */
enum option_kind {
	OPTION_FLAG,		/* nothing; bool */
	OPTION_TEXT,		/* any text; const char * */
	OPTION_NUMBER,		/* a whole number from low to high; long */
	OPTION_SHARE,		/* a number between low and high, both excluded; double */
	OPTION_PERCENT,		/* the same; double, as a share: 5 becomes 0.05 */
	OPTION_CHOICE,		/* one of choices; unsigned int or enum: its index */
	OPTION_LIST,		/* any text, several times; struct option_list */
};

#define OPTION_LIST_MAX	1024

/* The same text twice is kept once. */
struct option_list {
	const char *at[OPTION_LIST_MAX];
	unsigned int n;
};

struct option {
	const char *name;	/* "--way"; without dashes an argument: "SCENARIO" */
	const char *value;	/* of an option: the name of its value, "WAY" */
	const char *help;	/* what it does; NULL hides it from the help */
	enum option_kind kind;
	size_t to;		/* offset of the member */
	bool required;		/* of a text or a list */
	bool as_text;		/* a number or choice stays as it was written: const char * */
	const char *bare;	/* value of "--name" alone; NULL: the next word is the value */
	double low, high;	/* both 0: no limits */
	const char *const *choices;	/* end with NULL */
};

/* A table and the struct that gets its values; a table ends with an empty option. */
struct option_set {
	const struct option *options;
	void *to;
};

/*
 * options_parse() - read the words of a command line
 * @command:	name of the command, for the hints of errors; "" for the program
 * @sets:	end with an empty set; arguments are filled in the order of the tables
 * @words:	end with NULL; the values point to them
 *
 * Takes "--name VALUE" and "--name=VALUE" anywhere; "--" ends the options. A name
 * must be complete: what an abbreviation means would change with each new option.
 * Return: 0, or a negative errno with *err set (ERROR_USAGE and a hint).
 */
int options_parse(const char *command, const struct option_set *sets, char **words,
		  struct error **err);

/*
 * options_parse_leading() - read the options in front of a command's name
 * @words:	moved to the first word that is no option
 * Return: as options_parse().
 */
int options_parse_leading(const struct option_set *sets, char ***words, struct error **err);

/*
 * options_refuse() - say what is wrong with a command line
 * The hint names the command's help. Return: -EINVAL.
 */
int options_refuse(struct error **err, const char *command, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif /* OPTIONS_H */
