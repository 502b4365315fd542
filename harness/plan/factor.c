// SPDX-License-Identifier: GPL-2.0-only
/*
 * factor.c - numbers that a way of a scenario can have of its own
 */
#include "factor.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

#define OFFSET(field) offsetof(struct factor_values, field)

const struct factor factors[FACTORS] = {
	{ "cpus", "CPUs", "CPU", 1, SCENARIO_MACHINE_CPUS_MAX, OFFSET(cpus) },
	{ "memory_mib", "memory", "MiB", SCENARIO_MACHINE_MEMORY_MIN_MIB, SCENARIO_MACHINE_MEMORY_MAX_MIB,
	  OFFSET(memory_mib) },
	{ "ramdisk_mib", "RAM disk", "MiB", 1, 1024, OFFSET(ramdisk_mib) },
};

static int value_of(const struct factor_values *own, const struct factor *factor)
{
	return *(const int *)((const char *)own + factor->offset);
}

struct scenario_machine factor_machine(const struct scenario_machine *m,
				       const struct factor_values *own)
{
	struct scenario_machine one = *m;

	if (own->cpus)
		one.cpus = own->cpus;
	if (own->memory_mib)
		one.memory_mib = own->memory_mib;
	return one;
}

void factor_put_words(FILE *f, const struct factor_values *own, const char **between)
{
	for (size_t i = 0; i < FACTORS; i++) {
		int value = value_of(own, &factors[i]);

		if (!value)
			continue;
		fprintf(f, "%s%s=%d", *between, factors[i].key, value);
		*between = " ";
	}
}

const struct factor *factor_of(const char *variant, int *value)
{
	for (const char *word = variant; *word; word += strcspn(word, " "), word += *word == ' ')
		for (size_t i = 0; i < FACTORS; i++) {
			size_t n = strlen(factors[i].key);
			int end = 0;

			if (!strncmp(word, factors[i].key, n) &&
			    sscanf(word + n, "=%d%n", value, &end) == 1 &&
			    (!word[n + end] || word[n + end] == ' '))
				return &factors[i];
		}
	return NULL;
}

int factor_check(const struct scenario_machine *m, const struct factor_values *own,
		 const char *clock, struct yaml_file *f, const char *at, struct error **err)
{
	const struct scenario_machine one = factor_machine(m, own);

	for (size_t i = 0; i < FACTORS; i++) {
		CLEANUP_FREE char *key = text_format("%s.%s", at, factors[i].key);

		if (yaml_file_has(f, key) &&
		    yaml_file_check_range(f, key, value_of(own, &factors[i]), factors[i].min,
					  factors[i].max, err))
			return -EINVAL;
	}
	return scenario_machine_check(&one, clock, f, at, err);
}
