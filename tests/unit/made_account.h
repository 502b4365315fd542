/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * made_account.h - accounts of a witness that nobody was
 */
#ifndef MADE_ACCOUNT_H
#define MADE_ACCOUNT_H

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#define MADE_KERNEL "6.1.0 #1 SMP"

/* A run with that kernel, of whose files nothing is known. */
#define MADE_RUN(k) (&(struct witness_wanted){ .kernel = (k) })

struct made_account {
	const char *way, *kernel, *verdict;
	int lgdt, paging, protection, resets, bios;
	const char *steps;		/* JSON, what stands between the brackets */
};

static inline json_t *made_account(const struct made_account *a)
{
	char *text = NULL;
	json_t *json;

	if (asprintf(&text, "{\"schema\": 1, \"way\": \"%s\", \"kernel\": \"%s\","
		     "\"verdict\": \"%s\", \"proved\": true, \"own\": {\"lgdt\": %d},"
		     "\"clears\": {\"paging\": %d, \"protection\": %d},"
		     "\"counts\": {\"reset\": %d}, \"accesses\": {\"translated\": 1234},"
		     "\"places\": [{\"place\": \"old_kernel\", \"instructions\": 50},"
		     "{\"place\": \"bios\", \"protection\": false, \"instructions\": %d},"
		     "{\"place\": \"new_kernel\", \"instructions\": 1}],"
		     "\"crossing\": {\"instructions\": %d, \"unwatched\": 9}, \"steps\": [%s]}",
		     a->way, a->kernel, a->verdict, a->lgdt, a->paging, a->protection, a->resets,
		     a->bios, 50 + a->bios + 1 + 9, a->steps) < 0)
		abort();
	json = json_loads(text, 0, NULL);
	if (!json)
		abort();
	free(text);
	return json;
}

#define MADE_STEP(step, place, more) \
	"{\"step\": \"" step "\", \"place\": \"" place "\", \"times\": 1, " more "}"
/* Takes paging away, and what comes behind it. */
#define MADE_PAGING_ENDS(place) \
	MADE_STEP("cr0", place, "\"paging\": true") "," MADE_STEP("cr4", place, "\"paging\": false")
#define MADE_CR3(place, value) \
	MADE_STEP("cr3", place, "\"from\": \"constant\", \"value\": \"" value "\"")

/* Page tables are loaded once and once more the same; the BIOS is asked by others too. */
#define MADE_STEPS \
	MADE_CR3("old_kernel", "0x1000") "," \
	MADE_STEP("cr3", "safe_area", "\"from\": \"cr3\"") "," \
	MADE_CR3("safe_area", "0x1000") "," \
	MADE_CR3("decompressor", "0x2000") "," \
	MADE_STEP("interrupt", "low_memory", "\"vector\": 16") "," \
	MADE_STEP("interrupt", "low_memory", "\"vector\": 19") "," \
	MADE_STEP("interrupt", "setup", "\"vector\": 16")

#endif /* MADE_ACCOUNT_H */
