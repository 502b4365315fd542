// SPDX-License-Identifier: GPL-2.0-only
/*
 * paper_witnessed.c - what the witness saw of one way, as far as a report needs it
 */
#include "paper_witnessed.h"

#include <string.h>

#include "base/folder.h"
#include "base/json.h"
#include "base/text.h"
#include "plan/scenario.h"
#include "witness/account.h"
#include "witness/place.h"

#define VECTOR_VIDEO	0x10

static bool is_count(const json_t *value)
{
	return json_is_integer(value) && json_integer_value(value) >= 0;
}

/* Of kinds of steps; one that was never executed is left out. */
static bool are_counts(const json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value)
		if (!is_count(value))
			return false;
	return true;
}

static bool have_count(const json_t *array, const char *key)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(array, i, entry)
		if (!is_count(json_object_get(entry, key)))
			return false;
	return true;
}

/*
 * Whether what is read below are counts: 0 for a figure that is not there would
 * be evidence of what nobody saw.
 */
static bool is_counted(const json_t *account)
{
	const json_t *clears = json_object_get(account, "clears");

	return are_counts(json_object_get(account, "own")) &&
	       are_counts(json_object_get(account, "counts")) &&
	       is_count(json_object_get(clears, "paging")) &&
	       is_count(json_object_get(clears, "protection")) && are_counts(clears) &&
	       is_count(json_object_get(json_object_get(account, "accesses"), "translated")) &&
	       have_count(json_object_get(account, "steps"), "times") &&
	       have_count(json_object_get(account, "places"), "instructions");
}

/*
 * Whether it was watched from the old kernel to the new one: all signs of a way may be
 * things that were not seen, and an account of nothing would have them too.
 */
static bool is_watched(const json_t *account)
{
	const json_t *crossing = json_object_get(account, "crossing"), *place;
	json_int_t n = json_int_at(crossing, "unwatched");
	bool left = false, entered = false;
	size_t i;

	json_array_foreach(json_object_get(account, "places"), i, place) {
		enum place at = place_from_name(json_text_at(place, "place"));

		n = json_int_sum(n, json_int_at(place, "instructions"));
		left |= at == PLACE_OLD_KERNEL;
		entered |= at == PLACE_NEW_KERNEL;
	}
	return left && entered && n == json_int_at(crossing, "instructions");
}

/* Whether all is there that is read below. */
static bool is_whole(const json_t *account)
{
	static const char *const objects[] = { "own", "clears", "counts", "accesses" };

	if (json_int_at(account, "schema") != ACCOUNT_SCHEMA || !*json_text_at(account, "kernel") ||
	    !json_is_array(json_object_get(account, "steps")) ||
	    !json_is_array(json_object_get(account, "places")))
		return false;
	for (size_t i = 0; i < sizeof(objects) / sizeof(*objects); i++)
		if (!json_is_object(json_object_get(account, objects[i])))
			return false;
	return is_counted(account) && is_watched(account);
}

static bool is_own_step(const json_t *step)
{
	return place_is_own(place_from_name(json_text_at(step, "place")));
}

/* Loads what CR3 holds already: from CR3 itself, or the value that the step before loaded. */
static bool is_same_again(const json_t *step, const char *held)
{
	const char *value = json_text_at(step, "value");

	return !strcmp(json_text_at(step, "from"), "cr3") || (*value && !strcmp(value, held));
}

/* Of the way's own steps, in which place the first one was that took paging away. */
static void take_paging_end(struct witnessed *to, const json_t *steps, bool paging_at_end)
{
	const json_t *step, *load = NULL;
	size_t i;

	json_array_foreach(steps, i, step) {
		if (!is_own_step(step))
			continue;
		if (load && json_is_false(json_object_get(step, "paging")))
			break;
		load = !strcmp(json_text_at(step, "step"), "cr0") &&
		       json_is_true(json_object_get(step, "paging")) ? step : NULL;
	}
	if (load && (i < json_array_size(steps) || !paging_at_end))
		snprintf(to->paging_ends, sizeof(to->paging_ends), "%s",
			 json_text_at(load, "place"));
}

static void take_steps(struct witnessed *to, const json_t *steps)
{
	const char *held = "";
	const json_t *step;
	size_t i;

	json_array_foreach(steps, i, step) {
		if (!is_own_step(step))
			continue;
		if (!strcmp(json_text_at(step, "step"), "cr3") && !is_same_again(step, held)) {
			to->page_tables = json_int_sum(to->page_tables, json_int_at(step, "times"));
			held = json_text_at(step, "value");
		}
		if (!strcmp(json_text_at(step, "step"), "interrupt") &&
		    json_int_at(step, "vector") == VECTOR_VIDEO)
			to->video_calls = json_int_sum(to->video_calls, json_int_at(step, "times"));
	}
}

static void take_places(struct witnessed *to, const json_t *places)
{
	const json_t *place;
	size_t i;

	json_array_foreach(places, i, place)
		if (place_from_name(json_text_at(place, "place")) == PLACE_BIOS)
			to->bios_instructions = json_int_sum(to->bios_instructions,
							     json_int_at(place, "instructions"));
}

static void take(struct witnessed *to, const json_t *account)
{
	const json_t *clears = json_object_get(account, "clears");

	to->gdt_loads = json_int_at(json_object_get(account, "own"), "lgdt");
	to->paging_cleared = json_int_at(clears, "paging");
	to->protection_cleared = json_int_at(clears, "protection");
	to->long_mode = json_object_get(clears, "long_mode");
	to->long_mode_cleared = json_int_at(clears, "long_mode");
	to->resets = json_int_at(json_object_get(account, "counts"), "reset");
	to->translated = json_int_at(json_object_get(account, "accesses"), "translated");
	take_paging_end(to, json_object_get(account, "steps"),
			json_is_true(json_object_get(json_object_get(account, "crossing"),
						     "paging")));
	take_steps(to, json_object_get(account, "steps"));
	take_places(to, json_object_get(account, "places"));
}

static struct witnessed nothing_of(const char *way, const char *variant)
{
	struct witnessed w = { .state = WITNESS_MISSING };

	snprintf(w.way, sizeof(w.way), "%s", way);
	snprintf(w.variant, sizeof(w.variant), "%s", variant);
	return w;
}

/* What a way executes depends on its impl.yaml and on the programs of the root image. */
static bool is_of_file(const json_t *account, const char *key, const char *sha256)
{
	return !sha256 || !strcmp(json_text_at(account, key), sha256);
}

/* And on the words of its hints. An older account has no word on them, and its way had none. */
static bool is_of_hints(const json_t *account, const json_t *hints)
{
	const json_t *had = json_object_get(account, "hints");

	if (!json_object_size(had) || !json_object_size(hints))
		return json_object_size(had) == json_object_size(hints);
	return json_equal(had, hints);
}

void witnessed_of(struct witnessed *to, const char *way, const char *variant,
		  const json_t *account, const struct witness_wanted *wanted)
{
	*to = nothing_of(way, variant);
	snprintf(to->kernel, sizeof(to->kernel), "%s", json_text_at(account, "kernel"));
	snprintf(to->at, sizeof(to->at), "%s", json_text_at(account, "at"));
	if (!is_whole(account) || strcmp(json_text_at(account, "way"), way) ||
	    strcmp(json_text_at(account, "variant"), variant)) {
		to->state = WITNESS_DAMAGED;
	} else if (strcmp(json_text_at(account, "kernel"), wanted->kernel)) {
		to->state = WITNESS_OTHER_KERNEL;
	} else if (!is_of_file(account, "impl", wanted->impl) ||
		   !is_of_file(account, "root", wanted->root) ||
		   !is_of_hints(account, wanted->hints)) {
		to->state = WITNESS_OTHER_FILES;
	} else if (strcmp(json_text_at(account, "verdict"), "ok") ||
		   !json_is_true(json_object_get(account, "proved"))) {
		to->state = WITNESS_FAILED;
	} else {
		to->state = WITNESS_USABLE;
		take(to, account);
	}
}

static char *path_of(const char *dir, const char *way, const char *variant)
{
	const struct scenario_way w = { .way = (char *)way, .variant = (char *)variant };
	CLEANUP_FREE char *name = scenario_way_name(&w);

	return text_format("%s/witness/%s.json", dir, name);
}

void witnessed_read(struct witnessed *to, const char *way, const char *variant, const char *dir,
		    const struct witness_wanted *wanted)
{
	CLEANUP_FREE char *path = path_of(dir, way, variant);
	CLEANUP_JSON json_t *account = NULL;

	if (access(path, F_OK)) {
		*to = nothing_of(way, variant);
		return;
	}
	account = json_load_file(path, 0, NULL);
	witnessed_of(to, way, variant, account, wanted);
}

const struct witnessed *witnessed_find(const witnessed_vec *list, const char *way,
				       const char *variant)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->at[i].way, way) && !strcmp(list->at[i].variant, variant))
			return &list->at[i];
	return NULL;
}

char *witnessed_lacks(const struct witnessed *w)
{
	switch (w ? w->state : WITNESS_MISSING) {
	case WITNESS_OTHER_KERNEL:
		return text_format("not witnessed with this kernel, only with %.100s", w->kernel);
	case WITNESS_OTHER_FILES:
		return text_format("not witnessed with this impl.yaml, these hints and this root "
				   "image; run `lobosbench witness`, then `lobosbench report`");
	case WITNESS_FAILED:
		return text_format("not witnessed: the reboot that was watched failed");
	case WITNESS_DAMAGED:
		return text_format("not witnessed: its account is damaged");
	default:
		return text_format("not witnessed");
	}
}

static json_t *only_own_steps(const json_t *account)
{
	json_t *copy = json_deep_copy(account), *steps = json_object_get(copy, "steps");

	for (size_t i = json_array_size(steps); i > 0; i--)
		if (!is_own_step(json_array_get(steps, i - 1)))
			json_array_remove(steps, i - 1);
	return copy;
}

int witnessed_keep(const char *way, const char *variant, const char *results,
		   const char *run_dir, const struct witness_wanted *wanted, struct error **err)
{
	CLEANUP_FREE char *from = path_of(results, way, variant);
	CLEANUP_FREE char *to = path_of(run_dir, way, variant);
	CLEANUP_FREE char *folder = NULL;
	CLEANUP_JSON json_t *account = NULL, *own = NULL;
	struct witnessed seen;
	int rc;

	witnessed_read(&seen, way, variant, run_dir, wanted);
	if (seen.state != WITNESS_MISSING && seen.state != WITNESS_DAMAGED &&
	    seen.state != WITNESS_OTHER_FILES)
		return 0;
	account = json_load_file(from, 0, NULL);
	witnessed_of(&seen, way, variant, account, wanted);
	if (seen.state != WITNESS_USABLE)
		return 0;
	own = only_own_steps(account);
	if (asprintf(&folder, "%s/witness", run_dir) < 0)
		abort();
	rc = folder_make(folder, err);
	return rc ? rc : json_write(to, own, JSON_INDENT(1), err);
}
