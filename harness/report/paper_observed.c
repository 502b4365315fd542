// SPDX-License-Identifier: GPL-2.0-only
/*
 * paper_observed.c - what is true now of each claim of the LOBOS paper, from what shows it
 */
#include "paper_observed.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "analysis/words.h"
#include "paper_sizes.h"

static void evidence(struct observed *o, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void evidence(struct observed *o, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(o->evidence, sizeof(o->evidence), fmt, args);
	va_end(args);
}

static void know_word(struct observed *o, const char *word)
{
	o->known = true;
	snprintf(o->word, sizeof(o->word), "%s", word);
}

static void know_number(struct observed *o, double number, int digits)
{
	o->known = true;
	o->number = number;
	snprintf(o->word, sizeof(o->word), "%.*f", digits, number);
}

bool report_has_way(const struct report *r, const char *way)
{
	for (size_t i = 0; i < r->groups.n; i++)
		if (!strcmp(r->groups.at[i].way, way))
			return true;
	return false;
}

/* "never", "once", "3 times" */
static const char *times(char room[32], json_int_t n)
{
	if (n < 2)
		return n ? "once" : "never";
	snprintf(room, 32, "%" JSON_INTEGER_FORMAT " times", n);
	return room;
}

/* Paging or protection: on to the end, or taken away. */
static void observe_mode(struct observed *o, const struct witnessed *w, bool paging)
{
	json_int_t cleared = paging ? w->paging_cleared : w->protection_cleared;
	char n[32];

	know_word(o, cleared || w->resets ? "off" : "on");
	if (cleared)
		evidence(o, "witness: taken away by a load of CR0, %s", times(n, cleared));
	else if (w->resets)
		evidence(o, "witness: the machine is reset");
	else if (paging)
		evidence(o, "witness: no load of CR0 takes it away, %" JSON_INTEGER_FORMAT
			 " accesses are translated", w->translated);
	else
		evidence(o, "witness: no load of CR0 takes it away");
}

/* In long mode a segment is no more than a privilege level, so nothing of it can be kept on. */
static void observe_segments(struct observed *o, const struct witnessed *w)
{
	if (!w->long_mode || w->resets || w->protection_cleared) {
		observe_mode(o, w, false);
	} else if (w->long_mode_cleared) {
		know_word(o, "on");
		evidence(o, "witness: long mode, which has none with a base or limit, ends with paging; "
			 "protection, and with it segments of 32 bits, stays on");
	} else {
		know_word(o, "not in long mode");
		evidence(o, "witness: it is in long mode to the end, where the processor ignores base "
			 "and limit of all segments but FS and GS: there is nothing to keep on");
		o->moot = true;
	}
}

static void observe_bios(struct observed *o, const struct witnessed *w)
{
	know_word(o, w->bios_instructions ? "yes" : "no");
	if (w->bios_instructions)
		evidence(o, "witness: %" JSON_INTEGER_FORMAT " instructions of it are executed",
			 w->bios_instructions);
	else
		evidence(o, "witness: no instruction of it is executed");
}

static void observe_video(struct observed *o, const struct witnessed *w)
{
	char n[32];

	if (w->resets) {
		evidence(o, "the machine is reset, and its firmware is asked for nothing");
		return;
	}
	know_word(o, w->video_calls ? "yes" : "no");
	evidence(o, "witness: int 10h in its own code, %s", times(n, w->video_calls));
}

static void observe_witnessed(struct observed *o, enum claim claim, const struct witnessed *w)
{
	char n[32];

	if (!w || w->state != WITNESS_USABLE) {
		CLEANUP_FREE char *why = witnessed_lacks(w);

		evidence(o, "%s", why);
	} else if (claim == CLAIM_PAGING) {
		observe_mode(o, w, true);
	} else if (claim == CLAIM_SEGMENTS) {
		observe_segments(o, w);
	} else if (claim == CLAIM_GDT_LOADS) {
		know_number(o, (double)w->gdt_loads, 0);
		evidence(o, "witness: lgdt in its own code, %s", times(n, w->gdt_loads));
	} else if (claim == CLAIM_PAGE_TABLES) {
		know_number(o, (double)w->page_tables, 0);
		evidence(o, "witness: another value for CR3 in its own code, %s",
			 times(n, w->page_tables));
	} else if (claim == CLAIM_BIOS) {
		observe_bios(o, w);
	} else {
		observe_video(o, w);
	}
}

/* Logs of a way, and of how many counted reboots. */
struct logs {
	size_t kept, n;
};

static struct logs logs_of(const struct report *r, const char *way)
{
	struct logs logs = { 0, 0 };

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		if (strcmp(g->way, way))
			continue;
		logs.kept += g->logs_kept;
		logs.n += g->n;
	}
	return logs;
}

/* "2 of 3 counted reboots"; of each kernel that they led to, "2 of 3 counted reboots to a, 3 of 3 to b". */
static char *logs_words(const struct report *r, const char *way)
{
	const char *before = "", *what = " counted reboots";
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (size_t c = 0; c < r->classes.n; c++) {
		const struct report of = report_kernel(r, c);
		struct logs logs = logs_of(&of, way);

		if (!logs.n || !report_begins_kernel(r, c))
			continue;
		fprintf(f, "%s%s%s%s%s", before, words_of(logs.kept, logs.n).s, what,
			report_has_kernels(r) ? " to " : "",
			report_has_kernels(r) ? r->classes.at[c].build : "");
		before = ", ";
		what = "";
	}
	if (fclose(f) != 0)
		abort();
	return text;
}

static void observe_log(struct observed *o, const struct report *r, const char *way)
{
	const struct logs all = logs_of(r, way);
	CLEANUP_FREE char *words = logs_words(r, way);

	if (!all.n) {
		evidence(o, "no reboot was counted");
		return;
	}
	know_word(o, all.kept == all.n ? "yes" : all.kept ? "not always" : "no");
	evidence(o, "this run: kept in %s", words);
}

/* Through firmware and boot loader, as a machine that starts. */
static bool is_cold(const struct report_group *g)
{
	const struct report_phase *p = &g->phases[PHASE_BOOTLOADER];

	return p->s.n || p->unseen;
}

/* The default variant of a way comes first, then the fastest; NULL without counted samples. */
static const struct report_group *group_of_way(const struct report *r, const char *way)
{
	const struct report_group *found = NULL;

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		if (!g->n || strcmp(g->way, way))
			continue;
		if (!found || !*g->variant)
			found = g;
	}
	return found;
}

static const struct report_group *cold_group(const struct report *r)
{
	for (size_t i = 0; i < r->groups.n; i++)
		if (r->groups.at[i].n && is_cold(&r->groups.at[i]))
			return &r->groups.at[i];
	return NULL;
}

/* Hints are no part of what the paper says; no way leads to one kernel through firmware, to others not. */
static struct report first_class(const struct report *r)
{
	struct report of = *r;

	for (size_t c = 0; c < r->classes.n; c++) {
		of = report_class(r, c);
		if (of.groups.n)
			break;
	}
	return of;
}

/* No figures here: those of the times stand by themselves. */
static void observe_faster(struct observed *o, const struct report *all, const char *way)
{
	const struct report first = first_class(all), *r = &first;
	const struct report_group *g = group_of_way(r, way), *cold = cold_group(r);
	CLEANUP_FREE struct comparison *c = calloc(r->groups.n + 1, sizeof(*c));
	enum compare_verdict verdict;

	if (!c)
		abort();
	/* Virtual time is exact and repeats itself: there is nothing to estimate in it. */
	if (r->samples.n && strcmp(r->samples.at[0].clock, "wall")) {
		evidence(o, "not judged by a %s clock", r->samples.at[0].clock);
		return;
	}
	if (!g || !cold) {
		evidence(o, g ? "no way of this run goes through the firmware" :
			 "no reboot was counted");
		return;
	}
	if (is_cold(g)) {
		evidence(o, "it goes through the firmware itself");
		return;
	}
	report_compare(r, cold, c);
	verdict = c[g - r->groups.at].rows[COMPARE_LATENCY].verdict;
	/* What decides nothing contradicts nobody either. */
	if (verdict == COMPARE_BETTER || verdict == COMPARE_WORSE)
		know_word(o, verdict == COMPARE_BETTER ? "yes" : "no");
	evidence(o, "this run, against %.80s: %s", cold->label,
		 compare_verdict_words(COMPARE_LATENCY, verdict));
}

static void observe_size(struct observed *o, enum claim claim, const struct sizes *sizes,
			 const char *way)
{
	const struct size *s = sizes_of(sizes, way);

	if (!s) {
		evidence(o, "not counted when this run began");
		return;
	}
	if (s->kernel)
		evidence(o, "%s: %ld kernel lines, %ld of them arch., %ld assembly",
			 sizes->counter, s->kernel, s->arch_dependent, s->assembly);
	else
		evidence(o, "%s: it adds no line to a kernel", sizes->counter);
	if (claim == CLAIM_SIZE || claim == CLAIM_SIZE_RANK)
		know_number(o, (double)s->kernel, 0);
	else if (claim == CLAIM_ARCH_LINES)
		know_number(o, (double)s->arch_dependent, 0);
	else if (claim == CLAIM_ASSEMBLY)
		know_number(o, (double)s->assembly, 0);
	else if (s->kernel)
		know_number(o, size_arch_share(s) * 100, 1);
}

/* What no run shows: the word of impl.yaml, and the test that holds it to its word. */
static void observe_tested(struct observed *o, const struct impl_claim *said)
{
	if (!said || !said->now) {
		evidence(o, "not observed; no run and no test shows it");
		return;
	}
	know_word(o, said->now);
	evidence(o, "not observed in this run; %.120s shows it", said->by);
}

void paper_observe(struct observed *o, enum claim claim, const struct report *r,
		   const struct impl *impl)
{
	memset(o, 0, sizeof(*o));
	o->number = NAN;
	switch (claim_source(claim)) {
	case CLAIM_FROM_WITNESS:
		observe_witnessed(o, claim, witnessed_find(&r->facts->witnessed, impl->name, ""));
		break;
	case CLAIM_FROM_SAMPLES:
		if (claim == CLAIM_LOG)
			observe_log(o, r, impl->name);
		else
			observe_faster(o, r, impl->name);
		break;
	case CLAIM_FROM_SIZES:
		observe_size(o, claim, &r->facts->sizes, impl->name);
		break;
	case CLAIM_FROM_TEST:
		observe_tested(o, impl_claim(impl, claim_name(claim)));
		break;
	}
}

static enum agreement compare_rank(const struct observed *o, enum claim claim, const char *rank,
				   const struct report *r, const struct impl *impl)
{
	const struct impl_list *impls = r->facts->impls;
	bool most = !strcmp(rank, "most"), first = true, others = false;

	for (size_t i = 0; i < impls->n; i++) {
		const struct impl_claim *said = impl_claim(&impls->at[i], claim_name(claim));
		struct observed other;

		if (!said || !said->says || !strcmp(impls->at[i].name, impl->name))
			continue;
		paper_observe(&other, claim, r, &impls->at[i]);
		if (!other.known)
			return AGREEMENT_OPEN;
		others = true;
		first &= most ? o->number >= other.number : o->number <= other.number;
	}
	if (!others || !o->known)
		return AGREEMENT_OPEN;
	return first ? AGREEMENT_SAME : AGREEMENT_OTHER;
}

enum agreement observe_agreement(const struct observed *o, enum claim claim,
				 const struct report *r, const struct impl *impl)
{
	const struct impl_claim *said = impl_claim(impl, claim_name(claim));

	if (!said || !said->value || o->moot)
		return AGREEMENT_OPEN;
	if (claim_is_rank(said->value))
		return compare_rank(o, claim, said->value, r, impl);
	return claim_compare(claim, said->value, o->known ? o->word : NULL, o->number);
}
