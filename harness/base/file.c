// SPDX-License-Identifier: GPL-2.0-only
/*
 * file.c - files: read, copied, and written so that readers see them whole or not at all
 *
 * A stream of stdio only remembers that a write failed, not why; by the time it is
 * closed errno may be another's. So an output file is a stream whose bytes pass
 * through write_out(), which keeps the reason.
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "path.h"

#define STEP_BYTES	65536

static int cannot_read(const char *path, struct error **err)
{
	return error_set(err, ERROR_HOST, errno, "cannot read %s", path);
}

/* Opens a regular file. To open anything else may block, or its bytes may never end. */
static int open_regular(const char *path, struct error **err)
{
	CLEANUP_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0 || fstat(fd, &st))
		return cannot_read(path, err);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERROR_HOST, EINVAL, "%s: not a regular file", path);
	return steal_fd(&fd);
}

char *file_read(const char *path, size_t most, size_t *n, struct error **err)
{
	CLEANUP_CLOSE int fd = open_regular(path, err);
	CLEANUP_FREE char *bytes = NULL;
	size_t room = 0, have = 0;
	ssize_t got;

	*n = 0;
	if (fd < 0)
		return NULL;
	do {
		if (room - have < STEP_BYTES) {
			room = 2 * room + STEP_BYTES;
			bytes = realloc(bytes, room + 1);
			if (!bytes)
				abort();
		}
		got = read(fd, bytes + have, room - have);
		have += got > 0 ? got : 0;
	} while (got > 0 && have <= most);
	if (got < 0) {
		cannot_read(path, err);
		return NULL;
	}
	if (have > most) {
		error_set(err, ERROR_HOST, EFBIG, "%s: longer than %zu bytes", path, most);
		return NULL;
	}
	bytes[have] = '\0';
	*n = have;
	return steal_ptr(&bytes);
}

char *file_first_line(const char *path)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	CLEANUP_FREE char *line = NULL;
	size_t room = 0;

	if (!f || getline(&line, &room, f) < 0)
		return NULL;
	line[strcspn(line, "\n")] = '\0';
	return steal_ptr(&line);
}

int file_append(FILE *to, const char *path, struct error **err)
{
	CLEANUP_CLOSE int fd = open_regular(path, err);
	char bytes[STEP_BYTES];
	ssize_t n;

	if (fd < 0)
		return fd;
	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		fwrite(bytes, 1, n, to);
	return n < 0 ? cannot_read(path, err) : 0;
}

int file_copy(const char *from, const char *to, const char *name, struct error **err)
{
	CLEANUP_FREE char *source = path_below(from, name), *copy = path_below(to, name);
	struct output_file o;
	int rc = output_file_open(&o, copy, err);

	if (rc)
		return rc;
	rc = file_append(o.f, source, err);
	if (!rc)
		return output_file_close(&o, err);
	output_file_drop(&o);
	return rc;
}

int file_write(const char *path, const char *text, struct error **err)
{
	struct output_file o;
	int rc = output_file_open(&o, path, err);

	if (rc)
		return rc;
	fputs(text, o.f);
	return output_file_close(&o, err);
}

static ssize_t write_out(void *to, const char *bytes, size_t n)
{
	struct output_file *o = to;

	for (size_t done = 0; !o->code && done < n;) {
		ssize_t got = write(o->fd, bytes + done, n - done);

		if (got < 0)
			o->code = errno;
		else
			done += got;
	}
	/* 0 is how a stream of fopencookie() learns of an error. */
	return o->code ? 0 : (ssize_t)n;
}

static int close_out(void *to)
{
	struct output_file *o = to;

	if (close(o->fd) && !o->code)
		o->code = errno;
	return 0;
}

static void forget(struct output_file *o)
{
	free(o->path);
	free(o->place);
	free(o->beside);
	memset(o, 0, sizeof(*o));
}

static int cannot_write(const struct output_file *o, struct error **err)
{
	return error_set(err, ERROR_HOST, o->code, "cannot write %s", o->path);
}

/* Makes the stream of o->fd; -1 there is an open() that failed. */
static int start(struct output_file *o, struct error **err)
{
	const cookie_io_functions_t functions = { .write = write_out, .close = close_out };
	int rc;

	if (o->fd >= 0) {
		o->f = fopencookie(o, "w", functions);
		if (!o->f)
			abort();
		return 0;
	}
	o->code = errno;
	rc = cannot_write(o, err);
	forget(o);
	return rc;
}

/*
 * The regular file that a path leads to or that will be there, to be freed. NULL: a
 * rename would destroy what is there (a device, a pipe, a link to a file yet to come).
 */
static char *place_of(const char *path)
{
	CLEANUP_FREE char *real = realpath(path, NULL);
	struct stat st;

	if (real)
		return stat(real, &st) || S_ISREG(st.st_mode) ? steal_ptr(&real) : NULL;
	return lstat(path, &st) ? strdup(path) : NULL;
}

int output_file_open(struct output_file *o, const char *path, struct error **err)
{
	CLEANUP_FREE char *place = place_of(path);

	if (!place)
		return output_file_open_live(o, path, err);
	*o = (struct output_file){ .path = strdup(path), .place = steal_ptr(&place) };
	/* Another writer of the same file has a name of its own. */
	for (unsigned int i = 0; !o->beside || (o->fd < 0 && errno == EEXIST); i++) {
		free(o->beside);
		if (!o->path || asprintf(&o->beside, "%s.new%u", o->place, i) < 0)
			abort();
		o->fd = open(o->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	}
	return start(o, err);
}

int output_file_open_live(struct output_file *o, const char *path, struct error **err)
{
	*o = (struct output_file){ .path = strdup(path) };
	if (!o->path)
		abort();
	o->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	return start(o, err);
}

int output_file_flush(struct output_file *o, struct error **err)
{
	fflush(o->f);
	return o->code ? cannot_write(o, err) : 0;
}

int output_file_close(struct output_file *o, struct error **err)
{
	int rc = 0;

	fclose(o->f);
	if (!o->code && o->beside && rename(o->beside, o->place))
		o->code = errno;
	if (o->code) {
		if (o->beside)
			unlink(o->beside);
		rc = cannot_write(o, err);
	}
	forget(o);
	return rc;
}

void output_file_drop(struct output_file *o)
{
	if (!o->f)
		return;
	fclose(o->f);
	if (o->beside)
		unlink(o->beside);
	forget(o);
}
