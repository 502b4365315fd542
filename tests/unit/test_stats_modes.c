// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_stats_modes.c - known answers of stats_modes.c
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/stats_modes.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void assert_near(double is, double should_be, double within)
{
	if (!(fabs(is - should_be) <= within))
		fail_msg("%.12g is not within %g of %.12g", is, within, should_be);
}

/*
 * Hartigan and Hartigan 1985, section 5: the quality of the faculty of 63 statistics
 * departments has a dip of 0.059. R, package diptest 0.76: dip(statfaculty) is
 * 0.0595238095238.
 */
static void dip_of_the_paper(void **state)
{
	static const double faculty[] = {
		30, 33, 35, 36, 37, 37, 39, 39, 39, 39, 39, 40, 40, 40, 40, 41,
		42, 43, 43, 43, 44, 44, 45, 45, 46, 46, 47, 47, 48, 48, 48, 49,
		50, 50, 51, 52, 52, 53, 53, 53, 53, 53, 54, 54, 57, 57, 59, 60,
		60, 60, 61, 61, 61, 61, 62, 62, 62, 62, 63, 66, 70, 72, 72,
	};

	(void)state;
	assert_int_equal(COUNT(faculty), 63);
	assert_near(stats_dip(faculty, COUNT(faculty)), 0.0595238095238, 1e-12);
	/* dip.test(statfaculty)$p.value is 0.087: beyond 10 %, not beyond 5 %. */
	assert_near(stats_humps_p(faculty, COUNT(faculty)), 1, 0);
}

/*
 * R, package diptest 0.76: dip(1:12), dip(c(1,1,1,1,2,2,2,2)), and dip() of twelve
 * reboots by the BIOS and twelve by LOBOS.
 */
static void dip_of_small_sets(void **state)
{
	static const double bios[] = { 1.578, 1.611, 1.611, 1.698, 1.84, 1.859,
				       1.921, 2.829, 3.437, 3.442, 3.445, 3.493 };
	static const double lobos[] = { 1.275, 1.317, 1.378, 1.416, 1.592, 1.605,
					1.615, 1.639, 1.674, 1.692, 1.694, 1.735 };
	static const double two[] = { 1, 1, 1, 1, 2, 2, 2, 2 };
	double even[12];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(even); i++)
		even[i] = (double)i + 1;
	assert_near(stats_dip(even, COUNT(even)), 0.0416666666667, 1e-12);
	assert_near(stats_dip(two, COUNT(two)), 0.25, 1e-12);
	assert_near(stats_dip(bios, COUNT(bios)), 0.15925, 5e-6);
	assert_near(stats_dip(lobos, COUNT(lobos)), 0.092534, 5e-7);
	assert_true(stats_humps_p(bios, COUNT(bios)) <= 0.05);
	assert_near(stats_humps_p(lobos, COUNT(lobos)), 1, 0);
}

/* The dip looks the same from the other side, and scale and place do not matter. */
static void dip_is_the_same_mirrored(void **state)
{
	double x[40], mirrored[40];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(x); i++)
		x[i] = (double)(i * i % 37) / 7 + (i % 3 ? 0 : 9);
	for (i = 1; i < COUNT(x); i++)
		for (size_t k = i; k > 0 && x[k] < x[k - 1]; k--) {
			double swap = x[k];

			x[k] = x[k - 1];
			x[k - 1] = swap;
		}
	for (i = 0; i < COUNT(x); i++)
		mirrored[i] = 5 - 3 * x[COUNT(x) - 1 - i];
	assert_near(stats_dip(mirrored, COUNT(x)), stats_dip(x, COUNT(x)), 1e-12);
}

static void dip_of_next_to_nothing(void **state)
{
	static const double same[] = { 2, 2, 2, 2, 2, 2, 2 };

	(void)state;
	assert_near(stats_dip(same, 0), 0, 0);
	assert_near(stats_dip(same, 1), 0.5, 1e-12);
	assert_near(stats_dip(same, 7), 1.0 / 14, 1e-12);
	assert_near(stats_humps_p(same, 7), 1, 0);
}

/*
 * Hartigan and Hartigan 1985, table 1, 95 % points from 9999 samples each; between rows and
 * beyond the last sqrt(n) D as they do.
 */
static void chances_are_the_papers(void **state)
{
	static const struct {
		size_t n;
		double dip, within;
	} table[] = {
		{ 10, 0.1394, 0.0012 }, { 20, 0.1060, 0.0012 }, { 50, 0.0702, 0.0005 },
		{ 63, 0.0635, 0.0006 }, { 100, 0.0511, 0.0005 }, { 200, 0.0366, 0.0005 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(table); i++) {
		double p = stats_dip_p(table[i].dip + table[i].within, table[i].n);

		assert_true(p <= 0.05 && p > 0.03);
		assert_near(stats_dip_p(table[i].dip - table[i].within, table[i].n), 1, 0);
	}
	assert_near(stats_dip_p(0.24, 5), 1, 0);
	assert_near(stats_dip_p(0.25, 10), 0.0001, 0);
	assert_near(stats_dip_p(0.7 / sqrt(20000), 20000), stats_dip_p(0.7 / sqrt(5000), 5000),
		    1e-12);
}

/* Two clusters are told, however many reboots failed beside them. */
static void failures_are_on_no_hump(void **state)
{
	double x[30];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(x); i++)
		x[i] = i % 3 == 0 ? INFINITY : (i % 3 == 1 ? 1.6 : 3.4) + 0.001 * (double)i;
	assert_near(stats_humps_p(x, COUNT(x)), 0.0001, 0);
	for (i = 0; i < COUNT(x); i++)
		x[i] = INFINITY;
	assert_near(stats_humps_p(x, COUNT(x)), 1, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dip_of_the_paper),
		cmocka_unit_test(dip_of_small_sets),
		cmocka_unit_test(dip_is_the_same_mirrored),
		cmocka_unit_test(dip_of_next_to_nothing),
		cmocka_unit_test(chances_are_the_papers),
		cmocka_unit_test(failures_are_on_no_hump),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
