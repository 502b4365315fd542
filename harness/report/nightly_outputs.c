// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_outputs.c - the files of a night's judgement
 */
#include "nightly_outputs.h"

#include "base/file.h"
#include "base/folder.h"
#include "base/path.h"

static const struct output {
	const char *name;
	void (*write)(FILE *f, const struct nightly *n);
} outputs[] = {
	{ "junit.xml", junit_write },
	{ "metrics.txt", openmetrics_write },
	{ "nightly.json", nightly_json_write },
	{ "summary.md", nightly_summary_write },
};

int nightly_outputs_write(const struct nightly *n, const char *dir, struct error **err)
{
	int rc = folder_make(dir, err);

	for (size_t i = 0; !rc && i < sizeof(outputs) / sizeof(outputs[0]); i++) {
		CLEANUP_FREE char *path = path_below(dir, outputs[i].name);
		struct output_file o;

		rc = output_file_open(&o, path, err);
		if (rc)
			break;
		outputs[i].write(o.f, n);
		rc = output_file_close(&o, err);
	}
	return rc;
}
