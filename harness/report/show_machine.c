// SPDX-License-Identifier: GPL-2.0-only
/*
 * show_machine.c - the machine of one sample, and what it lost in the reboot
 */
#include <inttypes.h>
#include <string.h>

#include "console.h"
#include "safe_text.h"
#include "show_private.h"

bool show_item(const struct show *show, enum data_kind kind, struct stream *data,
	       struct data_item *item)
{
	size_t from = 0, next, n = 0;

	data->bytes.at = console_read(show->consoles, show->sample->trial, ".data", &n);
	data->bytes.n = data->bytes.at ? n : 0;
	while (data->bytes.n && (next = data_line_next(data, from, item)) != from) {
		if (item->kind == kind && item->k == show->boot)
			return true;
		from = next;
	}
	return false;
}

/* What the machine said that it has; not known where its words are not there any more. */
static struct machine_facts facts_of(const struct show *show, enum data_kind kind)
{
	struct machine_facts facts = { 0 };
	struct stream data = { 0 };
	struct data_item item;

	if (show_item(show, kind, &data, &item))
		facts = item.facts;
	stream_free(&data);
	return facts;
}

static void put_value(FILE *f, const struct machine_facts *facts, enum difference d)
{
	char value[1200];
	CLEANUP_FREE char *safe = NULL;

	machine_facts_value(facts, d, value, sizeof(value));
	safe = safe_text(value, strlen(value), false);
	fputs(safe, f);
}

static void put_differences(FILE *f, const struct show *show, const struct machine_facts *after)
{
	const struct machine_facts before = facts_of(show, DATA_REQUEST);
	uint64_t differences = show->sample->differences;
	uint64_t now = before.known && after->known ? machine_facts_compare(&before, after) : 0;

	fputs("whole     no:", f);
	for (enum difference d = 0; d < DIFFERENCES; d++)
		if (differences & DIFFERENCE_BIT(d))
			fprintf(f, " %s", difference_name(d));
	fputc('\n', f);
	for (enum difference d = 0; d < DIFFERENCES && before.known && after->known; d++) {
		if (!(differences & DIFFERENCE_BIT(d)))
			continue;
		fprintf(f, "          %s: ", difference_name(d));
		put_value(f, &before, d);
		fputs(" before, ", f);
		put_value(f, after, d);
		fprintf(f, " after%s\n", now & DIFFERENCE_BIT(d) ? "" : "; see the earlier reboots of its chain");
	}
}

void show_machine(FILE *f, const struct show *show)
{
	const struct machine_facts after = facts_of(show, DATA_BOOT);
	const struct sample *s = show->sample;

	if (!*s->firmware)
		return;
	fprintf(f, "hardware  firmware %s, chipset %s, %d CPUs%s%s%s, %d MiB", s->firmware, s->chipset,
		s->cpus, *s->cpu_model ? " (" : "", s->cpu_model, *s->cpu_model ? ")" : "",
		s->memory_mib);
	if (after.known)
		fprintf(f, ", of which the kernel uses %" PRIu64, after.memory_kib / 1024);
	fprintf(f, "%s%s\n", *s->hints ? "; hints: " : "", s->hints);
	if (s->whole == WHOLE_YES)
		fputs("whole     yes\n", f);
	if (s->whole == WHOLE_NO)
		put_differences(f, show, &after);
}
