// SPDX-License-Identifier: GPL-2.0-only
/*
 * profile_trace.c - what the profiler's plugin wrote, as the profile of one reboot
 *
 * The trace is a row of stretches, each ended by a mark or by a reset. Which phase a stretch is
 * in is not decided here: phase.c is asked, with a clock that goes on in this stretch only.
 */
#include "profile_trace.h"

#include <inttypes.h>
#include <string.h>

#include "base/text_line.h"
#include "reboot_marks.h"

#define NO_MARK	(-1)

/* What was executed from one mark to the next. */
struct stretch {
	int mark;			/* that ends it; NO_MARK: the reset vector does */
	uint64_t faults;
	struct profile_paths paths;
	size_t counts;			/* where its own end */
};

struct count {
	uint32_t node;
	uint64_t instructions, calls;
};

struct reading {
	struct profile *profile;
	module_code_vec *code;
	VEC(struct count) counts;
	VEC(struct stretch) stretches;
	struct stretch open;
};

static void reading_free(struct reading *r)
{
	vec_free(&r->counts);
	vec_free(&r->stretches);
}

void module_code_free(module_code_vec *code)
{
	for (size_t i = 0; i < code->n; i++)
		free(code->at[i].bytes);
	vec_free(code);
}

static bool take_function(struct reading *r, const char *line)
{
	uint32_t number;
	int end = 0;

	if (sscanf(line, "f %" SCNu32 " %n", &number, &end) != 1 || !line[end] ||
	    number != r->profile->tree.functions.n)
		return false;
	call_tree_add_function(&r->profile->tree, line + end);
	return true;
}

static bool take_node(struct reading *r, const char *line)
{
	struct call_tree *t = &r->profile->tree;
	uint32_t node, parent, function;

	if (sscanf(line, "n %" SCNu32 " %" SCNu32 " %" SCNu32, &node, &parent, &function) != 3 ||
	    node != t->nodes.n || parent >= node || function >= t->functions.n)
		return false;
	call_tree_add_node(t, parent, function);
	return true;
}

static bool take_count(struct reading *r, const char *line)
{
	struct count count;

	if (sscanf(line, "c %" SCNu32 " %" SCNu64 " %" SCNu64, &count.node, &count.instructions,
		   &count.calls) != 3 || count.node >= r->profile->tree.nodes.n)
		return false;
	vec_push(&r->counts, count);
	return true;
}

static bool take_paths(struct reading *r, const char *line)
{
	struct profile_paths *p = &r->open.paths;

	return sscanf(line, "p %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64,
		      &p->calls, &p->returns, &p->odd, &p->lost, &p->cut) == 5;
}

static bool take_code(struct reading *r, const char *line)
{
	struct module_code code = { 0 };
	int end = 0;
	size_t digits;

	if (sscanf(line, "b %" SCNu32 " %" SCNx64 " %n", &code.function, &code.address, &end) != 2 ||
	    code.function >= r->profile->tree.functions.n)
		return false;
	digits = strlen(line + end);
	code.bytes = malloc(digits / 2 + 1);
	if (!code.bytes)
		abort();
	for (; code.size < digits / 2; code.size++)
		if (sscanf(line + end + 2 * code.size, "%2" SCNx8, &code.bytes[code.size]) != 1)
			break;
	vec_push(r->code, code);
	return code.size == digits / 2;
}

static bool end_stretch(struct reading *r, const char *line)
{
	struct stretch *s = &r->open;

	s->mark = NO_MARK;
	if (sscanf(line, "m %d %*u %" SCNu64, &s->mark, &s->faults) != 2 &&
	    sscanf(line, "r %*u %" SCNu64, &s->faults) != 1)
		return false;
	s->counts = r->counts.n;
	vec_push(&r->stretches, *s);
	*s = (struct stretch){ 0 };
	return true;
}

static bool take_line(struct reading *r, const char *line)
{
	switch (line[0]) {
	case 'b':
		return take_code(r, line);
	case 'c':
		return take_count(r, line);
	case 'f':
		return take_function(r, line);
	case 'm': case 'r':
		return end_stretch(r, line);
	case 'n':
		return take_node(r, line);
	case 'p':
		return take_paths(r, line);
	default:
		return false;
	}
}

static int damaged(struct error **err, const char *what)
{
	return error_set(err, ERROR_INSTRUMENT, 0, "the profile: %s", what);
}

static int take_lines(struct reading *r, const char *text, struct error **err)
{
	CLEANUP_FREE char *line = NULL;

	while (text_line_next(&text, &line))
		if (!take_line(r, line))
			return damaged(err, "the trace has a line that the plugin does not write");
	return 0;
}

/* SeaBIOS resets once more when it finds that it ran before: these are one event. */
static bool is_echo(const struct reading *r, size_t i)
{
	return r->stretches.at[i].mark == NO_MARK && r->stretches.at[i - 1].mark == NO_MARK;
}

/* The phase of a stretch, of the reboot whose stretches are from first to last. */
static enum phase phase_of(const struct reading *r, size_t first, size_t last, size_t stretch,
			   unsigned int expected)
{
	event_vec events = { 0 };
	enum phase p;

	for (size_t i = first; i <= last; i++) {
		int mark = r->stretches.at[i].mark;
		struct event event = {
			.ns = (int64_t)i,
			.source = mark == NO_MARK ? EVENT_MACHINE : EVENT_MARK,
			.id = mark == NO_MARK ? MACHINE_RESET : mark,
		};

		if (i == first || !is_echo(r, i))
			vec_push(&events, event);
	}
	p = phase_at(events.at, events.n, expected, (int64_t)stretch - 1);
	vec_free(&events);
	return p;
}

static void add_stretch(struct reading *r, size_t i, enum phase p)
{
	const struct stretch *s = &r->stretches.at[i];
	struct profile_paths *paths = &r->profile->paths;

	for (size_t k = r->stretches.at[i - 1].counts; k < s->counts; k++) {
		struct call_node *node = &r->profile->tree.nodes.at[r->counts.at[k].node];

		node->instructions[p] += r->counts.at[k].instructions;
		node->calls[p] += r->counts.at[k].calls;
	}
	r->profile->faults[p] += s->faults;
	paths->calls += s->paths.calls;
	paths->returns += s->paths.returns;
	paths->odd += s->paths.odd;
	paths->lost += s->paths.lost;
	paths->cut += s->paths.cut;
}

/* The stretch that ends with this mark, the last such ahead of @before; 0: there is none. */
static size_t find_last(const struct reading *r, int mark, size_t before)
{
	while (before > 0 && r->stretches.at[before - 1].mark != mark)
		before--;
	return before ? before - 1 : 0;
}

static int add_reboot(struct reading *r, unsigned int expected, struct error **err)
{
	size_t ready = find_last(r, REBOOT_MARK_READY, r->stretches.n);
	size_t request = find_last(r, REBOOT_MARK_REQUEST, ready);

	if (!request)
		return damaged(err, "the trace holds no reboot from request to ready");
	for (size_t i = request + 1; i <= ready; i++) {
		enum phase p = phase_of(r, request, ready, i, expected);

		if (p == PHASES)
			return damaged(err, "what was executed between two marks belongs to no phase");
		add_stretch(r, i, p);
	}
	return 0;
}

int profile_trace_read(const char *text, unsigned int expected, struct profile *p,
		       module_code_vec *code, struct error **err)
{
	CLEANUP(reading_free) struct reading r = { .profile = p, .code = code };
	int rc;

	call_tree_begin(&p->tree);
	rc = take_lines(&r, text, err);
	return rc ? rc : add_reboot(&r, expected, err);
}
