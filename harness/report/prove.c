// SPDX-License-Identifier: GPL-2.0-only
/*
 * prove.c - whether each way of a run is what it says it is
 */
#include "prove.h"

#include <string.h>

#include "base/json.h"
#include "base/path.h"
#include "base/text.h"

#define PROOFS_SCHEMA	1

#define UNCLEAR		"unclear"

/* A place that no load of CR0 could be seen in, or more than one load, is no sign of any way. */
static const char *where_paging_ends(const struct witnessed *w)
{
	if (w->resets)
		return "reset";
	if (!w->paging_cleared)
		return "never";
	return w->paging_cleared == 1 && *w->paging_ends ? w->paging_ends : UNCLEAR;
}

/* What was seen of one sign, as sign_takes() has it; to be freed. */
static char *seen_sign(const struct witnessed *w, enum sign sign)
{
	switch (sign) {
	case SIGN_PAGING_ENDS:
		return text_format("%s", where_paging_ends(w));
	case SIGN_REAL_MODE:
		return text_format("%s", w->protection_cleared ? "yes" : "no");
	case SIGN_BIOS:
		return text_format("%s", w->bios_instructions ? "yes" : "no");
	case SIGN_VIDEO:
		return text_format("%s", w->video_calls ? "yes" : "no");
	default:
		return text_format("%" JSON_INTEGER_FORMAT, w->gdt_loads);
	}
}

/* Adds a sign to why; a contradiction takes the place of all that agreed. */
static void compare_sign(struct proof *p, enum sign sign, const char *should, const char *is)
{
	size_t n = p->word == PROOF_NOT_WITNESSED ? 0 : strlen(p->why);
	bool same = !strcmp(should, is);

	if (!same && p->word == PROOF_CONFIRMED)
		n = 0;
	if (same && p->word == PROOF_CONTRADICTED)
		return;
	p->word = same ? PROOF_CONFIRMED : PROOF_CONTRADICTED;
	snprintf(p->why + n, sizeof(p->why) - n, "%s%s: %s%s%s", n ? ", " : "", sign_title(sign), is,
		 same ? "" : " instead of ", same ? "" : should);
}

struct proof proof_of(const char *way, const char *variant, const char *arch,
		      const struct impl *impl, const struct witnessed *seen)
{
	struct proof p = { .word = PROOF_NOT_WITNESSED };
	bool usable = seen && seen->state == WITNESS_USABLE, unclear = false;
	CLEANUP_FREE char *lacks = usable ? NULL : witnessed_lacks(seen);

	snprintf(p.way, sizeof(p.way), "%s", way);
	snprintf(p.variant, sizeof(p.variant), "%s", variant);
	snprintf(p.why, sizeof(p.why), "%s", usable ? "not witnessed: impl.yaml gives no signs of it" :
		 lacks);
	if (seen) {
		snprintf(p.kernel, sizeof(p.kernel), "%s", seen->kernel);
		snprintf(p.at, sizeof(p.at), "%s", seen->at);
	}
	for (enum sign s = 0; usable && impl && s < SIGNS; s++) {
		const char *should = impl_sign(impl, arch, variant, s);
		CLEANUP_FREE char *is = seen_sign(seen, s);

		if (should && strcmp(is, UNCLEAR))
			compare_sign(&p, s, should, is);
		unclear |= should && !strcmp(is, UNCLEAR);
	}
	if (unclear && p.word == PROOF_CONFIRMED) {
		p.word = PROOF_NOT_WITNESSED;
		snprintf(p.why, sizeof(p.why), "not witnessed: it is unclear where paging ends");
	}
	return p;
}

int proof_write(const proof_vec *proofs, const char *dir, struct error **err)
{
	CLEANUP_FREE char *path = path_below(dir, "proofs.json");
	CLEANUP_JSON json_t *all = NULL;
	json_t *ways = json_array();

	for (size_t i = 0; i < proofs->n; i++) {
		const struct proof *p = &proofs->at[i];

		json_array_append_new(ways, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "way", p->way,
						      "variant", p->variant, "witness",
						      json_string(proof_word(p->word)), "why",
						      json_text(p->why), "kernel",
						      json_text(p->kernel), "at",
						      json_text(p->at)));
	}
	all = json_pack("{s:i, s:o}", "schema", PROOFS_SCHEMA, "ways", ways);
	return json_write(path, all, JSON_INDENT(1), err);
}
