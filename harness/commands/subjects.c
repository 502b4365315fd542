// SPDX-License-Identifier: GPL-2.0-only
/*
 * subjects.c - the ways of a command that reboots each of them once under the eyes of a plugin
 */
#include "subjects.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/processors.h"

/* What one of them said and how it ended. */
struct outcome {
	char *text;
	size_t size;
	struct error *err;
	int rc;
	bool ended;
};

/* All that the threads share. */
struct witnessing {
	pthread_mutex_t mutex;		/* of what follows */
	pthread_cond_t one_ended;
	struct subject *subjects;
	struct outcome *outcomes;
	unsigned int next, n;		/* n: none is begun from there on */
};

struct subject *subjects_open(const struct settings *global, const struct scenario *scenario,
			      const struct images *images, const struct machines *machines)
{
	struct subject *subjects = calloc(scenario->ways_count, sizeof(*subjects));

	if (!subjects)
		abort();
	for (unsigned int i = 0; i < scenario->ways_count; i++) {
		subjects[i] = (struct subject){
			.top = global->top, .plugins = global->plugins,
			.results = global->results, .work = machines->work,
			.scenario = scenario, .way = &scenario->ways[i], .images = &images->of[i],
			.connection = machines->connection, .stop = &interrupt_asked,
		};
		subject_open(&subjects[i]);
	}
	return subjects;
}

void subjects_close(struct subject *subjects, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		subject_free(&subjects[i]);
	free(subjects);
}

static void witness_one(struct subject *subject, struct outcome *outcome)
{
	FILE *f = open_memstream(&outcome->text, &outcome->size);

	if (!f)
		abort();
	outcome->rc = subject_witness(subject, f, &outcome->err);
	fclose(f);
}

static void *witness_on(void *arg)
{
	struct witnessing *w = arg;

	pthread_mutex_lock(&w->mutex);
	while (w->next < w->n) {
		unsigned int i = w->next++;

		pthread_mutex_unlock(&w->mutex);
		witness_one(&w->subjects[i], &w->outcomes[i]);
		pthread_mutex_lock(&w->mutex);
		w->outcomes[i].ended = true;
		if (w->outcomes[i].rc < 0)
			w->n = w->next;
		pthread_cond_signal(&w->one_ended);
	}
	pthread_mutex_unlock(&w->mutex);
	return NULL;
}

/* Prints each as soon as it and all before it have ended. Return: as subjects_witness() */
static int print_in_order(struct witnessing *w, FILE *to, struct error **err)
{
	int worst = 0;

	pthread_mutex_lock(&w->mutex);
	for (unsigned int i = 0; i < w->n; i++) {
		struct outcome *o = &w->outcomes[i];

		while (!o->ended)
			pthread_cond_wait(&w->one_ended, &w->mutex);
		fwrite(o->text, 1, o->size, to);
		fflush(to);
		if (worst >= 0 && o->rc < 0) {
			*err = o->err;
			o->err = NULL;
			worst = o->rc;
		}
		worst = worst < 0 || o->rc < worst ? worst : o->rc;
	}
	pthread_mutex_unlock(&w->mutex);
	return worst;
}

int subjects_witness(struct subject *subjects, unsigned int n, FILE *to, struct error **err)
{
	unsigned int threads_n = (unsigned int)processors_usable();
	struct witnessing w = {
		.mutex = PTHREAD_MUTEX_INITIALIZER, .one_ended = PTHREAD_COND_INITIALIZER,
		.subjects = subjects, .outcomes = calloc(n, sizeof(*w.outcomes)), .n = n,
	};
	pthread_t threads[threads_n];
	int rc;

	if (!w.outcomes)
		abort();
	for (unsigned int i = 0; i < threads_n; i++) {
		if (pthread_create(&threads[i], NULL, witness_on, &w))
			abort();
	}
	rc = print_in_order(&w, to, err);
	for (unsigned int i = 0; i < threads_n; i++)
		pthread_join(threads[i], NULL);
	for (unsigned int i = 0; i < n; i++) {
		free(w.outcomes[i].text);
		error_free(w.outcomes[i].err);
	}
	free(w.outcomes);
	return rc;
}
