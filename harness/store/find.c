// SPDX-License-Identifier: GPL-2.0-only
/*
 * find.c - the samples that a user means by a few words
 *
 * Theory of operation. All groups of all complete runs are matched with the words, in
 * the order run, commit, kernel; of those that match, the newest run counts. Words
 * that match two commits or two kernels are refused, with both.
 */
#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "find.h"
#include "provenance.h"

/* Fewer digits of a commit are likelier to be something else. */
#define COMMIT_LEAST 7

struct finder {
	struct store *store;
	group_vec groups;
	run_vec runs;
	char what[256];		/* without the way */
	const char *way, *variant;	/* NULL: all */
};

static void finder_free(struct finder *f)
{
	vec_free(&f->groups);
	for (size_t i = 0; i < f->runs.n; i++)
		run_row_free(&f->runs.at[i]);
	vec_free(&f->runs);
}

/* Cuts "WHAT:WAY/VARIANT+OPTION" up; the parts are in text, which is changed. */
static void split(struct finder *f, char *text)
{
	char *way = strchr(text, ':'), *variant = way ? strchr(way, '/') : NULL;

	if (way)
		*way++ = '\0';
	if (variant)
		*variant++ = '\0';
	for (char *c = variant; c && *c; c++)
		if (*c == '+')
			*c = ' ';
	snprintf(f->what, sizeof(f->what), "%s", text);
	f->way = way;
	/* A way alone is its default variant where it has several; see take_group(). */
	f->variant = variant;
}

/* The commit of the checkout that a run was made from; "" if not known. */
static void commit_of(const struct finder *f, const struct group_row *g, char *to, size_t size)
{
	snprintf(to, size, "%s", g->revision);
	for (size_t i = 0; !*to && i < f->runs.n; i++) {
		if (strcmp(f->runs.at[i].name, g->run))
			continue;
		CLEANUP_PROVENANCE struct provenance *p =
			provenance_parse(f->runs.at[i].provenance_json);

		snprintf(to, size, "%s", p->commit ? p->commit : "");
		break;
	}
}

static bool looks_like_commit(const char *what)
{
	return strlen(what) >= COMMIT_LEAST &&
	       strspn(what, "0123456789abcdef") == strlen(what);
}

/*
 * What of a group is matched with the words: its commit or its kernel. All builds from one folder
 * of build/kernels are one match.
 */
static bool matches(const struct finder *f, const struct group_row *g, bool commit, char *to,
		    size_t size)
{
	if (!commit && !strcmp(g->build, f->what)) {
		snprintf(to, size, "%s", g->build);
		return true;
	}
	if (!commit) {
		snprintf(to, size, "%s", g->kernel);
		return *g->kernel && strstr(g->kernel, f->what);
	}
	commit_of(f, g, to, size);
	return !strncmp(to, f->what, strlen(f->what));
}

/*
 * Puts the newest run with a group that matches into run; marks in the groups which
 * ones of it do by leaving only those. Two different matches are refused.
 */
static int newest(struct finder *f, bool commit, char *run, size_t size, char *match,
		  struct error **err)
{
	const char *kind = commit ? "commit" : "kernel";
	char one[128] = "", other[128];

	*run = '\0';
	for (size_t i = f->groups.n; i-- > 0;) {
		if (!matches(f, &f->groups.at[i], commit, other, sizeof(other)))
			continue;
		if (!*one) {
			snprintf(one, sizeof(one), "%s", other);
			snprintf(run, size, "%s", f->groups.at[i].run);
		} else if (strcmp(one, other)) {
			error_set(err, ERROR_USAGE, 0, "\"%s\" may be %s %s or %s", f->what,
				  kind, one, other);
			error_hint(err, "give more of it, or the name of a run");
			return -EINVAL;
		}
	}
	snprintf(match, 128, "%s", one);
	return 0;
}

static void take_provenance(const struct finder *f, struct found *to)
{
	for (size_t i = 0; i < f->runs.n; i++) {
		CLEANUP_PROVENANCE struct provenance *p = NULL;
		CLEANUP_FREE char *words = NULL;

		if (strcmp(f->runs.at[i].name, to->run))
			continue;
		p = provenance_parse(f->runs.at[i].provenance_json);
		words = provenance_emulator(p);
		snprintf(to->emulator, sizeof(to->emulator), "%s", words);
		to->hints = json_incref(p->hints);
	}
}

static bool is_wanted(const group_vec *wanted, const struct sample *s)
{
	for (size_t i = 0; i < wanted->n; i++)
		if (!strcmp(s->way, wanted->at[i].way) &&
		    !strcmp(s->variant, wanted->at[i].variant) &&
		    !strcmp(s->build, wanted->at[i].build))
			return true;
	return false;
}

/* The group of a way by the sample's clock and kernel, which is made when it is not there. */
static struct found_group *group_for(struct found *to, const struct sample *s)
{
	struct found_group g = { .exact = sample_is_virtual(s) };

	for (size_t i = 0; i < to->groups.n; i++)
		if (!strcmp(to->groups.at[i].way, s->way) &&
		    !strcmp(to->groups.at[i].variant, s->variant) &&
		    !strcmp(to->groups.at[i].build, s->build) &&
		    to->groups.at[i].exact == g.exact)
			return &to->groups.at[i];
	snprintf(g.way, sizeof(g.way), "%s", s->way);
	snprintf(g.variant, sizeof(g.variant), "%s", s->variant);
	snprintf(g.build, sizeof(g.build), "%s", s->build);
	snprintf(g.label, sizeof(g.label), "%s%s%s", g.way, *g.variant ? " " : "", g.variant);
	vec_push(&to->groups, g);
	return &to->groups.at[to->groups.n - 1];
}

/* Names the kernel in the labels of a way whose reboots led to several. */
static void tell_kernels_apart(struct found *in)
{
	for (size_t i = 0; i < in->groups.n; i++) {
		struct found_group *g = &in->groups.at[i];
		bool several = false;

		for (size_t k = 0; k < in->groups.n; k++)
			several |= !strcmp(in->groups.at[k].way, g->way) &&
				   !strcmp(in->groups.at[k].variant, g->variant) &&
				   strcmp(in->groups.at[k].build, g->build);
		if (several) {
			size_t n = strlen(g->label);

			snprintf(g->label + n, sizeof(g->label) - n, " to %s", g->build);
		}
	}
}

static void take_machine(struct found *to, const struct sample *s)
{
	struct machine_kind kind = machine_kind_of(s);

	if (to->groups.n)
		machine_kind_share(&to->machine, &kind);
	else
		to->machine = kind;
}

static int take_samples(struct finder *f, const group_vec *wanted, struct found *to,
			struct error **err)
{
	sample_vec all = { 0 };
	int rc = store_samples(f->store, to->run, &all, err);

	if (!rc)
		rc = store_proofs(f->store, to->run, &to->proofs, err);
	for (size_t i = 0; !rc && i < all.n; i++)
		if (is_wanted(wanted, &all.at[i])) {
			take_machine(to, &all.at[i]);
			vec_push(&group_for(to, &all.at[i])->samples, all.at[i]);
		}
	tell_kernels_apart(to);
	vec_free(&all);
	return rc;
}

/*
 * Leaves the groups that are meant. A way without a variant is the default one; where the run
 * has the way in other variants only, all of them.
 */
static void choose_groups(const struct finder *f, group_vec *of)
{
	bool has_default = false;
	size_t i, kept = 0;

	for (i = 0; i < of->n; i++)
		has_default |= f->way && !strcmp(of->at[i].way, f->way) && !*of->at[i].variant;
	for (i = 0; i < of->n; i++) {
		const struct group_row *g = &of->at[i];

		if (f->way && strcmp(g->way, f->way))
			continue;
		if (f->variant ? strcmp(g->variant, f->variant) : has_default && *g->variant)
			continue;
		of->at[kept++] = *g;
	}
	of->n = kept;
}

/* Of the run found, the groups with that commit or kernel; all when neither was asked for. */
static int take_groups(struct finder *f, int kind, struct found *to, struct error **err)
{
	group_vec of = { 0 };
	char text[128];
	int rc;

	for (size_t i = 0; i < f->groups.n; i++) {
		const struct group_row *g = &f->groups.at[i];

		if (!strcmp(g->run, to->run) &&
		    (kind < 0 || matches(f, g, kind, text, sizeof(text))))
			vec_push(&of, *g);
	}
	choose_groups(f, &of);
	take_provenance(f, to);
	rc = take_samples(f, &of, to, err);
	vec_free(&of);
	if (rc || to->groups.n)
		return rc;
	error_set(err, ERROR_USAGE, 0, "run %s: way %s%s%s", to->run, f->way ? f->way : "",
		  f->variant ? "/" : "", f->variant ? f->variant : "");
	error_hint(err, "`lobosbench export %s` shows what it has", to->run);
	return -ENOENT;
}

/* The last part of a path, without slashes behind it. */
static char *last_part(const char *given)
{
	char *name = strdup(given), *slash;
	size_t n = strlen(given);

	if (!name)
		abort();
	while (n > 1 && name[n - 1] == '/')
		name[--n] = '\0';
	slash = strrchr(name, '/');
	if (slash)
		memmove(name, slash + 1, strlen(slash + 1) + 1);
	return name;
}

int find_run(struct store *store, const char *results, const char *given, struct run_row *run,
	     struct error **err)
{
	CLEANUP_FREE char *name = given ? last_part(given) : NULL;
	CLEANUP_FREE char *path = name ? path_below(results, name) : NULL;
	char link[sizeof(run->name)];
	ssize_t n = path ? readlink(path, link, sizeof(link) - 1) : -1;

	/* Before the first run is complete nothing is called latest, and the newest is meant. */
	if (n < 0)
		return store_run_get(store, name && !strcmp(name, "latest") ? NULL : name, run, err);
	link[n] = '\0';
	return store_run_get(store, link, run, err);
}

static bool is_run(const struct finder *f, const char *results, struct run_row *run)
{
	struct error *none = NULL;
	bool found = !find_run(f->store, results, f->what, run, &none);

	error_free(none);
	return found;
}

/* A run that is not complete is compared when it is named: its groups are not in the list. */
static int take_run(struct finder *f, const struct run_row *run, struct found *to,
		    struct error **err)
{
	sample_vec all = { 0 };
	int rc = store_samples(f->store, run->name, &all, err);

	f->groups.n = 0;
	for (size_t i = 0; i < all.n; i++) {
		struct group_row g = { 0 };

		memcpy(g.run, all.at[i].run, sizeof(g.run));
		memcpy(g.way, all.at[i].way, sizeof(g.way));
		memcpy(g.variant, all.at[i].variant, sizeof(g.variant));
		memcpy(g.build, all.at[i].build, sizeof(g.build));
		vec_push(&f->groups, g);
	}
	vec_free(&all);
	snprintf(to->run, sizeof(to->run), "%s", run->name);
	snprintf(to->words, sizeof(to->words), "run %s%s", run->name,
		 strcmp(run->state, "complete") ? ", which is not complete" : "");
	return rc ? rc : take_groups(f, -1, to, err);
}

static int search(struct finder *f, const char *results, struct found *to, struct error **err)
{
	struct run_row run = { 0 };
	char match[128];
	int rc, kind;

	if (is_run(f, results, &run)) {
		rc = take_run(f, &run, to, err);
		run_row_free(&run);
		return rc;
	}
	for (kind = looks_like_commit(f->what); kind >= 0; kind--) {
		rc = newest(f, kind, to->run, sizeof(to->run), match, err);
		if (rc)
			return rc;
		if (!*to->run)
			continue;
		snprintf(to->words, sizeof(to->words), "%s %s, run %s",
			 kind ? "commit" : "kernel", match, to->run);
		return take_groups(f, kind, to, err);
	}
	error_set(err, ERROR_USAGE, 0, "\"%s\" is no run, and no complete run is of such a "
		  "commit or kernel", f->what);
	error_hint(err, "runs are folders of %s", results);
	return -ENOENT;
}

static int refuse_nothing(const char *what, const char *results, struct error **err)
{
	int rc = error_set(err, ERROR_USAGE, EINVAL, "\"%s\" names no run, commit or kernel", what);

	error_hint(err, "runs are folders of %s", results);
	return rc;
}

int find_samples(struct store *store, const char *results, const char *what,
		 struct found *to, struct error **err)
{
	struct finder f = { .store = store };
	CLEANUP_FREE char *text = strdup(what);
	int rc;

	if (!text)
		abort();
	memset(to, 0, sizeof(*to));
	split(&f, text);
	if (!*f.what)
		return refuse_nothing(what, results, err);
	rc = store_groups(store, &f.groups, err);
	if (!rc)
		rc = store_runs(store, &f.runs, err);
	if (!rc)
		rc = search(&f, results, to, err);
	finder_free(&f);
	return rc;
}

void found_free(struct found *found)
{
	for (size_t i = 0; i < found->groups.n; i++)
		vec_free(&found->groups.at[i].samples);
	vec_free(&found->groups);
	vec_free(&found->proofs);
	json_decref(found->hints);
}
