// SPDX-License-Identifier: GPL-2.0-only
/*
 * replay.c - run one fuzzer over the files of its corpus, as TAP
 *
 * usage: fuzz_NAME [FILE...]	(default: tests/fuzz/corpus/NAME/)
 *
 * An input that crashes ends the program, and so does one that takes too long: then the
 * line "ok" of that file is missing.
 */
#include <dirent.h>
#include <stdio.h>

#include "base/file.h"
#include "base/text.h"
#include "input.h"

/* What takes milliseconds takes so long under valgrind on a busy host at most. */
#define LIMIT_S 60

static int replay(int number, const char *path)
{
	CLEANUP_ERROR struct error *err = NULL;
	size_t n;
	CLEANUP_FREE char *bytes = file_read(path, FILE_ANY_LENGTH, &n, &err);
	CLEANUP_FREE char *exact = NULL;

	if (!bytes) {
		printf("not ok %d - %s cannot be read\n", number, path);
		return 1;
	}
	exact = input_copy((struct input){ (const uint8_t *)bytes, n }, false);
	fprintf(stderr, "# %s\n", path);
	alarm(LIMIT_S);
	LLVMFuzzerTestOneInput((const uint8_t *)exact, n);
	alarm(0);
	printf("ok %d - %s\n", number, path);
	return 0;
}

static int is_input(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static int replay_folder(const char *name)
{
	CLEANUP_FREE char *folder = text_format("tests/fuzz/corpus/%s", name);
	CLEANUP_FREE struct dirent **inputs = NULL;
	int n = scandir(folder, &inputs, is_input, alphasort), failed = 0;

	if (n <= 0) {
		printf("Bail out! %s has no input\n", folder);
		return 1;
	}
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		CLEANUP_FREE struct dirent *e = inputs[i];
		CLEANUP_FREE char *path = text_format("%s/%s", folder, e->d_name);

		failed |= replay(i + 1, path);
	}
	return failed;
}

int main(int argc, char **argv)
{
	const char *own = strrchr(argv[0], '/');
	int failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc < 2)
		return replay_folder((own ? own + 1 : argv[0]) + strlen("fuzz_"));
	for (int i = 1; i < argc; i++)
		failed |= replay(i, argv[i]);
	printf("1..%d\n", argc - 1);
	return failed;
}
