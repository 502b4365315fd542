// SPDX-License-Identifier: GPL-2.0-only
/*
 * account.c - what the witness saw of one reboot, as results/README.md has it
 */
#include "account.h"

#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "reboot/event.h"
#include "place.h"
#include "reboot_marks.h"
#include "says.h"
#include "step.h"
#include "base/vec.h"

#define CR0_PE		UINT32_C(0x00000001)
#define CR0_PG		UINT32_C(0x80000000)

/* A mark as both tell it. */
struct mark {
	int id;				/* from its byte */
	uint64_t instructions;
	uint64_t unsure;		/* at most so many fewer */
};

/* The trace, taken apart. */
struct trace {
	VEC(struct mark) marks;
	json_t *steps, *counts, *places, *pages;	/* new objects of the account */
	json_t *crossing, *end;		/* lines of the trace */
};

static void trace_free(struct trace *t)
{
	vec_free(&t->marks);
	json_decref(t->steps);
	json_decref(t->counts);
	json_decref(t->places);
	json_decref(t->pages);
	json_decref(t->crossing);
	json_decref(t->end);
}

static int damaged(struct error **err, const char *what)
{
	return error_set(err, ERROR_INSTRUMENT, 0, "the witness and the marks: %s", what);
}

/* What was executed must be what came out: else nothing here is sure. */
static int take_mark(struct trace *t, const json_t *line, const uint8_t *marks, size_t n,
		     struct error **err)
{
	json_int_t byte = json_int_at(line, "byte"), written = json_int_at(line, "written");
	struct mark mark = { .instructions = json_int_at(line, "instructions"),
			     .unsure = json_int_at(line, "unsure") };

	/* After the last that was waited for, the machine may be ended at any moment. */
	if (byte < 0 || (size_t)byte + REBOOT_MARK_BYTES > n)
		return 0;
	mark.id = marks[byte];
	if (marks[byte + 2] != (marks[byte] ^ marks[byte + 1] ^ REBOOT_MARK_CHECK))
		return damaged(err, "a mark that was executed did not come out whole");
	if (written >= 0 && written != mark.id)
		return damaged(err, "another mark was executed than came out");
	vec_push(&t->marks, mark);
	return 0;
}

/* A trace may hold any numbers, and these differ by any number. */
static json_int_t less(json_int_t from, json_int_t what)
{
	return (json_int_t)((uint64_t)from - (uint64_t)what);
}

static void copy(json_t *to, const json_t *from, const char *key)
{
	json_t *value = json_object_get(from, key);

	if (value)
		json_object_set(to, key, value);
}

static void copy_address(json_t *to, const json_t *from, const char *key)
{
	if (json_object_get(from, key))
		json_object_set_new(to, key, says_address(json_int_at(from, key)));
}

static void take_step(struct trace *t, const json_t *line)
{
	static const char *const kept[] = {
		"place", "bits", "protection", "paging", "long_mode", "times", "vector", "selector",
		"from",
	};
	CLEANUP_FREE char *says = says_of(line);
	const char *from = json_text_at(line, "from");
	json_t *step = json_object();

	json_object_set_new(step, "instructions",
			    json_integer(less(json_int_at(line, "instructions"),
					      json_int_at(t->crossing, "begin"))));
	copy(step, line, "step");
	copy_address(step, line, "linear");
	copy_address(step, line, "physical");
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		copy(step, line, kept[i]);
	copy_address(step, line, "offset");
	copy_address(step, line, "msr");
	copy_address(step, line, "value");
	copy_address(step, line, "base");
	copy_address(step, line, "limit");
	if (!strcmp(from, "cr0") || !strcmp(from, "cr4")) {
		copy_address(step, line, "keep");
		copy_address(step, line, "set");
	}
	json_object_set_new(step, "says", json_string(says));
	/* Whether addresses are translated shows in them: how many, since the last step. */
	json_object_set_new(step, "moved_before", json_integer(json_int_at(line, "moved")));
	json_array_append_new(t->steps, step);
}

static void take_pages(struct trace *t, const json_t *line)
{
	json_t *pages = json_object();

	copy_address(pages, line, "start");
	copy(pages, line, "pages");
	copy(pages, line, "bytes");
	json_array_append_new(t->pages, pages);
}

static int take_line(struct trace *t, json_t *line, const uint8_t *marks, size_t n,
		     struct error **err)
{
	const char *kind = json_text_at(line, "line");

	if (!strcmp(kind, "mark"))
		return take_mark(t, line, marks, n, err);
	/* Of several reboots the first is reported. */
	if (t->end)
		return 0;
	if (!strcmp(kind, "flush"))
		return damaged(err, "the emulator had too little room for its translations, and "
			       "threw them away on the way");
	if (!strcmp(kind, "crossing") && t->crossing)
		return damaged(err, "a way began twice before it ended");
	if (!strcmp(kind, "crossing"))
		t->crossing = json_incref(line);
	else if (!strcmp(kind, "step") && *json_text_at(line, "step"))
		take_step(t, line);
	else if (!strcmp(kind, "count"))
		json_object_set(t->counts, json_text_at(line, "step"),
				json_object_get(line, "count"));
	else if (!strcmp(kind, "pages"))
		take_pages(t, line);
	else if (!strcmp(kind, "end"))
		t->end = json_incref(line);
	if (!strcmp(kind, "place")) {
		json_object_del(line, "line");
		json_array_append(t->places, line);
	}
	return 0;
}

static int take_trace(struct trace *t, const char *text, const uint8_t *marks, size_t n,
		      struct error **err)
{
	int rc = 0;

	while (!rc && *text) {
		size_t length = strcspn(text, "\n");
		json_t *line = json_loadb(text, length, 0, NULL);

		/* The last line may have been cut with the machine. */
		if (!line && text[length])
			return damaged(err, "the trace holds a line that is no JSON");
		if (line)
			rc = take_line(t, line, marks, n, err);
		json_decref(line);
		text += length + (text[length] == '\n');
	}
	return rc;
}

/* From the request to ready: how many instructions lie between one mark and the next. */
static int add_intervals(json_t *account, const struct trace *t, struct error **err)
{
	uint64_t begin = json_int_at(t->crossing, "begin");
	json_t *intervals = json_array();
	size_t first = 0, no_return = t->marks.n;

	json_object_set_new(account, "marks", intervals);
	for (size_t i = 0; i < t->marks.n && no_return == t->marks.n; i++) {
		if (t->marks.at[i].id == REBOOT_MARK_REQUEST)
			first = i;
		if (t->marks.at[i].instructions == begin)
			no_return = i;
	}
	if (no_return == t->marks.n || t->marks.at[no_return].id != REBOOT_MARK_NO_RETURN)
		return damaged(err, "what was taken for the point of no return was none");
	for (size_t i = first; i + 1 < t->marks.n; i++) {
		const struct mark *a = &t->marks.at[i], *b = a + 1;
		const char *from = mark_name(a->id), *to = mark_name(b->id);

		if (i > no_return && (a->id == REBOOT_MARK_READY || b->id == REBOOT_MARK_REQUEST))
			break;
		json_array_append_new(intervals, json_pack("{s:s, s:s, s:I, s:I}", "from",
							   from ? from : "unknown", "to",
							   to ? to : "unknown", "instructions",
							   (json_int_t)(b->instructions -
									a->instructions),
							   "unsure",
							   (json_int_t)(b->unsure - a->unsure)));
	}
	return 0;
}

static void count_more(json_t *counts, const char *key, json_int_t n)
{
	json_object_set_new(counts, key, json_integer(json_int_sum(json_int_at(counts, key), n)));
}

/* Whether a step took a bit away that was there. */
static bool clears(const json_t *steps, size_t i, const char *bit, const json_t *end)
{
	const json_t *next = json_array_get(steps, i + 1);

	return json_is_true(json_object_get(json_array_get(steps, i), bit)) &&
	       json_is_false(json_object_get(next ? next : end, bit));
}

static void add_own(json_t *account, const struct trace *t)
{
	static const char *const bits[] = { "paging", "protection", "long_mode" };
	json_t *own = json_object(), *clearings = json_object();
	size_t i;
	const json_t *step;
	const char *kind;

	json_object_set_new(own, "cr0", json_integer(0));
	json_object_set_new(own, "lgdt", json_integer(0));
	json_object_set_new(own, "lidt", json_integer(0));
	json_object_set_new(own, "cr3", json_integer(0));
	json_object_set_new(own, "cr4", json_integer(0));
	json_object_set_new(clearings, "paging", json_integer(0));
	json_object_set_new(clearings, "protection", json_integer(0));
	if (json_object_get(t->end, "long_mode"))
		json_object_set_new(clearings, "long_mode", json_integer(0));
	for (i = 0; (step = json_array_get(t->steps, i)); i++) {
		if (!place_is_own(place_from_name(json_text_at(step, "place"))))
			continue;
		kind = json_text_at(step, "step");
		if (strcmp(kind, "place") && strcmp(kind, "mark"))
			count_more(own, kind, json_int_at(step, "times"));
		if (strcmp(kind, "cr0"))
			continue;
		for (size_t bit = 0; bit < sizeof(bits) / sizeof(*bits); bit++)
			if (clears(t->steps, i, bits[bit], t->end))
				count_more(clearings, bits[bit], 1);
	}
	json_object_set_new(account, "own", own);
	json_object_set_new(account, "clears", clearings);
}

/* Paging shows in the addresses: where no table translates, both are the same. */
static void add_translation(json_t *account, const struct trace *t)
{
	json_int_t end = json_int_at(t->end, "instructions");
	json_int_t moved = json_int_at(t->end, "moved");
	json_t *translation = json_pack("{s:I, s:I, s:I}", "translated", moved, "same",
					json_int_at(t->end, "same"), "device",
					json_int_at(t->end, "device"));

	json_object_set_new(translation, "last_translated_before_end",
			    moved ? json_integer(less(end, json_int_at(t->end, "last_moved"))) :
			    json_null());
	json_object_set_new(account, "accesses", translation);
}

static void add_end(json_t *account, const struct trace *t)
{
	json_t *end = json_object();

	json_object_set_new(end, "instructions",
			    json_integer(less(json_int_at(t->end, "instructions"),
					      json_int_at(t->crossing, "begin"))));
	json_object_set_new(end, "unwatched",
			    json_integer(less(json_int_at(t->crossing, "deep"),
					      json_int_at(t->crossing, "begin"))));
	copy(end, t->end, "protection");
	copy(end, t->end, "paging");
	copy(end, t->end, "long_mode");
	json_object_set_new(account, "crossing", end);
}

json_t *account_of(const char *text, const uint8_t *marks, size_t n, struct error **err)
{
	CLEANUP(trace_free) struct trace t = {
		.steps = json_array(), .counts = json_object(), .places = json_array(),
		.pages = json_array(),
	};
	json_t *account;

	if (take_trace(&t, text, marks, n, err))
		return NULL;
	if (!t.crossing || !t.end) {
		damaged(err, "no way from the point of no return to a new kernel was seen");
		return NULL;
	}
	account = json_object();
	if (add_intervals(account, &t, err)) {
		json_decref(account);
		return NULL;
	}
	add_end(account, &t);
	add_own(account, &t);
	json_object_set(account, "counts", t.counts);
	json_object_set(account, "steps", t.steps);
	json_object_set(account, "places", t.places);
	add_translation(account, &t);
	json_object_set(account, "pages", t.pages);
	return account;
}
