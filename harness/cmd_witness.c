// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_witness.c - lobosbench witness: what is executed on the way from one kernel to the next
 *
 * Each way gets a machine of its own, by emulation, with the witness in it. What
 * it saw is interpreted afterwards. No figure of it is a time.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <string.h>

#include "commands.h"
#include "lock.h"
#include "run_record.h"
#include "state_dir.h"
#include "trial.h"
#include "witness/subject.h"
#include "work.h"

#define MACHINE_SPACE	(UINT64_C(256) << 20)
const char cmd_witness_help[] =
	"Usage: lobosbench witness [--cost] [WAY[:IMAGE]]...\n"
	"\n"
	"Reboots a machine once by each WAY (all of them, if none is named) in an emulator\n"
	"that watches each instruction: how many lie between the marks; and, from the point\n"
	"of no return to the new kernel's first instruction, each privileged step in order,\n"
	"where code ran, which memory was written. What is inferred says from what.\n"
	"\n"
	"The table goes to standard output, results/witness/WAY.json holds all of it. These\n"
	"are counts and no times: the witness slows the machine.\n"
	"\n"
	"  --cost               then reboot some times more, with the witness and without,\n"
	"                       and tell how much it slows them\n"
	"\n"
	"Example: lobosbench witness lobos kexec:vmlinux\n";

static volatile sig_atomic_t signals;
static volatile bool stop;

static void on_signal(int signal)
{
	(void)signal;
	if (signals++)
		_exit(ERROR_INTERRUPTED);
	stop = true;
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	signals = 0;
	stop = false;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

/* All that witnessing needs. */
struct session {
	const struct options *global;
	bool cost;
	struct impl_list *impls;
	struct scenario *scenario;
	struct lock *lock;
	struct run_images images;
	struct connection *connection;
	char *work;
};

static void session_close(struct session *s)
{
	if (s->work)
		work_remove(s->work);
	free(s->work);
	if (s->connection)
		connection_close(s->connection);
	run_images_free(&s->images);
	lock_release(s->lock);
	scenario_free(s->scenario);
	impl_list_free(s->impls);
}

/* One way of the scenario's text: "lobos", or "kexec:vmlinux" with an image format. */
static void print_way(FILE *f, const char *word)
{
	const char *colon = strchr(word, ':');

	if (colon)
		fprintf(f, "  - {way: \"%.*s\", image: \"%s\"}\n", (int)(colon - word), word,
			colon + 1);
	else
		fprintf(f, "  - {way: \"%s\"}\n", word);
}

static char *scenario_text(const struct session *s, char **words, int n)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	fputs("name: witness\ntitle: What is executed on the way\nways:\n", f);
	for (int i = 0; i < n; i++)
		print_way(f, words[i]);
	for (size_t i = 0; !n && i < s->impls->n; i++)
		print_way(f, s->impls->at[i].name);
	fputs("machine: {accelerator: tcg}\nchain: {reboots: 1, warmups: 0}\n", f);
	fclose(f);
	return text;
}

static int load_scenario(struct session *s, char **words, int n, struct error **err)
{
	CLEANUP_FREE char *impls = NULL, *text = NULL;

	for (int i = 0; i < n; i++)
		if (strpbrk(words[i], "\"\\\n"))
			return error_set(err, ERROR_USAGE, 0, "there is no way \"%s\"", words[i]);
	if (asprintf(&impls, "%s/impls", s->global->top) < 0)
		abort();
	s->impls = impl_list_load(impls, err);
	if (!s->impls)
		return -EINVAL;
	text = scenario_text(s, words, n);
	s->scenario = scenario_parse("lobosbench witness", text, err);
	if (!s->scenario)
		return -EINVAL;
	return scenario_resolve(s->scenario, s->impls, err);
}

static int take_machines(struct session *s, struct error **err)
{
	unsigned int ended = 0;
	int rc = folder_make(s->global->results, err);

	if (rc)
		return rc;
	s->lock = lock_take(s->global->results, "the witness", err);
	if (!s->lock)
		return -EBUSY;
	s->connection = connection_open(s->global->connect, s->global->state, err);
	if (!s->connection)
		return -EIO;
	rc = connection_end_leftovers(s->connection, &ended, err);
	if (rc)
		return rc;
	s->work = work_open(s->global->results, err);
	return s->work ? work_space(s->work, MACHINE_SPACE, err) : -EIO;
}

static int witness_ways(struct session *s, struct error **err)
{
	int worst = 0;

	for (unsigned int i = 0; i < s->scenario->ways_count; i++) {
		struct subject subject = {
			.top = s->global->top, .results = s->global->results, .work = s->work,
			.scenario = s->scenario, .way = &s->scenario->ways[i],
			.images = &s->images.of[i], .connection = s->connection, .stop = &stop,
		};
		int rc = subject_witness(&subject, stdout, err);

		if (!rc && s->cost)
			rc = subject_cost(&subject, stdout, err);
		subject_free(&subject);
		if (rc < 0)
			return rc;
		if (rc)
			worst = rc;
	}
	return worst;
}

static int parse_options(int argc, char **argv, struct session *s, struct error **err)
{
	static const struct option options[] = {
		{ "cost", no_argument, NULL, 'c' },
		{ 0 }
	};
	int c;

	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'c') {
			s->cost = true;
			continue;
		}
		error_set(err, ERROR_USAGE, 0, "there is no option %s", argv[optind - 1]);
		error_hint(err, "`lobosbench witness --help` tells the options");
		return -EINVAL;
	}
	return 0;
}

/**
 * cmd_witness() - lobosbench witness
 *
 * Return: 0, or 1 when some reboot failed, or a negative errno with *err set.
 */
int cmd_witness(const struct options *global, int argc, char **argv, struct error **err)
{
	CLEANUP(session_close) struct session session = { .global = global };
	int rc = parse_options(argc, argv, &session, err);

	if (!rc)
		rc = load_scenario(&session, argv + optind, argc - optind, err);
	if (!rc)
		rc = run_images_find(&session.images, global, session.scenario, err);
	if (rc)
		return rc;
	catch_signals();
	rc = take_machines(&session, err);
	return rc ? rc : witness_ways(&session, err);
}
