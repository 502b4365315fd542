// SPDX-License-Identifier: GPL-2.0-only
/*
 * sample.c - what a sample is worth
 */
#include "sample.h"

#include <string.h>

bool sample_counts(const struct sample *s)
{
	return !s->warmup && s->judgement.verdict != VERDICT_INSTRUMENT_FAULT;
}

bool sample_succeeded(const struct sample *s)
{
	return s->judgement.verdict == VERDICT_OK && s->judgement.proved && s->latency_ns >= 0;
}

bool sample_is_virtual(const struct sample *s)
{
	return strcmp(s->clock, "virtual") == 0;
}
