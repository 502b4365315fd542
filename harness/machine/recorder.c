// SPDX-License-Identifier: GPL-2.0-only
/*
 * recorder.c - bytes that come out of a machine, each with the time it came
 *
 * DOC: Theory of operation
 *
 * One thread waits in ppoll() for four things: the order to stop, a connection
 * to the marks socket, bytes on that connection, and the kernel's word that one
 * of the two files was written (inotify). It reads what is there, takes the time
 * once, right after read() has returned - so a stamp is never earlier than its
 * bytes - and appends bytes and stamp to the line's stream under a lock. It looks at no
 * byte: a reader that thinks stalls the machine, which waits at the marks port
 * while nobody reads.
 *
 * QEMU writes the console one byte at a time. Waking for each would take a
 * processor from the machine that is measured, so after the first bytes of a
 * burst the files rest for FILE_REST_NS: the first byte after a silence is
 * stamped at once, later ones at most that much late. Marks never rest.
 *
 * The process at the other end of the marks' connection is the machine's. Every PULSE_NS
 * the thread looks whether it, and all else that a time rests on, still runs.
 *
 * The thread runs with real-time priority where the host permits it, and the
 * lock inherits priority, so that a caller that copies cannot hold it up for
 * longer than one memcpy().
 */
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/clock.h"
#include "base/path.h"
#include "pulse.h"

#define FILE_REST_NS	(200 * NS_PER_US)
#define TAIL_NS		(500 * NS_PER_US)	/* between looks, on hosts without inotify */
#define READ_BYTES	(64 * 1024)
#define NICE_WITHOUT_FIFO (-10)

struct recorder {
	pthread_t thread;
	bool running;
	pthread_mutex_t lock;		/* streams, pulse, arrivals, fault */
	pthread_cond_t came;
	struct stream streams[RECORDER_LINES];
	struct pulse pulse;
	unsigned long arrivals;		/* chunks so far, all lines */
	unsigned long arrivals_told;	/* of them, those recorder_wait() has returned for */
	int fault;
	/* The thread's own once it runs. */
	int fds[RECORDER_LINES];	/* fds[RECORDER_MARKS] is -1 until QEMU connects */
	int listener;
	int inotify;			/* -1: the host has none, look every TAIL_NS */
	int stop;			/* eventfd */
	int64_t files_due_ns;		/* the files rest until then */
	const char *priority;
	char socket_path[sizeof(((struct sockaddr_un *)NULL)->sun_path)];
	uint8_t buffer[READ_BYTES];
};

/* The buffer's first n bytes came on a line at ns. */
static void keep(struct recorder *r, enum recorder_line line, size_t n, int64_t ns)
{
	LOCKED(&r->lock);

	stream_append(&r->streams[line], r->buffer, n, ns);
	r->arrivals++;
	pthread_cond_signal(&r->came);
}

static void watch_machine(struct recorder *r, pid_t pid)
{
	LOCKED(&r->lock);

	pulse_watch(&r->pulse, pid, clock_now_ns());
}

/* Time until the next beat, which comes now if it is due. */
static int64_t beat(struct recorder *r)
{
	int64_t now = clock_now_ns();
	LOCKED(&r->lock);

	if (now - r->pulse.beat_ns < PULSE_NS)
		return r->pulse.beat_ns + PULSE_NS - now;
	pulse_beat(&r->pulse, now);
	return PULSE_NS;
}

static void note_fault(struct recorder *r, int code)
{
	LOCKED(&r->lock);

	r->fault = r->fault ? r->fault : code;
	r->arrivals++;
	pthread_cond_signal(&r->came);
}

/* One read of one line. Return: true when it gave bytes. */
static bool read_line(struct recorder *r, enum recorder_line line)
{
	ssize_t got;
	int64_t ns;

	if (r->fds[line] < 0)
		return false;
	got = read(r->fds[line], r->buffer, sizeof(r->buffer));
	ns = clock_now_ns();
	if (got > 0) {
		keep(r, line, got, ns);
		return true;
	}
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	/* The end of a file is where QEMU goes on writing; of a connection it is the end. */
	if (got == 0 && line != RECORDER_MARKS)
		return false;
	note_fault(r, got == 0 ? EPIPE : errno);
	if (line == RECORDER_MARKS)
		watch_machine(r, 0);
	close(r->fds[line]);
	r->fds[line] = -1;
	return false;
}

static void read_files(struct recorder *r)
{
	bool any = false;

	while (r->inotify >= 0 && read(r->inotify, r->buffer, sizeof(r->buffer)) > 0)
		;
	any |= read_line(r, RECORDER_CONSOLE);
	any |= read_line(r, RECORDER_DATA);
	r->files_due_ns = 0;
	if (any || r->inotify < 0)
		r->files_due_ns = clock_now_ns() + (any ? FILE_REST_NS : TAIL_NS);
}

static void accept_marks(struct recorder *r)
{
	int fd = accept4(r->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct ucred peer = { 0 };
	socklen_t size = sizeof(peer);

	if (fd < 0) {
		if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
			note_fault(r, errno);
		return;
	}
	r->fds[RECORDER_MARKS] = fd;
	getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
	watch_machine(r, peer.pid);
	/* One machine, one connection: nobody else shall write marks. */
	close(r->listener);
	r->listener = -1;
}

static void take_priority(struct recorder *r)
{
	struct sched_param param = { .sched_priority = sched_get_priority_min(SCHED_FIFO) };
	const char *priority = "ordinary";

	prctl(PR_SET_NAME, "recorder");
	prctl(PR_SET_TIMERSLACK, 1UL);
	if (!pthread_setschedparam(pthread_self(), SCHED_FIFO, &param))
		priority = "SCHED_FIFO";
	else if (!setpriority(PRIO_PROCESS, 0, NICE_WITHOUT_FIFO))
		priority = "nice";
	pthread_mutex_lock(&r->lock);
	r->priority = priority;
	pthread_mutex_unlock(&r->lock);
}

static void *record(void *arg)
{
	enum { STOP, LISTENER, MARKS, FILES, POLLED };
	struct recorder *r = arg;

	take_priority(r);
	for (;;) {
		int64_t sleep = beat(r);
		int64_t rest = r->files_due_ns ? r->files_due_ns - clock_now_ns() : sleep;
		struct timespec wait = clock_timespec(rest < 0 ? 0 : rest < sleep ? rest : sleep);
		struct pollfd polled[POLLED] = {
			[STOP] = { .fd = r->stop, .events = POLLIN },
			[LISTENER] = { .fd = r->listener, .events = POLLIN },
			[MARKS] = { .fd = r->fds[RECORDER_MARKS], .events = POLLIN },
			[FILES] = { .fd = r->files_due_ns ? -1 : r->inotify, .events = POLLIN },
		};

		if (ppoll(polled, POLLED, &wait, NULL) < 0) {
			if (errno == EINTR)
				continue;
			note_fault(r, errno);
			return NULL;
		}
		if (polled[MARKS].revents)
			read_line(r, RECORDER_MARKS);
		if (polled[LISTENER].revents)
			accept_marks(r);
		if (polled[STOP].revents) {
			for (int line = 0; line < RECORDER_LINES; line++)
				while (read_line(r, line))
					;
			return NULL;
		}
		if (polled[FILES].revents || (r->files_due_ns && clock_now_ns() >= r->files_due_ns))
			read_files(r);
	}
}

static int listen_for_marks(struct recorder *r, const char *dir, struct error **err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int n = snprintf(address.sun_path, sizeof(address.sun_path), "%s/marks.sock", dir);

	if (n < 0 || (size_t)n >= sizeof(address.sun_path)) {
		error_set(err, ERROR_HOST, ENAMETOOLONG, "%s/marks.sock: no path for a socket", dir);
		error_hint(err, "sockets take paths of %zu bytes at most; use a shorter folder",
			   sizeof(address.sun_path) - 1);
		return -ENAMETOOLONG;
	}
	r->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (r->listener < 0)
		return error_set(err, ERROR_HOST, errno, "cannot make a UNIX socket");
	unlink(address.sun_path);
	if (bind(r->listener, (struct sockaddr *)&address, sizeof(address)) ||
	    listen(r->listener, 1))
		return error_set(err, ERROR_HOST, errno, "cannot listen on %s", address.sun_path);
	memcpy(r->socket_path, address.sun_path, sizeof(r->socket_path));
	return 0;
}

static int tail_file(struct recorder *r, enum recorder_line line, const char *dir,
		     const char *name, struct error **err)
{
	CLEANUP_FREE char *path = path_below(dir, name);

	r->fds[line] = open(path, O_RDONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (r->fds[line] < 0)
		return error_set(err, ERROR_HOST, errno, "cannot create %s", path);
	if (r->inotify >= 0 && inotify_add_watch(r->inotify, path, IN_MODIFY) < 0) {
		close(r->inotify);
		r->inotify = -1;
	}
	return 0;
}

static int open_lines(struct recorder *r, const char *dir, struct error **err)
{
	int rc;

	r->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (r->stop < 0)
		return error_set(err, ERROR_HOST, errno, "cannot make an eventfd");
	/* Without inotify the files are looked at every TAIL_NS: less exact, no failure. */
	r->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	rc = tail_file(r, RECORDER_CONSOLE, dir, "console.log", err);
	if (!rc)
		rc = tail_file(r, RECORDER_DATA, dir, "data.log", err);
	if (!rc)
		rc = listen_for_marks(r, dir, err);
	if (r->inotify < 0)
		r->files_due_ns = 1;
	return rc;
}

static void init_lock(struct recorder *r)
{
	pthread_mutexattr_t mutex;
	pthread_condattr_t cond;

	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setprotocol(&mutex, PTHREAD_PRIO_INHERIT);
	pthread_mutex_init(&r->lock, &mutex);
	pthread_mutexattr_destroy(&mutex);
	pthread_condattr_init(&cond);
	pthread_condattr_setclock(&cond, CLOCK_MONOTONIC);
	pthread_cond_init(&r->came, &cond);
	pthread_condattr_destroy(&cond);
}

struct recorder *recorder_start(const char *dir, struct error **err)
{
	CLEANUP(cleanup_recorder_free) struct recorder *r = calloc(1, sizeof(*r));
	int rc;

	if (!r)
		abort();
	r->listener = r->inotify = r->stop = -1;
	for (int line = 0; line < RECORDER_LINES; line++)
		r->fds[line] = -1;
	init_lock(r);
	r->pulse.beat_ns = clock_now_ns();
	if (open_lines(r, dir, err))
		return NULL;
	rc = pthread_create(&r->thread, NULL, record, r);
	if (rc) {
		error_set(err, ERROR_HOST, rc, "cannot start the recorder's thread");
		return NULL;
	}
	r->running = true;
	return steal_ptr(&r);
}

bool recorder_wait(struct recorder *r, int timeout_ms)
{
	struct timespec until = clock_timespec(clock_now_ns() + (int64_t)timeout_ms * NS_PER_MS);
	int rc = 0;
	bool came;

	pthread_mutex_lock(&r->lock);
	while (r->arrivals == r->arrivals_told && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&r->came, &r->lock, &until);
	came = r->arrivals != r->arrivals_told;
	r->arrivals_told = r->arrivals;
	pthread_mutex_unlock(&r->lock);
	return came;
}

void recorder_copy(struct recorder *r, enum recorder_line line, struct stream *to)
{
	LOCKED(&r->lock);

	stream_catch_up(to, &r->streams[line]);
}

int64_t recorder_stalls(struct recorder *r, stall_vec *to)
{
	LOCKED(&r->lock);

	pulse_stalls(&r->pulse, clock_now_ns(), to);
	return r->pulse.waited_ns;
}

pid_t recorder_machine(struct recorder *r)
{
	LOCKED(&r->lock);

	return r->pulse.pid;
}

int recorder_fault(struct recorder *r)
{
	LOCKED(&r->lock);

	return r->fault;
}

void recorder_describe(struct recorder *r, char *text, size_t size)
{
	LOCKED(&r->lock);

	snprintf(text, size, "%s priority, %s", r->priority ? r->priority : "unknown",
		 r->inotify >= 0 ? "woken by inotify" : "looking every 0.5 ms");
}

void recorder_stop(struct recorder *r)
{
	uint64_t one = 1;

	if (!r->running)
		return;
	/* An eventfd at 0 takes 1 whatever happens. */
	if (write(r->stop, &one, sizeof(one)) != sizeof(one))
		abort();
	pthread_join(r->thread, NULL);
	r->running = false;
}

void recorder_free(struct recorder *r)
{
	if (!r)
		return;
	recorder_stop(r);
	for (int line = 0; line < RECORDER_LINES; line++) {
		cleanup_closep(&r->fds[line]);
		stream_free(&r->streams[line]);
	}
	pulse_free(&r->pulse);
	cleanup_closep(&r->listener);
	cleanup_closep(&r->inotify);
	cleanup_closep(&r->stop);
	if (r->socket_path[0])
		unlink(r->socket_path);
	pthread_cond_destroy(&r->came);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
