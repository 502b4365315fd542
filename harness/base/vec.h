/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vec.h - a growing array: struct { TYPE *at; size_t n, room; }
 */
#ifndef VEC_H
#define VEC_H

#include <stdlib.h>

#define VEC(type) struct { type *at; size_t n, room; }

/* Grows *at to hold one more item of size bytes; aborts when memory is exhausted. */
static inline void vec_grow_(void **at, const size_t *n, size_t *room, size_t size)
{
	if (*n < *room)
		return;
	*room = *room ? *room * 2 : 16;
	*at = realloc(*at, *room * size);
	if (!*at)
		abort();
}

#define vec_push(v, item) do {							\
	void *vec_at_ = (v)->at;						\
	vec_grow_(&vec_at_, &(v)->n, &(v)->room, sizeof(*(v)->at));		\
	(v)->at = vec_at_;							\
	(v)->at[(v)->n++] = (item);						\
} while (0)

#define vec_free(v) do {	\
	free((v)->at);		\
	(v)->at = NULL;		\
	(v)->n = 0;		\
	(v)->room = 0;		\
} while (0)

#endif /* VEC_H */
