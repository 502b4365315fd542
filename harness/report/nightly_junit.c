// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_junit.c - a night as JUnit XML
 *
 * The format that Jenkins, GitLab and others read, after the schema of Ant's JUnit
 * task: a failure is a regression, an error a broken instrument, skipped is what
 * was not judged. There is no time attribute: it would say how long a test ran.
 */
#include <string.h>

#include "base/xml.h"
#include "nightly_outputs.h"
#include "nightly_words.h"
#include "safe_text.h"

/* An attribute of text from anywhere: XML 1.0 cannot hold control characters at all. */
static void put_attribute(xmlTextWriterPtr w, const char *name, const char *value)
{
	CLEANUP_FREE char *safe = safe_text(value, strlen(value), false);

	xmlTextWriterWriteAttribute(w, X(name), X(safe));
}

static void put_count(xmlTextWriterPtr w, const char *name, size_t count)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%zu", count);
	put_attribute(w, name, digits);
}

static void put_property(xmlTextWriterPtr w, const char *name, const char *value)
{
	xmlTextWriterStartElement(w, X("property"));
	put_attribute(w, "name", name);
	put_attribute(w, "value", value);
	xmlTextWriterEndElement(w);
}

/* The element that says that a case did not pass, if it did not. */
static const char *outcome_of(enum nightly_verdict v)
{
	static const char *const outcomes[NIGHTLY_VERDICTS] = {
		[NIGHTLY_BASELINE] = "skipped",
		[NIGHTLY_FEW] = "skipped",
		[NIGHTLY_ENDED] = "skipped",
		[NIGHTLY_REGRESSION] = "failure",
		[NIGHTLY_BROKEN] = "error",
	};

	return outcomes[v];
}

static char *message_of(const struct nightly *n, const struct nightly_metric *m)
{
	CLEANUP_FREE char *functions = changed_functions_words(&m->functions);
	char *message = NULL;
	int rc;

	if (m->change)
		rc = asprintf(&message, "%s: %s, from %s to %s; last good %s (%s), first bad %s (%s)%s%s",
			      m->why,
			      nightly_change_words(m->metric, m->baseline, m->level).s,
			      nightly_value_words(m->metric, m->baseline).s,
			      nightly_value_words(m->metric, m->level).s,
			      nightly_commit_words(nightly_good(n, m, m->change)).s,
			      nightly_good(n, m, m->change)->name,
			      nightly_commit_words(nightly_bad(n, m, m->change)).s,
			      nightly_bad(n, m, m->change)->name,
			      *functions ? "; functions: " : "", functions);
	else
		rc = asprintf(&message, "%s: %s", m->why, nightly_value_words(m->metric, m->value).s);
	if (rc < 0)
		abort();
	return message;
}

static void put_case(xmlTextWriterPtr w, const struct nightly *n, const struct nightly_metric *m)
{
	const char *outcome = outcome_of(m->verdict), *metric = strrchr(m->name, '/') + 1;
	CLEANUP_FREE char *class = strndup(m->name, (size_t)(metric - 1 - m->name));
	CLEANUP_FREE char *message = message_of(n, m), *safe = NULL;

	if (!class)
		abort();
	for (char *p = class; *p; p++)
		if (*p == '/')
			*p = '.';
	safe = safe_text(message, strlen(message), false);
	xmlTextWriterStartElement(w, X("testcase"));
	put_attribute(w, "classname", class);
	put_attribute(w, "name", metric);
	if (outcome) {
		xmlTextWriterStartElement(w, X(outcome));
		put_attribute(w, "message", message);
		if (strcmp(outcome, "skipped") != 0) {
			put_attribute(w, "type", nightly_verdict_name(m->verdict));
			xmlTextWriterWriteString(w, X(safe));
		}
		xmlTextWriterEndElement(w);
	} else {
		xmlTextWriterWriteElement(w, X("system-out"), X(safe));
	}
	xmlTextWriterEndElement(w);
}

static void put_fault(xmlTextWriterPtr w, const char *fault)
{
	xmlTextWriterStartElement(w, X("testcase"));
	put_attribute(w, "classname", "instrument");
	put_attribute(w, "name", fault);
	xmlTextWriterStartElement(w, X("error"));
	put_attribute(w, "message", fault);
	put_attribute(w, "type", nightly_verdict_name(NIGHTLY_BROKEN));
	xmlTextWriterEndElement(w);
	xmlTextWriterEndElement(w);
}

/* Cases of a scenario; NULL: of all. */
static size_t count(const struct nightly *n, const char *scenario, const char *outcome)
{
	size_t found = 0;

	for (size_t i = 0; i < n->metrics.n; i++) {
		const struct nightly_metric *m = &n->metrics.at[i];
		const char *is = outcome_of(m->verdict);

		if (scenario && strcmp(m->series->scenario, scenario) != 0)
			continue;
		found += !outcome || (is && !strcmp(is, outcome));
	}
	return found;
}

static void put_counts(xmlTextWriterPtr w, const struct nightly *n, const char *scenario,
		       size_t faults)
{
	put_count(w, "tests", count(n, scenario, NULL) + faults);
	put_count(w, "failures", count(n, scenario, "failure"));
	put_count(w, "errors", count(n, scenario, "error") + faults);
	put_count(w, "skipped", count(n, scenario, "skipped"));
}

static void put_suite(xmlTextWriterPtr w, const struct nightly *n, size_t first)
{
	const struct nightly_metric *of = &n->metrics.at[first];
	const struct history_run *run = nightly_run(n, of);

	xmlTextWriterStartElement(w, X("testsuite"));
	put_attribute(w, "name", of->series->scenario);
	put_counts(w, n, of->series->scenario, 0);
	put_attribute(w, "timestamp", run->started);
	xmlTextWriterStartElement(w, X("properties"));
	put_property(w, "run", run->name);
	put_property(w, "commit", *run->commit ? run->commit : "unknown");
	put_property(w, "host", n->history->hosts.at[n->host].id);
	put_property(w, "host.words", n->history->hosts.at[n->host].words);
	xmlTextWriterEndElement(w);
	for (size_t i = first; i < n->metrics.n; i++)
		if (!strcmp(n->metrics.at[i].series->scenario, of->series->scenario))
			put_case(w, n, &n->metrics.at[i]);
	xmlTextWriterEndElement(w);
}

static bool is_first_of_scenario(const struct nightly *n, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(n->metrics.at[k].series->scenario, n->metrics.at[i].series->scenario))
			return false;
	return true;
}

void junit_write(FILE *f, const struct nightly *n)
{
	CLEANUP(cleanup_xml_buffer) xmlBufferPtr buffer = xmlBufferCreate();
	CLEANUP(cleanup_xml_writer) xmlTextWriterPtr w = xmlNewTextWriterMemory(buffer, 0);

	if (!buffer || !w)
		abort();
	xmlTextWriterSetIndent(w, 1);
	xmlTextWriterStartDocument(w, NULL, "UTF-8", NULL);
	xmlTextWriterStartElement(w, X("testsuites"));
	put_attribute(w, "name", "lobosbench nightly");
	put_counts(w, n, NULL, n->faults.n);
	for (size_t i = 0; i < n->metrics.n; i++)
		if (is_first_of_scenario(n, i))
			put_suite(w, n, i);
	if (n->faults.n) {
		xmlTextWriterStartElement(w, X("testsuite"));
		put_attribute(w, "name", "instrument");
		put_count(w, "tests", n->faults.n);
		put_count(w, "failures", 0);
		put_count(w, "errors", n->faults.n);
		put_count(w, "skipped", 0);
		for (size_t i = 0; i < n->faults.n; i++)
			put_fault(w, n->faults.at[i]);
		xmlTextWriterEndElement(w);
	}
	xmlTextWriterEndDocument(w);
	xmlTextWriterFlush(w);
	fwrite(xmlBufferContent(buffer), 1, (size_t)xmlBufferLength(buffer), f);
}
