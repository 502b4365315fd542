// SPDX-License-Identifier: GPL-2.0-only
/*
 * export.c - samples as lines for other programs
 *
 * The keys and their order are an interface (results/README.md); SAMPLE_SCHEMA
 * is its version.
 */
#include "export.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "reboot/doubt.h"

static json_t *json_time(int64_t ns)
{
	return ns < 0 ? json_null() : json_integer(ns);
}

static json_t *json_phases(const struct phases *phases)
{
	json_t *object = json_object();

	for (enum phase p = 0; p < PHASES; p++) {
		const struct phase_time *t = &phases->at[p];

		if (t->state == PHASE_SEEN)
			json_object_set_new(object, phase_name(p), json_integer(t->ns));
		else if (t->state == PHASE_UNKNOWN)
			json_object_set_new(object, phase_name(p), json_null());
	}
	return object;
}

/* Only the virtual clock counts them. */
static json_t *json_instructions(const struct phases *phases)
{
	json_t *object = json_object();

	for (enum phase p = 0; p < PHASES; p++) {
		const struct phase_time *t = &phases->at[p];

		if (t->state == PHASE_SEEN && t->instructions >= 0)
			json_object_set_new(object, phase_name(p), json_integer(t->instructions));
	}
	return object;
}

static json_t *json_doubts(uint64_t doubts)
{
	json_t *array = json_array();

	for (enum doubt d = 0; d < DOUBTS; d++) {
		if (doubts & DOUBT_BIT(d))
			json_array_append_new(array, json_string(doubt_name(d)));
	}
	return array;
}

static json_t *json_differences(uint64_t differences)
{
	json_t *array = json_array();

	for (enum difference d = 0; d < DIFFERENCES; d++) {
		if (differences & DIFFERENCE_BIT(d))
			json_array_append_new(array, json_string(difference_name(d)));
	}
	return array;
}

/* Names parted by blanks. */
static json_t *json_names(const char *names)
{
	json_t *array = json_array();

	for (size_t n; *names; names += n) {
		names += strspn(names, " ");
		n = strcspn(names, " ");
		if (n)
			json_array_append_new(array, json_stringn(names, n));
	}
	return array;
}

static json_t *json_whole(enum whole whole)
{
	return whole == WHOLE_UNKNOWN ? json_null() : json_boolean(whole == WHOLE_YES);
}

/* What a lobosbench kept before it knew of machines is null. */
static void add_machine(json_t *o, const struct sample *s)
{
	json_object_set_new(o, "hints", json_names(s->hints));
	json_object_set_new(o, "firmware", *s->firmware ? json_text(s->firmware) : json_null());
	json_object_set_new(o, "chipset", *s->chipset ? json_text(s->chipset) : json_null());
	json_object_set_new(o, "cpus", s->cpus ? json_integer(s->cpus) : json_null());
	json_object_set_new(o, "memory_mib",
			    s->memory_mib ? json_integer(s->memory_mib) : json_null());
	json_object_set_new(o, "whole", json_whole(s->whole));
	json_object_set_new(o, "differences", json_differences(s->differences));
	json_object_set_new(o, "chain", json_integer(s->chain));
	json_object_set_new(o, "witness", json_text(proof_word(s->witness)));
	json_object_set_new(o, "build", *s->build ? json_text(s->build) : json_null());
	json_object_set_new(o, "memory_kib",
			    s->memory_kib ? json_integer(s->memory_kib) : json_null());
	json_object_set_new(o, "cpu_model", *s->cpu_model ? json_text(s->cpu_model) : json_null());
}

static json_t *json_sample(const struct sample *s)
{
	json_t *o = json_object();

	json_object_set_new(o, "schema", json_integer(SAMPLE_SCHEMA));
	json_object_set_new(o, "run", json_text(s->run));
	json_object_set_new(o, "scenario", json_text(s->scenario));
	json_object_set_new(o, "way", json_text(s->way));
	json_object_set_new(o, "variant", json_text(s->variant));
	json_object_set_new(o, "arch", json_text(s->arch));
	json_object_set_new(o, "kernel", json_text(s->kernel));
	json_object_set_new(o, "accel", json_text(s->accel));
	json_object_set_new(o, "clock", json_text(s->clock));
	json_object_set_new(o, "machine", json_integer(s->machine));
	json_object_set_new(o, "index", json_integer(s->index));
	json_object_set_new(o, "warmup", json_boolean(s->warmup));
	json_object_set_new(o, "verdict", json_text(verdict_name(s->judgement.verdict)));
	json_object_set_new(o, "proved", json_boolean(s->judgement.proved));
	json_object_set_new(o, "latency_ns", json_time(s->latency_ns));
	json_object_set_new(o, "downtime_ns", json_time(s->downtime_ns));
	json_object_set_new(o, "phases_ns", json_phases(&s->phases));
	json_object_set_new(o, "log_kept", json_boolean(s->log_state == PRESERVED_LOG_KEPT));
	json_object_set_new(o, "doubts", json_doubts(s->doubts));
	json_object_set_new(o, "console_bytes", json_time(s->console_bytes));
	json_object_set_new(o, "latency_instructions", json_time(s->latency_instructions));
	json_object_set_new(o, "phases_instructions", json_instructions(&s->phases));
	json_object_set_new(o, "revision", json_text(s->revision));
	add_machine(o, s);
	return o;
}

/* One field: quoted where RFC 4180 asks for it. */
static void csv_text(FILE *out, const char *text)
{
	if (!strpbrk(text, ",\"\r\n")) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

/* The phases of a sample, one field each: empty when absent, NA when not seen. */
static void csv_phases(FILE *out, json_t *phases)
{
	for (enum phase p = 0; p < PHASES; p++) {
		json_t *ns = json_object_get(phases, phase_name(p));

		if (json_is_integer(ns))
			fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(ns));
		else if (ns)
			fputs("NA", out);
		if (p + 1 < PHASES)
			fputc(',', out);
	}
}

/* Names parted by blanks, as one field. */
static void csv_list(FILE *out, json_t *names)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (size_t i = 0; i < json_array_size(names); i++)
		fprintf(f, "%s%s", i ? " " : "", json_string_value(json_array_get(names, i)));
	if (fclose(f) != 0)
		abort();
	csv_text(out, text);
}

static void csv_value(FILE *out, json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		csv_text(out, json_string_value(value));
		break;
	case JSON_INTEGER:
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_OBJECT:
		csv_phases(out, value);
		break;
	case JSON_ARRAY:
		csv_list(out, value);
		break;
	case JSON_NULL:
		fputs("NA", out);
		break;
	default:
		fputs(json_is_true(value) ? "true" : "false", out);
		break;
	}
}

static void csv_name(FILE *out, const char *key)
{
	const char *unit = key + strlen("phases_");

	if (strncmp(key, "phases_", strlen("phases_"))) {
		fputs(key, out);
		return;
	}
	for (enum phase p = 0; p < PHASES; p++)
		fprintf(out, "%s%s_%s", p ? "," : "", phase_name(p), unit);
}

/* The header is the keys of the object, whatever its values. */
static void csv_header(FILE *out)
{
	static const struct sample any;
	CLEANUP_JSON json_t *object = json_sample(&any);
	const char *between = "";

	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
		fputs(between, out);
		csv_name(out, json_object_iter_key(at));
		between = ",";
	}
	fputs("\r\n", out);
}

static void write_csv(FILE *out, json_t *object)
{
	const char *between = "";

	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
		fputs(between, out);
		csv_value(out, json_object_iter_value(at));
		between = ",";
	}
	fputs("\r\n", out);
}

static int hint_space(struct error **err)
{
	int code = (*err)->code;

	if (code == ENOSPC || code == EFBIG || code == EDQUOT)
		error_hint(err, "the samples are safe in the database; free some space, then "
			   "`lobosbench export`");
	return error_rc(*err);
}

static int failed(const char *name, struct error **err)
{
	error_set(err, ERROR_HOST, errno, "cannot write %s", name);
	return hint_space(err);
}

int export_samples(const struct sample *samples, size_t n, enum export_format format, FILE *out,
		   const char *name, struct error **err)
{
	if (format == EXPORT_CSV)
		csv_header(out);
	for (size_t i = 0; i < n; i++) {
		CLEANUP_JSON json_t *object = json_sample(&samples[i]);

		if (format == EXPORT_CSV)
			write_csv(out, object);
		else if (!json_dumpf(object, out, JSON_COMPACT | JSON_ENSURE_ASCII))
			fputc('\n', out);
		if (ferror(out))
			return failed(name, err);
	}
	return fflush(out) ? failed(name, err) : 0;
}

int export_file(const struct sample *samples, size_t n, enum export_format format,
		const char *path, struct error **err)
{
	struct output_file o;
	int rc = output_file_open(&o, path, err);

	if (rc)
		return hint_space(err);
	rc = export_samples(samples, n, format, o.f, path, err);
	/* A pipe or a device has nothing to sync. */
	if (!rc && o.beside && fsync(o.fd))
		rc = failed(path, err);
	if (!rc)
		return output_file_close(&o, err) ? hint_space(err) : 0;
	output_file_drop(&o);
	return rc;
}
