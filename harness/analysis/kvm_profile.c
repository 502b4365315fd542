// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_profile.c - what a machine did by KVM while it rebooted: exits, and samples of the guest
 */
#include "kvm_profile.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text_line.h"

/* One line: "  4711 12.345678901: " and what stands behind that. */
struct record {
	int thread;
	int64_t ns;
	const char *rest;
};

/* An exit of one thread that no entry has followed yet. */
struct open_exit {
	int thread;
	int64_t ns;			/* -1: the thread is in the guest */
	char reason[64];
};

struct exits {
	const struct kvm_reboot *reboot;
	struct kvm_profile *profile;
	VEC(struct open_exit) open;	/* one for each thread */
};

typedef bool (*record_fn)(const struct record *r, void *arg);

static bool take_line(const char *line, record_fn take, void *arg)
{
	struct record r;
	int64_t seconds, ns;
	int n = 0;

	if (sscanf(line, "%d %" SCNd64 ".%9" SCNd64 ": %n", &r.thread, &seconds, &ns, &n) != 3 || !n)
		return false;
	r.ns = seconds * NS_PER_S + ns;
	r.rest = line + n;
	return take(&r, arg);
}

static int take_lines(const char *text, record_fn take, void *arg, struct error **err)
{
	CLEANUP_FREE char *line = NULL;

	while (text_line_next(&text, &line))
		if (*line && !take_line(line, take, arg))
			return error_set(err, ERROR_INSTRUMENT, EPROTO,
					 "perf script wrote an unknown line: %s", line);
	return 0;
}

static void add(kvm_count_vec *to, const struct kvm_reboot *r, int64_t at, const char *name,
		int64_t ns)
{
	struct kvm_count new = { .n = 1, .ns = ns };

	new.phase = phase_at(r->events->at, r->events->n, r->expected, at);
	if (new.phase == PHASES)
		return;
	for (size_t i = 0; i < to->n; i++) {
		struct kvm_count *c = &to->at[i];

		if (c->phase == new.phase && !strcmp(c->name, name)) {
			c->n++;
			c->ns += ns;
			return;
		}
	}
	new.name = strdup(name);
	if (!new.name)
		abort();
	vec_push(to, new);
}

static struct open_exit *exit_of(struct exits *e, int thread)
{
	for (size_t i = 0; i < e->open.n; i++)
		if (e->open.at[i].thread == thread)
			return &e->open.at[i];
	vec_push(&e->open, ((struct open_exit){ .thread = thread, .ns = -1 }));
	return &e->open.at[e->open.n - 1];
}

/* "kvm:kvm_exit: vcpu 0 reason EPT_VIOLATION rip 0x..."; before Linux 5.10 without the vcpu. */
static bool take_exit(const struct record *r, void *arg)
{
	struct exits *e = arg;
	struct open_exit *open = exit_of(e, r->thread);
	const char *reason = strstr(r->rest, "reason ");

	if (!strncmp(r->rest, "kvm:kvm_exit:", strlen("kvm:kvm_exit:"))) {
		open->ns = r->ns;
		return reason && sscanf(reason, "reason %63s", open->reason) == 1;
	}
	if (!strncmp(r->rest, "kvm:kvm_entry:", strlen("kvm:kvm_entry:")) && open->ns >= 0) {
		add(&e->profile->exits, e->reboot, open->ns, open->reason, r->ns - open->ns);
		open->ns = -1;
	}
	return true;
}

int kvm_exits_read(const char *text, const struct kvm_reboot *r, struct kvm_profile *p,
		   struct error **err)
{
	struct exits e = { .reboot = r, .profile = p };
	int rc = take_lines(text, take_exit, &e, err);

	vec_free(&e.open);
	return rc;
}

struct samples {
	const struct kvm_reboot *reboot;
	struct kvm_profile *profile;
	kvm_name_fn name;
	const void *arg;
};

static bool take_sample(const struct record *r, void *arg)
{
	const struct samples *s = arg;
	uint64_t address;

	if (sscanf(r->rest, "%" SCNx64, &address) != 1)
		return false;
	add(&s->profile->functions, s->reboot, r->ns, s->name(address, s->arg), 0);
	return true;
}

int kvm_samples_read(const char *text, const struct kvm_reboot *r, kvm_name_fn name,
		     const void *arg, struct kvm_profile *p, struct error **err)
{
	struct samples s = { .reboot = r, .profile = p, .name = name, .arg = arg };

	return take_lines(text, take_sample, &s, err);
}

static int compare(const void *a, const void *b)
{
	const struct kvm_count *left = a, *right = b;

	if (left->phase != right->phase)
		return left->phase < right->phase ? -1 : 1;
	if (left->ns != right->ns)
		return left->ns > right->ns ? -1 : 1;
	if (left->n != right->n)
		return left->n > right->n ? -1 : 1;
	return strcmp(left->name, right->name);
}

void kvm_profile_finish(struct kvm_profile *p, const struct kvm_reboot *r)
{
	struct phases phases = phases_of(r->events->at, r->events->n, r->expected);

	for (enum phase phase = 0; phase < PHASES; phase++)
		p->ns[phase] = phases.at[phase].state == PHASE_SEEN ? phases.at[phase].ns : -1;
	if (p->exits.n)
		qsort(p->exits.at, p->exits.n, sizeof(*p->exits.at), compare);
	if (p->functions.n)
		qsort(p->functions.at, p->functions.n, sizeof(*p->functions.at), compare);
}

static void counts_free(kvm_count_vec *counts)
{
	for (size_t i = 0; i < counts->n; i++)
		free(counts->at[i].name);
	vec_free(counts);
}

void kvm_profile_free(struct kvm_profile *p)
{
	counts_free(&p->exits);
	counts_free(&p->functions);
}

static json_t *json_of_phase(const struct kvm_profile *p, enum phase phase)
{
	json_t *exits = json_array(), *functions = json_array();

	for (size_t i = 0; i < p->exits.n; i++) {
		const struct kvm_count *c = &p->exits.at[i];

		if (c->phase == phase)
			json_array_append_new(exits, json_pack("{s:s, s:I, s:I}", "reason", c->name,
							       "exits", (json_int_t)c->n, "ns",
							       (json_int_t)c->ns));
	}
	for (size_t i = 0; i < p->functions.n; i++) {
		const struct kvm_count *c = &p->functions.at[i];

		if (c->phase == phase)
			json_array_append_new(functions, json_pack("{s:s, s:I}", "function", c->name,
								   "samples", (json_int_t)c->n));
	}
	return json_pack("{s:s, s:I, s:o, s:o}", "phase", phase_name(phase), "ns",
			 (json_int_t)p->ns[phase], "exits", exits, "functions", functions);
}

int kvm_profile_write(const struct kvm_profile *p, const char *path, struct error **err)
{
	json_t *phases = json_array();
	CLEANUP_JSON json_t *all = NULL;

	for (enum phase phase = 0; phase < PHASES; phase++)
		if (p->ns[phase] >= 0)
			json_array_append_new(phases, json_of_phase(p, phase));
	all = json_pack("{s:i, s:o, s:o, s:i, s:o}", "schema", KVM_PROFILE_SCHEMA, "way",
			json_text(p->way), "kernel", json_text(p->kernel), "hz", p->hz, "phases",
			phases);
	return json_write(path, all, JSON_INDENT(1), err);
}
