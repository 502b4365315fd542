/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * run_base.h - what a run is made from
 */
#ifndef RUN_BASE_H
#define RUN_BASE_H

#include "base/options.h"
#include "machine/accel.h"
#include "machine/calibration.h"
#include "plan/images.h"
#include "store/store.h"

struct connection;

/* All of it stays the caller's. */
struct run_base {
	const struct settings *global;
	struct store *store;
	const struct scenario *scenario;
	const struct impl_list *impls;	/* whose lines are counted */
	const struct images *images;
	const struct accel_proof *proof;
	enum accelerator accelerator;
	struct connection *connection;
	const struct calibration *calibration;	/* of this start */
	bool begin_new;			/* whatever was interrupted */
};

#endif /* RUN_BASE_H */
