// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_real_samples.c - false alarms and power of comparisons, on reboots that were measured
 *
 * tests/data/wall-samples.tsv has three runs on one small host: the published one and two
 * beside compilers and other machines, where a reboot took up to five times as long. A
 * comparison is simulated by drawing machines, with one counted reboot each, for either
 * side. Equal sides are drawn from all machines, busy or not; a shift of 5 % is looked for
 * where the host was free, for beside a compiler it cannot be seen. All drawing is seeded.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_rng.h>

#include "analysis/sequential.h"

#define MOST 512
#define A_SIDE 30
#define TRIALS 600
#define SHIFT 1.05

struct measured {
	char run[32], way[32];
	int machine, index, busy;
	int64_t latency_ns;	/* -1: it failed */
};

static struct measured measured[MOST];
static size_t measured_n;

static const char *const ways[] = { "lobos", "kexec", "bios" };

#define WAYS (sizeof(ways) / sizeof(ways[0]))

static int read_samples(void **state)
{
	FILE *f = fopen("tests/data/wall-samples.tsv", "re");
	char line[256];

	(void)state;
	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f)) {
		struct measured *m = &measured[measured_n];
		long long ns;

		if (measured_n < MOST && sscanf(line, "%31s %31s %d %d %lld %d", m->run, m->way,
						&m->machine, &m->index, &ns, &m->busy) == 6) {
			m->latency_ns = ns;
			measured_n++;
		}
	}
	fclose(f);
	return measured_n > 250 ? 0 : -1;
}

/* The first counted reboots of a way's machines; with free_only those of a free host. */
static size_t pool(const char *way, bool free_only, const struct measured *to[MOST])
{
	size_t i, n = 0;

	for (i = 0; i < measured_n; i++)
		if (!strcmp(measured[i].way, way) && measured[i].index == 1 &&
		    !(free_only && measured[i].busy))
			to[n++] = &measured[i];
	return n;
}

static struct sample sample_of(const struct measured *m, int machine, double factor)
{
	struct sample s = { .machine = machine, .chain = machine, .index = m->index, .clock = "wall" };

	s.judgement.verdict = m->latency_ns < 0 ? VERDICT_HUNG : VERDICT_OK;
	s.judgement.proved = true;
	s.latency_ns = m->latency_ns < 0 ? -1 : (int64_t)((double)m->latency_ns * factor);
	s.downtime_ns = -1;
	return s;
}

/* One comparison as `run --versus` would make it; *used: samples a side when it ended. */
static enum compare_verdict compare_drawn(gsl_rng *rng, const struct measured **from, size_t n,
					  double factor, size_t *used)
{
	struct sample a[A_SIDE], b[A_SIDE];
	struct sequential s = { .more = true, .next = sequential_samples(0) };
	size_t i;

	for (i = 0; i < A_SIDE; i++) {
		a[i] = sample_of(from[gsl_rng_uniform_int(rng, n)], 2 * (int)i, 1);
		b[i] = sample_of(from[gsl_rng_uniform_int(rng, n)], 2 * (int)i + 1, factor);
	}
	while (s.more) {
		*used = s.next;
		s = sequential_decide(a, *used, b, *used, COMPARE_THRESHOLD);
	}
	return s.latency.verdict;
}

/*
 * At most 2 % of comparisons of a way with itself end with a difference. The budget is 1 %; of
 * 20 000 comparisons drawn like these 211 did. Of 200 that is 2 on average, but more than 4 in
 * one of 16 such runs, so more are drawn.
 */
static void equal_sides_are_hardly_called_different(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	const struct measured *from[MOST];
	size_t alarms = 0, used, i;

	(void)state;
	for (i = 0; i < TRIALS; i++) {
		size_t n = pool(ways[i % WAYS], false, from);
		enum compare_verdict v = compare_drawn(rng, from, n, 1, &used);

		alarms += v == COMPARE_BETTER || v == COMPARE_WORSE;
	}
	gsl_rng_free(rng);
	print_message("# %zu false alarms in %d comparisons of a way with itself\n", alarms,
		      TRIALS);
	assert_true(alarms <= TRIALS * 2 / 100);
}

/* Every sample 5 % longer: found with at most 30 a side in at least 9 of 10 comparisons. */
static void a_shift_of_5_percent_is_found(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	const struct measured *from[MOST];
	size_t w, i, used;

	(void)state;
	for (w = 0; w < WAYS; w++) {
		size_t n = pool(ways[w], true, from), found = 0, trials = 40, all = 0;

		assert_true(n >= 4);
		for (i = 0; i < trials; i++, all += used) {
			enum compare_verdict v = compare_drawn(rng, from, n, SHIFT, &used);

			found += v == COMPARE_WORSE;
			assert_true(v != COMPARE_BETTER);
		}
		print_message("# %s: +5 %% found in %zu of %zu comparisons, with %.1f samples a "
			      "side on average\n", ways[w], found, trials,
			      (double)all / (double)trials);
		assert_true(found * 10 >= trials * 9);
	}
	gsl_rng_free(rng);
}

/*
 * Why the machine is the unit: the same draws with six reboots of each of five machines,
 * taken as if they were 30 independent ones, raise more alarms than are allowed.
 */
static void reboots_of_a_machine_are_not_independent(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	const struct measured *from[MOST];
	size_t n = pool("lobos", false, from), single = 0, i, k;

	(void)state;
	for (i = 0; i < 50; i++) {
		double x[2][A_SIDE];
		size_t at[2] = { 0 };

		for (k = 0; k < 2; k++) {
			while (at[k] < A_SIDE) {
				const struct measured *m = from[gsl_rng_uniform_int(rng, n)];
				const struct measured *end = measured + measured_n, *s;

				for (s = m; s < end && at[k] < A_SIDE && s->machine == m->machine;
				     s++)
					x[k][at[k]++] = s->latency_ns < 0 ? INFINITY :
							(double)s->latency_ns;
			}
		}
		single += stats_rank_p(x[0], A_SIDE, x[1], A_SIDE) <= SEQUENTIAL_ALPHA;
	}
	gsl_rng_free(rng);
	print_message("# %zu false alarms in 50 when reboots are taken as independent\n", single);
	assert_true(single * 100 > 50 * 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_sides_are_hardly_called_different),
		cmocka_unit_test(a_shift_of_5_percent_is_found),
		cmocka_unit_test(reboots_of_a_machine_are_not_independent),
	};

	return cmocka_run_group_tests(tests, read_samples, NULL);
}
