// SPDX-License-Identifier: GPL-2.0-only
/*
 * options.c - the command line, read by tables
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

/* Longer numbers do not fit into a long. */
#define DIGITS_MAX 18

struct parser {
	const char *command;
	const struct option_set *sets;
	char **words;			/* the next one */
	unsigned int arguments;		/* that are filled */
	struct error **err;
};

int options_refuse(struct error **err, const char *command, const char *fmt, ...)
{
	CLEANUP_FREE char *what = NULL;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vasprintf(&what, fmt, args);
	va_end(args);
	if (n < 0)
		abort();
	error_set(err, ERROR_USAGE, EINVAL, "%s", what);
	error_hint(err, "`lobosbench %s%s--help` shows %s", command, *command ? " " : "",
		   *command ? "its options" : "commands and options");
	return -EINVAL;
}

#define refuse(p, ...) options_refuse((p)->err, (p)->command, __VA_ARGS__)

static int take_number(const struct parser *p, const struct option *o, const char *text, void *to)
{
	bool whole = *text && strspn(text, "0123456789") == strlen(text) &&
		     strlen(text) <= DIGITS_MAX;
	long n = whole ? strtol(text, NULL, 10) : 0;

	if (!o->low && !o->high && !whole)
		return refuse(p, "%s: \"%s\" is not a whole number", o->name, text);
	if ((o->low || o->high) && (!whole || n < o->low || n > o->high))
		return refuse(p, "%s: \"%s\" is not a whole number from %.0f to %.0f", o->name,
			      text, o->low, o->high);
	if (o->as_text)
		*(const char **)to = text;
	else
		*(long *)to = n;
	return 0;
}

static int take_share(const struct parser *p, const struct option *o, const char *text, double *to)
{
	char *end;
	double x = strtod(text, &end);

	/* Also false for "nan". */
	if (*end || !(x > o->low && x < o->high))
		return refuse(p, "%s: \"%s\" is not a number between %g and %g", o->name, text,
			      o->low, o->high);
	*to = o->kind == OPTION_PERCENT ? x / 100 : x;
	return 0;
}

static int take_choice(const struct parser *p, const struct option *o, const char *text, void *to)
{
	char all[256] = "";
	size_t n = 0;

	for (unsigned int i = 0; o->choices[i]; i++) {
		if (!strcmp(o->choices[i], text)) {
			if (o->as_text)
				*(const char **)to = o->choices[i];
			else
				*(unsigned int *)to = i;
			return 0;
		}
		if (n < sizeof(all))
			n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s", i ? ", " : "",
					      o->choices[i]);
	}
	return refuse(p, "%s: \"%s\" is not one of %s", o->name, text, all);
}

static int take_listed(const struct parser *p, const struct option *o, const char *text,
		       struct option_list *to)
{
	for (unsigned int i = 0; i < to->n; i++)
		if (!strcmp(to->at[i], text))
			return 0;
	if (to->n == OPTION_LIST_MAX)
		return refuse(p, "%s: more than %d", o->name, OPTION_LIST_MAX);
	to->at[to->n++] = text;
	return 0;
}

static int take(const struct parser *p, const struct option_set *set, const struct option *o,
		const char *text)
{
	void *to = (char *)set->to + o->to;

	switch (o->kind) {
	case OPTION_FLAG:
		*(bool *)to = true;
		return 0;
	case OPTION_TEXT:
		*(const char **)to = text;
		return 0;
	case OPTION_NUMBER:
		return take_number(p, o, text, to);
	case OPTION_SHARE:
	case OPTION_PERCENT:
		return take_share(p, o, text, to);
	case OPTION_CHOICE:
		return take_choice(p, o, text, to);
	case OPTION_LIST:
		return take_listed(p, o, text, to);
	}
	abort();
}

static bool is_argument(const struct option *o)
{
	return o->name[0] != '-';
}

/* The option whose name is the first n bytes of a word, and its set. */
static const struct option *find_option(const struct parser *p, const char *word, size_t n,
					const struct option_set **set)
{
	for (*set = p->sets; (*set)->options; (*set)++)
		for (const struct option *o = (*set)->options; o->name; o++)
			if (strlen(o->name) == n && !strncmp(o->name, word, n))
				return o;
	return NULL;
}

static int parse_option(struct parser *p, const char *word)
{
	size_t n = strcspn(word, "=");
	const char *value = word[n] ? word + n + 1 : NULL;
	const struct option_set *set;
	const struct option *o = find_option(p, word, n, &set);

	if (!o)
		return refuse(p, "there is no option %.*s", (int)n, word);
	if (o->kind == OPTION_FLAG)
		return value ? refuse(p, "%s takes no value", o->name) : take(p, set, o, NULL);
	if (!value)
		value = o->bare ? o->bare : *p->words ? *p->words++ : "";
	return *value ? take(p, set, o, value) : refuse(p, "%s needs a value", o->name);
}

/* A list takes all arguments that are left. */
static int parse_argument(struct parser *p, const char *word)
{
	unsigned int n = 0;

	for (const struct option_set *set = p->sets; set->options; set++) {
		for (const struct option *o = set->options; o->name; o++) {
			if (!is_argument(o) || n++ < p->arguments)
				continue;
			p->arguments += o->kind != OPTION_LIST;
			return take(p, set, o, word);
		}
	}
	return refuse(p, "\"%s\" is one argument too many", word);
}

static int check_required(const struct parser *p)
{
	for (const struct option_set *set = p->sets; set->options; set++) {
		for (const struct option *o = set->options; o->name; o++) {
			const void *to = (const char *)set->to + o->to;

			if (!o->required)
				continue;
			if (o->kind == OPTION_LIST ? !((const struct option_list *)to)->n :
						     !*(const char *const *)to)
				return refuse(p, "%s is missing: %s", o->name, o->help);
		}
	}
	return 0;
}

/* "-" alone is an argument, as a name for standard input or output. */
static bool looks_like_option(const char *word)
{
	return word[0] == '-' && word[1];
}

int options_parse(const char *command, const struct option_set *sets, char **words,
		  struct error **err)
{
	struct parser p = { .command = command, .sets = sets, .words = words, .err = err };
	bool ended = false;
	int rc = 0;

	while (!rc && *p.words) {
		const char *word = *p.words++;

		if (ended || !looks_like_option(word))
			rc = parse_argument(&p, word);
		else if (!strcmp(word, "--"))
			ended = true;
		else
			rc = parse_option(&p, word);
	}
	return rc ? rc : check_required(&p);
}

int options_parse_leading(const struct option_set *sets, char ***words, struct error **err)
{
	struct parser p = { .command = "", .sets = sets, .words = *words, .err = err };
	int rc = 0;

	while (!rc && *p.words && looks_like_option(*p.words))
		rc = parse_option(&p, *p.words++);
	*words = p.words;
	return rc;
}
