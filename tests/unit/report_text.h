/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report_text.h - a report as text, and what must stand in it
 *
 * UPDATE_GOLDEN=1 writes expected texts anew; read the difference before committing it.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/sections.h"
#include "report_samples.h"

#define CONSOLES "tests/data/consoles"

/* The report of these samples; frees them. To be freed. */
static inline char *report_of(sample_vec *samples, const struct run_row *run)
{
	struct report *model = report_model(run, samples);
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	report_markdown(f, model, CONSOLES);
	fclose(f);
	report_model_free(model);
	vec_free(samples);
	return text;
}

static inline void assert_says(const char *text, const char *sentence)
{
	if (!strstr(text, sentence))
		fail_msg("\"%s\" is not in:\n%s", sentence, text);
}

/* The same, wherever the lines of a paragraph are broken. */
static inline void assert_reads(const char *text, const char *sentence)
{
	CLEANUP_FREE char *joined = strdup(text);
	char *c;

	for (c = joined; *c; c++)
		if (*c == '\n')
			*c = ' ';
	assert_says(joined, sentence);
}

static inline void assert_silent(const char *text, const char *sentence)
{
	if (strstr(text, sentence))
		fail_msg("\"%s\" is in:\n%s", sentence, text);
}

static inline char *whole_file(const char *path)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t room = 0;

	if (!f || getdelim(&text, &room, '\0', f) < 0)
		fail_msg("%s: %s", path, strerror(errno));
	return text;
}

/* The text, which is freed, is that of the file. */
static inline void assert_golden(const char *path, char *is)
{
	CLEANUP_FREE char *should_be = NULL;

	if (getenv("UPDATE_GOLDEN")) {
		FILE *f = fopen(path, "we");

		assert_non_null(f);
		fputs(is, f);
		assert_int_equal(fclose(f), 0);
	}
	should_be = whole_file(path);
	assert_string_equal(is, should_be);
	free(is);
}

#endif /* REPORT_TEXT_H */
