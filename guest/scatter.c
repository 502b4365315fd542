// SPDX-License-Identifier: GPL-2.0-only
/*
 * scatter.c - the command that runs another one in memory full of holes of one page
 *
 * Usage: scatter COMMAND [ARGUMENT...]. All memory but a rest is taken, page by
 * page, and every second page given back: pages that are neighbours in the
 * process mostly are in the machine, so that hardly two free ones are. The
 * status is that of the command.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096ul
/* Below this the kernel begins to reclaim, and then to kill. */
#define REST (6ul << 20)

static void give_up(const char *what)
{
	int error = errno;

	perror(what);
	exit(error);
}

static unsigned long free_bytes(void)
{
	struct sysinfo info;

	if (sysinfo(&info))
		give_up("sysinfo");
	return info.freeram * info.mem_unit;
}

/* Takes memory until little is left; returns how much. */
static size_t take(char *memory, size_t limit)
{
	size_t taken = 0;

	for (; taken < limit && (taken % (1 << 20) || free_bytes() > REST); taken += PAGE)
		memory[taken] = 1;
	return taken;
}

static void give_every_second_back(char *memory, size_t taken)
{
	for (size_t at = 0; at < taken; at += 2 * PAGE)
		if (madvise(memory + at, PAGE, MADV_DONTNEED))
			give_up("madvise");
}

int main(int argc, char **argv)
{
	size_t limit = free_bytes(), taken;
	char *memory;
	int status;
	pid_t pid;

	if (argc < 2) {
		fprintf(stderr, "usage: scatter COMMAND [ARGUMENT...]\n");
		return EINVAL;
	}
	memory = mmap(NULL, limit, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		give_up("mmap");
	taken = take(memory, limit);
	give_every_second_back(memory, taken);

	/* Not a copy of all of the above, which would be written to a moment later. */
	pid = vfork();
	if (!pid) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		give_up(argv[1]);
	printf("scatter: %zu KiB taken, half of them free again; status %d\n", taken >> 10,
	       WEXITSTATUS(status));
	return WEXITSTATUS(status);
}
