// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_resolve.c - a scenario's ways looked up among those there are
 */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "base/yaml_file.h"
#include "mixed.h"
#include "reboot/sample.h"
#include "revision.h"
#include "scenario.h"

/* The variant of side B where both sides are the same. */
#define AGAIN	"again"

char *scenario_variant(const struct scenario_way *w, bool with_image)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	const char *between = "";

	if (!f)
		abort();
	if (with_image) {
		fputs(w->image, f);
		between = " ";
	}
	for (unsigned int i = 0; i < w->options_count; i++) {
		fprintf(f, "%s%s", between, w->options[i]);
		between = " ";
	}
	factor_put_words(f, &w->own, &between);
	if (w->revision) {
		fprintf(f, "%s@%.*s", between, SCENARIO_REVISION_SHORT, w->revision);
		between = " ";
	}
	if (w->given.n)
		fprintf(f, "%s" SCENARIO_HINTED, between);
	fclose(f);
	return text;
}

char *scenario_hints(const struct scenario_way *w)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (size_t i = 0; i < w->given.n; i++)
		fprintf(f, "%s%s", i ? " " : "", w->given.at[i]->name);
	fclose(f);
	return text;
}

char *scenario_way_name(const struct scenario_way *w)
{
	const char *variant = w->variant ? w->variant : "";
	char *name = text_format("%s%s%s", w->way, *variant ? "-" : "", variant);

	for (char *p = name; *p; p++)
		if (*p == ' ' || *p == '/')
			*p = '-';
	return name;
}

unsigned int scenario_phases(const struct scenario_way *w)
{
	return impl_phases(w->impl, w->image, w->options, w->options_count);
}

const char *scenario_previous_log(const struct scenario_way *w)
{
	const char *path = w->impl->previous_log;

	for (unsigned int i = 0; i < w->options_count; i++) {
		const struct impl_option *o = impl_option(w->impl, w->options[i]);

		if (o && o->previous_log)
			path = o->previous_log;
	}
	return path;
}

static bool has_word(char *const *words, unsigned int n, const char *word_wanted)
{
	for (unsigned int i = 0; i < n; i++)
		if (!strcmp(words[i], word_wanted))
			return true;
	return false;
}

/* "a, b, c" of n names, each a char * at the beginning of an item of size bytes. */
static char *names_of(const void *items, size_t n, size_t size)
{
	char *text = NULL;
	size_t length;
	FILE *f = open_memstream(&text, &length);

	if (!f)
		abort();
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s%s", i ? ", " : "", *(char *const *)((const char *)items + i * size));
	if (!n)
		fputs("none", f);
	fclose(f);
	return text;
}

static int resolve_image(struct scenario_way *w, struct yaml_file *f, const char *key,
			 struct error **err)
{
	const struct impl *impl = w->impl;
	CLEANUP_FREE char *known = names_of(impl->images, impl->images_count,
					    sizeof(*impl->images));
	const struct impl_image *image = impl_image(impl, w->image);
	char at[128];

	if (image) {
		free(w->variant);
		w->variant = scenario_variant(w, image != impl->images);
		return 0;
	}
	snprintf(at, sizeof(at), "%s.image", key);
	return yaml_file_refuse(f, at, err, "%s boots no \"%s\"; its image formats: %s", w->way,
				w->image, known);
}

/* A hint whose words for the request an option has already; NULL when there is none. */
static const struct hint *hint_of_words(const struct scenario_way *w, const char *words)
{
	for (size_t i = 0; words && i < w->given.n; i++) {
		const struct hint *hint = w->given.at[i];

		if (hint->request && !strcmp(hint->request, words))
			return hint;
	}
	return NULL;
}

/* Whether the option is for this machine, for this image, and for the other options. */
static int check_option(const struct scenario *s, const struct scenario_way *w, unsigned int index,
			struct yaml_file *f, const char *at, struct error **err)
{
	const struct impl_option *o = impl_option(w->impl, w->options[index]);
	const char *format = impl_image(w->impl, w->image)->format;
	CLEANUP_FREE char *archs = names_of(o->archs, o->archs_count, sizeof(*o->archs));
	CLEANUP_FREE char *images = names_of(o->images, o->images_count, sizeof(*o->images));

	if (o->archs_count && !has_word(o->archs, o->archs_count, s->machine.arch))
		return yaml_file_refuse(f, at, err, "%s has the option \"%s\" on %s only, and this "
					"machine is %s", w->way, o->name, archs, s->machine.arch);
	if (o->images_count && !has_word(o->images, o->images_count, format))
		return yaml_file_refuse(f, at, err, "%s has the option \"%s\" with the image %s only, "
					"and not with %s", w->way, o->name, images, format);
	for (unsigned int i = 0; i < w->options_count; i++)
		if (has_word(o->excludes, o->excludes_count, w->options[i]))
			return yaml_file_refuse(f, at, err, "%s cannot have the options \"%s\" and "
						"\"%s\" together", w->way, o->name, w->options[i]);
	return 0;
}

static int resolve_options(const struct scenario *s, const struct scenario_way *w,
			   struct yaml_file *f, const char *key, struct error **err)
{
	const struct impl *impl = w->impl;
	CLEANUP_FREE char *known = names_of(impl->options, impl->options_count,
					    sizeof(*impl->options));
	char at[128];

	for (unsigned int i = 0; i < w->options_count; i++) {
		const struct impl_option *o = impl_option(impl, w->options[i]);
		const struct hint *hint = o ? hint_of_words(w, o->words) : NULL;

		snprintf(at, sizeof(at), "%s.options[%u]", key, i);
		if (!o)
			return yaml_file_refuse(f, at, err, "%s has no option \"%s\"; its options: "
						"%s", w->way, w->options[i], known);
		if (hint)
			return yaml_file_refuse(f, at, err, "\"%s\" adds %s to the request, and so "
						"does the hint \"%s\"; leave the option out, or the "
						"hints (\"plain: true\")", o->name, o->words,
						hint->name);
		if (check_option(s, w, i, f, at, err))
			return -EINVAL;
	}
	return 0;
}

static bool same_way(const struct scenario_way *a, const struct scenario_way *b)
{
	return !strcmp(a->way, b->way) && !strcmp(a->variant, b->variant);
}

/* Two sides that are the same stay apart in every table by a word behind the second. */
static void call_again(struct scenario_way *w)
{
	char *variant = NULL;

	if (asprintf(&variant, "%s%s" AGAIN, w->variant, *w->variant ? " " : "") < 0)
		abort();
	free(w->variant);
	w->variant = variant;
}

static int find_impl(struct scenario_way *w, const struct impl_list *impls, struct yaml_file *f,
		     const char *key, struct error **err)
{
	CLEANUP_FREE char *known = names_of(impls->at, impls->n, sizeof(*impls->at));

	w->impl = impl_find(impls, w->way);
	if (w->impl)
		return 0;
	if (w->unpacked)
		return yaml_file_refuse(f, key, err, "there is no way \"%s\" in commit %.*s; "
					"known there: %s", w->way, SCENARIO_REVISION_SHORT,
					w->revision, known);
	return yaml_file_refuse(f, key, err, "there is no way \"%s\"; known: %s", w->way, known);
}

/* Those of the scenario that the way can be given. */
static int resolve_hints(const struct scenario *s, struct scenario_way *w, struct yaml_file *f,
			 struct error **err)
{
	CLEANUP_FREE char *names = NULL;

	for (unsigned int i = 0; !w->plain && i < s->hints_count; i++) {
		const struct hint *hint = hint_find(s->known, s->hints[i]);

		if (hint_is_for(hint, w->way))
			vec_push(&w->given, hint);
	}
	names = scenario_hints(w);
	if (strlen(names) < sizeof(((struct sample *)NULL)->hints))
		return 0;
	return yaml_file_refuse(f, "hints", err, "their names have %zu characters, more than the %zu "
				"that a sample has room for", strlen(names),
				sizeof(((struct sample *)NULL)->hints) - 1);
}

static int check_firmware(const struct scenario *s, const struct scenario_way *w,
			  struct yaml_file *f, const char *key, struct error **err)
{
	const struct impl_firmware *needs = &w->impl->firmware;

	if (!needs->because || needs->only == s->machine.firmware)
		return 0;
	return yaml_file_refuse(f, key, err, "%s does not run on a machine with \"firmware: %s\": %s",
				w->way, firmware_name(s->machine.firmware), needs->because);
}

/* A way with a reset boots what lies on the disk that the firmware starts from. */
static int check_kernels(const struct scenario *s, const struct scenario_way *w,
			 struct yaml_file *f, const char *key, struct error **err)
{
	if (!s->chain.kernels_count)
		return 0;
	if (w->impl->resets)
		return yaml_file_refuse(f, key, err, "%s leads to no other kernel (\"chain.kernels\"): "
					"the firmware starts the one on its disk", w->way);
	if (w->revision)
		return yaml_file_refuse(f, key, err, "a way of another commit leads to no other kernel "
					"(\"chain.kernels\")");
	return 0;
}

static int resolve_way(struct scenario *s, unsigned int index, const struct impl_list *impls,
		       struct yaml_file *f, struct error **err)
{
	struct scenario_way *w = &s->ways[index];
	char key[64];
	int rc;

	snprintf(key, sizeof(key), "ways[%u]", index);
	rc = find_impl(w, w->unpacked ? w->unpacked->impls : impls, f, key, err);
	if (rc)
		return rc;
	if (!has_word(w->impl->archs, w->impl->archs_count, s->machine.arch))
		return yaml_file_refuse(f, key, err, "%s does not run on %s", w->way,
					s->machine.arch);
	rc = check_firmware(s, w, f, key, err);
	if (!rc)
		rc = check_kernels(s, w, f, key, err);
	if (!rc)
		rc = resolve_hints(s, w, f, err);
	if (!rc)
		rc = resolve_image(w, f, key, err);
	if (!rc)
		rc = resolve_options(s, w, f, key, err);
	if (!rc && s->versus.on && index && same_way(&s->ways[0], w))
		call_again(w);
	for (unsigned int i = 0; !rc && i < index; i++)
		if (same_way(&s->ways[i], w))
			rc = yaml_file_refuse(f, key, err, "%s%s%s stands here for the second time%s",
					      w->way, *w->variant ? " " : "", w->variant,
					      s->ways[i].plain != w->plain ?
					      ", for no hint of this scenario is for it" : "");
	return rc;
}

static int check_hints(const struct scenario *s, struct yaml_file *f, struct error **err)
{
	char key[64];

	for (unsigned int i = 0; i < s->hints_count; i++)
		for (unsigned int k = 0; k < i; k++) {
			if (strcmp(s->hints[i], s->hints[k]))
				continue;
			snprintf(key, sizeof(key), "hints[%u]", i);
			return yaml_file_refuse(f, key, err, "\"%s\" stands here for the second time",
						s->hints[i]);
		}
	for (unsigned int i = 0; !s->hints_count && i < s->ways_count; i++) {
		snprintf(key, sizeof(key), "ways[%u].plain", i);
		if (s->ways[i].plain)
			return yaml_file_refuse(f, key, err, "leaves out the hints of a scenario, and "
						"here are none (\"hints: [NAME]\")");
	}
	return 0;
}

/* The scenario's hints, among all that there are. */
static int find_hints(struct scenario *s, const char *top, const struct impl_list *impls,
		      struct yaml_file *f, struct error **err)
{
	CLEANUP_FREE const char **known = NULL;
	CLEANUP_FREE char *names = NULL;
	char key[64];

	s->known = hint_list_load(top, impls, err);
	if (!s->known)
		return -EINVAL;
	known = calloc(s->known->hints.n + 1, sizeof(*known));
	if (!known)
		abort();
	for (size_t i = 0; i < s->known->hints.n; i++)
		known[i] = s->known->hints.at[i]->name;
	names = names_of(known, s->known->hints.n, sizeof(*known));
	for (unsigned int i = 0; i < s->hints_count; i++) {
		if (hint_find(s->known, s->hints[i]))
			continue;
		snprintf(key, sizeof(key), "hints[%u]", i);
		return yaml_file_refuse(f, key, err, "there is no hint \"%s\"; known: %s",
					s->hints[i], names);
	}
	return 0;
}

int scenario_resolve(struct scenario *s, const char *top, const struct impl_list *impls,
		     struct error **err)
{
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f =
		yaml_file_parse(s->path, s->text, err);
	int rc = f ? 0 : -EINVAL;

	if (!rc)
		rc = check_hints(s, f, err);
	if (!rc && s->hints_count)
		rc = find_hints(s, top, impls, f, err);
	for (unsigned int i = 0; !rc && i < s->ways_count; i++)
		rc = resolve_way(s, i, impls, f, err);
	return rc ? rc : mixed_resolve(s, f, err);
}
