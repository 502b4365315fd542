// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_doctor.c - `lobosbench doctor`: what this host can and cannot do
 *
 * A table of checks. Each says in one line what it found; one that `make bench`
 * needs and that fails makes the exit status 3 and says what to do.
 */
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdarg.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/subprocess.h"
#include "base/text.h"
#include "commands.h"
#include "machine/accel.h"
#include "machine/domain.h"
#include "machine/perf.h"
#include "plan/built.h"
#include "plan/images.h"
#include "plan/impl.h"

/* For images, overlays, consoles and a report. */
#define SPACE_NEEDED_MIB 2048

enum outcome { FINE, SLOWER, MISSING };

struct finding {
	enum outcome outcome;
	char text[512];		/* what was found */
	char remedy[256];	/* what to do; "" if nothing */
};

struct check {
	const char *name;
	void (*look)(const struct settings *o, struct finding *f);
};

static void __attribute__((format(printf, 3, 4)))
found(struct finding *f, enum outcome outcome, const char *fmt, ...)
{
	va_list args;

	f->outcome = outcome;
	va_start(args, fmt);
	vsnprintf(f->text, sizeof(f->text), fmt, args);
	va_end(args);
}

/* Adds a word to a list in the text; what does not fit is left out. */
static void found_word(struct finding *f, const char *before, const char *word)
{
	size_t used = strlen(f->text);

	snprintf(f->text + used, sizeof(f->text) - used, "%s%s", used ? ", " : before, word);
}

static void remedy(struct finding *f, const char *text)
{
	snprintf(f->remedy, sizeof(f->remedy), "%s", text);
}

/* An error found on the way is what was found; its hint is the remedy. */
static void found_error(struct finding *f, const struct error *err, const char *otherwise)
{
	found(f, MISSING, "%s%s%s%s", err->message, err->code ? " (" : "",
	      err->code ? strerror(err->code) : "", err->code ? ")" : "");
	remedy(f, err->hint ? err->hint : otherwise);
}

static void check_accelerator(const struct settings *o, struct finding *f)
{
	struct accel_proof proof;

	(void)o;
	accel_prove(&proof);
	found(f, proof.kvm ? FINE : SLOWER, "%s: %s", proof.kvm ? "KVM" : "emulation (TCG)",
	      proof.reason);
	if (!proof.kvm)
		remedy(f, "a host with hardware virtualisation would measure nearer the truth");
}

static void check_user(const struct settings *o, struct finding *f)
{
	if (o->connect || geteuid()) {
		found(f, FINE, "not needed: %s", o->connect ? "another libvirt is used" :
		      "this is not root");
		return;
	}
	if (getpwnam("libvirt-qemu")) {
		found(f, FINE, "libvirt-qemu exists, as libvirt wants when run by root");
		return;
	}
	found(f, MISSING, "there is no user libvirt-qemu, which libvirt's driver wants");
	remedy(f, "apt-get install libvirt-daemon-system");
}

static void check_libvirt(const struct settings *o, struct finding *f)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP(cleanup_connection_close) struct connection *c =
		connection_open(o->connect, o->state, &err);
	char libvirt[32], hypervisor[32];

	if (err && err->class == ERROR_BUSY) {
		found(f, FINE, "%s: in use, so not tried", err->message);
	} else if (!c || connection_check(c, &err) ||
		   connection_versions(c, libvirt, hypervisor, &err)) {
		found_error(f, err, "apt-get install libvirt-daemon-driver-qemu");
	} else if (!connection_supports(c, "qemu", "i686")) {
		found(f, MISSING, "libvirt %s finds no QEMU for i686", libvirt);
		remedy(f, "apt-get install qemu-system-x86");
	} else {
		found(f, FINE, "%s, libvirt %s, QEMU %s, machines of i686%s",
		      o->connect ? o->connect : "embedded driver", libvirt, hypervisor,
		      connection_supports(c, "qemu", "x86_64") ? " and x86_64" : "");
	}
}

static void check_perf(const struct settings *o, struct finding *f)
{
	unsigned int there = perf_available();

	(void)o;
	found(f, there ? FINE : SLOWER, "%s", there ? "" : "none can be opened");
	for (int i = 0; i < PERF_COUNTERS; i++)
		if (there & 1u << i)
			found_word(f, "", perf_events[i].libvirt);
	if (!there)
		remedy(f, "sysctl kernel.perf_event_paranoid=1, or run as root");
}

static void check_programs(struct finding *f, const char *const *programs, const char *packages)
{
	found(f, FINE, "%s", "");
	for (; *programs; programs++) {
		if (subprocess_found(*programs))
			continue;
		f->outcome = MISSING;
		found_word(f, "not found: ", *programs);
	}
	if (f->outcome == FINE)
		found(f, FINE, "all found");
	else
		snprintf(f->remedy, sizeof(f->remedy), "apt-get install %s", packages);
}

static void check_machine_programs(const struct settings *o, struct finding *f)
{
	static const char *const programs[] = { "qemu-system-i386", "qemu-system-x86_64",
						"qemu-img", NULL };

	(void)o;
	check_programs(f, programs, "qemu-system-x86 qemu-utils");
}

/* `make bench` needs none. */
static void check_uefi(const struct settings *o, struct finding *f)
{
	bool there = !access(UEFI_CODE, R_OK) && !access(UEFI_VARIABLES, R_OK);

	(void)o;
	found(f, there ? FINE : SLOWER, "%s",
	      there ? UEFI_CODE : "none, so no machine can have \"firmware: uefi\"");
	if (!there)
		remedy(f, "apt-get install ovmf");
}

static void check_report_programs(const struct settings *o, struct finding *f)
{
	static const char *const programs[] = {
		"gnuplot", "weasyprint", "pdftocairo", "cloc", NULL
	};

	(void)o;
	check_programs(f, programs, "gnuplot-nox weasyprint poppler-utils cloc");
}

static void check_build_programs(const struct settings *o, struct finding *f)
{
	static const char *const programs[] = { "gcc", "make", "tar", "xz", "patch", "mke2fs",
						NULL };

	(void)o;
	check_programs(f, programs, "gcc make tar xz-utils patch e2fsprogs");
}

/* The kinds of machine that have a file; of another kind `make bench` builds what it needs. */
static void check_built(const struct settings *o, struct finding *f, const char *what,
			const char *file)
{
	CLEANUP_FREE char *folder = text_format("%s/build/%s", o->top, what);
	CLEANUP_FREE struct dirent **kinds = NULL;
	int n = built_kinds(folder, &kinds);

	found(f, FINE, "%s", "");
	for (int i = 0; i < n; i++) {
		CLEANUP_FREE char *path = text_format("%s/%s/%s", folder, kinds[i]->d_name, file);

		if (!access(path, R_OK))
			found_word(f, "", kinds[i]->d_name);
		free(kinds[i]);
	}
	if (*f->text)
		return;
	found(f, MISSING, "none is built below %s", folder);
	snprintf(f->remedy, sizeof(f->remedy), "`make %s` builds them", what);
}

static void check_kernels(const struct settings *o, struct finding *f)
{
	check_built(o, f, "kernels", "release");
}

static void check_guest(const struct settings *o, struct finding *f)
{
	check_built(o, f, "guest", "boot.img");
}

static void check_ways(const struct settings *o, struct finding *f)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = NULL;
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/impls", o->top);
	list = impl_list_load(path, &err);
	if (!list) {
		found_error(f, err, "");
		return;
	}
	found(f, FINE, "%s", "");
	for (size_t i = 0; i < list->n; i++)
		found_word(f, "", list->at[i].name);
}

/* The nearest folder that exists: the results folder is made by the first run. */
static int space_of(const char *path, struct statvfs *space)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s", path);
	while (statvfs(folder, space)) {
		char *slash = strrchr(folder, '/');

		if (errno != ENOENT || !slash || slash == folder)
			return -errno;
		*slash = '\0';
	}
	return 0;
}

static void check_space(const struct settings *o, struct finding *f)
{
	struct statvfs space;
	unsigned long long mib;

	if (space_of(o->results, &space)) {
		found(f, MISSING, "%s: %s", o->results, strerror(errno));
		return;
	}
	mib = (unsigned long long)space.f_bavail * space.f_frsize >> 20;
	found(f, mib < SPACE_NEEDED_MIB ? MISSING : FINE, "%llu MiB free at %s, %d are enough", mib,
	      o->results, SPACE_NEEDED_MIB);
	if (mib < SPACE_NEEDED_MIB)
		remedy(f, "free some, or --results DIR on another disk");
}

static const struct check checks[] = {
	{ "accelerator", check_accelerator },
	{ "programs of machines", check_machine_programs },
	{ "UEFI firmware", check_uefi },
	{ "user", check_user },
	{ "libvirt", check_libvirt },
	{ "performance events", check_perf },
	{ "ways", check_ways },
	{ "kernels", check_kernels },
	{ "guest images", check_guest },
	{ "programs of reports", check_report_programs },
	{ "programs to build", check_build_programs },
	{ "disk space", check_space },
};

static int run_doctor(const struct settings *global, const void *given, struct error **err)
{
	static const char *const words[] = { "ok", "less", "MISSING" };
	bool missing = false;

	(void)given;
	(void)err;
	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		struct finding f = { 0 };

		checks[i].look(global, &f);
		printf("%-8s %-21s %s\n", words[f.outcome], checks[i].name, f.text);
		if (*f.remedy)
			printf("%-8s %-21s -> %s\n", "", "", f.remedy);
		fflush(stdout);
		missing |= f.outcome == MISSING;
	}
	puts(missing ? "`make bench` cannot run here as it is." : "`make bench` can run here.");
	return missing ? ERROR_HOST : 0;
}

const struct command command_doctor = {
	.name = "doctor",
	.summary = "say what this host can and cannot do",
	.prose = "Says what this host can and cannot do, and what to install.",
	.statuses = "0 `make bench` can run here",
	.examples = "lobosbench --connect qemu:///system doctor",
	.supervised = true,
	.run = run_doctor,
};
