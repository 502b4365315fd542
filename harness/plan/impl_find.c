// SPDX-License-Identifier: GPL-2.0-only
/*
 * impl_find.c - what a way to reboot says under a name
 */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "impl.h"
#include "reboot/phase.h"

const struct impl *impl_find(const struct impl_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->at[i].name, name))
			return &list->at[i];
	return NULL;
}

bool impl_runs(const struct impl *impl, const char *arch, enum firmware firmware)
{
	if (impl->firmware.because && impl->firmware.only != firmware)
		return false;
	for (unsigned int i = 0; i < impl->archs_count; i++)
		if (!strcmp(impl->archs[i], arch))
			return true;
	return false;
}

const struct impl_claim *impl_claim(const struct impl *impl, const char *claim)
{
	for (unsigned int i = 0; i < impl->paper_count; i++)
		if (!strcmp(impl->paper[i].claim, claim))
			return &impl->paper[i];
	return NULL;
}

const struct impl_option *impl_option(const struct impl *impl, const char *name)
{
	for (unsigned int i = 0; i < impl->options_count; i++)
		if (!strcmp(impl->options[i].name, name))
			return &impl->options[i];
	return NULL;
}

const struct impl_image *impl_image(const struct impl *impl, const char *format)
{
	for (unsigned int i = 0; i < impl->images_count; i++)
		if (!format || !strcmp(impl->images[i].format, format))
			return &impl->images[i];
	return NULL;
}

static const char *sign_on(const struct signs *signs, const struct arch_signs *others,
			   unsigned int n, const char *arch, enum sign sign)
{
	for (unsigned int i = 0; i < n; i++)
		if (!strcmp(others[i].arch, arch) && others[i].signs.of[sign])
			return others[i].signs.of[sign];
	return signs->of[sign];
}

const char *impl_sign(const struct impl *impl, const char *arch, const char *variant,
		      enum sign sign)
{
	const char *value = sign_on(&impl->signs, impl->arch_signs, impl->arch_signs_count, arch,
				    sign);

	while (*variant) {
		size_t n = strcspn(variant, " ");
		CLEANUP_FREE char *word = text_format("%.*s", (int)n, variant);
		const struct impl_option *o = impl_option(impl, word);
		const char *other = o ? sign_on(&o->signs, o->arch_signs, o->arch_signs_count, arch,
						sign) : NULL;

		if (other)
			value = other;
		variant += n + (variant[n] == ' ');
	}
	return value;
}

/* Bit 1 << phase for each name; all of them are known to be phases. */
static unsigned int bits_of(char *const *names, unsigned int n)
{
	unsigned int bits = 0;

	for (unsigned int i = 0; i < n; i++)
		bits |= 1u << phase_from_name(names[i]);
	return bits;
}

unsigned int impl_phases(const struct impl *impl, const char *format, char *const *options,
			 unsigned int options_count)
{
	const struct impl_image *image = impl_image(impl, format);
	unsigned int with = bits_of(impl->phases, impl->phases_count);
	unsigned int without = image ? bits_of(image->without, image->without_count) : 0;

	for (unsigned int i = 0; i < options_count; i++) {
		const struct impl_option *o = impl_option(impl, options[i]);

		if (!o)
			continue;
		with |= bits_of(o->with, o->with_count);
		without |= bits_of(o->without, o->without_count);
	}
	return with & ~without;
}
