// SPDX-License-Identifier: GPL-2.0-only
/*
 * progress.c - what a person sees while a run goes on
 */
#include "progress.h"

#include <pthread.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/clock.h"

#define BAR_MAX		30
#define BAR_MIN		8
#define COLUMNS_OTHERWISE 80	/* of a terminal that does not say */

#define CLEAR_LINE	"\r\033[K"
#define RED		"\033[31m"
#define PLAIN		"\033[0m"

struct progress {
	pthread_mutex_t mutex;
	FILE *out;
	bool terminal, colour;
	struct pace *paces;		/* of all ways, then of those of the exact part */
	unsigned int ways;
	int parallel[2];		/* outside the exact part, and in it; 0: there is none */
	int done, planned, failed;
	int64_t changed_ns;		/* when the last reboot ended */
	char now[160];
};

static double pace_mean(const struct pace *paces, unsigned int n, unsigned int way, bool machine)
{
	double seconds = 0;
	int count = 0;

	for (unsigned int i = 0; i < n; i++) {
		const struct pace *p = &paces[i];

		if (i == way && (machine ? p->machines : p->reboots))
			return machine ? p->machines_s / p->machines : p->reboots_s / p->reboots;
		seconds += machine ? p->machines_s : p->reboots_s;
		count += machine ? p->machines : p->reboots;
	}
	return count ? seconds / count : -1;
}

double pace_left(const struct pace *paces, unsigned int n, int parallel)
{
	double left = 0;

	for (unsigned int i = 0; i < n; i++) {
		double reboot = pace_mean(paces, n, i, false);
		double machine = pace_mean(paces, n, i, true);
		int machines = paces[i].machines_left;
		int reboots = paces[i].reboots_left - machines;

		if (machines <= 0 && reboots <= 0)
			continue;
		if (reboot < 0)
			reboot = machine;
		if (machine < 0)
			machine = reboot;
		if (machine < 0)
			return -1;
		left += machines * machine + (reboots > 0 ? reboots * reboot : 0);
	}
	return left / parallel;
}

void progress_duration(char *to, size_t size, double seconds)
{
	long s = seconds + 0.5;

	if (s < 60)
		snprintf(to, size, "%ld s", s);
	else if (s < 3600)
		snprintf(to, size, "%ld min %ld s", s / 60, s % 60);
	else
		snprintf(to, size, "%ld h %ld min", s / 3600, s % 3600 / 60);
}

static void left_text(char *to, size_t size, const struct progress_view *v)
{
	char duration[32];

	if (v->left_s < 0) {
		snprintf(to, size, "time left not yet known");
		return;
	}
	progress_duration(duration, sizeof(duration), v->left_s);
	snprintf(to, size, "%s %s", duration, v->exact_follows ? "to the exact part" : "left");
}

static void bar_text(char *to, const struct progress_view *v, unsigned int width)
{
	unsigned int full = v->planned > 0 ? (unsigned int)((long)width * v->done / v->planned) : 0;

	if (full > width)
		full = width;
	*to++ = '[';
	memset(to, '#', full);
	memset(to + full, '.', width - full);
	strcpy(to + width, "] ");
}

void progress_line(char *to, size_t size, const struct progress_view *v, unsigned int columns,
		   bool colour)
{
	char count[64], left[64], failed[48] = "", bar[BAR_MAX + 8] = "", now[200] = "";
	unsigned int room = columns > 1 ? columns - 1 : 1, used, width;

	snprintf(count, sizeof(count), "%d/%d", v->done, v->planned);
	left_text(left, sizeof(left), v);
	if (v->failed)
		snprintf(failed, sizeof(failed), "  %d failed", v->failed);
	used = strlen(count) + strlen(failed) + strlen("  ") + strlen(left);
	if (used + BAR_MIN + strlen("[] ") <= room) {
		width = room - used - strlen("[] ");
		bar_text(bar, v, width < BAR_MAX ? width : BAR_MAX);
		used += strlen(bar);
	}
	if (v->now[0] && used + strlen("  ") + strlen(v->now) <= room)
		snprintf(now, sizeof(now), "  %s", v->now);
	if (used > room) {
		/* Colours would count as columns where it is cut. */
		snprintf(to, size < room + 1 ? size : room + 1, "%s%s  %s", count, failed, left);
		return;
	}
	snprintf(to, size, "%s%s%s%s%s  %s%s", bar, count, colour && v->failed ? RED : "", failed,
		 colour && v->failed ? PLAIN : "", left, now);
}

static unsigned int terminal_columns(const struct progress *p)
{
	struct winsize size;

	if (ioctl(fileno(p->out), TIOCGWINSZ, &size) || !size.ws_col)
		return COLUMNS_OTHERWISE;
	return size.ws_col;
}

/*
 * What is left now: what was left when the last reboot ended, less what has gone by since. Of the
 * exact part nothing is known before its first reboot: its machines have another pace.
 */
static struct progress_view view_of(const struct progress *p)
{
	struct progress_view v = {
		.done = p->done, .planned = p->planned, .failed = p->failed, .now = p->now,
		.left_s = pace_left(p->paces, p->ways, p->parallel[0]),
	};
	double exact = p->parallel[1] ? pace_left(p->paces + p->ways, p->ways, p->parallel[1]) : 0;
	double gone = p->changed_ns ? (clock_now_ns() - p->changed_ns) / 1e9 : 0;

	if (v.left_s < 0 || (v.left_s == 0 && exact < 0)) {
		v.left_s = -1;
		return v;
	}
	v.exact_follows = exact < 0;
	if (exact > 0)
		v.left_s += exact;
	v.left_s = v.left_s > gone ? v.left_s - gone : 0;
	return v;
}

static void draw(struct progress *p)
{
	struct progress_view view = view_of(p);
	char line[512];

	if (!p->terminal)
		return;
	progress_line(line, sizeof(line), &view, terminal_columns(p), p->colour);
	fprintf(p->out, CLEAR_LINE "%s", line);
	fflush(p->out);
}

static void clear(struct progress *p)
{
	if (p->terminal)
		fputs(CLEAR_LINE, p->out);
}

struct progress *progress_new(FILE *out, unsigned int ways, int parallel, int exact_parallel)
{
	struct progress *p = calloc(1, sizeof(*p));
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (!p)
		abort();
	p->paces = calloc(2 * ways + 1, sizeof(*p->paces));
	if (!p->paces)
		abort();
	pthread_mutex_init(&p->mutex, NULL);
	p->out = out;
	p->ways = ways;
	p->parallel[0] = parallel > 0 ? parallel : 1;
	p->parallel[1] = exact_parallel;
	p->terminal = fileno(out) >= 0 && isatty(fileno(out)) && term && strcmp(term, "dumb");
	p->colour = p->terminal && !(no_color && no_color[0]);
	return p;
}

void progress_free(struct progress *p)
{
	if (!p)
		return;
	clear(p);
	fflush(p->out);
	pthread_mutex_destroy(&p->mutex);
	free(p->paces);
	free(p);
}

void progress_plan(struct progress *p, unsigned int way, int machines, int reboots)
{
	if (!p || way >= 2 * p->ways)
		return;
	pthread_mutex_lock(&p->mutex);
	p->paces[way].machines_left += machines;
	p->paces[way].reboots_left += reboots;
	p->planned += reboots;
	draw(p);
	pthread_mutex_unlock(&p->mutex);
}

void progress_phase(struct progress *p, const char *label, int machine, int index,
		    enum phase phase)
{
	if (!p || !p->terminal)
		return;
	pthread_mutex_lock(&p->mutex);
	snprintf(p->now, sizeof(p->now), "%s, machine %d, reboot %d: %s", label, machine, index,
		 phase < PHASES ? phase_name(phase) : "starting");
	draw(p);
	pthread_mutex_unlock(&p->mutex);
}

/* "kexec vmlinux, machine 3, reboot 2: hung: no byte for 20 s" */
static void sample_text(char *to, size_t size, const char *label, const struct sample *s)
{
	int n = snprintf(to, size, "%s, machine %d, reboot %d%s: %s", label, s->machine, s->index,
			 s->warmup ? " (warm-up)" : "", verdict_name(s->judgement.verdict));

	if (n < 0 || (size_t)n >= size)
		return;
	if (s->judgement.verdict != VERDICT_OK)
		snprintf(to + n, size - n, ": %s", s->judgement.reason);
	else if (sample_is_virtual(s) && s->latency_instructions >= 0)
		snprintf(to + n, size - n, ", %.3f million instructions",
			 s->latency_instructions / 1e6);
	else if (s->latency_ns >= 0)
		snprintf(to + n, size - n, ", %.3f s", s->latency_ns / 1e9);
}

static void count_sample(struct progress *p, unsigned int way, const struct sample *s,
			 double seconds, bool first)
{
	struct pace *pace = &p->paces[way];

	pace->reboots_left--;
	if (first) {
		pace->machines_left--;
		pace->machines++;
		pace->machines_s += seconds;
	} else {
		pace->reboots++;
		pace->reboots_s += seconds;
	}
	p->done++;
	p->failed += s->judgement.verdict != VERDICT_OK;
	p->changed_ns = clock_now_ns();
}

void progress_sample(struct progress *p, unsigned int way, const char *label,
		     const struct sample *sample, double seconds, bool first)
{
	struct progress_view view;
	char text[512], left[64];
	bool failed = sample->judgement.verdict != VERDICT_OK;

	if (!p || way >= 2 * p->ways)
		return;
	pthread_mutex_lock(&p->mutex);
	count_sample(p, way, sample, seconds, first);
	sample_text(text, sizeof(text), label, sample);
	view = view_of(p);
	left_text(left, sizeof(left), &view);
	if (p->terminal) {
		snprintf(p->now, sizeof(p->now), "%.150s", text);
		if (failed)
			fprintf(p->out, CLEAR_LINE "%s%s%s\n", p->colour ? RED : "", text,
				p->colour ? PLAIN : "");
		draw(p);
	} else {
		fprintf(p->out, "%d/%d %s; %s\n", p->done, p->planned, text, left);
		fflush(p->out);
	}
	pthread_mutex_unlock(&p->mutex);
}

void progress_note(struct progress *p, const char *fmt, ...)
{
	va_list args;

	if (!p)
		return;
	pthread_mutex_lock(&p->mutex);
	clear(p);
	va_start(args, fmt);
	vfprintf(p->out, fmt, args);
	va_end(args);
	fputc('\n', p->out);
	draw(p);
	fflush(p->out);
	pthread_mutex_unlock(&p->mutex);
}

void progress_tick(struct progress *p)
{
	if (!p || !p->terminal)
		return;
	pthread_mutex_lock(&p->mutex);
	draw(p);
	pthread_mutex_unlock(&p->mutex);
}
