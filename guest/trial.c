// SPDX-License-Identifier: GPL-2.0-only
/*
 * trial.c - what the host asks of this machine
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_size.h"
#include "file.h"
#include "say.h"
#include "trial.h"

#define FW_CFG "/sys/firmware/qemu_fw_cfg/by_name/"

/* A number from 0 to 1000000, or -1. */
static int number(const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	return *text && !*end && value >= 0 && value <= 1000000 ? (int)value : -1;
}

/* The numbers of TRIAL_DISKS; false when one is none, or there are too many. */
static bool take_disks(struct trial *t, const char *value)
{
	char *end;

	while (*value) {
		long disk = strtol(value, &end, 10);

		if (end == value || disk < 0 || disk > TRIAL_DISKS_MOST ||
		    t->disks_count == TRIAL_DISKS_MOST)
			return false;
		t->disks[t->disks_count++] = (int)disk;
		value = end + strspn(end, " ");
	}
	return true;
}

/* Takes one value; false when it does not fit or is no number. */
static bool take(struct trial *t, const char *key, const char *value)
{
	const struct {
		const char *key;
		char *text;
		size_t size;
		int *number;
	} keys[] = {
		{ TRIAL_NONCE, t->nonce, sizeof(t->nonce), NULL },
		{ TRIAL_REBOOTS, NULL, 0, &t->reboots },
		{ TRIAL_SETTLE_MS, NULL, 0, &t->settle_ms },
		{ TRIAL_IMAGE, t->image, sizeof(t->image), NULL },
		{ TRIAL_OPTIONS, t->options, sizeof(t->options), NULL },
		{ TRIAL_PREVIOUS_LOG, t->previous_log, sizeof(t->previous_log), NULL },
		{ TRIAL_COMMAND_LINE, t->command_line, sizeof(t->command_line), NULL },
	};

	if (!strcmp(key, TRIAL_DISKS))
		return take_disks(t, value);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (strcmp(key, keys[i].key))
			continue;
		if (keys[i].number) {
			*keys[i].number = number(value);
			return *keys[i].number >= 0;
		}
		return (size_t)snprintf(keys[i].text, keys[i].size, "%s", value) < keys[i].size;
	}
	return false;
}

const char *trial_parse(struct trial *t, char *text)
{
	char *save = NULL;

	memset(t, 0, sizeof(*t));
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *equals = strchr(line, '=');

		if (!equals)
			return line;
		*equals = '\0';
		if (!take(t, line, equals + 1))
			return line;
	}
	return *t->nonce ? NULL : TRIAL_NONCE;
}

int trial_read(struct trial *t)
{
	char *text = file_read(FW_CFG TRIAL_FILE "/raw", NULL);
	const char *wrong;
	int ret = 0;

	if (!text)
		return -ENOENT;
	wrong = trial_parse(t, text);
	if (!wrong) {
		t->before = file_read(FW_CFG TRIAL_FILE_BEFORE "/raw", NULL);
		t->request = file_read(FW_CFG TRIAL_FILE_REQUEST "/raw", NULL);
		if (!t->request)
			wrong = TRIAL_FILE_REQUEST;
	}
	if (wrong) {
		say("the host's trial cannot be used: %s: missing, unknown or out of range", wrong);
		ret = -EINVAL;
	}
	free(text);
	return ret;
}

/* Part the words of a command line, as the kernel has it, unless they are in double quotes. */
#define BLANKS " \t\n"

/* Length of the word at the start of a text; *is_open says whether a quote in it has no end. */
static size_t word_length(const char *text, bool *is_open)
{
	size_t n = 0;

	for (*is_open = false; text[n] && (*is_open || !strchr(BLANKS, text[n])); n++)
		if (text[n] == '"')
			*is_open = !*is_open;
	return n;
}

static bool begins(const char *word, const char *with)
{
	return !strncmp(word, with, strlen(with));
}

/* What stands behind a parameter of a command line; NULL when it does not have it. */
static const char *value_of(const char *command_line, const char *parameter)
{
	bool is_open;

	for (const char *word = command_line; *(word += strspn(word, BLANKS));
	     word += word_length(word, &is_open))
		if (begins(word, parameter))
			return word + strlen(parameter);
	return NULL;
}

int trial_nonce(const char *command_line, char *to, size_t size)
{
	const char *at = value_of(command_line, NONCE_PARAMETER), *dot;
	size_t length;

	if (!at) {
		snprintf(to, size, NO_NONCE);
		return 0;
	}
	length = strcspn(at, BLANKS);
	snprintf(to, size, "%.*s", (int)length, at);
	dot = strrchr(to, '.');
	return dot ? number(dot + 1) > 0 ? number(dot + 1) : 0 : 0;
}

int trial_disk(const char *command_line)
{
	const char *value = value_of(command_line, DISK_PARAMETER);
	long disk = value ? strtol(value, NULL, 10) : 0;

	return disk > 0 && disk <= TRIAL_DISKS_MOST ? (int)disk : 0;
}

int trial_next_disk(const struct trial *t, int k)
{
	return t->disks_count ? t->disks[(k - 1) % t->disks_count] : 0;
}

/* Those that are set anew for each kernel. */
static bool is_own(const char *word)
{
	return begins(word, NONCE_PARAMETER) || begins(word, DISK_PARAMETER) ||
	       begins(word, "BOOT_IMAGE=");
}

int trial_command_line(char *to, const char *base, const char *nonce, int k, int disk)
{
	char disk_word[sizeof(DISK_PARAMETER) + 12] = "";
	size_t used = 0;

	if (disk)
		snprintf(disk_word, sizeof(disk_word), " " DISK_PARAMETER "%d", disk);

	while (*(base += strspn(base, BLANKS))) {
		bool is_open;
		size_t word = word_length(base, &is_open);

		if (is_open)
			return -EINVAL;
		if (!is_own(base)) {
			if (used + word + 1 >= COMMAND_LINE_BYTES)
				return -E2BIG;
			memcpy(to + used, base, word);
			used += word;
			to[used++] = ' ';
		}
		base += word;
	}
	if ((size_t)snprintf(to + used, COMMAND_LINE_BYTES - used,
			     NONCE_PARAMETER NONCE_FORMAT "%s", nonce, k, disk_word) >=
	    COMMAND_LINE_BYTES - used)
		return -E2BIG;
	return 0;
}
