// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_export.c - samples exported, and what was written read again
 *
 * Input: numbers and texts of one sample, in the order of sample_of(). What a machine says, or
 * another run's database, can be any text.
 *
 * Reads: store/export.c base/json.c
 */
#include <assert.h>
#include <stdio.h>

#include "base/json.h"
#include "input.h"
#include "store/export.h"

static void take_text(char *to, size_t size, struct input *in)
{
	struct input text = input_part(in, input_byte(in) % size);

	if (text.n)
		memcpy(to, text.at, text.n);
}

static struct sample sample_of(struct input *in)
{
	struct sample s = { 0 };

	s.warmup = input_byte(in) & 1;
	s.judgement.verdict = input_byte(in) % VERDICTS;
	s.judgement.proved = input_byte(in) & 1;
	s.log_state = input_byte(in) % (PRESERVED_LOG_DAMAGED + 1);
	s.whole = input_byte(in) % (WHOLE_NO + 1);
	s.witness = input_byte(in) % PROOF_WORDS;
	s.doubts = (uint64_t)input_number(in) << 16 | input_number(in);
	s.differences = input_number(in);
	for (enum phase p = 0; p < PHASES; p++) {
		s.phases.at[p].state = input_byte(in) % (PHASE_UNKNOWN + 1);
		s.phases.at[p].ns = input_number(in);
		s.phases.at[p].instructions = (int64_t)input_byte(in) - 1;
	}
	s.latency_ns = (int64_t)input_number(in) - 1;
	s.cpus = (int)input_byte(in);
	take_text(s.kernel, sizeof(s.kernel), in);
	take_text(s.variant, sizeof(s.variant), in);
	take_text(s.hints, sizeof(s.hints), in);
	take_text(s.build, sizeof(s.build), in);
	take_text(s.firmware, sizeof(s.firmware), in);
	return s;
}

static char *exported(const struct sample *s, enum export_format format)
{
	CLEANUP_ERROR struct error *err = NULL;
	char *text = NULL;
	size_t n;
	FILE *f = open_memstream(&text, &n);

	assert(f && !export_samples(s, 1, format, f, "memory", &err));
	fclose(f);
	return text;
}

/* How many fields a row has, by RFC 4180; *row becomes the next one. */
static int fields_of(const char **row)
{
	bool quoted = false;
	int n = 1;

	for (; **row; ++*row) {
		quoted ^= **row == '"';
		n += !quoted && **row == ',';
		if (!quoted && !strncmp(*row, "\r\n", 2)) {
			*row += 2;
			return n;
		}
	}
	return -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct sample s = sample_of(&in);
	CLEANUP_FREE char *line = exported(&s, EXPORT_JSONL), *csv = exported(&s, EXPORT_CSV);
	CLEANUP_JSON json_t *read = json_loads(line, 0, NULL);
	const char *row = csv;
	int columns = fields_of(&row);

	assert(strchr(line, '\n') == line + strlen(line) - 1);
	assert(json_int_at(read, "schema") == SAMPLE_SCHEMA);
	assert(json_is_string(json_object_get(read, "kernel")));
	assert(fields_of(&row) == columns && !*row);
	return 0;
}
