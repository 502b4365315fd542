// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario.c - YAML of scenarios/ into a checked struct scenario
 *
 * Three steps: the schema (keys and types, yaml_file.c), the defaults of what was
 * not written down, the limits. What depends on the ways is checked once these
 * are known: scenario_resolve.c.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "base/yaml_file.h"
#include "guest_protocol.h"
#include "reboot/event.h"
#include "reboot_marks.h"
#include "scenario.h"

#define DAY_S		(24 * 3600)

typedef __typeof__(((struct scenario *)NULL)->chain) scenario_chain;
typedef __typeof__(((struct scenario *)NULL)->fault) scenario_fault;
typedef __typeof__(((struct scenario *)NULL)->versus) scenario_versus;
typedef __typeof__(((struct scenario *)NULL)->timeout) scenario_timeout;
typedef __typeof__(((struct scenario *)NULL)->exact) scenario_exact;

#define OPTIONAL	CYAML_FLAG_OPTIONAL
#define OPTIONAL_PTR	(CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_strval_t fault_kinds[] = {
	{ "delay", FAULT_DELAY },
	{ "spin", FAULT_SPIN },
	{ "hang", FAULT_HANG },
	{ "panic", FAULT_PANIC },
};

static const cyaml_schema_value_t word = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 63)
};

static const cyaml_schema_field_t way_fields[] = {
	CYAML_FIELD_STRING_PTR("way", CYAML_FLAG_POINTER, struct scenario_way, way, 1, 31),
	CYAML_FIELD_STRING_PTR("image", OPTIONAL_PTR, struct scenario_way, image, 1, 31),
	CYAML_FIELD_SEQUENCE("options", OPTIONAL_PTR, struct scenario_way, options, &word, 0, 8),
	CYAML_FIELD_STRING_PTR("revision", OPTIONAL_PTR, struct scenario_way, revision, 1, 64),
	CYAML_FIELD_BOOL("plain", OPTIONAL, struct scenario_way, plain),
	CYAML_FIELD_INT("cpus", OPTIONAL, struct scenario_way, own.cpus),
	CYAML_FIELD_INT("memory_mib", OPTIONAL, struct scenario_way, own.memory_mib),
	CYAML_FIELD_INT("ramdisk_mib", OPTIONAL, struct scenario_way, own.ramdisk_mib),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t way_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct scenario_way, way_fields)
};

static const cyaml_schema_field_t chain_fields[] = {
	CYAML_FIELD_INT("machines", OPTIONAL, scenario_chain, machines),
	CYAML_FIELD_INT("reboots", OPTIONAL, scenario_chain, reboots),
	CYAML_FIELD_INT("warmups", OPTIONAL, scenario_chain, warmups),
	CYAML_FIELD_INT("settle_ms", OPTIONAL, scenario_chain, settle_ms),
	CYAML_FIELD_INT("parallel", OPTIONAL, scenario_chain, parallel),
	CYAML_FIELD_SEQUENCE("kernels", OPTIONAL_PTR, scenario_chain, kernels, &word, 1,
			     TRIAL_DISKS_MOST),
	CYAML_FIELD_SEQUENCE("ways", OPTIONAL_PTR, scenario_chain, ways, &word, 1, SCENARIO_TURNS_MOST),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t fault_fields[] = {
	CYAML_FIELD_ENUM("kind", CYAML_FLAG_DEFAULT, scenario_fault, kind, fault_kinds,
			 CYAML_ARRAY_LEN(fault_kinds)),
	CYAML_FIELD_STRING_PTR("at", CYAML_FLAG_POINTER, scenario_fault, at, 1, 31),
	CYAML_FIELD_INT("ms", OPTIONAL, scenario_fault, ms),
	CYAML_FIELD_INT("instructions", OPTIONAL, scenario_fault, instructions),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t versus_fields[] = {
	CYAML_FIELD_INT("most", OPTIONAL, scenario_versus, most),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t exact_fields[] = {
	CYAML_FIELD_INT("machines", OPTIONAL, scenario_exact, machines),
	CYAML_FIELD_INT("reboots", OPTIONAL, scenario_exact, reboots),
	CYAML_FIELD_INT("warmups", OPTIONAL, scenario_exact, warmups),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t timeout_fields[] = {
	CYAML_FIELD_INT("silence_s", OPTIONAL, scenario_timeout, silence_s),
	CYAML_FIELD_INT("phase_s", OPTIONAL, scenario_timeout, phase_s),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t scenario_fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct scenario, name, 1, 40),
	CYAML_FIELD_STRING_PTR("title", CYAML_FLAG_POINTER, struct scenario, title, 1, 200),
	CYAML_FIELD_SEQUENCE("ways", CYAML_FLAG_POINTER, struct scenario, ways, &way_schema, 1, 32),
	CYAML_FIELD_MAPPING("machine", OPTIONAL, struct scenario, machine, scenario_machine_fields),
	CYAML_FIELD_MAPPING("chain", OPTIONAL, struct scenario, chain, chain_fields),
	CYAML_FIELD_MAPPING("versus", OPTIONAL, struct scenario, versus, versus_fields),
	CYAML_FIELD_STRING_PTR("command_line", OPTIONAL_PTR, struct scenario, command_line, 1,
			       1500),
	CYAML_FIELD_STRING_PTR("before", OPTIONAL_PTR, struct scenario, before, 1, 4000),
	CYAML_FIELD_SEQUENCE("hints", OPTIONAL_PTR, struct scenario, hints, &word, 1, 32),
	CYAML_FIELD_STRING_PTR("clock", OPTIONAL_PTR, struct scenario, clock, 1, 15),
	CYAML_FIELD_MAPPING("exact", OPTIONAL, struct scenario, exact, exact_fields),
	CYAML_FIELD_INT("target_ms", OPTIONAL, struct scenario, target_ms),
	CYAML_FIELD_MAPPING("fault", OPTIONAL, struct scenario, fault, fault_fields),
	CYAML_FIELD_MAPPING("timeout", OPTIONAL, struct scenario, timeout, timeout_fields),
	CYAML_FIELD_UINT("seed", OPTIONAL, struct scenario, seed),
	CYAML_FIELD_STRING_PTR("shard", OPTIONAL_PTR, struct scenario, shard_text, 1, 63),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t scenario_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct scenario, scenario_fields)
};

/* Every whole number with the value it has when it is not written down, and its limits. */
static const struct number {
	const char *key;
	size_t offset;
	int otherwise, min, max;
} numbers[] = {
	{ "machine.cpus", offsetof(struct scenario, machine.cpus), 1, 1,
	  SCENARIO_MACHINE_CPUS_MAX },
	{ "machine.memory_mib", offsetof(struct scenario, machine.memory_mib), 256,
	  SCENARIO_MACHINE_MEMORY_MIN_MIB, SCENARIO_MACHINE_MEMORY_MAX_MIB },
	{ "chain.machines", offsetof(struct scenario, chain.machines), 1, 1, 1000 },
	{ "chain.reboots", offsetof(struct scenario, chain.reboots), 6, 1, 100000 },
	{ "chain.warmups", offsetof(struct scenario, chain.warmups), 1, 0, 1000 },
	{ "chain.settle_ms", offsetof(struct scenario, chain.settle_ms), 200, 0, 60000 },
	{ "chain.parallel", offsetof(struct scenario, chain.parallel), 1, 1, SCENARIO_PARALLEL_MAX },
	{ "exact.machines", offsetof(struct scenario, exact.machines), SCENARIO_EXACT_MACHINES, 1,
	  1000 },
	{ "exact.reboots", offsetof(struct scenario, exact.reboots), 2, 1, 100000 },
	{ "exact.warmups", offsetof(struct scenario, exact.warmups), 1, 0, 1000 },
	{ "versus.most", offsetof(struct scenario, versus.most),
	  SCENARIO_VERSUS_MOST, 1, SCENARIO_VERSUS_MOST },
	{ "target_ms", offsetof(struct scenario, target_ms), 3000, 1, DAY_S * 1000 },
	{ "fault.ms", offsetof(struct scenario, fault.ms), 0, 0, 60000 },
	{ "fault.instructions", offsetof(struct scenario, fault.instructions), 0, 0, 2000000000 },
	{ "timeout.silence_s", offsetof(struct scenario, timeout.silence_s), 10, 1, DAY_S },
	{ "timeout.phase_s", offsetof(struct scenario, timeout.phase_s), 20, 1, DAY_S },
};

/* Marks that are set by C code which can also look at a kernel parameter. */
static bool mark_can_fail(int id)
{
	return id == REBOOT_MARK_SETUP_DONE || id == REBOOT_MARK_INITCALLS ||
	       id == REBOOT_MARK_PID1 || id == REBOOT_MARK_READY || id == REBOOT_MARK_REQUEST ||
	       id == REBOOT_MARK_LOAD_BEGIN || id == REBOOT_MARK_LOAD_END ||
	       id == REBOOT_MARK_SERVICES_STOPPED || id == REBOOT_MARK_NO_RETURN;
}

static void default_text(char **text, const char *otherwise)
{
	if (!*text)
		*text = strdup(otherwise);
}

static int check_counted(struct yaml_file *f, const char *key, int reboots, int warmups,
			 struct error **err)
{
	if (warmups < reboots)
		return 0;
	return yaml_file_refuse(f, key, err, "%d warm-ups of %d reboots leave none to count",
				warmups, reboots);
}

static int complete_numbers(struct scenario *s, struct yaml_file *f, struct error **err)
{
	for (size_t i = 0; i < CYAML_ARRAY_LEN(numbers); i++) {
		const struct number *n = &numbers[i];
		int *value = (int *)((char *)s + n->offset);

		if (!yaml_file_has(f, n->key))
			*value = n->otherwise;
		else if (yaml_file_check_range(f, n->key, *value, n->min, n->max, err))
			return -EINVAL;
	}
	if (check_counted(f, "chain", s->chain.reboots, s->chain.warmups, err))
		return -EINVAL;
	return check_counted(f, "exact", s->exact.reboots, s->exact.warmups, err);
}

/* The name becomes that of a folder and of virtual machines. */
static int check_name(struct yaml_file *f, const char *key, const char *name, const char *extra,
		      struct error **err)
{
	for (const unsigned char *c = (const unsigned char *)name; *c; c++)
		if (!islower(*c) && !isdigit(*c) && !strchr(extra, *c))
			return yaml_file_refuse(f, key, err, "\"%s\" may hold only a-z, 0-9 and %s",
						name, extra);
	return 0;
}

/* What the harness adds behind it would be a part of that parameter's value. */
static bool has_open_quote(const char *text)
{
	bool open = false;

	for (; *text; text++)
		open ^= *text == '"';
	return open;
}

static int check_texts(struct scenario *s, struct yaml_file *f, struct error **err)
{
	int rc = check_name(f, "name", s->name, "-", err);

	if (!rc)
		rc = check_name(f, "machine.kernel", s->machine.kernel, "-_.", err);
	if (rc)
		return rc;
	if (strcmp(s->clock, "wall") && !scenario_is_virtual(s) && !scenario_is_both(s))
		return yaml_file_refuse(f, "clock", err, "\"%s\" is not one of: wall, virtual, both",
					s->clock);
	if (!shard_read(s->shard_text, &s->shard))
		return yaml_file_refuse(f, "shard", err, "\"%s\" is no I/N such as 2/4", s->shard_text);
	if (s->command_line && strchr(s->command_line, '\n'))
		return yaml_file_refuse(f, "command_line", err, "must be one line");
	if (s->command_line && has_open_quote(s->command_line))
		return yaml_file_refuse(f, "command_line", err, "a double quote has no end");
	return 0;
}

static int check_fault(const struct scenario *s, struct yaml_file *f, struct error **err)
{
	if (s->fault.kind == FAULT_NONE)
		return 0;
	if (!mark_can_fail(mark_from_name(s->fault.at)))
		return yaml_file_refuse(f, "fault.at", err, "\"%s\" is no mark at which a kernel "
					"can fail, such as setup_done, initcalls, pid1, ready",
					s->fault.at);
	if (s->fault.kind == FAULT_DELAY && !s->fault.ms)
		return yaml_file_refuse(f, "fault", err, "a delay needs the key \"ms\"");
	if (s->fault.kind != FAULT_DELAY && s->fault.ms)
		return yaml_file_refuse(f, "fault.ms", err, "only a delay has a length");
	if ((s->fault.kind == FAULT_SPIN) != (s->fault.instructions > 0))
		return yaml_file_refuse(f, "fault", err, "the kind \"spin\" and the key "
					"\"instructions\" belong together");
	return 0;
}

/*
 * Only emulation can count instructions, and only of one processor in one order. In a run by
 * both clocks the accelerator is that of the wall clock.
 */
static int check_clock(struct scenario *s, struct yaml_file *f, struct error **err)
{
	if (yaml_file_has(f, "exact") && !scenario_is_both(s))
		return yaml_file_refuse(f, "exact", err, "is for a run by both clocks (\"clock: "
					"both\"); else \"chain\" says how often");
	if (!strcmp(s->clock, "wall") || scenario_is_both(s))
		return 0;
	if (s->machine.accelerator == ACCELERATOR_KVM)
		return yaml_file_refuse(f, "machine.accelerator", err, "the virtual clock is the "
					"emulator's: it needs \"tcg\"");
	s->machine.accelerator = ACCELERATOR_TCG;
	return 0;
}

static int check_factors(const struct scenario *s, struct yaml_file *f, struct error **err)
{
	for (unsigned int i = 0; i < s->ways_count; i++) {
		char key[64];

		snprintf(key, sizeof(key), "ways[%u]", i);
		if (factor_check(&s->machine, &s->ways[i].own, s->clock, f, key, err))
			return -EINVAL;
	}
	return 0;
}

static int check_revisions(const struct scenario *s, struct yaml_file *f, struct error **err)
{
	for (unsigned int i = 0; i < s->ways_count; i++) {
		const char *revision = s->ways[i].revision;
		char key[64];

		if (!revision || (strlen(revision) == SCENARIO_REVISION_LENGTH &&
				  strspn(revision, "0123456789abcdef") == SCENARIO_REVISION_LENGTH))
			continue;
		snprintf(key, sizeof(key), "ways[%u].revision", i);
		return yaml_file_refuse(f, key, err, "\"%s\" is no full id of a commit, such as "
					"`git rev-parse HEAD~1` prints", revision);
	}
	return 0;
}

/* A comparison runs machine by machine, in pairs, as many as it needs. */
static int check_versus(struct scenario *s, struct yaml_file *f, struct error **err)
{
	int counted = s->chain.reboots - s->chain.warmups;

	s->versus.on = yaml_file_has(f, "versus");
	if (!s->versus.on)
		return 0;
	if (s->ways_count != 2)
		return yaml_file_refuse(f, "ways", err, "a comparison (\"versus\") has two sides; "
					"here are %u", s->ways_count);
	if (scenario_is_both(s))
		return yaml_file_refuse(f, "clock", err, "a comparison (\"versus\") goes by one "
					"clock: wall or virtual");
	if (yaml_file_has(f, "chain.machines"))
		return yaml_file_refuse(f, "chain.machines", err, "a comparison (\"versus\") itself "
					"says how many it needs; \"versus.most\" limits it");
	if (s->chain.kernels_count > 1)
		return yaml_file_refuse(f, "chain.kernels", err, "the figures of a comparison "
					"(\"versus\") are of reboots to one kernel");
	if (s->chain.parallel != 1)
		return yaml_file_refuse(f, "chain.parallel", err, "the sides of a comparison "
					"(\"versus\") take turns and cannot run side by side");
	if (!scenario_is_virtual(s) && s->versus.most < SCENARIO_VERSUS_FIRST)
		return yaml_file_refuse(f, "versus.most", err, "%d counted reboots a side are fewer "
					"than the %d of the first look", s->versus.most,
					SCENARIO_VERSUS_FIRST);
	s->chain.machines = (s->versus.most + counted - 1) / counted;
	return 0;
}

/* Takes a parsed file. NULL with *err set. */
static struct scenario *load(struct yaml_file *f, const char *path, struct error **err)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;

	s = yaml_file_load(f, &scenario_schema, err);
	if (!s)
		return NULL;
	s->text = strdup(yaml_file_text(f));
	s->path = strdup(path);
	scenario_machine_complete(&s->machine);
	default_text(&s->clock, "wall");
	if (!yaml_file_has(f, "seed"))
		s->seed = 1;
	for (unsigned int i = 0; i < s->ways_count; i++)
		s->ways[i].variant = scenario_variant(&s->ways[i], s->ways[i].image);
	if (complete_numbers(s, f, err) || check_texts(s, f, err) ||
	    scenario_machine_check(&s->machine, s->clock, f, "machine", err) ||
	    check_factors(s, f, err) ||
	    scenario_machine_check_kernels(&s->machine, s->chain.kernels, s->chain.kernels_count,
					   s->clock, f, err) || check_fault(s, f, err) ||
	    check_clock(s, f, err) || check_revisions(s, f, err) || check_versus(s, f, err))
		return NULL;
	return steal_ptr(&s);
}

bool scenario_is_virtual(const struct scenario *s)
{
	return s->clock && !strcmp(s->clock, "virtual");
}

bool scenario_discards(const struct scenario *s, enum accelerator chosen)
{
	return chosen == ACCELERATOR_TCG && !scenario_is_virtual(s);
}

bool scenario_is_both(const struct scenario *s)
{
	return s->clock && !strcmp(s->clock, "both");
}

char *scenario_path(const char *top, const char *given)
{
	if (strpbrk(given, "/."))
		return text_format("%s", given);
	return text_format("%s/scenarios/%s.yaml", top, given);
}

struct scenario *scenario_load(const char *path, struct error **err)
{
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = yaml_file_open(path, err);

	return f ? load(f, path, err) : NULL;
}

struct scenario *scenario_parse(const char *path, const char *text, struct error **err)
{
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = yaml_file_parse(path, text, err);

	return f ? load(f, path, err) : NULL;
}

void scenario_free(struct scenario *s)
{
	if (!s)
		return;
	for (unsigned int i = 0; i < s->ways_count; i++) {
		free(s->ways[i].variant);
		vec_free(&s->ways[i].given);
	}
	hint_list_free(s->known);
	free(s->text);
	free(s->path);
	yaml_file_free_data(&scenario_schema, s);
}
