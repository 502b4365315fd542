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

int trial_nonce(const char *command_line, char *to, size_t size)
{
	const char *at = command_line, *dot;
	size_t length;

	while ((at = strstr(at, NONCE_PARAMETER))) {
		if (at == command_line || at[-1] == ' ')
			break;
		at++;
	}
	if (!at) {
		snprintf(to, size, NO_NONCE);
		return 0;
	}
	at += strlen(NONCE_PARAMETER);
	length = strcspn(at, " \n");
	snprintf(to, size, "%.*s", (int)length, at);
	dot = strrchr(to, '.');
	return dot ? number(dot + 1) > 0 ? number(dot + 1) : 0 : 0;
}

int trial_command_line(char *to, const char *base, const char *nonce, int k)
{
	size_t used = 0;

	while (*base) {
		size_t word = strcspn(base, " \n");
		bool skip = !word || !strncmp(base, NONCE_PARAMETER, strlen(NONCE_PARAMETER)) ||
			    !strncmp(base, "BOOT_IMAGE=", strlen("BOOT_IMAGE="));

		if (!skip) {
			if (used + word + 1 >= COMMAND_LINE_BYTES)
				return -E2BIG;
			memcpy(to + used, base, word);
			used += word;
			to[used++] = ' ';
		}
		base += word;
		base += strspn(base, " \n");
	}
	if ((size_t)snprintf(to + used, COMMAND_LINE_BYTES - used, NONCE_PARAMETER NONCE_FORMAT,
			     nonce, k) >= COMMAND_LINE_BYTES - used)
		return -E2BIG;
	return 0;
}
