// SPDX-License-Identifier: GPL-2.0-only
/*
 * pulse.c - whether harness, machine and host keep running
 */
#include "pulse.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"

/* /proc/stat takes the kernel long to write where there are many processors and interrupts. */
#define SELDOM_NS	(500 * NS_PER_MS)

/* Enough for the lines of some 300 processors, which come first in /proc/stat. */
#define STAT_BYTES	(32 * 1024)

#define PROCESSORS_MAX	4096

/* A machine that waits so long for a processor is as good as stopped, whatever its host counts. */
#define WAIT_LEAST_NS	(INT64_C(2) * NS_PER_S)

/* A thread that waited for so much of the time got next to no processor. */
#define STARVED_PERCENT	90

static void add_stall(struct pulse *p, int64_t from, int64_t to, enum stall_of of)
{
	struct stall stall = { .from_ns = from, .to_ns = to, .of = of };

	vec_push(&p->stalls, stall);
}

void pulse_of_harness(struct pulse *p, int64_t now_ns)
{
	if (now_ns - p->beat_ns - PULSE_NS >= STALL_SHORT_NS)
		add_stall(p, p->beat_ns + PULSE_NS, now_ns, STALL_RECORDER);
	p->beat_ns = now_ns;
}

void pulse_of_machine(struct pulse *p, int64_t now_ns, const struct vitals *v)
{
	if ((!v->stopped && !v->waits) || v->ticks != p->ticks) {
		p->ran_ns = now_ns;
		p->ticks = v->ticks;
		p->open = 0;
		return;
	}
	if (now_ns - p->ran_ns < (v->stopped ? PULSE_NS : WAIT_LEAST_NS))
		return;
	if (!p->open) {
		add_stall(p, p->ran_ns, now_ns, STALL_MACHINE);
		p->open = p->stalls.n;
	}
	p->stalls.at[p->open - 1].to_ns = now_ns;
}

/* One processor's steal, in ticks, as read now. */
static void take_steal(struct pulse *p, int64_t now_ns, unsigned int number, int64_t ticks,
		       int64_t tick_ns)
{
	int64_t jump;

	while (p->stolen.n <= number)
		vec_push(&p->stolen, INT64_C(-1));
	jump = p->stolen.at[number] < 0 ? 0 : (ticks - p->stolen.at[number]) * tick_ns;
	if (jump >= STALL_LEAST_NS)
		add_stall(p, now_ns - jump, now_ns, STALL_HOST);
	p->stolen.at[number] = ticks;
}

void pulse_of_host(struct pulse *p, int64_t now_ns, const char *stat, int64_t tick_ns)
{
	unsigned int number;
	int64_t ticks;

	/* The line of all processors together, "cpu  ", has no number and is skipped. */
	while (!strncmp(stat, "cpu", 3)) {
		if (sscanf(stat, "cpu%u %*d %*d %*d %*d %*d %*d %*d %" SCNd64, &number,
			   &ticks) == 2 && number < PROCESSORS_MAX)
			take_steal(p, now_ns, number, ticks, tick_ns);
		stat += strcspn(stat, "\n");
		stat += *stat == '\n';
	}
}

/* The name, in brackets, may hold anything, brackets too. */
char pulse_parse(const char *stat, int64_t *ticks)
{
	const char *at = strrchr(stat, ')');
	int64_t user, system;
	char state;

	if (!at || sscanf(at, ") %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNd64 " %" SCNd64,
			  &state, &user, &system) != 3)
		return '\0';
	*ticks = user + system;
	return state;
}

/* The first bytes of a file of /proc as text; "" where there is none. */
static const char *read_text(const char *path, char *to, size_t size)
{
	CLEANUP_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, to, size - 1);

	to[n > 0 ? n : 0] = '\0';
	return to;
}

static DIR *open_threads(pid_t pid)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	return opendir(path);
}

/* A file of the next thread as text. Return: its id; "." and ".." are 0; -1: there is no other. */
static pid_t next_thread(DIR *threads, pid_t pid, const char *file, char *text, size_t size)
{
	const struct dirent *entry = threads ? readdir(threads) : NULL;
	char path[64];

	if (!entry)
		return -1;
	snprintf(path, sizeof(path), "/proc/%d/task/%.16s/%s", pid, entry->d_name, file);
	read_text(path, text, size);
	return (pid_t)atol(entry->d_name);
}

static bool has_runnable_thread(pid_t pid)
{
	CLEANUP_CLOSEDIR DIR *threads = open_threads(pid);
	int64_t ignored;
	char text[512];

	while (next_thread(threads, pid, "stat", text, sizeof(text)) >= 0)
		if (pulse_parse(text, &ignored) == 'R')
			return true;
	return false;
}

/* Whether a file of a control group below one of the usual places has a word in it. */
static bool group_says(const char *root, const char *group, const char *file, const char *word)
{
	char path[512], text[256];

	snprintf(path, sizeof(path), "%s%s/%s", root, group, file);
	return strstr(read_text(path, text, sizeof(text)), word);
}

/* The threads of a frozen control group sleep, by their states, as those of an idle machine do. */
static bool is_frozen(pid_t pid)
{
	char path[32], text[4096], *save = NULL;

	snprintf(path, sizeof(path), "/proc/%d/cgroup", pid);
	read_text(path, text, sizeof(text));
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		const char *v2 = strstr(line, "::"), *v1 = strstr(line, ":freezer:");

		if ((v2 && (group_says("/sys/fs/cgroup", v2 + 2, "cgroup.events", "frozen 1") ||
			    group_says("/sys/fs/cgroup/unified", v2 + 2, "cgroup.events",
				       "frozen 1"))) ||
		    (v1 && group_says("/sys/fs/cgroup/freezer", v1 + 9, "freezer.state", "FROZEN")))
			return true;
	}
	return false;
}

static struct pulse_thread *find_thread(struct pulse *p, pid_t id)
{
	for (size_t i = 0; i < p->threads.n; i++)
		if (p->threads.at[i].id == id)
			return &p->threads.at[i];
	return NULL;
}

/*
 * Linux adds a wait when it is over, so a long one comes as a jump that may exceed the time
 * since the last look. Threads of a busy but fair host wait often, but run for more than a tenth.
 */
void pulse_of_thread(struct pulse *p, int64_t now_ns, pid_t id, int64_t waited_ns, bool vcpu)
{
	struct pulse_thread *t = find_thread(p, id);
	int64_t since = now_ns - p->threads_ns, waited;

	p->waited_ns = waited_ns > p->waited_ns ? waited_ns : p->waited_ns;
	if (!t) {
		vec_push(&p->threads, ((struct pulse_thread){ id, waited_ns }));
		return;
	}
	waited = waited_ns - t->waited_ns;
	t->waited_ns = waited_ns;
	if (vcpu && waited >= STALL_LEAST_NS && waited * 100 >= since * STARVED_PERCENT)
		add_stall(p, now_ns - waited, now_ns, STALL_MACHINE);
}

/* By the names that QEMU gives its threads; the last is that of one thread for all of them. */
static bool is_vcpu(pid_t pid, pid_t id)
{
	char path[64], text[32];

	snprintf(path, sizeof(path), "/proc/%d/task/%d/comm", pid, id);
	read_text(path, text, sizeof(text));
	return !strncmp(text, "CPU ", 4) || !strncmp(text, "ALL CPUs", 8);
}

/* A host that does not count waits says nothing of them. */
static void look_at_threads(struct pulse *p, int64_t now_ns)
{
	CLEANUP_CLOSEDIR DIR *threads = open_threads(p->pid);
	int64_t waited;
	char text[64];
	pid_t id;

	while ((id = next_thread(threads, p->pid, "schedstat", text, sizeof(text))) >= 0)
		if (id && sscanf(text, "%*d %" SCNd64, &waited) == 1)
			pulse_of_thread(p, now_ns, id, waited, is_vcpu(p->pid, id));
	p->threads_ns = now_ns;
}

/* Reads more than the processor time only when that did not grow. */
static void look_at_machine(struct pulse *p, int64_t now_ns)
{
	struct vitals v = { .ticks = -1 };
	char path[32], text[512], state;
	bool still;

	snprintf(path, sizeof(path), "/proc/%d/stat", p->pid);
	state = pulse_parse(read_text(path, text, sizeof(text)), &v.ticks);
	still = state && v.ticks == p->ticks;
	v.stopped = state == 'T' || state == 't' || (still && is_frozen(p->pid));
	v.waits = still && has_runnable_thread(p->pid);
	/* A wait may be over just before the reboot is. */
	if (!still && now_ns - p->ran_ns >= STALL_LEAST_NS)
		look_at_threads(p, now_ns);
	pulse_of_machine(p, now_ns, &v);
}

void pulse_watch(struct pulse *p, pid_t pid, int64_t now_ns)
{
	p->pid = pid;
	/* The waits of a machine that has ended stay: time-outs leave them out of its time. */
	if (pid)
		p->waited_ns = 0;
	p->threads.n = 0;
	p->ran_ns = now_ns;
	p->open = 0;
}

void pulse_beat(struct pulse *p, int64_t now_ns)
{
	pulse_of_harness(p, now_ns);
	if (p->pid > 0)
		look_at_machine(p, now_ns);
	if (now_ns - p->seldom_ns >= SELDOM_NS) {
		char text[STAT_BYTES];

		p->seldom_ns = now_ns;
		if (p->pid > 0)
			look_at_threads(p, now_ns);
		pulse_of_host(p, now_ns, read_text("/proc/stat", text, sizeof(text)),
			      NS_PER_S / sysconf(_SC_CLK_TCK));
	}
}

/* While the recorder stands still, the age of its newest beat is the only sign of it. */
void pulse_stalls(const struct pulse *p, int64_t now_ns, stall_vec *to)
{
	struct stall open = {
		.from_ns = p->beat_ns + PULSE_NS, .to_ns = now_ns, .of = STALL_RECORDER,
	};

	to->n = 0;
	for (size_t i = 0; i < p->stalls.n; i++)
		vec_push(to, p->stalls.at[i]);
	if (open.to_ns - open.from_ns >= STALL_SHORT_NS)
		vec_push(to, open);
}

void pulse_free(struct pulse *p)
{
	vec_free(&p->stalls);
	vec_free(&p->stolen);
	vec_free(&p->threads);
}
