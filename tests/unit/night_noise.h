/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * night_noise.h - how a made-up figure differs from night to night
 */
#ifndef NIGHT_NOISE_H
#define NIGHT_NOISE_H

#include <math.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

/* Each with a standard deviation of 1 but for the wild nights, which come on top. */
enum night_noise {
	NOISE_NONE,
	NOISE_NORMAL,
	NOISE_HEAVY,		/* Student's t with 3 degrees of freedom */
	NOISE_SKEWED,		/* exponential: nights are late, never early */
	NOISE_TWO_HUMPS,	/* three nights in ten are in the other hump, 2 away */
	NOISE_WILD_NIGHTS,	/* normal; one night in twenty is up to 15 late */
	NOISES
};

static const char *const noise_names[NOISES] = {
	"none", "normal", "heavy tails", "skewed", "two humps", "wild nights",
};

static inline double noise_draw(gsl_rng *rng, enum night_noise kind)
{
	double wild;

	switch (kind) {
	case NOISE_HEAVY:
		return gsl_ran_tdist(rng, 3) / sqrt(3);
	case NOISE_SKEWED:
		return gsl_ran_exponential(rng, 1);
	case NOISE_TWO_HUMPS:
		return (gsl_rng_uniform(rng) < 0.3 ? 2 : 0) + gsl_ran_gaussian(rng, 0.4);
	case NOISE_WILD_NIGHTS:
		wild = gsl_rng_uniform(rng) < 0.05 ? 15 * gsl_rng_uniform(rng) : 0;
		return wild + gsl_ran_gaussian(rng, 1);
	case NOISE_NORMAL:
		return gsl_ran_gaussian(rng, 1);
	default:
		return 0;
	}
}

#endif /* NIGHT_NOISE_H */
