// SPDX-License-Identifier: GPL-2.0-only
/*
 * machine_files.c - the files one machine is made of
 */
#include "machine_files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/random.h>

#include "base/file.h"
#include "base/text.h"
#include "guest_protocol.h"
#include "overlay.h"
#include "plan/mixed.h"
#include "reboot/virtual_clock.h"
#include "reboot_marks.h"

/* More trials of one machine's number in one run than this are a mistake. */
#define RESUMES_MAX 1000

static void join(char **to, const char *between, const char *text)
{
	char *all;

	if (!text || !*text)
		return;
	all = text_format("%s%s%s", *to ? *to : "", *to ? between : "", text);
	free(*to);
	*to = all;
}

static void add_words(char **to, const char *words)
{
	join(to, " ", words);
}

/* "reboot_marks.fault=initcalls:delay:250", or NULL. */
static char *fault_word(const struct scenario *s)
{
	switch (s->fault.kind) {
	case FAULT_DELAY:
		return text_format(REBOOT_MARK_FAULT "=%s:" REBOOT_MARK_FAULT_DELAY ":%d",
				   s->fault.at, s->fault.ms);
	case FAULT_SPIN:
		return text_format(REBOOT_MARK_FAULT "=%s:" REBOOT_MARK_FAULT_SPIN ":%d",
				   s->fault.at, s->fault.instructions);
	case FAULT_HANG:
		return text_format(REBOOT_MARK_FAULT "=%s:" REBOOT_MARK_FAULT_HANG, s->fault.at);
	case FAULT_PANIC:
		return text_format(REBOOT_MARK_FAULT "=%s:" REBOOT_MARK_FAULT_PANIC, s->fault.at);
	case FAULT_NONE:
		break;
	}
	return NULL;
}

/* What the way's options and hints add to the request's own options, or NULL. */
static char *option_words(const struct scenario_way *way)
{
	char *words = NULL;

	for (unsigned int i = 0; i < way->options_count; i++) {
		const struct impl_option *o = impl_option(way->impl, way->options[i]);

		if (o)
			add_words(&words, o->words);
	}
	for (size_t i = 0; i < way->given.n; i++)
		add_words(&words, way->given.at[i]->request);
	return words;
}

/* What options, hints and fault add to the command line of the new kernel, or NULL. */
static char *command_line_words(const struct trial_plan *plan)
{
	CLEANUP_FREE char *fault = fault_word(plan->scenario);
	char *words = NULL;

	for (unsigned int i = 0; i < plan->way->options_count; i++) {
		const struct impl_option *o = impl_option(plan->way->impl, plan->way->options[i]);

		if (o)
			add_words(&words, o->command_line);
	}
	for (size_t i = 0; i < plan->way->given.n; i++)
		add_words(&words, plan->way->given.at[i]->words);
	add_words(&words, fault);
	return words;
}

/* Shell text that adds them to the variable with the command line; may be empty. */
static char *command_line_text(const struct trial_plan *plan)
{
	const char *own = plan->scenario->command_line;
	CLEANUP_FREE char *words = command_line_words(plan);

	if (!words || (own && *own))
		return text_format("%s", "");
	/* In a chain the running command line already has them. */
	return text_format("case \" $" REQUEST_COMMAND_LINE " \" in\n"
			   "*' %s '*) ;;\n"
			   "*) " REQUEST_COMMAND_LINE "=\"$" REQUEST_COMMAND_LINE "\"' %s' ;;\n"
			   "esac\n", words, words);
}

/* On which disk the kernel of each reboot is, or NULL: all are on the one. */
static char *disks_line(const struct trial_plan *plan)
{
	char *line;

	if (!plan->chain || !plan->chain->others_count)
		return NULL;
	line = text_format(TRIAL_DISKS "=");
	for (unsigned int i = 0; i < plan->chain->order_count; i++) {
		CLEANUP_FREE char *number = text_format("%u", plan->chain->order[i]);

		join(&line, i ? " " : "", number);
	}
	join(&line, "", "\n");
	return line;
}

/*
 * The file with the old kernel's log. In a mixed chain it is looked for behind every way: one that
 * keeps none must not leave an older log there.
 */
static const char *previous_log_of(const struct trial_plan *plan)
{
	const struct scenario *s = plan->scenario;
	const char *path = mixed_is(s) ? NULL : scenario_previous_log(plan->way);

	for (unsigned int i = 0; !path && i < s->chain.ways_count; i++)
		path = scenario_previous_log(mixed_way(s, i + 1));
	return path;
}

char *machine_files_orders(const struct trial_plan *plan, const char *nonce)
{
	const struct scenario *s = plan->scenario;
	const struct scenario_way *way = trial_plan_way(plan, 1);
	CLEANUP_FREE char *options = mixed_is(s) ? NULL : option_words(way);
	CLEANUP_FREE char *words = command_line_words(plan);
	const char *previous_log = previous_log_of(plan);
	CLEANUP_FREE char *command_line = NULL, *disks = disks_line(plan);

	/* An empty command line keeps the running one; then the request adds the words. */
	if (s->command_line && *s->command_line) {
		add_words(&command_line, s->command_line);
		add_words(&command_line, words);
	}
	return text_format(TRIAL_NONCE "=%s\n" TRIAL_REBOOTS "=%d\n" TRIAL_SETTLE_MS "=%d\n"
			   TRIAL_IMAGE "=%s\n" TRIAL_OPTIONS "=%s\n" TRIAL_PREVIOUS_LOG "=%s\n"
			   TRIAL_COMMAND_LINE "=%s\n%s",
			   nonce, s->chain.reboots, s->chain.settle_ms,
			   impl_image(way->impl, way->image)->path, options ? options : "",
			   previous_log ? previous_log : "",
			   command_line ? command_line : "", disks ? disks : "");
}

/* What one way runs, for each request or ahead of it; NULL: nothing. To be freed. */
typedef char *(*way_text_fn)(const struct scenario_way *way);

/* Shell text that runs that of the way whose turn it is; NULL where no way has any. */
static char *turns_text(const struct scenario *s, way_text_fn text_of)
{
	CLEANUP_FREE char *arms = NULL;
	bool any = false;

	for (unsigned int i = 0; i < s->chain.ways_count; i++) {
		const struct scenario_way *way = mixed_way(s, i + 1);
		CLEANUP_FREE char *options = option_words(way), *text = text_of(way);
		const char *path = impl_image(way->impl, way->image)->path;
		CLEANUP_FREE char *arm =
			text_format("%u)\n" REQUEST_IMAGE "=\"${" REQUEST_IMAGE "%%/*}/%s\" "
				    REQUEST_OPTIONS "='%s'\n%s\n;;\n", i, strrchr(path, '/') + 1,
				    options ? options : "", text ? text : "");

		any |= text != NULL;
		join(&arms, "", arm);
	}
	/* The nonce ends with the number of the reboot. */
	return any ? text_format("case $(((${" REQUEST_NONCE "##*.} - 1) %% %u)) in\n%sesac\n",
				 s->chain.ways_count, arms) : NULL;
}

static char *text_of_ways(const struct trial_plan *plan, way_text_fn text_of)
{
	return mixed_is(plan->scenario) ? turns_text(plan->scenario, text_of) : text_of(plan->way);
}

static char *request_of(const struct scenario_way *way)
{
	return text_format("%s", way->impl->request);
}

char *machine_files_request(const struct trial_plan *plan)
{
	CLEANUP_FREE char *command_line = command_line_text(plan);
	CLEANUP_FREE char *request = text_of_ways(plan, request_of);

	return text_format("%s%s", command_line, request);
}

/* Between texts of which one that fails is the last. */
static const char stop[] = "\nstatus=$?; [ $status = 0 ] || exit $status\n";

static char *before_of(const struct scenario_way *way)
{
	char *texts = NULL;

	for (unsigned int i = 0; i < way->options_count; i++) {
		const struct impl_option *o = impl_option(way->impl, way->options[i]);

		if (o)
			join(&texts, stop, o->before);
	}
	return texts;
}

char *machine_files_before(const struct trial_plan *plan)
{
	CLEANUP_FREE char *command_line = command_line_text(plan);
	CLEANUP_FREE char *texts = NULL, *of_ways = text_of_ways(plan, before_of);

	join(&texts, stop, plan->scenario->before);
	join(&texts, stop, of_ways);
	if (!texts)
		return NULL;
	if (plan->way->own.ramdisk_mib)
		return text_format("RAMDISK_MIB=%d\n%s%s", plan->way->own.ramdisk_mib, command_line, texts);
	return text_format("%s%s", command_line, texts);
}

/* With the virtual clock all machines are told the same: what differs would take other time. */
static int draw_nonce(const struct scenario *s, struct machine_files *f, struct error **err)
{
	uint64_t random;

	if (getrandom(&random, sizeof(random), 0) != sizeof(random))
		return error_set(err, ERROR_HOST, errno, "cannot draw a nonce");
	snprintf(f->id, sizeof(f->id), "%016" PRIx64, random);
	snprintf(f->nonce, sizeof(f->nonce), "%s",
		 scenario_is_virtual(s) ? VIRTUAL_CLOCK_NONCE : f->id);
	return 0;
}

static void base_name(const struct trial_plan *plan, int resume, char *name, size_t size)
{
	CLEANUP_FREE char *way = mixed_is(plan->scenario) ? text_format(MIXED_NAME) :
				 scenario_way_name(plan->way);
	char suffix[16] = "";

	if (resume)
		snprintf(suffix, sizeof(suffix), ".%d", resume);
	snprintf(name, size, "%s-m%d%s", way, plan->machine, suffix);
}

/* Takes the first base name that no earlier trial has; makes its console file. */
static int take_name(const struct trial_plan *plan, struct machine_files *f, struct error **err)
{
	for (int resume = 0; resume < RESUMES_MAX; resume++) {
		CLEANUP_CLOSE int fd = -1;

		base_name(plan, resume, f->name, sizeof(f->name));
		free(f->console);
		f->console = text_format("%s/%s.console", plan->paths.consoles, f->name);
		fd = open(f->console, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
		if (fd >= 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	return error_set(err, ERROR_HOST, errno, "cannot create %s", f->console);
}

/* A link in the work folder to where a line is kept. */
static int link_line(const char *link, const char *kept, struct error **err)
{
	unlink(link);
	if (symlink(kept, link))
		return error_set(err, ERROR_HOST, errno, "cannot make the link %s", link);
	return 0;
}

/* What the plugin's file is: clock.so's, discard.so's, or none. See witness/plugin_*.c. */
static const char *trace_suffix(const struct trial_plan *plan)
{
	if (scenario_is_virtual(plan->scenario))
		return "clock";
	/* Who instruments a machine measures no time. */
	return scenario_discards(plan->scenario, plan->accelerator) && !plan->plugin ? "discards" :
	       NULL;
}

static int make_orders(const struct trial_plan *plan, struct machine_files *f, struct error **err)
{
	CLEANUP_FREE char *orders = NULL, *request = machine_files_request(plan);
	CLEANUP_FREE char *before = machine_files_before(plan);
	int rc = draw_nonce(plan->scenario, f, err);

	if (rc)
		return rc;
	orders = machine_files_orders(plan, f->nonce);
	rc = file_write(f->trial, orders, err);
	if (!rc && before) {
		f->before = text_format("%s/before", plan->paths.work);
		rc = file_write(f->before, before, err);
	}
	return rc ? rc : file_write(f->request, request, err);
}

static int make_other_disks(const struct trial_plan *plan, struct machine_files *f,
			    struct error **err)
{
	unsigned int n = plan->chain ? plan->chain->others_count : 0;
	int rc = 0;

	for (unsigned int i = 0; !rc && i < n; i++) {
		f->other_disks[i] = text_format("%s/boot-%u.qcow2", plan->paths.work, i + 1);
		f->other_disks_count++;
		rc = overlay_create(plan->chain->others[i].boot, f->other_disks[i], err);
	}
	return rc;
}

int machine_files_make(const struct trial_plan *plan, struct machine_files *f, struct error **err)
{
	const char *work = plan->paths.work;
	int rc;

	*f = (struct machine_files){
		.boot_disk = text_format("%s/boot.qcow2", work),
		.root_disk = text_format("%s/root.qcow2", work),
		.trial = text_format("%s/trial", work),
		.request = text_format("%s/request", work),
		.socket = text_format("%s/marks.sock", work),
		.console_link = text_format("%s/console.log", work),
		.data_link = text_format("%s/data.log", work),
	};
	if (plan->paths.firmware)
		f->variables = text_format("%s/variables.fd", work);
	rc = take_name(plan, f, err);
	if (rc)
		return rc;
	f->data = text_format("%s/%s.data", plan->paths.consoles, f->name);
	f->marks = text_format("%s/%s.marks", plan->paths.consoles, f->name);
	f->stamps = text_format("%s/%s.stamps", plan->paths.consoles, f->name);
	f->registers = text_format("%s/%s.registers", plan->paths.consoles, f->name);
	rc = link_line(f->console_link, f->console, err);
	if (!rc)
		rc = link_line(f->data_link, f->data, err);
	if (!rc && trace_suffix(plan)) {
		f->trace = text_format("%s/%s.%s", plan->paths.consoles, f->name,
				       trace_suffix(plan));
		f->trace_link = text_format("%s/trace.log", work);
		rc = link_line(f->trace_link, f->trace, err);
	}
	if (!rc)
		rc = make_orders(plan, f, err);
	if (!rc)
		rc = overlay_create(plan->paths.boot_base, f->boot_disk, err);
	if (!rc)
		rc = overlay_create(plan->paths.root_base, f->root_disk, err);
	return rc ? rc : make_other_disks(plan, f, err);
}

/* Removes a file of the work folder and frees its path. */
static void drop(char **path)
{
	if (*path)
		unlink(*path);
	free(*path);
	*path = NULL;
}

void machine_files_free(struct machine_files *f)
{
	drop(&f->console_link);
	drop(&f->data_link);
	drop(&f->trace_link);
	drop(&f->boot_disk);
	drop(&f->root_disk);
	for (unsigned int i = 0; i < f->other_disks_count; i++)
		drop(&f->other_disks[i]);
	drop(&f->variables);
	drop(&f->trial);
	drop(&f->request);
	drop(&f->before);
	drop(&f->socket);
	free(f->console);
	free(f->data);
	free(f->marks);
	free(f->stamps);
	free(f->registers);
	free(f->trace);
	memset(f, 0, sizeof(*f));
}
