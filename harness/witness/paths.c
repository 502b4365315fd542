// SPDX-License-Identifier: GPL-2.0-only
/*
 * paths.c - the call path that each executed instruction belongs to
 *
 * DOC: Theory of operation
 *
 * Each kernel stack has a shadow: the calls on it that have not returned, each with the address
 * that holds its return address. A call pushes a frame, a return takes away all frames at
 * or below the address it reads. No register is read, and no symbol of the scheduler
 * is needed:
 *
 *	context switch		a return that reads from another stack
 *	new thread		the same, from a stack without a frame below: it begins a path
 *	interrupt stack		a call that writes to another stack: nested in what ran
 *	interrupt, exception	a block that is an entry: a frame without an address, which gets
 *				one from the first call of the handler; iret takes it away
 *	dead task		nothing: the next task's calls and returns pop what it left
 *
 * A program is one node, the first function of the kernel behind it begins a path below it, and
 * the first call of that empties its stack. The kernel's iret to a program may be
 * followed by no instruction of it, when fetching that faults: an entry right behind it
 * comes from the program, too.
 *
 * On x86_64 the code of an exception calls a function that saves the registers above its own return
 * address: it returns from a lower address than it was called at, and takes away its frame.
 *
 * A jump to another function (a tail call, a .cold part, assembly) becomes a child of the
 * frame's own node, one level at most, so that jumps to and fro do not grow the path.
 */
#include "paths.h"

#include <inttypes.h>
#include <stdlib.h>

void paths_begin(struct paths *p, unsigned int stack_shift)
{
	*p = (struct paths){ .stack_shift = stack_shift, .outside = true };
	p->now = p->base = &p->root;
}

static void free_below(struct path_node *node)
{
	while (node->below) {
		struct path_node *first = node->below;

		node->below = first->beside;
		free_below(first);
		free(first);
	}
}

void paths_free(struct paths *p)
{
	free_below(&p->root);
	for (size_t i = 0; i < PATHS_BUCKETS; i++) {
		while (p->stacks[i]) {
			struct path_stack *s = p->stacks[i];

			p->stacks[i] = s->next;
			vec_free(&s->frames);
			free(s);
		}
	}
}

static void *zeroed(size_t bytes)
{
	void *memory = calloc(1, bytes);

	if (!memory)
		abort();
	return memory;
}

/* What was found last stands first, for it is most likely what is looked for next. */
static struct path_node *child(struct paths *p, struct path_node *up, struct path_function *f)
{
	struct path_node **link = &up->below, *node;

	for (; *link && (*link)->function != f; link = &(*link)->beside)
		;
	node = *link;
	if (node) {
		*link = node->beside;
	} else if (up->depth == PATHS_DEPTH || p->nodes == PATHS_NODES) {
		p->quality.cut++;
		return up;
	} else {
		node = zeroed(sizeof(*node));
		node->function = f;
		node->up = up;
		node->depth = up->depth + 1;
		p->nodes++;
	}
	node->beside = up->below;
	up->below = node;
	return node;
}

static struct path_stack *stack_of(struct paths *p, uint64_t slot)
{
	uint64_t number = slot >> p->stack_shift;
	struct path_stack **bucket = &p->stacks[number % PATHS_BUCKETS], *s = *bucket;

	if (p->last && p->last->number == number)
		return p->last;
	while (s && s->number != number)
		s = s->next;
	if (!s) {
		s = zeroed(sizeof(*s));
		s->number = number;
		s->base = &p->root;
		s->next = *bucket;
		*bucket = s;
	}
	p->last = s;
	return s;
}

static struct path_frame *top(const struct path_stack *s)
{
	return s->frames.n ? &s->frames.at[s->frames.n - 1] : NULL;
}

static struct path_node *node_of(const struct path_stack *s)
{
	return s->frames.n ? top(s)->node : s->base;
}

/* Takes away the frames at or below a slot. Return: how many. */
static size_t pop(struct path_stack *s, uint64_t slot)
{
	size_t n = 0;

	for (; s->frames.n && top(s)->slot && top(s)->slot <= slot; n++)
		s->frames.n--;
	return n;
}

void paths_count(struct paths *p, uint64_t now)
{
	p->now->instructions += now - p->charged;
	p->charged = now;
}

static void enter(struct paths *p, struct path_function *f, struct path_function *program)
{
	struct path_node *from = program ? child(p, &p->root, program) : &p->root;

	p->outside = false;
	p->called = false;
	p->stack = NULL;
	p->now = p->base = child(p, from, f);
	p->now->calls++;
}

static void interrupt(struct paths *p, struct path_function *f)
{
	struct path_frame frame = {
		.interrupted = p->now, .stack = p->stack, .called = p->called,
	};

	p->now = frame.node = child(p, p->now, f);
	p->now->calls++;
	p->called = false;
	if (p->stack)
		vec_push(&p->stack->frames, frame);
}

static void begin_callee(struct paths *p, struct path_function *f)
{
	p->called = false;
	p->now = child(p, p->now, f);
	p->now->calls++;
	top(p->stack)->node = p->now;
}

static void jump(struct paths *p, struct path_function *f)
{
	struct path_node *own = p->stack ? node_of(p->stack) : p->base;
	bool interrupted = p->stack && top(p->stack) && top(p->stack)->interrupted;

	if (own->function == f)
		p->now = own;
	else if (interrupted && top(p->stack)->interrupted->function == f)
		p->now = top(p->stack)->interrupted;
	else
		p->now = child(p, own, f);
}

void paths_block(struct paths *p, struct path_function *f, bool entry,
		 struct path_function *program, uint64_t now)
{
	bool from_outside = paths_comes_from_outside(p, entry);

	paths_count(p, now);
	p->left = false;
	if (from_outside)
		enter(p, f, program);
	else if (entry && p->running != f)
		interrupt(p, f);
	else if (p->called && !f->thunk)
		begin_callee(p, f);
	else if (!p->called && p->now->function != f)
		jump(p, f);
	p->running = f;
}

void paths_outside(struct paths *p, struct path_function *f, uint64_t now)
{
	paths_count(p, now);
	p->now = p->base = child(p, &p->root, f);
	p->outside = true;
	p->called = false;
	p->left = false;
	p->stack = NULL;
	p->running = f;
}

/* Interrupts that have not called yet: their frames lie right above this call. */
static void place_interrupts(struct path_stack *s, uint64_t slot)
{
	for (size_t i = s->frames.n; i-- > 0 && !s->frames.at[i].slot; )
		s->frames.at[i].slot = slot + 1;
}

/* The first call on a stack that was not in use just now. */
static void change_stack(struct paths *p, struct path_stack *s, uint64_t slot)
{
	struct path_frame moved = { 0 };

	if (!p->stack) {
		s->frames.n = 0;
		s->base = p->now;
		return;
	}
	p->quality.lost += pop(s, slot);
	/* An interrupt's handler has a stack of its own. */
	if (top(p->stack) && !top(p->stack)->slot)
		moved = p->stack->frames.at[--p->stack->frames.n];
	if (moved.node) {
		moved.slot = slot + 1;
		vec_push(&s->frames, moved);
	} else if (s->frames.n) {
		p->now = node_of(s);
	} else {
		s->base = p->now;
	}
}

void paths_call(struct paths *p, uint64_t slot, uint64_t now)
{
	struct path_stack *s = stack_of(p, slot);
	struct path_frame frame = { .slot = slot };

	paths_count(p, now);
	p->quality.calls++;
	if (s != p->stack) {
		change_stack(p, s, slot);
		p->stack = s;
	} else {
		place_interrupts(s, slot);
		p->quality.lost += pop(s, slot);
	}
	frame.node = p->now;
	vec_push(&s->frames, frame);
	p->called = true;
	p->running = NULL;
}

void paths_detail(struct paths *p, struct path_function *f)
{
	p->now = child(p, p->now, f);
	p->now->calls++;
	top(p->stack)->node = p->now;
}

/* Where the function that returns from this address was called. */
static uint64_t slot_of_call(const struct path_stack *s, uint64_t slot)
{
	const struct path_frame *last = top(s);
	const struct path_function *f = last ? last->node->function : NULL;

	return f && f->moves && slot < last->slot ? last->slot : slot;
}

void paths_return(struct paths *p, uint64_t slot, uint64_t now)
{
	struct path_stack *s = stack_of(p, slot);
	uint64_t call = slot_of_call(s, slot);
	bool own = top(s) && top(s)->slot == call;
	size_t popped = pop(s, call);

	paths_count(p, now);
	p->quality.returns++;
	if (s != p->stack) {
		/* Who switched away from here still has to return, unless nobody did. */
		if (!s->frames.n)
			s->base = &p->root;
		p->stack = s;
	} else if (!own) {
		p->quality.odd++;
		p->quality.lost += popped;
	}
	p->now = node_of(s);
	p->called = false;
	p->running = NULL;
}

void paths_interrupt_return(struct paths *p, uint64_t now)
{
	size_t n = p->stack ? p->stack->frames.n : 0;
	struct path_frame frame;

	paths_count(p, now);
	p->running = NULL;
	p->called = false;
	while (n && !p->stack->frames.at[n - 1].interrupted)
		n--;
	if (!n) {
		p->left = true;
		return;
	}
	frame = p->stack->frames.at[n - 1];
	p->quality.lost += p->stack->frames.n - n;
	p->stack->frames.n = n - 1;
	p->now = frame.interrupted;
	p->stack = frame.stack;
	p->called = frame.called;
}

void paths_program_return(struct paths *p, uint64_t now)
{
	paths_count(p, now);
	p->running = NULL;
	p->called = false;
	p->left = true;
}

void paths_forget(struct paths *p, uint64_t now)
{
	paths_count(p, now);
	for (size_t i = 0; i < PATHS_BUCKETS; i++) {
		for (struct path_stack *s = p->stacks[i]; s; s = s->next) {
			s->frames.n = 0;
			s->base = &p->root;
		}
	}
	p->stack = NULL;
	p->now = p->base = &p->root;
	p->running = NULL;
	p->outside = true;
	p->called = false;
	p->left = false;
}

void paths_write_function(struct paths *p, struct path_function *f, FILE *to)
{
	if (f->number)
		return;
	f->number = ++p->functions;
	fprintf(to, "f %u %s\n", f->number, f->name);
}

static void write_node(struct paths *p, struct path_node *node, FILE *to)
{
	if (node->number || !node->up)
		return;
	write_node(p, node->up, to);
	paths_write_function(p, node->function, to);
	node->number = ++p->written;
	fprintf(to, "n %u %u %u\n", node->number, node->up->number, node->function->number);
}

static void write_below(struct paths *p, struct path_node *node, FILE *to)
{
	if (node->instructions || node->calls) {
		write_node(p, node, to);
		fprintf(to, "c %u %" PRIu64 " %" PRIu64 "\n", node->number, node->instructions,
			node->calls);
		node->instructions = node->calls = 0;
	}
	for (struct path_node *below = node->below; below; below = below->beside)
		write_below(p, below, to);
}

void paths_write(struct paths *p, FILE *to)
{
	const struct paths_quality *q = &p->quality;

	write_below(p, &p->root, to);
	fprintf(to, "p %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", q->calls,
		q->returns, q->odd, q->lost, q->cut);
	p->quality = (struct paths_quality){ 0 };
}
