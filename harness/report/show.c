// SPDX-License-Identifier: GPL-2.0-only
/*
 * show.c - one sample for a person at a terminal
 */
#include "show.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "reboot/doubt.h"
#include "console.h"
#include "model.h"
#include "safe_text.h"
#include "show_private.h"
#include "analysis/words.h"

/* Columns of the bar that stands for the whole reboot. */
#define BAR 44

static void put_safe(FILE *f, const char *text)
{
	CLEANUP_FREE char *safe = safe_text(text, strlen(text), false);

	fputs(safe, f);
}

static double seconds(int64_t ns)
{
	return ns < 0 ? NAN : (double)ns / 1e9;
}

static void put_head(FILE *f, const struct show *show)
{
	const struct sample *s = show->sample;
	const struct judgement *j = &s->judgement;

	fprintf(f, "sample %" PRId64 ": ", s->id);
	put_safe(f, s->run);
	fprintf(f, "/%s/%d/%d%s%s%s\n", s->way, s->machine, s->index, *s->variant ? " " : "",
		s->variant, s->warmup ? ", a warm-up" : "");
	fprintf(f, "verdict   %s%s%s%s; witness: %s\n", verdict_name(j->verdict),
		j->proved ? ", proved" : ", not proved", j->phase < PHASES ? ", in phase " : "",
		j->phase < PHASES ? phase_name(j->phase) : "", proof_word(s->witness));
	fputs("why       ", f);
	put_safe(f, *j->reason ? j->reason : "–");
	fputs("\nkernel    ", f);
	put_safe(f, *s->kernel ? s->kernel : "none came up");
	fprintf(f, "\nmachine   %s, %s, %s clock, asked at %s\n", *s->build ? s->build : s->arch, s->accel, s->clock,
		s->wall_time);
	show_machine(f, show);
	fprintf(f, "latency   %s, downtime %s; ", words_seconds(seconds(s->latency_ns)).s,
		words_seconds(seconds(s->downtime_ns)).s);
	if (sample_is_virtual(s) && s->latency_instructions >= 0)
		fprintf(f, "%s instructions\n\n", words_count((double)s->latency_instructions).s);
	else
		fprintf(f, "target %s\n\n", words_seconds(seconds(show->target_ns)).s);
}

/* The part of the whole that lies between two moments, at least one column of it. */
static void put_bar(FILE *f, double from, double to)
{
	int begin = (int)(fmin(fmax(from, 0), 1) * BAR), end = (int)ceil(fmin(to, 1) * BAR), i;

	begin = begin >= BAR ? BAR - 1 : begin;
	end = end <= begin ? begin + 1 : end;
	for (i = 0; i < BAR; i++)
		fputs(i >= begin && i < end ? "█" : "·", f);
}

/* The end of the time line that the bars are drawn on: ready, else the last phase seen. */
static int64_t time_line_end(const struct phases *p)
{
	int64_t end = p->ready_ns;
	unsigned int i;

	for (i = 0; i < PHASES; i++)
		if (p->at[i].state == PHASE_SEEN && p->at[i].last_end_ns > end)
			end = p->at[i].last_end_ns;
	return end;
}

static void put_phases(FILE *f, const struct sample *s)
{
	const struct phases *p = &s->phases;
	int64_t whole = time_line_end(p) - p->request_ns;
	unsigned int i;

	fputs("phase         begins at       takes\n", f);
	for (i = 0; i < PHASES; i++) {
		const struct phase_time *t = &p->at[i];

		if (t->state == PHASE_ABSENT)
			continue;
		if (t->state == PHASE_UNKNOWN) {
			fprintf(f, "%-10s     not seen\n", phase_name(i));
			continue;
		}
		fprintf(f, "%-10s  %11s  %7s ms  ", phase_name(i),
			words_seconds(seconds(t->first_begin_ns - p->request_ns)).s,
			words_ms(seconds(t->ns)).s);
		if (p->request_ns >= 0 && whole > 0)
			put_bar(f, (double)(t->first_begin_ns - p->request_ns) / (double)whole,
				(double)(t->last_end_ns - p->request_ns) / (double)whole);
		fputs(t->from_console ? "  (from console text)\n" :
		      t->from_event ? "  (from libvirt's event of a reset)\n" : "\n", f);
	}
	if (s->clock_error_ns > 0)
		fprintf(f, "Its least exact border is exact to %s ms.\n", words_ms(seconds(s->clock_error_ns)).s);
	fputc('\n', f);
}

static void put_counters(FILE *f, const struct sample *s)
{
	unsigned int c;
	bool any = false;

	for (c = 0; c < PERF_COUNTERS; c++) {
		if (s->perf[c] < 0)
			continue;
		fprintf(f, "%s%s %s%s", any ? ", " : "counters  ", perf_name(c),
			c == PERF_TASK_CLOCK_NS ? words_ms(seconds(s->perf[c])).s :
						  words_count((double)s->perf[c]).s,
			c == PERF_TASK_CLOCK_NS ? " ms" : "");
		any = true;
	}
	fputs(any ? "\n" : "counters  none on this host\n", f);
}

static void put_doubts(FILE *f, const struct sample *s)
{
	unsigned int d;

	for (d = 0; d < DOUBTS; d++)
		if (s->doubts & DOUBT_BIT(d))
			fprintf(f, "doubt     %s: %s %s\n", doubt_name(d), doubt_sentence(d),
				doubt_advice(d));
	fputc('\n', f);
}

/* Byte of the console at which the kernel that a reboot brought up begins to write. */
static size_t kernel_begin(const struct stream *console, const struct sample *s)
{
	const struct phase_time *kernel = &s->phases.at[PHASE_KERNEL];

	return kernel->state == PHASE_SEEN ? stream_offset(console, kernel->first_begin_ns) :
					     console->bytes.n;
}

static void put_log_lines(FILE *f, const struct show *show, const struct preserved_log *log)
{
	size_t i = log->lines.n > show->lines ? log->lines.n - show->lines : 0;
	int64_t request = show->sample->phases.request_ns;

	fprintf(f, "  %zu lines, generation %u; %zu of them on the console too, to %s ms; "
		   "%zu missing.\n",
		log->lines.n, log->generation, log->anchors, words_ms(seconds(log->residual_ns)).s,
		log->missing);
	if (log->truncated)
		fprintf(f, "  There was no room for %" PRIu64 " bytes of older text.\n",
			log->truncated);
	for (; i < log->lines.n; i++) {
		const struct log_line *line = &log->lines.at[i];
		CLEANUP_FREE char *text = safe_text(line->text, line->length, false);

		if (line->host_ns >= 0 && request >= 0)
			fprintf(f, "  %+9.3f s  %s\n", (double)(line->host_ns - request) / 1e9,
				text);
		else
			fprintf(f, "  %11s  %s\n", "?", text);
	}
}

/* The old kernel's log as the new one handed it out, its last lines on the host's time line. */
static void put_log(FILE *f, const struct show *show)
{
	const struct sample *s = show->sample;
	struct stream data = { 0 }, console = { 0 };
	struct preserved_log log = { 0 };
	struct data_item item;

	fprintf(f, "log of the old kernel: %s\n", preserved_log_state_name(s->log_state));
	if (s->log_state == PRESERVED_LOG_NONE)
		return;
	if (!show_item(show, DATA_BOOT, &data, &item)) {
		fputs("  What the machine told is not there any more.\n", f);
	} else {
		preserved_log_parse(data.bytes.at + item.log_offset, item.log_bytes, &log);
		if (console_stream(show->consoles, s->trial, &console) == 0)
			preserved_log_place(&log, &console,
					    show->before ? kernel_begin(&console, show->before) : 0,
					    kernel_begin(&console, s), &s->phases.at[PHASE_QUIESCE]);
		if (log.state == PRESERVED_LOG_DAMAGED)
			fprintf(f, "  %s\n", log.reason);
		put_log_lines(f, show, &log);
	}
	preserved_log_free(&log);
	stream_free(&console);
	stream_free(&data);
}

static void put_console(FILE *f, const struct show *show)
{
	const struct sample *s = show->sample;
	CLEANUP_FREE char *tail = console_tail(show->consoles, s, show->lines);
	const char *line = tail;

	fprintf(f, "\nconsole, the last lines of %" PRId64 " bytes (consoles/", s->console_bytes);
	put_safe(f, s->trial);
	fputs(".console):\n", f);
	if (!tail) {
		fputs("  Nothing of it is there.\n", f);
		return;
	}
	while (*line) {
		size_t length = strcspn(line, "\n");

		fprintf(f, "  %.*s\n", (int)length, line);
		line += length + (line[length] == '\n');
	}
}

void show_sample(FILE *f, const struct show *show)
{
	put_head(f, show);
	put_phases(f, show->sample);
	show_firmware(f, show);
	put_counters(f, show->sample);
	put_doubts(f, show->sample);
	put_log(f, show);
	put_console(f, show);
}
