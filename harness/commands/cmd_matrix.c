// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_matrix.c - `lobosbench matrix`: which way works on which machine
 *
 * Each way reboots a machine of each kind twice: the second time from a kernel that the way itself
 * has brought up. A way that is not for a machine is refused before one is started, and why is in
 * the table.
 */
#include <errno.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/path.h"
#include "base/text.h"
#include "base/vec.h"
#include "commands.h"
#include "machine/accel.h"
#include "plan/built.h"
#include "plan/scenario_override.h"
#include "reboot/verdict.h"
#include "report/console.h"
#include "report/markdown.h"
#include "subjects.h"

#define MACHINE_SPACE	(UINT64_C(256) << 20)

/* So many machines are tried until one gives an answer. */
#define TRIES		5

struct matrix_options {
	struct option_list ways, kernels;
	const char *firmware;
};

#define TO(member) offsetof(struct matrix_options, member)

static const char *const firmwares[] = { "bios", "uefi", NULL };

static const struct option options[] = {
	{ "WAY", NULL, "WAY[/IMAGE][+OPTION]...: a row (every way with each image, and with each option "
	  "that some architectures have)", OPTION_LIST, .to = TO(ways) },
	{ "--kernel", "K", "a folder of build/guest, such as x86_64-6.12 (may be given again; all that "
	  "are built)", OPTION_LIST, .to = TO(kernels) },
	{ "--firmware", "F", "bios or uefi (both)", OPTION_CHOICE, .to = TO(firmware), .as_text = true,
	  .choices = firmwares },
	{ 0 }
};

enum answer {
	ANSWER_OK,
	ANSWER_REFUSED,
	ANSWER_FAILED,
	ANSWER_NONE,			/* the instrument failed, or the machine's first boot */
};

/* What was seen of one way on one kind of machine. */
struct cell {
	enum answer answer;
	char *reason;			/* NULL: it works */
	char *said;			/* what the machine's console says of a refusal, or NULL */
};

/* A kind of machine. */
struct column {
	char *kernel;
	bool uefi;
};

struct session {
	const struct settings *global;
	struct impl_list *impls;
	struct machines machines;
	bool kvm;
	VEC(char *) ways;
	VEC(struct column) columns;
	VEC(struct cell) cells;		/* column by column */
};

static void session_close(struct session *s)
{
	machines_close(&s->machines);
	impl_list_free(s->impls);
	for (size_t i = 0; i < s->ways.n; i++)
		free(s->ways.at[i]);
	for (size_t i = 0; i < s->columns.n; i++)
		free(s->columns.at[i].kernel);
	for (size_t i = 0; i < s->cells.n; i++) {
		free(s->cells.at[i].reason);
		free(s->cells.at[i].said);
	}
	vec_free(&s->ways);
	vec_free(&s->columns);
	vec_free(&s->cells);
}

/* The rows of one way, as they are written on the command line. */
static void add_rows(struct session *s, const struct impl *impl)
{
	for (unsigned int i = 0; i < impl->images_count; i++)
		vec_push(&s->ways, text_format("%s%s%s", impl->name, i ? "/" : "",
					       i ? impl->images[i].format : ""));
	for (unsigned int i = 0; i < impl->options_count; i++)
		if (impl->options[i].archs_count)
			vec_push(&s->ways, text_format("%s+%s", impl->name, impl->options[i].name));
}

/* A way that there is nowhere is the user's mistake, and no cell of the table. */
static int choose_ways(struct session *s, const struct option_list *ways, struct error **err)
{
	for (unsigned int i = 0; i < ways->n; i++) {
		CLEANUP_FREE char *name = strndup(ways->at[i], strcspn(ways->at[i], "/+"));

		if (!name)
			abort();
		if (!impl_find(s->impls, name)) {
			error_set(err, ERROR_USAGE, 0, "there is no way \"%s\"", name);
			error_hint(err, "`lobosbench list ways` shows them");
			return -EINVAL;
		}
		vec_push(&s->ways, text_format("%s", ways->at[i]));
	}
	for (size_t i = 0; !ways->n && i < s->impls->n; i++)
		add_rows(s, &s->impls->at[i]);
	return 0;
}

static bool is_wanted(const struct matrix_options *o, const char *firmware)
{
	return !o->firmware || !strcmp(o->firmware, firmware);
}

/* A machine with a BIOS, and one with UEFI where the kernel has a boot disk for it. */
static void add_columns(struct session *s, const struct matrix_options *o, const char *guests,
			const char *kernel)
{
	CLEANUP_FREE char *bios = text_format("%s/%s/boot.img", guests, kernel);
	CLEANUP_FREE char *uefi = text_format("%s/%s/boot-uefi.img", guests, kernel);

	if (is_wanted(o, "bios") && (o->kernels.n || !access(bios, R_OK)))
		vec_push(&s->columns, ((struct column){ text_format("%s", kernel), false }));
	if (is_wanted(o, "uefi") && !access(uefi, R_OK))
		vec_push(&s->columns, ((struct column){ text_format("%s", kernel), true }));
}

static int choose_columns(struct session *s, const struct matrix_options *o, struct error **err)
{
	const struct option_list *kernels = &o->kernels;
	CLEANUP_FREE char *guests = path_below(s->global->top, "build/guest");
	CLEANUP_FREE struct dirent **entries = NULL;
	int n = kernels->n ? 0 : built_kinds(guests, &entries);

	for (unsigned int i = 0; i < kernels->n; i++)
		add_columns(s, o, guests, kernels->at[i]);
	for (int i = 0; i < n; i++) {
		add_columns(s, o, guests, entries[i]->d_name);
		free(entries[i]);
	}
	if (s->columns.n)
		return 0;
	error_set(err, ERROR_HOST, ENOENT, "%s: no kernel is built for such machines", guests);
	error_hint(err, "`make guest` builds what the machines boot from");
	return -ENOENT;
}

/* Of a refusal the words behind "FILE:LINE: ways[0]...: ". */
static char *refusal(const struct error *err)
{
	const char *key = strstr(err->message, "ways[0]");
	const char *words = key ? strstr(key, ": ") : NULL;

	return text_format("%s", words ? words + 2 : err->message);
}

/* The scenario of one cell, resolved; NULL with *err set. */
static struct scenario *cell_scenario(const struct session *s, const struct column *c,
				      const char *way, struct error **err)
{
	const struct scenario_override one = { .ways = &way, .ways_count = 1 };
	CLEANUP_FREE char *all = text_format(
		"name: matrix\ntitle: Which way works\nways: [{way: none}]\n"
		"machine: {kernel: %s, firmware: %s, chipset: %s}\n"
		"chain: {reboots: 2, warmups: 0}\n", c->kernel, c->uefi ? "uefi" : "bios",
		c->uefi ? "q35" : "pc");
	CLEANUP_FREE char *text = scenario_override_text(all, &one, err);
	CLEANUP(cleanup_scenario_free) struct scenario *scenario = NULL;

	scenario = text ? scenario_parse("lobosbench matrix", text, err) : NULL;
	if (!scenario || scenario_resolve(scenario, s->global->top, s->impls, err))
		return NULL;
	return steal_ptr(&scenario);
}

static enum answer answer_of(const struct subject *subject, int rc, const struct error *err)
{
	const struct judgement *j = &subject->sample.judgement;

	if (err || j->verdict == VERDICT_INSTRUMENT_FAULT)
		return ANSWER_NONE;
	if (j->verdict == VERDICT_REFUSED)
		return ANSWER_REFUSED;
	return rc || !j->proved ? ANSWER_FAILED : ANSWER_OK;
}

static char *reason_of(const struct subject *subject, const struct error *err)
{
	const struct judgement *j = &subject->sample.judgement;

	if (err)
		return text_format("%s", err->message);
	return text_format("%s, %s: %s", subject->name, verdict_name(j->verdict), j->reason);
}

/* Reboots a machine. Return: 0 with *cell filled, or a negative errno with *err set. */
static int reboot(struct session *s, const struct scenario *scenario, struct cell *cell,
		  struct error **err)
{
	CLEANUP_FREE char *dir = path_below(s->machines.work, "consoles");
	CLEANUP(images_free) struct images images = { 0 };
	struct subject *subject;
	int rc = images_find(&images, s->global, scenario, err);

	if (rc)
		return rc;
	subject = subjects_open(s->global, scenario, &images, &s->machines);
	subject->kvm = s->kvm;
	cell->answer = ANSWER_NONE;
	for (int i = 0; i < TRIES && !*err && cell->answer == ANSWER_NONE; i++) {
		CLEANUP_ERROR struct error *own = NULL;

		rc = subject_reboot(subject, dir, NULL, stderr, &own);
		if (own && own->class != ERROR_INSTRUMENT) {
			*err = steal_ptr(&own);
			break;
		}
		cell->answer = answer_of(subject, rc, own);
		free(cell->reason);
		cell->reason = cell->answer == ANSWER_OK ? NULL : reason_of(subject, own);
	}
	if (cell->answer == ANSWER_REFUSED)
		cell->said = console_refusal(dir, &subject->sample);
	subjects_close(subject, 1);
	return *err ? rc : 0;
}

static int fill_cell(struct session *s, const struct column *c, const char *way,
		     struct error **err)
{
	CLEANUP_ERROR struct error *refused = NULL;
	CLEANUP(cleanup_scenario_free) struct scenario *scenario = cell_scenario(s, c, way, &refused);
	struct cell cell = { 0 };
	int rc = 0;

	if (scenario)
		rc = reboot(s, scenario, &cell, err);
	else
		cell = (struct cell){ ANSWER_REFUSED, refusal(refused), NULL };
	if (rc) {
		free(cell.reason);
		return rc;
	}
	fprintf(stderr, "%s%s, %s: %s%s%s\n", c->kernel, c->uefi ? " with UEFI" : "", way,
		cell.reason ? cell.reason : "ok", cell.said ? " " : "", cell.said ? cell.said : "");
	vec_push(&s->cells, cell);
	return 0;
}

static int fill(struct session *s, struct error **err)
{
	int rc = 0;

	for (size_t c = 0; c < s->columns.n; c++)
		for (size_t w = 0; !rc && w < s->ways.n; w++)
			rc = fill_cell(s, &s->columns.at[c], s->ways.at[w], err);
	return rc;
}

typedef VEC(char *) note_vec;

/* The number of a reason below the table, from 1; added there when it is new. */
static size_t note_of(note_vec *notes, const struct cell *cell)
{
	CLEANUP_FREE char *said = cell->said ? md_escaped(cell->said) : NULL;
	CLEANUP_FREE char *note = text_format("%s%s%s", cell->reason, said ? " Its console: " : "",
					      said ? said : "");

	for (size_t i = 0; i < notes->n; i++)
		if (!strcmp(notes->at[i], note))
			return i + 1;
	vec_push(notes, steal_ptr(&note));
	return notes->n;
}

static void print_head(const struct session *s)
{
	fputs("| way |", stdout);
	for (size_t c = 0; c < s->columns.n; c++)
		printf(" %s%s |", s->columns.at[c].kernel, s->columns.at[c].uefi ? ", UEFI" : "");
	fputs("\n|---|", stdout);
	for (size_t c = 0; c < s->columns.n; c++)
		fputs("---|", stdout);
	putchar('\n');
}

/* Markdown. Return: the exit status. */
static int print_table(const struct session *s)
{
	static const char *const words[] = {
		[ANSWER_OK] = "ok", [ANSWER_REFUSED] = "refused", [ANSWER_FAILED] = "**failed**",
		[ANSWER_NONE] = "**no answer**",
	};
	unsigned int count[ANSWER_NONE + 1] = { 0 };
	note_vec notes = { 0 };

	print_head(s);
	for (size_t w = 0; w < s->ways.n; w++) {
		printf("| %s |", s->ways.at[w]);
		for (size_t c = 0; c < s->columns.n; c++) {
			const struct cell *cell = &s->cells.at[c * s->ways.n + w];

			count[cell->answer]++;
			printf(" %s", words[cell->answer]);
			if (cell->reason)
				printf(" [%zu]", note_of(&notes, cell));
			fputs(" |", stdout);
		}
		putchar('\n');
	}
	for (size_t i = 0; i < notes.n; i++) {
		printf("%s%zu. %s\n", i ? "" : "\n", i + 1, notes.at[i]);
		free(notes.at[i]);
	}
	vec_free(&notes);
	if (count[ANSWER_FAILED])
		return 1;
	return count[ANSWER_NONE] ? ERROR_INSTRUMENT : 0;
}

static int session_open(struct session *s, const struct matrix_options *o, struct error **err)
{
	CLEANUP_FREE char *impls = path_below(s->global->top, "impls");
	struct accel_proof proof;
	int rc;

	s->impls = impl_list_load(impls, err);
	rc = s->impls ? choose_ways(s, &o->ways, err) : -EINVAL;
	if (!rc)
		rc = choose_columns(s, o, err);
	if (rc)
		return rc;
	accel_prove(&proof);
	s->kvm = proof.kvm;
	rc = machines_lock(&s->machines, s->global, "the matrix", err);
	return rc ? rc : machines_open(&s->machines, s->global, MACHINE_SPACE, err);
}

static int run_matrix(const struct settings *global, const void *given, struct error **err)
{
	CLEANUP(session_close) struct session session = { .global = global };
	int rc;

	interrupt_catch();
	rc = session_open(&session, given, err);
	if (!rc)
		rc = fill(&session, err);
	return rc ? rc : print_table(&session);
}

const struct command command_matrix = {
	.name = "matrix",
	.summary = "try each way on each kind of machine",
	.prose = "Reboots a machine twice by each WAY with each kernel that is built, with a BIOS "
		 "and, where the kernel has a boot disk for it, with UEFI firmware. Prints a table in "
		 "Markdown: ok stands for a second reboot that came up the right way and proved it. A "
		 "way can be refused, here because it is not for a machine, or by the machine; the "
		 "reason stands below. Where the instrument fails, another machine is tried.",
	.options = options,
	.statuses = "0 each way worked or was refused, 1 some failed",
	.examples = "lobosbench matrix\n"
		    "lobosbench matrix kexec kexec+file --kernel x86_64-6.12",
	.supervised = true,
	.size = sizeof(struct matrix_options),
	.run = run_matrix,
};
