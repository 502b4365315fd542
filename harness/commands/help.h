/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * help.h - help texts, made from the tables of the commands
 */
#ifndef HELP_H
#define HELP_H

#include <stdio.h>

#include "commands.h"

/*
 * help_command() - the help of one command
 * Usage, prose, options, exit statuses, examples: no line is longer than 80 columns.
 */
void help_command(FILE *f, const struct command *c);

/*
 * help_program() - the help of the program
 * @program:	its name is "", its options are those of all commands
 * @commands:	end with NULL
 */
void help_program(FILE *f, const struct command *program, const struct command *const *commands);

#endif /* HELP_H */
