// SPDX-License-Identifier: GPL-2.0-only
/*
 * host.c - where and of what a run was made
 *
 * Every fact has a function that finds it out or returns NULL, which becomes
 * null: a provenance with holes is worth more than none.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>

#include "base/file.h"
#include "base/json.h"
#include "base/path.h"
#include "base/sha256.h"
#include "base/subprocess.h"
#include "host.h"
#include "machine/seabios.h"

/* The value of "key<separator>value" lines, as /proc/cpuinfo and /etc/os-release have them. */
static char *value_of(const char *path, const char *key, char separator)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	CLEANUP_FREE char *line = NULL;
	size_t room = 0;

	while (f && getline(&line, &room, f) > 0) {
		char *value = strchr(line, separator);

		if (!value || strncmp(line, key, strlen(key)))
			continue;
		value += strspn(value, ":= \t\"");
		value[strcspn(value, "\"\n")] = '\0';
		return strdup(value);
	}
	return NULL;
}

/* The first line that a program prints, or NULL. */
static char *first_output(const char *const argv[])
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *output = NULL;

	if (subprocess_run(argv, &output, &err))
		return NULL;
	output[strcspn(output, "\n")] = '\0';
	return steal_ptr(&output);
}

static json_t *cpu_facts(void)
{
	CLEANUP_FREE char *model = value_of("/proc/cpuinfo", "model name", ':');
	CLEANUP_FREE char *flags = value_of("/proc/cpuinfo", "flags", ':');

	return json_pack("{s:o, s:i, s:b}", "model", json_text_or_null(model), "count",
			 (int)sysconf(_SC_NPROCESSORS_ONLN), "hypervisor",
			 flags && strstr(flags, " hypervisor") ? 1 : 0);
}

static json_t *proof_facts(const struct accel_proof *p)
{
	return json_pack("{s:b, s:b, s:b, s:b, s:I, s:I, s:s}", "kvm", p->kvm, "cpu_flag",
			 p->cpu_flag, "device", p->device, "loop_ended", p->ran, "loop_ns",
			 (json_int_t)p->loop_ns, "loop_bound_ns", (json_int_t)p->bound_ns, "reason",
			 p->reason);
}

/* Words of the command line that change how fast the host runs machines; the rest may be private. */
static bool bears_on_time(const char *word)
{
	static const char *const names[] = {
		"clocksource", "hugepages", "idle", "intel_idle.max_cstate", "intel_pstate",
		"isolcpus", "maxcpus", "mitigations", "nohz", "nohz_full", "nosmt", "preempt",
		"processor.max_cstate", "rcu_nocbs", "threadirqs", "transparent_hugepage", "tsc",
	};
	size_t n = strcspn(word, "=");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == n && !strncmp(word, names[i], n))
			return true;
	return false;
}

static json_t *command_line_facts(void)
{
	CLEANUP_FREE char *line = file_first_line("/proc/cmdline");
	json_t *words = json_array();
	char *save = NULL;

	for (char *word = line ? strtok_r(line, " ", &save) : NULL; word && strcmp(word, "--");
	     word = strtok_r(NULL, " ", &save))
		if (bears_on_time(word))
			json_array_append_new(words, json_string(word));
	return words;
}

static json_t *kernel_facts(void)
{
	CLEANUP_FREE char *clock =
		file_first_line("/sys/devices/system/clocksource/clocksource0/current_clocksource");
	struct utsname u;

	uname(&u);
	return json_pack("{s:s, s:s, s:s, s:o, s:o}", "release", u.release, "version", u.version,
			 "machine", u.machine, "command_line", command_line_facts(),
			 "clocksource", json_text_or_null(clock));
}

static json_t *version_facts(struct connection *c)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *os = value_of("/etc/os-release", "PRETTY_NAME", '=');
	CLEANUP_FREE char *gcc = first_output((const char *const[]){ "gcc", "--version", NULL });
	const char *rom = seabios_rom();
	CLEANUP_FREE char *seabios = rom ? seabios_version_of(rom) : NULL;
	char libvirt[32], hypervisor[32];
	bool known = c && !connection_versions(c, libvirt, hypervisor, &err);

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "os", json_text_or_null(os), "libvirt",
			 json_text_or_null(known ? libvirt : NULL), "hypervisor",
			 json_text_or_null(known ? hypervisor : NULL), "seabios",
			 json_text_or_null(seabios), "seabios_rom", json_text_or_null(rom), "gcc",
			 json_text_or_null(gcc));
}

static json_t *commit_facts(const char *top)
{
	const char *const head[] = { "git", "-C", top, "rev-parse", "HEAD", NULL };
	const char *const changed[] = { "git", "-C", top, "status", "--porcelain",
					"--untracked-files=no", NULL };
	CLEANUP_FREE char *commit = first_output(head), *changes = first_output(changed);

	return json_pack("{s:o, s:o}", "commit", json_text_or_null(commit), "dirty",
			 changes ? json_boolean(*changes) : json_null());
}

static json_t *load_facts(void)
{
	double load[3] = { 0 };

	getloadavg(load, 3);
	return json_pack("[f, f, f]", load[0], load[1], load[2]);
}

/* Below the checkout only the place in it counts: where that lies is nobody's business. */
static const char *relative(const char *path, const char *top)
{
	size_t n = strlen(top);

	return !strncmp(path, top, n) && path[n] == '/' ? path + n + 1 : path;
}

static json_t *image_facts(const char *top, const char *const *images, unsigned int n)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < n; i++) {
		CLEANUP_ERROR struct error *err = NULL;
		char hex[SHA256_HEX];
		bool known = !sha256_file(images[i], hex, &err);
		struct stat st = { 0 };

		stat(images[i], &st);
		json_array_append_new(list, json_pack("{s:s, s:I, s:o}", "path",
						      relative(images[i], top), "bytes",
						      (json_int_t)st.st_size, "sha256",
						      json_text_or_null(known ? hex : NULL)));
	}
	return list;
}

json_t *host_provenance(const char *top, const struct accel_proof *proof, enum accelerator chosen,
			struct connection *c, const char *const *images, unsigned int n,
			struct error **err)
{
	struct sysinfo memory;
	json_t *root;

	sysinfo(&memory);
	root = json_pack("{s:i, s:o, s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", 1, "cpu",
			 cpu_facts(), "memory_mib",
			 (json_int_t)((uint64_t)memory.totalram * memory.mem_unit >> 20),
			 "accelerator", accel_name(chosen), "accelerator_proof", proof_facts(proof),
			 "kernel", kernel_facts(), "versions", version_facts(c), "source",
			 commit_facts(top), "load", load_facts(), "images", image_facts(top, images, n));
	if (!root)
		error_set(err, ERROR_INSTRUMENT, 0,
			  "what this host says of itself makes no JSON: a text is not UTF-8");
	return root;
}
