// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_stats_line.c - known answers of stats_line.c
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/stats_line.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* R's data set cars (Ezekiel 1930): speed in mph, distance to stop in feet. */
static const double speed[] = {
	4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15,
	15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24,
	24, 25
};
static const double distance[] = {
	2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20,
	26, 54, 32, 40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92,
	93, 120, 85
};

/* R: confint(lm(dist ~ speed, cars)) */
static void line_of_cars(void **state)
{
	struct stats_line line = stats_line(speed, distance, COUNT(speed), 0.95);

	(void)state;
	assert_int_equal(COUNT(speed), COUNT(distance));
	assert_true(fabs(line.intercept - -17.579095) < 1e-6);
	assert_true(fabs(line.slope - 3.932409) < 1e-6);
	assert_true(fabs(line.slope_interval.low - 3.096964) < 1e-6);
	assert_true(fabs(line.slope_interval.high - 4.767853) < 1e-6);
}

/* The normal equations of lm(dist ~ speed + group), group 1 being 100 ft longer; t(47) = 2.01174. */
static void line_within_groups_of_cars(void **state)
{
	double farther[COUNT(distance)];
	int every_other[COUNT(distance)], all[COUNT(distance)] = { 0 };
	struct stats_line line = stats_line_within(speed, distance, all, COUNT(speed), 0.95);

	(void)state;
	/* One group is a line like any other. */
	assert_true(isnan(line.intercept) && fabs(line.slope - 3.932409) < 1e-6);
	assert_true(fabs(line.slope_interval.low - 3.096964) < 1e-6);
	for (size_t i = 0; i < COUNT(distance); i++) {
		every_other[i] = 7 - (int)(i % 2) * 9;
		farther[i] = distance[i] + 100 * (double)(i % 2);
	}
	line = stats_line_within(speed, farther, every_other, COUNT(speed), 0.95);
	assert_true(fabs(line.slope - 3.944731) < 1e-6);
	assert_true(fabs(line.slope_interval.low - 3.102777) < 1e-6);
	assert_true(fabs(line.slope_interval.high - 4.786684) < 1e-6);
}

static void groups_of_too_few_points(void **state)
{
	static const double x[] = { 1, 2, 1, 2, 2 }, y[] = { 5, 6, 15, 16, 99 };
	static const int group[] = { 1, 1, 2, 2, 3 };

	(void)state;
	/* Two points of one group have a slope and no interval, and one point has none. */
	assert_true(stats_line_within(x, y, group, 2, 0.95).slope == 1);
	assert_true(isnan(stats_line_within(x, y, group, 2, 0.95).slope_interval.low));
	assert_true(isnan(stats_line_within(x, y, group, 1, 0.95).slope));
	assert_true(isnan(stats_line_within(x, y, group, 0, 0.95).slope));
	assert_true(isnan(stats_line_within(x + 1, y + 1, group + 1, 1, 0.95).slope));
	assert_true(stats_line_within(x, y, group, 5, 0.95).slope == 1);
}

static void points_on_a_line(void **state)
{
	static const double x[] = { 1, 2, 4 }, y[] = { 5, 7, 11 };
	struct stats_line line = stats_line(x, y, COUNT(x), 0.95);

	(void)state;
	assert_true(fabs(line.intercept - 3) < 1e-12 && fabs(line.slope - 2) < 1e-12);
	assert_true(fabs(line.slope_interval.low - 2) < 1e-9);
	assert_true(fabs(line.slope_interval.high - 2) < 1e-9);
}

static void too_few_points(void **state)
{
	static const double x[] = { 1, 3, 3 }, y[] = { 5, 7, 8 };
	struct stats_line two = stats_line(x, y, 2, 0.95), one = stats_line(x, y, 1, 0.95);
	struct stats_line upright = stats_line(x + 1, y + 1, 2, 0.95);

	(void)state;
	assert_true(two.slope == 1 && isnan(two.slope_interval.low));
	assert_true(isnan(one.slope) && isnan(stats_line(x, y, 0, 0.95).slope));
	assert_true(isnan(upright.slope) && isnan(upright.slope_interval.high));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_of_cars),
		cmocka_unit_test(line_within_groups_of_cars),
		cmocka_unit_test(groups_of_too_few_points),
		cmocka_unit_test(points_on_a_line),
		cmocka_unit_test(too_few_points),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
