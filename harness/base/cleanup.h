/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cleanup.h - the closed vocabulary of cleanup attributes of the harness
 *
 * A variable with one of these is released when it goes out of scope;
 * steal_ptr() and steal_fd() say "I keep this one". No function that uses them
 * uses goto.
 */
#ifndef CLEANUP_H
#define CLEANUP_H

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void cleanup_freep(void *p)
{
	free(*(void **)p);
}

static inline void cleanup_closep(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void cleanup_fclosep(FILE **f)
{
	if (*f)
		fclose(*f);
}

static inline void cleanup_closedirp(DIR **d)
{
	if (*d)
		closedir(*d);
}

static inline void cleanup_lock(pthread_mutex_t **lock)
{
	pthread_mutex_unlock(*lock);
}

#define CLEANUP(fn)		__attribute__((cleanup(fn)))
#define CLEANUP_FREE		CLEANUP(cleanup_freep)
#define CLEANUP_CLOSE		CLEANUP(cleanup_closep)
#define CLEANUP_FCLOSE		CLEANUP(cleanup_fclosep)
#define CLEANUP_CLOSEDIR	CLEANUP(cleanup_closedirp)

/* Holds the lock to the end of the block. */
#define LOCKED(mutex)						\
	CLEANUP(cleanup_lock) __attribute__((unused))		\
		pthread_mutex_t *locked_ = (mutex);		\
	pthread_mutex_lock(locked_)

/* Defines cleanup_TYPE_FREE for use as CLEANUP(...): calls fn(p) for a non-NULL p. */
#define DEFINE_CLEANUP(type, fn)				\
	static inline void cleanup_##fn(type **p)		\
	{							\
		if (*p)						\
			fn(*p);					\
	}

static inline void *steal_ptr_(void *pp)
{
	void **ref = pp, *p = *ref;

	*ref = NULL;
	return p;
}

#define steal_ptr(pp) ((__typeof__(*(pp)))steal_ptr_(pp))

static inline int steal_fd(int *fd)
{
	int keep = *fd;

	*fd = -1;
	return keep;
}

#endif /* CLEANUP_H */
