// SPDX-License-Identifier: GPL-2.0-only
/*
 * subprocess.c - run another program to its end, without a shell
 *
 * Both outputs are kept in memory unless a file is named: the programs used (qemu-img, git,
 * gcc --version) say little. Only the child that was started is waited for; libvirt
 * waits for children of its own in the same process.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "subprocess.h"
#include "vec.h"

extern char **environ;

typedef VEC(char) text_vec;

/* What a program says beyond this is dropped, so that a mad one cannot eat the memory. */
#define OUTPUT_LIMIT (1024 * 1024)

/* Reads what is there. Return: false at the end of the file or on failure. */
static bool take(int fd, text_vec *to)
{
	char buf[4096];
	ssize_t n = read(fd, buf, sizeof(buf));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	for (ssize_t i = 0; i < n && to->n < OUTPUT_LIMIT; i++)
		vec_push(to, buf[i]);
	return n > 0;
}

/* What came since the text had n bytes is shown to the user too. */
static void pass_on(const text_vec *text, size_t n)
{
	fwrite(text->at + n, 1, text->n - n, stderr);
	fflush(stderr);
}

static void collect(int out, int errors, text_vec *out_text, text_vec *error_text, bool show)
{
	struct pollfd fds[2] = {
		{ .fd = out, .events = POLLIN },
		{ .fd = errors, .events = POLLIN },
	};

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		size_t n;

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return;
		if (fds[0].revents && !take(out, out_text))
			fds[0].fd = -1;
		n = error_text->n;
		if (fds[1].revents && !take(errors, error_text))
			fds[1].fd = -1;
		if (show && error_text->n > n)
			pass_on(error_text, n);
	}
}

static int start(const char *const argv[], int in, int out, int errors, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t to_default;
	int rc;

	/* One that is ignored here would be ignored there: a pipeline's `head` would not end it. */
	sigemptyset(&to_default);
	sigaddset(&to_default, SIGPIPE);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &to_default);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_adddup2(&actions, errors, 2);
	rc = posix_spawnp(pid, argv[0], &actions, &attributes, (char *const *)argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

/* The last line that is not empty, cut out of the text itself. */
static const char *last_line(text_vec *text)
{
	char *begin;

	while (text->n && strchr("\n\r\t ", text->at[text->n - 1]))
		text->n--;
	vec_push(text, '\0');
	begin = strrchr(text->at, '\n');
	return begin ? begin + 1 : text->at;
}

static int judge_exit(const char *program, int status, text_vec *errors, struct error **err)
{
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	if (WIFSIGNALED(status))
		return error_set(err, ERROR_INSTRUMENT, 0, "%s was ended by signal %d", program,
				 WTERMSIG(status));
	return error_set(err, ERROR_INSTRUMENT, 0, "%s ended with status %d: %s", program,
			 WEXITSTATUS(status), last_line(errors));
}

/* A file without a name that holds the text, read from its beginning. Return: or -1. */
static int open_text(const char *text)
{
	CLEANUP_CLOSE int fd = memfd_create("input", MFD_CLOEXEC);
	size_t left = strlen(text);

	while (fd >= 0 && left) {
		ssize_t n = write(fd, text, left);

		if (n < 0)
			return -1;
		text += n;
		left -= (size_t)n;
	}
	return fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? steal_fd(&fd) : -1;
}

/* to: where standard output goes; -1: into *output. */
static int run_with(const char *const argv[], int in, int to, char **output, bool show,
		    struct error **err)
{
	text_vec out_text = { 0 }, error_text = { 0 };
	int out[2] = { -1, -1 }, errors[2] = { -1, -1 }, status = 0, rc;
	pid_t pid;

	/* posix_spawnp() may leave it to the child to find out, whose status says little. */
	if (!strchr(argv[0], '/') && !subprocess_found(argv[0]))
		return error_set(err, ERROR_HOST, ENOENT, "cannot run %s", argv[0]);
	if ((to < 0 && pipe2(out, O_CLOEXEC)) || pipe2(errors, O_CLOEXEC)) {
		rc = error_set(err, ERROR_INSTRUMENT, errno, "cannot make a pipe");
		cleanup_closep(&out[0]);
		cleanup_closep(&out[1]);
		return rc;
	}
	rc = start(argv, in, to < 0 ? out[1] : to, errors[1], &pid);
	cleanup_closep(&out[1]);
	close(errors[1]);
	if (rc) {
		rc = error_set(err, ERROR_HOST, rc, "cannot run %s", argv[0]);
	} else {
		collect(out[0], errors[0], &out_text, &error_text, show);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		rc = judge_exit(argv[0], status, &error_text, err);
	}
	cleanup_closep(&out[0]);
	close(errors[0]);
	vec_push(&out_text, '\0');
	if (!rc && output)
		*output = steal_ptr(&out_text.at);
	free(out_text.at);
	vec_free(&error_text);
	return rc;
}

static int run_on_nothing(const char *const argv[], int to, char **output, bool show,
			  struct error **err)
{
	CLEANUP_CLOSE int in = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (in < 0)
		return error_set(err, ERROR_HOST, errno, "/dev/null");
	return run_with(argv, in, to, output, show, err);
}

int subprocess_run(const char *const argv[], char **output, struct error **err)
{
	return run_on_nothing(argv, -1, output, false, err);
}

int subprocess_show(const char *const argv[], struct error **err)
{
	return run_on_nothing(argv, -1, NULL, true, err);
}

int subprocess_write(const char *const argv[], const char *path, struct error **err)
{
	CLEANUP_CLOSE int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (to < 0)
		return error_set(err, ERROR_HOST, errno, "cannot create %s", path);
	return run_on_nothing(argv, to, NULL, false, err);
}

int subprocess_feed(const char *const argv[], const char *input, char **output,
		    struct error **err)
{
	/* In memory rather than through a pipe: a program that reads nothing blocks nobody. */
	CLEANUP_CLOSE int in = open_text(input);

	if (in < 0)
		return error_set(err, ERROR_INSTRUMENT, errno, "cannot keep the input of %s",
				 argv[0]);
	return run_with(argv, in, -1, output, false, err);
}

char *subprocess_path(const char *program)
{
	CLEANUP_FREE char *path = strdup(getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
	char *save = NULL;

	if (!path)
		abort();
	for (char *dir = strtok_r(path, ":", &save); dir; dir = strtok_r(NULL, ":", &save)) {
		CLEANUP_FREE char *file = NULL;

		if (asprintf(&file, "%s/%s", dir, program) >= 0 && !access(file, X_OK))
			return steal_ptr(&file);
	}
	return NULL;
}

bool subprocess_found(const char *program)
{
	CLEANUP_FREE char *path = subprocess_path(program);

	return path;
}
