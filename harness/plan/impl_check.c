// SPDX-License-Identifier: GPL-2.0-only
/*
 * impl_check.c - what an impl.yaml may say beyond its schema
 */
#include "impl_private.h"

#include <errno.h>
#include <string.h>

#include "claim.h"
#include "reboot/phase.h"

static int check_phases(struct yaml_file *f, const char *key, char *const *names, unsigned int n,
			struct error **err)
{
	for (unsigned int i = 0; i < n; i++) {
		char at[80];

		if (phase_from_name(names[i]) != PHASES)
			continue;
		snprintf(at, sizeof(at), "%s[%u]", key, i);
		return yaml_file_refuse(f, at, err, "there is no phase \"%s\"; `lobosbench list "
					"phases` shows them", names[i]);
	}
	return 0;
}

/* The phases that images and options take away or add. */
static int check_exceptions(struct yaml_file *f, const struct impl *impl, struct error **err)
{
	int rc = 0;
	char key[64];

	for (unsigned int i = 0; !rc && i < impl->images_count; i++) {
		snprintf(key, sizeof(key), "images[%u].without", i);
		rc = check_phases(f, key, impl->images[i].without, impl->images[i].without_count,
				  err);
	}
	for (unsigned int i = 0; !rc && i < impl->options_count; i++) {
		const struct impl_option *o = &impl->options[i];

		snprintf(key, sizeof(key), "options[%u].with", i);
		rc = check_phases(f, key, o->with, o->with_count, err);
		snprintf(key, sizeof(key), "options[%u].without", i);
		if (!rc)
			rc = check_phases(f, key, o->without, o->without_count, err);
	}
	return rc;
}

/* Names of options and image formats that the way does not have would never matter. */
static int check_limits(struct yaml_file *f, const struct impl *impl, unsigned int index,
			struct error **err)
{
	const struct impl_option *o = &impl->options[index];
	char at[64];

	for (unsigned int i = 0; i < o->images_count; i++) {
		snprintf(at, sizeof(at), "options[%u].images[%u]", index, i);
		if (!impl_image(impl, o->images[i]))
			return yaml_file_refuse(f, at, err, "there is no image of the format \"%s\"",
						o->images[i]);
	}
	for (unsigned int i = 0; i < o->excludes_count; i++) {
		snprintf(at, sizeof(at), "options[%u].excludes[%u]", index, i);
		if (!impl_option(impl, o->excludes[i]))
			return yaml_file_refuse(f, at, err, "there is no option \"%s\"",
						o->excludes[i]);
	}
	return 0;
}

static int check_all_limits(struct yaml_file *f, const struct impl *impl, struct error **err)
{
	for (unsigned int i = 0; i < impl->options_count; i++)
		if (check_limits(f, impl, i, err))
			return -EINVAL;
	return 0;
}

/* @key: "signs", or "options[2].signs" */
static int check_signs(struct yaml_file *f, const char *key, const struct signs *signs,
		       struct error **err)
{
	for (enum sign s = 0; s < SIGNS; s++) {
		const char *takes = signs->of[s] ? sign_takes(s, signs->of[s]) : NULL;
		char at[80];

		if (!takes)
			continue;
		snprintf(at, sizeof(at), "%s.%s", key, sign_name(s));
		return yaml_file_refuse(f, at, err, "\"%s\" should be %s", signs->of[s], takes);
	}
	return 0;
}

/* @key: what stands ahead of "signs" and "arch_signs" */
static int check_signs_of(struct yaml_file *f, const struct impl *impl, const char *key,
			  const struct signs *signs, const struct arch_signs *others,
			  unsigned int n, struct error **err)
{
	char at[64];
	int rc;

	snprintf(at, sizeof(at), "%ssigns", key);
	rc = check_signs(f, at, signs, err);
	for (unsigned int i = 0; !rc && i < n; i++) {
		snprintf(at, sizeof(at), "%sarch_signs[%u]", key, i);
		rc = check_signs(f, at, &others[i].signs, err);
		if (!rc && !impl_runs(impl, others[i].arch, impl->firmware.only))
			rc = yaml_file_refuse(f, at, err, "\"archs\" has no \"%s\"", others[i].arch);
	}
	return rc;
}

static int check_all_signs(struct yaml_file *f, const struct impl *impl, struct error **err)
{
	int rc = check_signs_of(f, impl, "", &impl->signs, impl->arch_signs,
				impl->arch_signs_count, err);

	for (unsigned int i = 0; !rc && i < impl->options_count; i++) {
		const struct impl_option *o = &impl->options[i];
		char key[32];

		snprintf(key, sizeof(key), "options[%u].", i);
		rc = check_signs_of(f, impl, key, &o->signs, o->arch_signs, o->arch_signs_count, err);
	}
	return rc;
}

/* Refuses one entry of "paper" at a key of it, or at the entry itself for "". */
#define REFUSE_CLAIM(i, key, ...) \
	(snprintf(at, sizeof(at), "paper[%u]%s", (i), (key)), \
	 yaml_file_refuse(f, at, err, __VA_ARGS__))

/* What belongs together in one entry. */
static int check_claim_keys(struct yaml_file *f, const struct impl_claim *c, unsigned int i,
			    struct error **err)
{
	char at[64];

	if (!c->says != !c->section)
		return REFUSE_CLAIM(i, "", "\"says\" and \"section\" go together");
	if (!c->now != !c->by)
		return REFUSE_CLAIM(i, "", "\"now\" and \"by\" go together");
	if (!c->says && !c->now)
		return REFUSE_CLAIM(i, "", "needs what the paper \"says\", or what is so \"now\"");
	if (c->value && !c->says)
		return REFUSE_CLAIM(i, ".value", "is the value of what the paper \"says\"");
	return 0;
}

static int check_claim(struct yaml_file *f, const struct impl *impl, unsigned int i,
		       struct error **err)
{
	const struct impl_claim *c = &impl->paper[i];
	enum claim claim = claim_from_name(c->claim);
	const char *takes;
	char at[64];

	if (claim == CLAIMS)
		return REFUSE_CLAIM(i, ".claim", "there is no claim \"%s\"; impls/README.md "
				    "tells them", c->claim);
	for (unsigned int k = 0; k < i; k++)
		if (!strcmp(impl->paper[k].claim, c->claim))
			return REFUSE_CLAIM(i, ".claim", "\"%s\" stands here for the second time",
					    c->claim);
	if (check_claim_keys(f, c, i, err))
		return -EINVAL;
	takes = c->value ? claim_takes(claim, c->value) : NULL;
	if (takes)
		return REFUSE_CLAIM(i, ".value", "\"%s\" should be %s", c->value, takes);
	if (!c->now)
		return 0;
	if (claim_source(claim) != CLAIM_FROM_TEST)
		return REFUSE_CLAIM(i, ".now", "each run shows this itself");
	takes = claim_takes(claim, c->now);
	return takes ? REFUSE_CLAIM(i, ".now", "\"%s\" should be %s", c->now, takes) : 0;
}

static int check_paper(struct yaml_file *f, const struct impl *impl, struct error **err)
{
	for (unsigned int i = 0; i < impl->paper_count; i++)
		if (check_claim(f, impl, i, err))
			return -EINVAL;
	return 0;
}

int impl_check(struct yaml_file *f, const struct impl *impl, struct error **err)
{
	int rc = check_phases(f, "phases", impl->phases, impl->phases_count, err);

	if (!rc)
		rc = check_phases(f, "ahead", impl->ahead, impl->ahead_count, err);
	if (!rc)
		rc = check_exceptions(f, impl, err);
	if (!rc)
		rc = check_all_limits(f, impl, err);
	if (!rc)
		rc = check_all_signs(f, impl, err);
	return rc ? rc : check_paper(f, impl, err);
}
