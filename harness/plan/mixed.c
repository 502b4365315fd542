// SPDX-License-Identifier: GPL-2.0-only
/*
 * mixed.c - a chain whose reboots take several ways in turn
 */
#include "mixed.h"

#include <errno.h>
#include <string.h>

const struct scenario_way *mixed_way(const struct scenario *s, int number)
{
	return &s->ways[s->chain.turns[(unsigned int)(number - 1) % s->chain.ways_count]];
}

static int check_run(const struct scenario *s, struct yaml_file *f, struct error **err)
{
	if (s->versus.on)
		return yaml_file_refuse(f, "chain.ways", err, "the sides of a comparison (\"versus\") "
					"have machines of their own");
	if (strcmp(s->clock, "wall"))
		return yaml_file_refuse(f, "clock", err, "\"%s\" is not to be had with \"chain.ways\"",
					s->clock);
	if (s->hints_count)
		return yaml_file_refuse(f, "hints", err, "are not to be had with \"chain.ways\": their "
					"words would stay on the command line for every way");
	return 0;
}

/* A machine is of all ways, and the next kernel begins with the command line of this one. */
static int check_way(const struct scenario_way *w, struct yaml_file *f, const char *key,
		     struct error **err)
{
	if (w->own.cpus || w->own.memory_mib || w->own.ramdisk_mib || w->revision)
		return yaml_file_refuse(f, key, err, "%s %s has a machine of its own, and those of "
					"\"chain.ways\" share each machine", w->way, w->variant);
	for (unsigned int i = 0; i < w->options_count; i++) {
		const struct impl_option *o = impl_option(w->impl, w->options[i]);

		if (o && o->command_line)
			return yaml_file_refuse(f, key, err, "the words that \"%s\" adds to the command "
						"line would stay for the other ways of \"chain.ways\"",
						o->name);
	}
	return 0;
}

/* The way of that name; s->ways_count when there is none. */
static unsigned int find(const struct scenario *s, const char *name)
{
	unsigned int i;

	for (i = 0; i < s->ways_count; i++) {
		CLEANUP_FREE char *own = scenario_way_name(&s->ways[i]);

		if (!strcmp(own, name))
			break;
	}
	return i;
}

static int take_turns(struct scenario *s, struct yaml_file *f, struct error **err)
{
	char key[64];

	for (unsigned int i = 0; i < s->chain.ways_count; i++) {
		s->chain.turns[i] = find(s, s->chain.ways[i]);
		snprintf(key, sizeof(key), "chain.ways[%u]", i);
		if (s->chain.turns[i] == s->ways_count)
			return yaml_file_refuse(f, key, err, "\"ways\" has no \"%s\"; one with an "
						"image or options is called WAY-IMAGE-OPTION",
						s->chain.ways[i]);
	}
	return 0;
}

static bool has_turn(const struct scenario *s, unsigned int way)
{
	for (unsigned int i = 0; i < s->chain.ways_count; i++)
		if (s->chain.turns[i] == way)
			return true;
	return false;
}

int mixed_resolve(struct scenario *s, struct yaml_file *f, struct error **err)
{
	int rc = 0;

	if (!mixed_is(s))
		return 0;
	rc = check_run(s, f, err);
	if (!rc)
		rc = take_turns(s, f, err);
	for (unsigned int i = 0; !rc && i < s->ways_count; i++) {
		char key[64];

		snprintf(key, sizeof(key), "ways[%u]", i);
		rc = check_way(&s->ways[i], f, key, err);
		if (!rc && !has_turn(s, i))
			rc = yaml_file_refuse(f, key, err, "\"chain.ways\" never takes %s",
					      s->ways[i].way);
	}
	return rc;
}
