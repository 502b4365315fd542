// SPDX-License-Identifier: GPL-2.0-only
/*
 * calibration.c - how exact the stamps of marks and console are on this host, now
 */
#include "calibration_private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/clock.h"
#include "recorder.h"

/*
 * Messages come this far apart, so that each finds the recorder asleep and none
 * falls into step with the others.
 */
#define GAP_MIN_NS	(600 * NS_PER_US)
#define GAP_SPREAD_NS	(800 * NS_PER_US)

static int connect_marks(const char *dir, struct error **err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	CLEANUP_CLOSE int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return error_set(err, ERROR_HOST, errno, "cannot make a UNIX socket");
	/* The recorder listens there, so the path fits. */
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/marks.sock", dir);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		return error_set(err, ERROR_INSTRUMENT, errno, "cannot connect to %s",
				 address.sun_path);
	return steal_fd(&fd);
}

static int open_console(const char *dir, struct error **err)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/console.log", dir);
	fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
	if (fd < 0)
		return error_set(err, ERROR_INSTRUMENT, errno, "cannot open %s", path);
	return fd;
}

static int send_stamp(int fd, struct error **err)
{
	int64_t ns = clock_now_ns();

	if (write(fd, &ns, sizeof(ns)) != sizeof(ns))
		return error_set(err, ERROR_INSTRUMENT, errno, "cannot write to the recorder");
	return 0;
}

static int send_all(const char *dir, int messages, struct error **err)
{
	CLEANUP_CLOSE int marks = connect_marks(dir, err);
	CLEANUP_CLOSE int console = -1;
	unsigned int random = 1;
	int rc;

	if (marks < 0)
		return marks;
	console = open_console(dir, err);
	if (console < 0)
		return console;
	for (int i = 0; i < 2 * messages; i++) {
		random = random * 1103515245u + 12345u;
		clock_sleep_until(clock_now_ns() + GAP_MIN_NS + (random >> 8) % GAP_SPREAD_NS);
		rc = send_stamp(i % 2 ? marks : console, err);
		if (rc)
			return rc;
	}
	return 0;
}

static int evaluate(struct recorder *r, enum recorder_line line, int messages, struct lateness *to,
		    struct error **err)
{
	size_t n = messages, size = sizeof(int64_t);
	CLEANUP(stream_free) struct stream s = { 0 };
	CLEANUP_FREE int64_t *late = NULL;

	recorder_copy(r, line, &s);
	if (s.bytes.n != n * size)
		return error_set(err, ERROR_INSTRUMENT, 0,
				 "the recorder kept %zu of %zu bytes", s.bytes.n, n * size);
	late = calloc(n, size);
	if (!late)
		abort();
	for (size_t i = 0; i < n; i++) {
		int64_t sent;

		memcpy(&sent, s.bytes.at + i * size, size);
		late[i] = stream_time(&s, i * size) - sent;
		if (late[i] < 0 || late[i] > INT64_C(60) * NS_PER_S)
			return error_set(err, ERROR_INSTRUMENT, 0,
					 "the recorder changed bytes or stamped them too early");
	}
	*to = lateness_of(late, n);
	return 0;
}

static void remove_files(const char *dir)
{
	static const char *const names[] = { "console.log", "data.log" };
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
}

int calibration_run(const char *dir, int messages, struct calibration *c, struct error **err)
{
	CLEANUP(cleanup_recorder_free) struct recorder *r = recorder_start(dir, err);
	int rc;

	*c = (struct calibration){ .messages = messages, .reset = { -1, -1, -1 } };
	if (!r)
		return error_wrap(err, "calibrating the recorder");
	rc = send_all(dir, messages, err);
	recorder_describe(r, c->recorder, sizeof(c->recorder));
	recorder_stop(r);
	if (!rc)
		rc = evaluate(r, RECORDER_CONSOLE, messages, &c->console, err);
	if (!rc)
		rc = evaluate(r, RECORDER_MARKS, messages, &c->marks, err);
	remove_files(dir);
	return rc ? error_wrap(err, "calibrating the recorder") : 0;
}
