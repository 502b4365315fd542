// SPDX-License-Identifier: GPL-2.0-only
/*
 * sample.c - what a sample is worth
 */
#include "sample.h"

/**
 * sample_counts() - is it in the figures?
 * @s:	a judged sample
 *
 * Return: false for warm-ups and for samples that say nothing about the subject.
 */
bool sample_counts(const struct sample *s)
{
	return !s->warmup && s->judgement.verdict != VERDICT_INSTRUMENT_FAULT;
}

/**
 * sample_succeeded() - did it come up the right way?
 * @s:	a judged sample
 *
 * Return: true when it is ok, proved, and its time was seen.
 */
bool sample_succeeded(const struct sample *s)
{
	return s->judgement.verdict == VERDICT_OK && s->judgement.proved && s->latency_ns >= 0;
}
