// SPDX-License-Identifier: GPL-2.0-only
/*
 * yaml_scan.c - YAML texts that are refused before anything is built of them
 *
 * libyaml looks at each open bracket for every token, and at each anchor for every
 * new one: it took minutes to load a file of 1 MiB with nothing else in it. Here the
 * text passes by as events, and the first excess ends it.
 */
#include "yaml_scan.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

/* More than any schema and any file of this program needs. */
#define DEPTH_MAX	32
#define ANCHORS_MAX	64

/* What has passed by. */
struct outline {
	int depth, anchors, documents;
};

static const yaml_char_t *anchor_of(const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return e->data.scalar.anchor;
	case YAML_SEQUENCE_START_EVENT:
		return e->data.sequence_start.anchor;
	case YAML_MAPPING_START_EVENT:
		return e->data.mapping_start.anchor;
	default:
		return NULL;
	}
}

static void count(struct outline *o, const yaml_event_t *e)
{
	if (e->type == YAML_DOCUMENT_START_EVENT)
		o->documents++;
	else if (e->type == YAML_SEQUENCE_START_EVENT || e->type == YAML_MAPPING_START_EVENT)
		o->depth++;
	else if (e->type == YAML_SEQUENCE_END_EVENT || e->type == YAML_MAPPING_END_EVENT)
		o->depth--;
	if (anchor_of(e))
		o->anchors++;
}

static int check(const char *path, struct outline *o, const yaml_event_t *e, struct error **err)
{
	size_t line = e->start_mark.line + 1;

	count(o, e);
	/* libyaml would load the first and say nothing of the others. */
	if (o->documents > 1)
		return error_set(err, ERROR_USAGE, EINVAL, "%s:%zu: a second document begins here, "
				 "should be one", path, line);
	if (o->depth > DEPTH_MAX)
		return error_set(err, ERROR_USAGE, EINVAL, "%s:%zu: lists and keys are nested more "
				 "than %d deep", path, line, DEPTH_MAX);
	if (o->anchors > ANCHORS_MAX)
		return error_set(err, ERROR_USAGE, EINVAL, "%s:%zu: there are more than %d anchors",
				 path, line, ANCHORS_MAX);
	/* Every reader of a string would cut it there. */
	if (e->type == YAML_SCALAR_EVENT &&
	    memchr(e->data.scalar.value, '\0', e->data.scalar.length))
		return error_set(err, ERROR_USAGE, EINVAL, "%s:%zu: \"%s...\" holds the character "
				 "NUL", path, line, (const char *)e->data.scalar.value);
	return 0;
}

int yaml_scan_failed(const char *path, const yaml_parser_t *parser, struct error **err)
{
	return error_set(err, ERROR_USAGE, EINVAL, "%s:%zu: this is not YAML: %s", path,
			 parser->problem_mark.line + 1,
			 parser->problem ? parser->problem : "cannot be read");
}

int yaml_scan(const char *path, const char *text, struct error **err)
{
	struct outline outline = { 0 };
	yaml_parser_t parser;
	bool more = true;
	int rc = 0;

	if (!yaml_parser_initialize(&parser))
		abort();
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, strlen(text));
	while (!rc && more) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event)) {
			rc = yaml_scan_failed(path, &parser, err);
			break;
		}
		rc = check(path, &outline, &event, err);
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return rc;
}
