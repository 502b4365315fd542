/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hint.h - what the old kernel tells the new one to save it work: one file of scenarios/hints/
 *
 * A hint is words for the new kernel's command line, which any way can hand on, or words for
 * the request of the one way that can hand on what only a kernel knows. Keys are described in
 * scenarios/README.md.
 */
#ifndef HINT_H
#define HINT_H

#include "base/error.h"
#include "base/vec.h"
#include "impl.h"

struct hint {
	char *name;			/* also that of its file */
	char *title;
	char *words;			/* for the new kernel's command line; or NULL, and then: */
	char *only;			/* the one way that can hand it on */
	char *request;			/* words for that way's request */
	char *reason;
	char *danger;
	struct {
		char *million_instructions;	/* a number */
		char *machine, *kernel;		/* what it was measured with */
	} gain;
	char *text;			/* the file as read, for provenance */
};

struct hint_list {
	VEC(struct hint *) hints;	/* in order of name */
};

/*
 * hint_parse() - one hint from the text of its file
 * @path:	what messages call it; its last part is the hint's name and ".yaml"
 * @impls:	`only` must be one of these; NULL: it is not looked up
 *
 * Return: to be freed with hint_free(); NULL with *err set: file, line, and what would be right
 */
struct hint *hint_parse(const char *path, const char *text, const struct impl_list *impls,
			struct error **err);

/*
 * hint_free() - frees a hint
 * @hint:	may be NULL
 */
void hint_free(struct hint *hint);

DEFINE_CLEANUP(struct hint, hint_free)

/*
 * hint_list_load() - reads every hint of a checkout
 * @top:	the checkout; where scenarios/hints is missing it has none
 * @impls:	as of hint_parse()
 *
 * Return: the list, to be freed with hint_list_free(); NULL with *err set
 */
struct hint_list *hint_list_load(const char *top, const struct impl_list *impls,
				 struct error **err);

/* NULL if there is none. */
const struct hint *hint_find(const struct hint_list *list, const char *name);

/* Whether a way, by its name, can be given a hint. */
bool hint_is_for(const struct hint *hint, const char *way);

/*
 * hint_list_free() - frees a list with its hints
 * @list:	may be NULL
 */
void hint_list_free(struct hint_list *list);

DEFINE_CLEANUP(struct hint_list, hint_list_free)

#endif /* HINT_H */
