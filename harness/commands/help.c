// SPDX-License-Identifier: GPL-2.0-only
/*
 * help.c - help texts, made from the tables of the commands
 */
#include <string.h>

#include "base/text.h"
#include "help.h"

#define WIDTH 80

/* Statuses that every command can end with; see enum error_class. */
static const char statuses_of_all[] =
	"2 bad input, 3 this host lacks something, 4 the instrument failed, 5 another run holds "
	"the results, 130 interrupted.";

/* Prints a text that begins at column `indent`; "\n" in it begins a new line there. */
static void put_text(FILE *f, const char *text, int indent)
{
	int column = indent;

	while (*text) {
		int n = (int)strcspn(text, " \n");
		bool first = column == indent;

		if (!first && column + 1 + n > WIDTH) {
			fprintf(f, "\n%*s", indent, "");
			column = indent;
			first = true;
		}
		column += fprintf(f, "%s%.*s", first ? "" : " ", n, text);
		text += n;
		if (*text == '\n') {
			fprintf(f, "\n%*s", indent, "");
			column = indent;
		}
		text += *text != '\0';
	}
	fputc('\n', f);
}

static bool is_argument(const struct option *o)
{
	return o->name[0] != '-';
}

/* "--way WAY", "--cost[=N]", "SCENARIO..."; to be freed. */
static char *written(const struct option *o)
{
	if (is_argument(o))
		return text_format("%s%s", o->name, o->kind == OPTION_LIST ? "..." : "");
	if (o->kind == OPTION_FLAG)
		return text_format("%s", o->name);
	return text_format(o->bare ? "%s[=%s]" : "%s %s", o->name, o->value);
}

static void put_usage(FILE *f, const struct command *c)
{
	CLEANUP_FREE char *text = NULL;
	bool others = false;
	size_t size;
	FILE *line = open_memstream(&text, &size);

	if (!line)
		abort();
	fprintf(line, "lobosbench %s", c->name);
	for (const struct option *o = c->options; o && o->name; o++) {
		CLEANUP_FREE char *word = written(o);

		if (o->required || is_argument(o))
			fprintf(line, o->required ? " %s" : " [%s]", word);
		else
			others |= o->help != NULL;
	}
	if (others)
		fputs(" [OPTION]...", line);
	fclose(line);
	fputs("Usage: ", f);
	put_text(f, text, (int)strlen("Usage: "));
}

static void put_options(FILE *f, const struct option *options)
{
	int width = 0;

	for (const struct option *o = options; o && o->name; o++) {
		CLEANUP_FREE char *word = written(o);
		int n = (int)strlen(word);

		width = o->help && n > width ? n : width;
	}
	for (const struct option *o = options; o && o->name; o++) {
		CLEANUP_FREE char *word = written(o);

		if (!o->help)
			continue;
		fprintf(f, "  %-*s  ", width, word);
		put_text(f, o->help, width + 4);
	}
}

static void put_examples(FILE *f, const char *examples)
{
	fputs("\nExample: ", f);
	put_text(f, examples, (int)strlen("Example: "));
}

void help_command(FILE *f, const struct command *c)
{
	CLEANUP_FREE char *statuses = text_format("Exit status: %s, %s", c->statuses ? c->statuses :
						  "0 success", statuses_of_all);

	put_usage(f, c);
	fputc('\n', f);
	put_text(f, c->prose, 0);
	if (c->options)
		fputc('\n', f);
	put_options(f, c->options);
	fputs("\n`lobosbench --help` shows the options of all commands.\n\n", f);
	put_text(f, statuses, 0);
	put_examples(f, c->examples);
}

void help_program(FILE *f, const struct command *program, const struct command *const *commands)
{
	fputs("Usage: lobosbench [OPTION]... COMMAND [ARGUMENT]...\n\n", f);
	put_text(f, program->prose, 0);
	fputc('\n', f);
	for (; *commands; commands++)
		fprintf(f, "  %-14s  %s\n", (*commands)->name, (*commands)->summary);
	fputc('\n', f);
	put_options(f, program->options);
	put_examples(f, program->examples);
}
