// SPDX-License-Identifier: GPL-2.0-only
/*
 * table.c - an account for people to read
 */
#include "table.h"

#include <stdbool.h>
#include <string.h>

#include "base/json.h"

#define HEAD		80	/* steps that are shown; the file has all */
#define TAIL		20
#define EXTENTS		12

static const char *bit(const json_t *o, const char *key)
{
	const json_t *value = json_object_get(o, key);

	return json_is_true(value) ? "on" : json_is_false(value) ? "off" : "?";
}

static void print_marks(const json_t *account, FILE *to)
{
	size_t i;
	const json_t *m;

	fputs("\ninstructions between marks\n", to);
	for (i = 0; (m = json_array_get(json_object_get(account, "marks"), i)); i++)
		fprintf(to, json_int_at(m, "unsure") ? "%16lld  %s -> %s (at most %lld fewer)\n" :
			"%16lld  %s -> %s\n", json_int_at(m, "instructions"),
			json_text_at(m, "from"), json_text_at(m, "to"), json_int_at(m, "unsure"));
}

/* @wide: with long mode, and addresses of 64 bits */
static void print_step(const json_t *s, bool wide, FILE *to)
{
	char times[24] = "", mode[8] = "";

	if (json_int_at(s, "times") > 1)
		snprintf(times, sizeof(times), " x%lld", json_int_at(s, "times"));
	if (wide)
		snprintf(mode, sizeof(mode), " %-3s", bit(s, "long_mode"));
	fprintf(to, "%12lld  %-*s  %-19s %2lld  %-3s %-3s%s  %s%s  %s\n",
		json_int_at(s, "instructions"), wide ? 18 : 10, json_text_at(s, "linear"),
		json_text_at(s, "place"), json_int_at(s, "bits"), bit(s, "paging"),
		bit(s, "protection"), mode, json_text_at(s, "step"), times,
		json_text_at(s, "says"));
}

static void print_steps(const json_t *account, FILE *to)
{
	const json_t *steps = json_object_get(account, "steps"), *s;
	bool wide = json_object_get(json_object_get(account, "crossing"), "long_mode");
	size_t n = json_array_size(steps), i;

	fprintf(to, "\nsteps, in order\n       after  %-*s  in                bits  PG  PE%s   step\n",
		wide ? 18 : 10, "at", wide ? "  LM" : "");
	for (i = 0; (s = json_array_get(steps, i)); i++) {
		if (n > HEAD + TAIL && i == HEAD)
			fprintf(to, "         ...  %zu more\n", n - HEAD - TAIL);
		if (n <= HEAD + TAIL || i < HEAD || i >= n - TAIL)
			print_step(s, wide, to);
	}
}

static void print_places(const json_t *account, FILE *to)
{
	size_t i;
	const json_t *p;

	fputs("\ninstructions by place\n", to);
	for (i = 0; (p = json_array_get(json_object_get(account, "places"), i)); i++)
		fprintf(to, "%16lld  %s%s\n", json_int_at(p, "instructions"),
			json_text_at(p, "place"), json_is_false(json_object_get(p, "protection")) ?
			", in real mode" : "");
	fprintf(to, "%16lld  right after the mark, not told apart yet\n",
		json_int_at(json_object_get(account, "crossing"), "unwatched"));
}

static void print_numbers(json_t *numbers, FILE *to)
{
	for (void *i = json_object_iter(numbers); i; i = json_object_iter_next(numbers, i))
		if (strcmp(json_object_iter_key(i), "place") &&
		    strcmp(json_object_iter_key(i), "mark"))
			fprintf(to, " %s %lld", json_object_iter_key(i),
				(long long)json_integer_value(json_object_iter_value(i)));
}

static void print_counts(const json_t *account, FILE *to)
{
	const json_t *clears = json_object_get(account, "clears");

	fputs("\nsteps of the way's own code:", to);
	print_numbers(json_object_get(account, "own"), to);
	fprintf(to, "\nits loads of CR0 clear paging %lld times, protection %lld times",
		json_int_at(clears, "paging"), json_int_at(clears, "protection"));
	if (json_object_get(clears, "long_mode"))
		fprintf(to, ", and end long mode %lld times", json_int_at(clears, "long_mode"));
	fputc('\n', to);
	fputs("all steps, BIOS, loaders, set-up code included:", to);
	print_numbers(json_object_get(account, "counts"), to);
	fputc('\n', to);
}

static void print_pages(const json_t *account, FILE *to)
{
	const json_t *pages = json_object_get(account, "pages"), *p;
	long long n = 0, bytes = 0;
	size_t i;

	for (i = 0; (p = json_array_get(pages, i)); i++) {
		n = json_int_sum(n, json_int_at(p, "pages"));
		bytes = json_int_sum(bytes, json_int_at(p, "bytes"));
	}
	fprintf(to, "\nmemory written: %lld bytes in %lld pages\n", bytes, n);
	for (i = 0; (p = json_array_get(pages, i)); i++) {
		if (i == EXTENTS) {
			fprintf(to, "         ...  %zu more extents\n",
				json_array_size(pages) - EXTENTS);
			break;
		}
		fprintf(to, "%16lld  at %s, %lld page%s\n", json_int_at(p, "bytes"),
			json_text_at(p, "start"), json_int_at(p, "pages"),
			json_int_at(p, "pages") == 1 ? "" : "s");
	}
}

static void print_paging(const json_t *account, FILE *to)
{
	const json_t *a = json_object_get(account, "accesses");

	fprintf(to, "\naccesses whose linear address is not the physical one (paging is on): "
		"%lld of %lld", json_int_at(a, "translated"),
		json_int_sum(json_int_at(a, "translated"), json_int_at(a, "same")));
	if (json_is_integer(json_object_get(a, "last_translated_before_end")))
		fprintf(to, "; the last %lld instructions before the new kernel's first",
			json_int_at(a, "last_translated_before_end"));
	fputc('\n', to);
}

void table_print(const json_t *account, FILE *to)
{
	fprintf(to, "%s%s%s: %lld instructions from the point of no return to the new kernel\n",
		json_text_at(account, "way"), *json_text_at(account, "variant") ? " " : "",
		json_text_at(account, "variant"),
		json_int_at(json_object_get(account, "crossing"), "instructions"));
	print_marks(account, to);
	print_steps(account, to);
	print_counts(account, to);
	print_places(account, to);
	print_paging(account, to);
	print_pages(account, to);
	fputc('\n', to);
}
