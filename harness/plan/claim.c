// SPDX-License-Identifier: GPL-2.0-only
/*
 * claim.c - what the LOBOS paper compares systems by, in its sections 4 and 5
 *
 * R. Minnich, "LOBOS: (Linux OS Boots OS) Booting a kernel in 32-bit mode", 14
 * August 2000. The words are those of a table; the sentences stand in impl.yaml.
 */
#include "claim.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define A_NUMBER "a number, \"N to M\", one of <, <=, >, >= before a number, least or most"

static const struct {
	const char *name, *title;
	enum claim_source source;
	const char *words[3];		/* none: a number */
	const char *takes;		/* the same in words */
} claims[CLAIMS] = {
	[CLAIM_PAGING] = { "paging", "paging to the end", CLAIM_FROM_WITNESS, { "on", "off" },
			   "on or off" },
	[CLAIM_SEGMENTS] = { "segments", "segments to the end", CLAIM_FROM_WITNESS,
			     { "on", "off" }, "on or off" },
	[CLAIM_GDT_LOADS] = { "gdt_loads", "GDT loads", CLAIM_FROM_WITNESS, { NULL }, A_NUMBER },
	[CLAIM_PAGE_TABLES] = { "page_tables", "changes of page tables", CLAIM_FROM_WITNESS,
				{ NULL }, A_NUMBER },
	[CLAIM_READS_FILE] = { "reads_file", "who reads the file", CLAIM_FROM_TEST,
			       { "kernel", "program" }, "kernel or program" },
	[CLAIM_CONTIGUOUS] = { "contiguous", "contiguous memory", CLAIM_FROM_TEST,
			       { "yes", "no" }, "yes or no" },
	[CLAIM_BIOS] = { "bios", "runs the BIOS", CLAIM_FROM_WITNESS, { "yes", "no" },
			 "yes or no" },
	[CLAIM_VIDEO] = { "video", "video reset by the BIOS", CLAIM_FROM_WITNESS, { "yes", "no" },
			  "yes or no" },
	[CLAIM_RAMDISK] = { "ramdisk", "ramdisk", CLAIM_FROM_TEST, { "yes", "no" }, "yes or no" },
	[CLAIM_PERMISSION] = { "permission", "asks for permission", CLAIM_FROM_TEST,
			       { "yes", "no" }, "yes or no" },
	[CLAIM_LOG] = { "log", "log survives", CLAIM_FROM_SAMPLES, { "yes", "no" }, "yes or no" },
	[CLAIM_EXTERNAL_PROGRAM] = { "external_program", "needs an external program",
				     CLAIM_FROM_TEST, { "yes", "no" }, "yes or no" },
	[CLAIM_SIZE] = { "size", "size, kernel lines", CLAIM_FROM_SIZES, { NULL }, A_NUMBER },
	[CLAIM_SIZE_RANK] = { "size_rank", "size beside the others", CLAIM_FROM_SIZES, { NULL },
			      A_NUMBER },
	[CLAIM_ARCH_LINES] = { "arch_lines", "architecture-dependent lines", CLAIM_FROM_SIZES,
			       { NULL }, A_NUMBER },
	[CLAIM_ARCH_SHARE] = { "arch_share", "architecture-dependent share, %", CLAIM_FROM_SIZES,
			       { NULL }, A_NUMBER },
	[CLAIM_ASSEMBLY] = { "assembly", "assembly lines", CLAIM_FROM_SIZES, { NULL }, A_NUMBER },
	[CLAIM_FASTER] = { "faster", "faster than by the firmware", CLAIM_FROM_SAMPLES,
			   { "yes", "no" }, "yes or no" },
};

const char *claim_name(enum claim claim)
{
	return claims[claim].name;
}

enum claim claim_from_name(const char *name)
{
	enum claim c = 0;

	while (c < CLAIMS && strcmp(claims[c].name, name))
		c++;
	return c;
}

const char *claim_title(enum claim claim)
{
	return claims[claim].title;
}

enum claim_source claim_source(enum claim claim)
{
	return claims[claim].source;
}

bool claim_is_rank(const char *value)
{
	return !strcmp(value, "least") || !strcmp(value, "most");
}

static bool is_number_claim(enum claim claim)
{
	return !claims[claim].words[0];
}

/* The ends of what a text of numbers allows. Return: false when it is none. */
static bool read_range(const char *text, double *low, double *high, bool *without_ends)
{
	const char *sign = text;
	char *end;
	size_t n = strspn(text, "<>=");
	double x;

	x = strtod(text + n, &end);
	if (end == text + n || !isfinite(x) || x < 0)
		return false;
	*low = x;
	*high = x;
	*without_ends = n == 1;
	if (!n && !strncmp(end, " to ", 4)) {
		const char *second = end + 4;

		*high = strtod(second, &end);
		return end != second && !*end && isfinite(*high) && *high >= *low;
	}
	if (*end || n > 2 || (n && *sign == '=') || (n == 2 && sign[1] != '='))
		return false;
	if (n && *sign == '<')
		*low = -1;
	if (n && *sign == '>')
		*high = INFINITY;
	return true;
}

const char *claim_takes(enum claim claim, const char *value)
{
	double low, high;
	bool without_ends;

	if (is_number_claim(claim))
		return claim_is_rank(value) || read_range(value, &low, &high, &without_ends) ?
		       NULL : claims[claim].takes;
	for (int i = 0; i < 3 && claims[claim].words[i]; i++)
		if (!strcmp(claims[claim].words[i], value))
			return NULL;
	return claims[claim].takes;
}

enum agreement claim_compare(enum claim claim, const char *said, const char *word, double number)
{
	double low, high;
	bool without_ends;

	if (!said || claim_is_rank(said))
		return AGREEMENT_OPEN;
	if (!is_number_claim(claim)) {
		if (!word)
			return AGREEMENT_OPEN;
		return strcmp(said, word) ? AGREEMENT_OTHER : AGREEMENT_SAME;
	}
	if (isnan(number) || !read_range(said, &low, &high, &without_ends))
		return AGREEMENT_OPEN;
	if (without_ends)
		return number > low && number < high ? AGREEMENT_SAME : AGREEMENT_OTHER;
	return number >= low && number <= high ? AGREEMENT_SAME : AGREEMENT_OTHER;
}
