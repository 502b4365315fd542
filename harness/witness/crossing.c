// SPDX-License-Identifier: GPL-2.0-only
/*
 * crossing.c - what is seen from the point of no return to the new kernel's first instruction
 */
#include "crossing.h"

#include <inttypes.h>
#include <string.h>

#define CR0_PE		UINT32_C(0x00000001)
#define CR0_PG		UINT32_C(0x80000000)
#define MSR_EFER	UINT32_C(0xc0000080)
#define EFER_LME	UINT32_C(0x00000100)

void crossing_begin(struct crossing *w, uint64_t instructions, uint64_t memory, bool wide)
{
	crossing_free(w);
	/* A running Linux has both on; there is no way for it to run otherwise. */
	w->protection = BIT_ON;
	w->paging = BIT_ON;
	w->wide = wide;
	w->long_mode = w->long_enabled = wide ? BIT_ON : BIT_OFF;
	w->bits = wide ? 64 : 32;
	w->place = PLACES;
	w->run.place = PLACES;
	w->begin = instructions;
	w->pages_count = memory / CROSSING_PAGE;
	w->pages = calloc(w->pages_count, sizeof(*w->pages));
	if (!w->pages)
		abort();
}

void crossing_free(struct crossing *w)
{
	vec_free(&w->steps);
	free(w->pages);
	memset(w, 0, sizeof(*w));
}

/* A bit of CR0 after a load of it, as far as the operand is known. */
static enum bit bit_after(enum bit before, const struct noted *n, uint32_t mask)
{
	if (n->value_known)
		return n->value & mask ? BIT_ON : BIT_OFF;
	if (n->operand.source != OPERAND_CR0)
		return BIT_UNKNOWN;
	if (n->operand.set & mask)
		return BIT_ON;
	return n->operand.keep & mask ? before : BIT_OFF;
}

static bool is_same(const struct noted *a, const struct noted *b)
{
	return a->step.kind == b->step.kind && a->linear == b->linear &&
	       a->step.vector == b->step.vector && a->msr == b->msr && a->step.kind != STEP_CR0;
}

static void take_over(struct crossing *w, const struct noted *n)
{
	if (n->step.kind == STEP_CR0) {
		w->protection = bit_after(w->protection, n, CR0_PE);
		w->paging = bit_after(w->paging, n, CR0_PG);
	} else if (n->step.kind == STEP_LMSW) {
		/* It can switch protection on and never off. */
		if (w->protection != BIT_ON)
			w->protection = BIT_UNKNOWN;
	} else if (n->step.kind == STEP_RESET) {
		w->protection = BIT_OFF;
		w->paging = BIT_OFF;
		w->long_enabled = BIT_OFF;
		w->stage = STAGE_FIRMWARE;
	} else if (n->step.kind == STEP_MSR && n->msr == MSR_EFER && n->value_known) {
		w->long_enabled = n->value & EFER_LME ? BIT_ON : BIT_OFF;
	}
	if (w->paging == BIT_OFF || w->long_enabled == BIT_OFF)
		w->long_mode = BIT_OFF;
	else
		w->long_mode = w->paging == BIT_ON ? BIT_ON : BIT_UNKNOWN;
}

struct noted *crossing_note(struct crossing *w, const struct noted *n)
{
	struct noted *last = w->steps.n ? &w->steps.at[w->steps.n - 1] : NULL;
	struct noted kept = *n;

	w->kinds[n->step.kind]++;
	kept.protection = w->protection;
	kept.paging = w->paging;
	kept.long_mode = w->long_mode;
	kept.moved = w->moved;
	kept.same = w->same;
	kept.times = 1;
	take_over(w, n);
	/* A load of CR0 is the last of its block. */
	if (n->step.kind == STEP_CR0 || n->step.kind == STEP_LMSW)
		crossing_run(w, n->instructions + 1, w->run.place);
	if (last && is_same(last, &kept)) {
		last->times++;
		return last;
	}
	if (w->steps.n == CROSSING_STEPS)
		return NULL;
	vec_push(&w->steps, kept);
	return &w->steps.at[w->steps.n - 1];
}

void crossing_run(struct crossing *w, uint64_t instructions, enum place place)
{
	if (place == w->run.place && w->protection == w->run.protection)
		return;
	if (w->run.place != PLACES)
		w->places[w->run.place][w->run.protection == BIT_ON] +=
			instructions - w->run.since;
	w->run.since = instructions;
	w->run.place = place;
	w->run.protection = w->protection;
}

void crossing_access(struct crossing *w, uint64_t instructions, uint64_t linear,
		     uint64_t physical)
{
	if (physical / CROSSING_PAGE >= w->pages_count) {
		w->device++;
	} else if (linear != physical) {
		w->moved++;
		w->last_moved = instructions;
	} else {
		w->same++;
	}
}

void crossing_store(struct crossing *w, uint64_t physical, unsigned int bytes)
{
	if (physical / CROSSING_PAGE < w->pages_count)
		w->pages[physical / CROSSING_PAGE] += bytes;
}

static const char *bit_text(enum bit bit)
{
	return bit == BIT_UNKNOWN ? "null" : bit == BIT_ON ? "true" : "false";
}

static void write_operand(const struct noted *n, FILE *f)
{
	if (n->step.kind == STEP_CR0 || n->step.kind == STEP_CR3 || n->step.kind == STEP_CR4)
		fprintf(f, ",\"from\":\"%s\",\"keep\":%" PRId64 ",\"set\":%" PRId64,
			operand_name(n->operand.source), (int64_t)n->operand.keep,
			(int64_t)n->operand.set);
	if (n->step.kind == STEP_MSR)
		fprintf(f, ",\"msr\":%" PRIu32, n->msr);
	if (n->value_known)
		fprintf(f, ",\"value\":%" PRId64, (int64_t)n->value);
}

/* Numbers of 64 bits are written with a sign: the reader of JSON takes no larger ones. */
static void write_step(const struct noted *n, bool wide, FILE *f)
{
	fprintf(f, "{\"line\":\"step\",\"step\":\"%s\",\"instructions\":%" PRIu64
		",\"linear\":%" PRId64 ",\"place\":\"%s\",\"bits\":%d,\"protection\":%s,"
		"\"paging\":%s,\"times\":%" PRIu64 ",\"moved\":%" PRIu64 ",\"same\":%" PRIu64,
		step_name(n->step.kind), n->instructions, (int64_t)n->linear, place_name(n->place),
		n->bits, bit_text(n->protection), bit_text(n->paging), n->times, n->moved, n->same);
	if (wide)
		fprintf(f, ",\"long_mode\":%s", bit_text(n->long_mode));
	if (n->physical != PLACE_NOWHERE)
		fprintf(f, ",\"physical\":%" PRIu64, n->physical);
	if (n->step.vector >= 0)
		fprintf(f, ",\"vector\":%d", n->step.vector);
	if (n->step.direct)
		fprintf(f, ",\"selector\":%u,\"offset\":%" PRIu32, n->step.selector,
			n->step.offset);
	if (n->table_known)
		fprintf(f, ",\"limit\":%u,\"base\":%" PRId64, n->limit, (int64_t)n->base);
	if (n->mark >= 0)
		fprintf(f, ",\"mark\":%d", n->mark);
	write_operand(n, f);
	fputs("}\n", f);
}

/* Pages that lie side by side become one line. */
static void write_pages(const struct crossing *w, FILE *f)
{
	for (uint64_t first = 0, n; first < w->pages_count; first += n ? n : 1) {
		uint64_t bytes = 0;

		for (n = 0; first + n < w->pages_count && w->pages[first + n]; n++)
			bytes += w->pages[first + n];
		if (n)
			fprintf(f, "{\"line\":\"pages\",\"start\":%" PRIu64 ",\"pages\":%" PRIu64
				",\"bytes\":%" PRIu64 "}\n", first * CROSSING_PAGE, n, bytes);
	}
}

void crossing_write(const struct crossing *w, uint64_t instructions, FILE *f)
{
	fprintf(f, "{\"line\":\"crossing\",\"begin\":%" PRIu64 ",\"deep\":%" PRIu64 "}\n", w->begin,
		w->deep);
	for (size_t i = 0; i < w->steps.n; i++)
		write_step(&w->steps.at[i], w->wide, f);
	for (int kind = 0; kind < STEP_KINDS; kind++)
		if (w->kinds[kind])
			fprintf(f, "{\"line\":\"count\",\"step\":\"%s\",\"count\":%" PRIu64 "}\n",
				step_name(kind), w->kinds[kind]);
	for (int place = 0; place < PLACES; place++)
		for (int protection = 0; protection < 2; protection++)
			if (w->places[place][protection])
				fprintf(f, "{\"line\":\"place\",\"place\":\"%s\",\"protection\":%s,"
					"\"instructions\":%" PRIu64 "}\n", place_name(place),
					bit_text(protection), w->places[place][protection]);
	write_pages(w, f);
	fprintf(f, "{\"line\":\"end\",\"instructions\":%" PRIu64 ",\"moved\":%" PRIu64
		",\"same\":%" PRIu64 ",\"last_moved\":%" PRIu64 ",\"device\":%" PRIu64
		",\"protection\":%s,\"paging\":%s", instructions, w->moved, w->same,
		w->last_moved, w->device, bit_text(w->protection), bit_text(w->paging));
	if (w->wide)
		fprintf(f, ",\"long_mode\":%s", bit_text(w->long_mode));
	fputs("}\n", f);
}
