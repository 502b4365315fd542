// SPDX-License-Identifier: GPL-2.0-only
/*
 * machine.c - one machine with everything that watches it
 */
#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "domain_xml.h"
#include "guest_protocol.h"
#include "perf.h"
#include "reboot/discards.h"
#include "recorder.h"
#include "sampler.h"

/* Less than this free, and writes of the machine may have failed. */
#define FULL_BYTES (UINT64_C(1) << 20)

static char *make_xml(const struct machine *m, const struct connection *c, struct error **err)
{
	const struct machine_files *f = &m->files;
	const struct domain_item items[] = {
		{ .name = TRIAL_FILE, .file = f->trial },
		{ .name = TRIAL_FILE_REQUEST, .file = f->request },
		{ .name = TRIAL_FILE_BEFORE, .file = f->before },
	};
	char name[64];
	struct domain_config config = {
		.name = name,
		.scenario = m->plan->scenario,
		.accelerator = m->plan->accelerator,
		.emulator = connection_emulator(c, m->plan->scenario->machine.arch),
		.boot_disk = f->boot_disk,
		.root_disk = f->root_disk,
		.other_disks = f->other_disks,
		.other_disks_count = f->other_disks_count,
		.firmware = m->plan->paths.firmware,
		.variables = f->variables,
		.variables_base = m->plan->paths.variables_base,
		.console = f->console,
		.data = f->data,
		.marks = f->socket,
		.items = items,
		.items_count = sizeof(items) / sizeof(items[0]) - !f->before,
		.plugin = m->plan->plugin,
		.plugins = m->plan->paths.plugins,
		.trace = f->trace_link,
		.perf_events = perf_available(),
	};

	snprintf(name, sizeof(name), DOMAIN_NAME_PREFIX "%s-m%d", f->id, m->plan->machine);
	return domain_xml(&config, err);
}

/* What the run was promised is what the machine runs on, or nothing is measured. */
static int check_accelerator(struct machine *m, struct error **err)
{
	const char *wanted = m->plan->accelerator == ACCELERATOR_KVM ? "kvm" : "qemu";
	char type[8];
	int rc = domain_type(m->domain, type, err);

	if (rc)
		return rc;
	if (strcmp(type, wanted))
		return error_set(err, ERROR_INSTRUMENT, 0,
				 "the machine runs on %s, not on %s as it should", type, wanted);
	snprintf(m->accelerator, sizeof(m->accelerator), "%s",
		 strcmp(type, "qemu") ? type : "tcg");
	return 0;
}

static int open_discards(struct machine *m, struct error **err)
{
	if (!m->files.trace || scenario_is_virtual(m->plan->scenario))
		return 0;
	m->discards_ns = clock_now_ns();
	m->discards = open(m->files.trace, O_RDONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	return m->discards >= 0 ? 0 :
	       error_set(err, ERROR_HOST, errno, "cannot create %s", m->files.trace);
}

/* The recorder listens before the machine starts, so no first byte is lost. */
int machine_start(struct machine *m, struct connection *c, const struct trial_plan *plan,
		  struct error **err)
{
	CLEANUP_FREE char *xml = NULL;
	int rc;

	*m = (struct machine){ .plan = plan, .discards = -1 };
	rc = machine_files_make(plan, &m->files, err);
	if (!rc)
		rc = raw_lines_open(&m->raw, &m->files, err);
	if (!rc)
		rc = open_discards(m, err);
	if (rc)
		return rc;
	m->recorder = recorder_start(plan->paths.work, err);
	if (!m->recorder)
		return -EIO;
	xml = make_xml(m, c, err);
	if (!xml)
		return -EINVAL;
	m->domain = domain_start(c, xml, err);
	return m->domain ? check_accelerator(m, err) : -EIO;
}

static void look_at_discards(struct machine *m)
{
	char text[1024];
	ssize_t n = m->discards < 0 ? 0 : pread(m->discards, text, sizeof(text), m->discards_read);

	if (n > 0)
		m->discards_read += discards_resets(text, n, clock_now_ns(), &m->discards_ns,
						    &m->lines.machine);
}

/*
 * The data line is copied first: whatever the machine sent before it wrote there
 * is then in the copies of the other lines. The plugin writes ahead of what follows a reset.
 */
void machine_look(struct machine *m)
{
	struct lines *l = &m->lines;

	recorder_copy(m->recorder, RECORDER_DATA, &l->streams[RECORDER_DATA]);
	recorder_copy(m->recorder, RECORDER_MARKS, &l->streams[RECORDER_MARKS]);
	recorder_copy(m->recorder, RECORDER_CONSOLE, &l->streams[RECORDER_CONSOLE]);
	l->waited_ns = recorder_stalls(m->recorder, &l->stalls);
	lines_decode(l);
	look_at_discards(m);
	if (m->domain)
		domain_events(m->domain, &l->machine);
}

static int check_space(const char *dir, struct error **err)
{
	struct statvfs fs;

	if (statvfs(dir, &fs) || (uint64_t)fs.f_bavail * fs.f_frsize >= FULL_BYTES)
		return 0;
	error_set(err, ERROR_HOST, ENOSPC, "%s has no room for what the machine writes", dir);
	error_hint(err, "free some space, then run the same command again: it goes on here");
	return -ENOSPC;
}

/*
 * QEMU drops console bytes that it cannot write, and stops a machine whose disk
 * cannot grow; both look like a hang.
 */
int machine_space(const struct machine *m, struct error **err)
{
	int rc = check_space(m->plan->paths.work, err);

	return rc ? rc : check_space(m->plan->paths.consoles, err);
}

int machine_stamps(const struct machine *m, clock_stamp_vec *to, struct error **err)
{
	size_t n;
	CLEANUP_FREE char *text = file_read(m->files.trace, FILE_ANY_LENGTH, &n, err);

	if (!text)
		return error_rc(*err);
	if (!virtual_clock_parse(text, n, to))
		return error_set(err, ERROR_INSTRUMENT, EILSEQ,
				 "%s: not what the clock's plugin writes", m->files.trace);
	return 0;
}

int machine_registers(struct machine *m, struct error **err)
{
	CLEANUP_FREE char *text = domain_registers(m->domain);

	return text ? file_write(m->files.registers, text, err) : 0;
}

char *machine_guest_samples(const char *samples)
{
	return text_format("%s.guest", samples);
}

int machine_sample(struct machine *m, struct error **err)
{
	CLEANUP_FREE char *guest = machine_guest_samples(m->plan->samples);
	bool kvm = m->plan->accelerator == ACCELERATOR_KVM;
	pid_t pid = recorder_machine(m->recorder);

	if (!pid)
		return error_set(err, ERROR_INSTRUMENT, ESRCH, "the machine's process is not known");
	m->sampler = sampler_start(pid, kvm ? SAMPLER_EXITS : SAMPLER_EMULATOR, m->plan->samples,
				   err);
	if (m->sampler && kvm)
		m->guest_sampler = sampler_start(pid, SAMPLER_GUEST, guest, err);
	return *err ? error_rc(*err) : 0;
}

/* Few hosts that are machines themselves count the cycles of a guest: then exits are enough. */
static int end_samplers(struct machine *m, struct error **err)
{
	CLEANUP_ERROR struct error *ignored = NULL;

	if (m->guest_sampler)
		sampler_end(m->guest_sampler, &ignored);
	return m->sampler ? sampler_end(m->sampler, err) : 0;
}

int machine_end(struct machine *m, struct error **err)
{
	CLEANUP_ERROR struct error *ignored = NULL;
	int rc;

	domain_end(m->domain);
	m->domain = NULL;
	rc = end_samplers(m, err);
	if (m->recorder) {
		recorder_stop(m->recorder);
		machine_look(m);
		/* A disk that is full here was full before, and was reported then. */
		raw_lines_write(&m->raw, &m->lines, &ignored);
	}
	recorder_free(m->recorder);
	lines_free(&m->lines);
	raw_lines_close(&m->raw);
	cleanup_closep(&m->discards);
	machine_files_free(&m->files);
	return rc;
}
