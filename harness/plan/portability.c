// SPDX-License-Identifier: GPL-2.0-only
/*
 * portability.c - which lines of a way are for which architectures and versions of Linux
 *
 * The condition of an `#if` is not evaluated. It is enough to see that it names the
 * architecture or LINUX_VERSION_CODE; any other condition leaves its lines where they were.
 */
#include "portability.h"

#include <stdio.h>
#include <string.h>

#include "diff.h"

#define DEPTH_MOST 16

/* The parts of an open #if: behind it, and behind its #else. */
struct condition {
	enum part yes, no;
	enum part directive;	/* of the lines #if, #else and #endif themselves */
};

struct split {
	struct condition open[DEPTH_MOST];
	unsigned int depth;
	bool in_comment;
};

static const char *const keys[PARTS] = {
	[PART_COMMON] = "common", [PART_X86] = "x86", [PART_I386] = "i386",
	[PART_X86_64] = "x86_64", [PART_VERSIONS] = "versions",
};

/* A name as "handoff_32.c". */
static bool name_ends(const char *path, const char *with)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strchr(name, '.');
	size_t n = strlen(with);

	return dot && dot - name > (long)n && !strncmp(dot - n, with, n);
}

enum part portability_of_file(const char *path, bool arch_dependent)
{
	if (!arch_dependent)
		return PART_COMMON;
	return name_ends(path, "_32") ? PART_I386 : name_ends(path, "_64") ? PART_X86_64 : PART_X86;
}

static bool has(const char *line, size_t n, const char *word)
{
	return memmem(line, n, word, strlen(word));
}

static struct condition condition_of(const char *line, size_t n, enum part around)
{
	bool not = has(line, n, "ifndef");

	if (has(line, n, "LINUX_VERSION_CODE"))
		return (struct condition){ PART_VERSIONS, PART_VERSIONS, PART_VERSIONS };
	if (has(line, n, "CONFIG_X86_64"))
		return (struct condition){ not ? PART_I386 : PART_X86_64,
					   not ? PART_X86_64 : PART_I386, PART_X86 };
	if (has(line, n, "CONFIG_X86_32"))
		return (struct condition){ not ? PART_X86_64 : PART_I386,
					   not ? PART_I386 : PART_X86_64, PART_X86 };
	return (struct condition){ around, around, around };
}

/* The part that a directive belongs to; opens and closes conditions. */
static enum part follow(struct split *s, enum part around, const char *line, size_t n)
{
	struct condition *top = s->depth ? &s->open[s->depth - 1] : NULL;

	if (!strncmp(line, "if", 2) && s->depth < DEPTH_MOST) {
		s->open[s->depth] = condition_of(line, n, around);
		return s->open[s->depth++].directive;
	}
	if (top && !strncmp(line, "el", 2)) {
		top->yes = top->no;
		return top->directive;
	}
	if (top && !strncmp(line, "endif", 5)) {
		s->depth--;
		return top->directive;
	}
	return around;
}

/* Whether a line is neither blank nor a comment; a comment before or behind code is none. */
static bool is_code(struct split *s, const char *line, size_t n)
{
	bool comment = s->in_comment || (n >= 2 && !strncmp(line, "/*", 2));

	if (comment)
		s->in_comment = !has(line, n, "*/");
	return n && !comment && strncmp(line, "//", 2);
}

void portability_split(struct portability *p, enum part of, const char *text)
{
	struct split s = { .depth = 0 };

	for (size_t n; *text; text += n, text += *text == '\n') {
		enum part to = s.depth ? s.open[s.depth - 1].yes : of;
		const char *line;

		n = strcspn(text, "\n");
		line = text + strspn(text, " \t");
		if (line >= text + n || !is_code(&s, line, (size_t)(text + n - line)))
			continue;
		if (*line == '#') {
			const char *word = line + 1 + strspn(line + 1, " \t");

			to = follow(&s, to, word, (size_t)(text + n - word));
		}
		p->lines[of]--;
		p->lines[to]++;
	}
}

static bool same(struct diff_line a, struct diff_line b)
{
	return a.length == b.length && !memcmp(a.at, b.at, a.length);
}

/* How often a line stands in a diff. */
static long count(const char *diff, struct diff_line line)
{
	struct diff d = { .at = diff };
	struct diff_line other;
	long n = 0;

	while (diff_next(&d, &other))
		n += same(line, other);
	return n;
}

/* Whether a line that has stood @before times above it is in no other patch so often. */
static bool differs(const char *const diffs[], unsigned int n, struct diff_line line, long before)
{
	for (unsigned int i = 0; i < n; i++)
		if (count(diffs[i], line) <= before)
			return true;
	return false;
}

void portability_set_hooks(struct portability *p, const char *const versions[],
			   const char *const diffs[], unsigned int n)
{
	p->hook_count = n;
	for (unsigned int i = 0; i < n; i++) {
		struct hook *hook = &p->hooks[i];
		struct diff d = { .at = diffs[i] };
		struct diff_line line;

		*hook = (struct hook){ .touched = 0 };
		snprintf(hook->version, sizeof(hook->version), "%s", versions[i]);
		while (diff_next(&d, &line)) {
			struct diff above = { .at = diffs[i] };
			struct diff_line other;
			long before = 0;

			while (diff_next(&above, &other) && other.at != line.at)
				before += same(line, other);
			hook->touched++;
			hook->differ += differs(diffs, n, line, before);
		}
	}
}

const struct hook *portability_hook(const struct portability *p, const char *version)
{
	const struct hook *hook = NULL;

	for (unsigned int i = 0; i < p->hook_count; i++)
		if (strverscmp(p->hooks[i].version, version) <= 0)
			hook = &p->hooks[i];
	return hook;
}

long portability_total(const struct portability *p)
{
	long total = 0;

	for (int part = 0; part < PARTS; part++)
		total += p->lines[part];
	return total;
}

json_t *portability_json(const struct portability *p)
{
	json_t *json = json_object(), *hooks = json_array();

	for (int part = 0; part < PARTS; part++)
		json_object_set_new(json, keys[part], json_integer(p->lines[part]));
	for (unsigned int i = 0; i < p->hook_count; i++)
		json_array_append_new(hooks, json_pack("{s:s, s:I, s:I}",
						       "version", p->hooks[i].version,
						       "touched", (json_int_t)p->hooks[i].touched,
						       "differ", (json_int_t)p->hooks[i].differ));
	json_object_set_new(json, "hooks", hooks);
	return json;
}

/* A count that cannot be one is refused. */
static bool read_count(long *to, const json_t *object, const char *key)
{
	const json_t *n = json_object_get(object, key);

	*to = (long)json_integer_value(n);
	return json_is_integer(n) && *to >= 0;
}

static bool read_hook(struct hook *to, const json_t *json)
{
	const char *version = json_string_value(json_object_get(json, "version"));

	if (!version || strlen(version) >= sizeof(to->version))
		return false;
	strcpy(to->version, version);
	return read_count(&to->touched, json, "touched") && read_count(&to->differ, json, "differ");
}

bool portability_from_json(struct portability *p, const json_t *json)
{
	const json_t *hooks = json_object_get(json, "hooks");
	bool good = json_is_array(hooks) && json_array_size(hooks) <= HOOKS_MOST;

	memset(p, 0, sizeof(*p));
	for (int part = 0; good && part < PARTS; part++)
		good = read_count(&p->lines[part], json, keys[part]);
	for (size_t i = 0; good && i < json_array_size(hooks); i++)
		good = read_hook(&p->hooks[p->hook_count++], json_array_get(hooks, i));
	if (!good)
		memset(p, 0, sizeof(*p));
	return good;
}
