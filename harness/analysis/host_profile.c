// SPDX-License-Identifier: GPL-2.0-only
/*
 * host_profile.c - what the emulator did while a machine rebooted: samples of its threads
 */
#include "host_profile.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text_line.h"

#define NONE	HOST_COUNTS
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* libvirt has QEMU name the threads of its processors "CPU 0/TCG". */
#define PROCESSOR	"CPU "

/* So many bytes of code behind a call that discards translations, what is called discards, too. */
#define CLOSE_BYTES	64

/* perf's name of code that lies in no file. */
#define IN_NO_FILE	"/tmp/perf-"

static const char *const class_names[] = {
	[HOST_CODE] = "code",
	[HOST_HELPERS] = "helpers",
	[HOST_DEVICES] = "devices",
	[HOST_TRANSLATING] = "translating",
	[HOST_DISCARDING] = "discarding",
	[HOST_REST] = "rest",
	[HOST_KERNEL] = "kernel",
	[HOST_OTHER_THREADS] = "other_threads",
};

static_assert(ARRAY_SIZE(class_names) == HOST_COUNTS, "each class has a name");

/* Functions that decide, by the beginnings of their names: QEMU 7.2 and 10. */
static const struct {
	const char *begin;
	enum host_class class;
} deciding[] = {
	{ "tb_gen_code", HOST_TRANSLATING },
	{ "page_collection_", HOST_DISCARDING },
	{ "tb_invalidate_", HOST_DISCARDING },
	{ "tb_phys_invalidate", HOST_DISCARDING },
	{ "tb_flush", HOST_DISCARDING },
	{ "memory_region_dispatch_", HOST_DEVICES },
};

/* One function on the stack. */
struct frame {
	uint64_t ip;
	unsigned int decides;		/* an enum host_class, or NONE */
	const char *file;		/* in the text, up to the end of the line */
};

/* One sample; the function that ran comes first. */
struct chain {
	int64_t ns;
	bool processor;
	size_t first, n;		/* of its frames */
};

struct reading {
	VEC(struct frame) frames;
	VEC(struct chain) chains;
	VEC(struct frame) discards;	/* where calls that discard translations return to */
};

static void reading_free(struct reading *r)
{
	vec_free(&r->frames);
	vec_free(&r->chains);
	vec_free(&r->discards);
}

const char *host_class_name(unsigned int class)
{
	return class_names[class];
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* "CPU 0/TCG  4711 12.345678901: "; the name of a thread may have blanks. */
static bool take_head(struct reading *r, const char *line)
{
	struct chain c = { .first = r->frames.n };
	const char *time = strrchr(line, '.');
	int64_t seconds, ns;
	int n = 0;

	while (time > line && time[-1] != ' ')
		time--;
	if (!time || sscanf(time, "%" SCNd64 ".%9" SCNd64 ":%n", &seconds, &ns, &n) != 2 || !n)
		return false;
	c.ns = seconds * NS_PER_S + ns;
	c.processor = begins(line + strspn(line, " "), PROCESSOR);
	vec_push(&r->chains, c);
	return true;
}

/* "     55d0c0d5e6f0 tb_gen_code (/usr/bin/qemu-system-i386)" */
static bool take_frame(struct reading *r, const char *line, const char *text)
{
	const char *file = strstr(line, " (");
	struct frame f = { .decides = NONE };
	int name = 0;

	if (!r->chains.n || !file || sscanf(line, " %" SCNx64 " %n", &f.ip, &name) != 1 || !name)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(deciding); i++)
		if (begins(line + name, deciding[i].begin))
			f.decides = deciding[i].class;
	f.file = text + (file - line) + strlen(" (");
	vec_push(&r->frames, f);
	r->chains.at[r->chains.n - 1].n++;
	return true;
}

static int take_lines(struct reading *r, const char *text, struct error **err)
{
	CLEANUP_FREE char *line = NULL;

	for (const char *at = text; text_line_next(&text, &line); at = text)
		if (*line && !(*line == '\t' ? take_frame(r, line, at) : take_head(r, line)))
			return error_set(err, ERROR_INSTRUMENT, EPROTO,
					 "perf script wrote an unknown line: %s", line);
	return 0;
}

static bool is_translated(const struct frame *f)
{
	return begins(f->file, IN_NO_FILE);
}

static bool same_file(const struct frame *a, const struct frame *b)
{
	return !strncmp(a->file, b->file, strcspn(a->file, "\n") + 1);
}

static bool is_close(const struct reading *r, const struct frame *f)
{
	for (size_t i = 0; i < r->discards.n; i++) {
		const struct frame *known = &r->discards.at[i];

		if (f->ip >= known->ip && f->ip - known->ip < CLOSE_BYTES && same_file(f, known))
			return true;
	}
	return false;
}

static void learn_discards(struct reading *r)
{
	for (size_t c = 0; c < r->chains.n; c++) {
		const struct chain *chain = &r->chains.at[c];
		const struct frame *f = r->frames.at + chain->first;

		for (size_t i = 1; i < chain->n; i++)
			if (f[i - 1].decides == HOST_DISCARDING && f[i].decides == NONE &&
			    !is_translated(&f[i]) && !is_close(r, &f[i]))
				vec_push(&r->discards, f[i]);
	}
}

/* Addresses of the kernel have the highest bit. */
static bool in_kernel(const struct frame *f)
{
	return f->ip >> 63;
}

static enum host_class class_of(const struct reading *r, const struct chain *c)
{
	const struct frame *f = r->frames.at + c->first;

	if (c->n && in_kernel(f))
		return HOST_KERNEL;
	for (size_t i = 0; i < c->n; i++) {
		if (is_translated(&f[i]))
			return i ? HOST_HELPERS : HOST_CODE;
		if (f[i].decides != NONE)
			return f[i].decides;
		if (i && is_close(r, &f[i]))
			return HOST_DISCARDING;
	}
	return HOST_REST;
}

int host_samples_read(const char *text, host_sample_vec *to, struct error **err)
{
	CLEANUP(reading_free) struct reading r = { 0 };
	int rc = take_lines(&r, text, err);

	if (rc)
		return rc;
	learn_discards(&r);
	for (size_t i = 0; i < r.chains.n; i++) {
		const struct chain *c = &r.chains.at[i];
		struct host_sample s = {
			.ns = c->ns, .class = c->processor ? class_of(&r, c) : HOST_OTHER_THREADS,
		};

		vec_push(to, s);
	}
	return 0;
}

void host_profile_cut(struct host_profile *p, const host_sample_vec *samples,
		      const event_vec *events, unsigned int expected)
{
	struct phases times = phases_of(events->at, events->n, expected);

	for (enum phase phase = 0; phase < PHASES; phase++)
		p->ns[phase] = times.at[phase].state == PHASE_SEEN ? times.at[phase].ns : -1;
	for (size_t i = 0; i < samples->n; i++) {
		const struct host_sample *sample = &samples->at[i];
		enum phase phase = phase_at(events->at, events->n, expected, sample->ns);

		if (phase < PHASES)
			p->samples[phase][sample->class]++;
	}
}

static json_t *json_of_phase(const struct host_profile *p, enum phase phase)
{
	json_t *samples = json_object();

	for (unsigned int class = 0; class < HOST_COUNTS; class++)
		json_object_set_new(samples, class_names[class],
				    json_integer((json_int_t)p->samples[phase][class]));
	return json_pack("{s:s, s:I, s:o}", "phase", phase_name(phase), "ns",
			 (json_int_t)p->ns[phase], "samples", samples);
}

int host_profile_write(const struct host_profile *p, const char *path, struct error **err)
{
	json_t *phases = json_array();
	CLEANUP_JSON json_t *all = NULL;

	for (enum phase phase = 0; phase < PHASES; phase++)
		if (p->ns[phase] >= 0)
			json_array_append_new(phases, json_of_phase(p, phase));
	all = json_pack("{s:i, s:o, s:o, s:i, s:b, s:I, s:o}", "schema", HOST_PROFILE_SCHEMA, "way",
			json_text(p->way), "kernel", json_text(p->kernel), "hz", p->hz,
			"host_kernel", p->host_kernel, "processor_ns",
			(json_int_t)p->processor_ns, "phases", phases);
	return json_write(path, all, JSON_INDENT(1), err);
}
