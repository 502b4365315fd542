// SPDX-License-Identifier: GPL-2.0-only
/*
 * subject.c - one way under the eyes of the witness
 */
#include "subject.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "account.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/json.h"
#include "base/path.h"
#include "base/sha256.h"
#include "base/text.h"
#include "machine/qemu_option.h"
#include "plan/image_extent.h"
#include "table.h"

static int on_sample(struct sample *sample, const event_vec *events, void *arg,
		     struct error **err)
{
	struct subject *s = arg;

	(void)err;
	s->sample = *sample;
	s->sampled = true;
	s->events.n = 0;
	for (size_t i = 0; i < events->n; i++)
		vec_push(&s->events, events->at[i]);
	return 0;
}

/* How much memory lies below 4 GiB: hw/i386/pc_piix.c and pc_q35.c of QEMU. */
static int low_mib(const struct scenario_machine *m)
{
	if (m->chipset == CHIPSET_Q35)
		return m->memory_mib < 2816 ? m->memory_mib : 2048;
	return m->memory_mib < 3584 ? m->memory_mib : 3072;
}

char *subject_machine(const char *top, const struct scenario *scenario,
		      const struct scenario_way *way, struct error **err)
{
	const struct scenario_machine m = factor_machine(&scenario->machine, &way->own);
	CLEANUP_FREE char *kernel = text_format("%s/build/kernels/%s/vmlinux", top, m.kernel);
	struct image_extent image;

	if (image_extent(kernel, &image, err))
		return NULL;
	return text_format("memory=%" PRIu64 ",memory_low=%" PRIu64 ",image_start=%" PRIu64
			   ",image_end=%" PRIu64 ",image_linear=%" PRIu64,
			   (uint64_t)m.memory_mib << 20, (uint64_t)low_mib(&m) << 20, image.start,
			   image.end, image.linear);
}

char *subject_plugin(const struct subject *s, const char *trace, struct error **err)
{
	CLEANUP_FREE char *object = path_below(s->plugins, "witness.so"), *machine = NULL;
	CLEANUP_FREE char *object_text = qemu_option_value(object);
	CLEANUP_FREE char *trace_text = qemu_option_value(trace);

	if (access(object, R_OK)) {
		error_set(err, ERROR_HOST, errno, "%s: not built", object);
		error_hint(err, "`make harness` builds it");
		return NULL;
	}
	machine = subject_machine(s->top, s->scenario, s->way, err);
	return machine ? text_format("file=%s,trace=%s,%s", object_text, trace_text, machine) : NULL;
}

/* One machine through its reboots; what comes out of it is kept in dir. */
static int run(struct subject *s, const char *dir, const char *plugin, struct error **err)
{
	CLEANUP_FREE char *work = NULL;
	struct scenario scenario = *s->scenario;
	struct trial_plan plan = {
		.scenario = &scenario, .way = s->way,
		.accelerator = s->kvm ? ACCELERATOR_KVM : ACCELERATOR_TCG,
		.run = "witness", .build = s->images->build,
		.kernel_expected = s->images->kernel_release, .plugin = plugin, .samples = s->samples,
		.paths = {
			.consoles = dir, .boot_base = s->images->boot,
			.root_base = s->images->root, .firmware = s->images->firmware,
			.variables_base = s->images->variables, .plugins = s->plugins,
		},
	};
	int rc;

	scenario.machine = factor_machine(&s->scenario->machine, &s->way->own);
	folder_remove(dir);
	rc = folder_make(dir, err);
	if (rc)
		return rc;
	work = folder_make_below(s->work, s->name, err);
	if (!work)
		return -EIO;
	plan.paths.work = work;
	s->sampled = false;
	rc = trial_run(s->connection, &plan, on_sample, NULL, s, s->stop, err);
	folder_remove(work);
	return rc;
}

static int tell_failure(const struct subject *s, FILE *to)
{
	if (s->sampled && s->sample.judgement.verdict == VERDICT_OK)
		return 0;
	fprintf(to, "%s: the reboot failed: %s\n\n", s->name,
		s->sampled ? s->sample.judgement.reason : "nothing was seen of it");
	return 1;
}

int subject_reboot(struct subject *s, const char *dir, const char *plugin, FILE *to,
		   struct error **err)
{
	int rc = run(s, dir, plugin, err);

	return rc ? rc : tell_failure(s, to);
}

/* The SHA-256 of a file; null where it cannot be read. */
static json_t *sha256_of(const char *path)
{
	CLEANUP_ERROR struct error *ignored = NULL;
	char hex[SHA256_HEX];

	return json_text_or_null(sha256_file(path, hex, &ignored) ? NULL : hex);
}

/* The text of each hint that the way was given, by its name. */
static json_t *hints_of(const struct scenario_way *way)
{
	json_t *hints = json_object();

	for (size_t i = 0; i < way->given.n; i++)
		json_object_set_new(hints, way->given.at[i]->name,
				    json_text(way->given.at[i]->text));
	return hints;
}

/* Whose account it is stands first in it. */
static json_t *with_name(const struct subject *s, json_t *account)
{
	const struct sample *sample = &s->sample;
	CLEANUP_FREE char *impl = path_below(s->way->impl->dir, "impl.yaml");
	json_t *whole = json_pack("{s:i, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:b}", "schema",
				  ACCOUNT_SCHEMA, "way", sample->way, "variant", sample->variant,
				  "kernel", sample->kernel, "impl", sha256_of(impl), "root",
				  sha256_of(s->images->root), "hints", hints_of(s->way), "at",
				  sample->wall_time, "verdict",
				  verdict_name(sample->judgement.verdict), "proved",
				  sample->judgement.proved);

	json_object_update(whole, account);
	return whole;
}

static json_t *interpret(const struct subject *s, const char *dir, const char *trace_path,
			 struct error **err)
{
	CLEANUP_FREE char *marks_path = text_format("%s/%s.marks", dir, s->sample.trial);
	CLEANUP_FREE char *trace = NULL, *marks = NULL;
	CLEANUP_JSON json_t *account = NULL;
	size_t trace_n, marks_n;

	trace = file_read(trace_path, FILE_ANY_LENGTH, &trace_n, err);
	if (!trace)
		return NULL;
	marks = file_read(marks_path, FILE_ANY_LENGTH, &marks_n, err);
	if (!marks)
		return NULL;
	account = account_of(trace, (const uint8_t *)marks, marks_n, err);
	return account ? with_name(s, account) : NULL;
}

int subject_witness(struct subject *s, FILE *to, struct error **err)
{
	CLEANUP_FREE char *dir = NULL, *trace = NULL, *plugin = NULL, *path = NULL;
	CLEANUP_ERROR struct error *none = NULL;
	CLEANUP_JSON json_t *account = NULL;
	int rc, failed;

	dir = text_format("%s/witness/%s", s->results, s->name);
	path = text_format("%s.json", dir);
	trace = text_format("%s/trace.jsonl", dir);
	plugin = subject_plugin(s, trace, err);
	if (!plugin)
		return -ENOENT;
	/* What was seen of the way before is no evidence of what it is now. */
	unlink(path);
	failed = subject_reboot(s, dir, plugin, to, err);
	if (failed < 0 || !s->sampled)
		return failed;
	/* A reboot may fail behind the new kernel's first instruction: then all was seen. */
	account = interpret(s, dir, trace, failed ? &none : err);
	if (!account)
		return failed ? failed : error_wrap(err, "%s", s->name);
	table_print(account, to);
	fflush(to);
	rc = json_write(path, account, JSON_INDENT(1), err);
	return rc ? rc : failed;
}

void subject_open(struct subject *s)
{
	s->name = scenario_way_name(s->way);
}

void subject_free(struct subject *s)
{
	free(s->name);
	s->name = NULL;
	vec_free(&s->events);
}
