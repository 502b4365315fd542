/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * figure_data.h - what the scripts of a report's figures draw
 */
#ifndef FIGURE_DATA_H
#define FIGURE_DATA_H

#include "model.h"

/* Each writes the .dat of one figure, which the .gp of that name in report/ reads. */
void figure_latency_data(FILE *f, const struct report *r);

/*
 * figure_cumulative_data() - the share that was ready after so many seconds
 * @f:	where
 * @r:	the model
 *
 * A failed reboot is one of all and never ready, so its way's line ends below 1.
 */
void figure_cumulative_data(FILE *f, const struct report *r);

/*
 * figure_phases_data() - the medians of the phases, laid end to end
 * @f:	where
 * @r:	the model
 */
void figure_phases_data(FILE *f, const struct report *r);

/* The same of a model by the virtual clock: the instructions of the phases. */
void figure_instructions_data(FILE *f, const struct report *r);

/* Points of machines and lines of ways, of a model that slopes.h finds a series in. */
void figure_slopes_data(FILE *f, const struct report *r);

#endif /* FIGURE_DATA_H */
