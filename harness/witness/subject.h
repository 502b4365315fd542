/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * subject.h - one way under the eyes of the witness
 */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "machine/trial.h"
#include "plan/trial_plan.h"

/* What is given; all of it stays the caller's. */
struct subject {
	const char *top;		/* the checkout */
	const char *plugins;		/* folder of the emulator's plugins */
	const char *results;		/* where witness/ is made */
	const char *work;		/* folder of live files */
	const struct scenario *scenario;	/* one reboot a machine */
	const struct scenario_way *way;
	const struct image_set *images;
	struct connection *connection;
	const atomic_bool *stop;
	const char *samples;		/* what perf samples of the last reboot goes there, or NULL */
	bool kvm;			/* by KVM; else it is emulated */
	/* What comes out. */
	char *name;			/* of its files: "lobos", "kexec-real-mode" */
	struct sample sample;		/* of the last reboot */
	event_vec events;		/* that it was made from */
	bool sampled;			/* there was one */
};

/* Names a subject, to be called first. Its name and events are freed by subject_free(). */
void subject_open(struct subject *s);
void subject_free(struct subject *s);

/*
 * subject_witness() - reboot it, interpret what was seen, print and write it
 * Return: 0; 1 when the reboot failed; a negative errno with *err set, of
 * ERROR_INSTRUMENT when the witness and the marks do not agree.
 */
int subject_witness(struct subject *s, FILE *to, struct error **err);

/*
 * subject_reboot() - one reboot of a new machine, into s->sample
 * @dir:	its console and its lines go there, what was there before is removed
 * @plugin:	of subject_plugin(), or NULL: nobody watches
 * Return: 0 when it worked; 1 when it failed, and why was printed to @to; a negative errno with
 * *err set.
 */
int subject_reboot(struct subject *s, const char *dir, const char *plugin, FILE *to,
		   struct error **err);

/*
 * subject_machine() - the machine and its kernel, as the plugins take them, to be freed
 * @top:	the checkout
 * Return: NULL with *err set when the kernel cannot be read.
 */
char *subject_machine(const char *top, const struct scenario *scenario,
		      const struct scenario_way *way, struct error **err);

/*
 * subject_plugin() - what stands behind QEMU's -plugin, to be freed
 * @trace:	file that the plugin writes
 * Return: NULL with *err set when the plugin is not built, and as subject_machine().
 */
char *subject_plugin(const struct subject *s, const char *trace, struct error **err);

#endif /* SUBJECT_H */
