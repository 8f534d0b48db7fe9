// SPDX-License-Identifier: GPL-2.0-only
/*
 * Form "folded": lines "FRAME;FRAME;… NS" for programs that draw flame graphs.
 * The kernel's calls are not known, so what lies upon one another is where a
 * packet was: what it is, its network namespace, its interface, a function.
 * The last frame's time is that from reaching the function to the next step,
 * wherever that is.
 *
 * Where stacks were recorded these are the frames, "FRAME;FRAME;… COUNT": how many
 * steps, or ends, had it. Whatever has none is not counted then.
 */
#include "stats.h"
#include "../format/netns_name.h"
#include "../../lib/grow.h"
#include "../input/utf8.h"
#include "../diagnose/waits.h"
#include "../path/stack.h"

#include <errno.h>
#include <inttypes.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

struct stack {
	char *frames;
	uint64_t weight;	/* ns; of the kernel's stacks, how many */
	bool of_kernel;
};

struct folded {
	struct stack **stack;
	size_t count;
	bool of_kernel;		/* there are stacks of the kernel's */
	void *tree;		/* of tsearch(3) */
	const struct notes *notes;
	FILE *out;		/* where frames are put together */
	char *frames;		/* … and are then */
	size_t size;
};

/* Nothing yet. NULL: no memory. */
static struct folded *new_folded(void)
{
	struct folded *all = calloc(1, sizeof(*all));

	if (!all)
		return NULL;
	all->out = open_memstream(&all->frames, &all->size);
	if (all->out)
		return all;
	free(all);
	return NULL;
}

static int by_frames(const void *a, const void *b)
{
	const struct stack *x = a, *y = b;

	return strcmp(x->frames, y->frames);
}

static struct stack *new_stack(const char *frames)
{
	struct stack *stack = calloc(1, sizeof(*stack));

	if (!stack)
		return NULL;
	stack->frames = strdup(frames);
	if (stack->frames)
		return stack;
	free(stack);
	return NULL;
}

static int add_stack(struct folded *all, struct stack *stack)
{
	struct stack **grown = grow(all->stack, all->count,
				    sizeof(*all->stack));

	if (!grown)
		return -ENOMEM;
	all->stack = grown;
	if (!tsearch(stack, &all->tree, by_frames))
		return -ENOMEM;
	grown[all->count++] = stack;
	return 0;
}

/* The stack of these frames, a new one if need be, or NULL: no memory. */
static struct stack *find_stack(struct folded *all, const char *frames)
{
	struct stack like = { .frames = (char *)frames }, *stack;
	struct stack *const *found = tfind(&like, &all->tree, by_frames);

	if (found)
		return *found;
	stack = new_stack(frames);
	if (!stack || !add_stack(all, stack))
		return stack;
	free(stack->frames);
	free(stack);
	return NULL;
}

/* Writes a name so that nothing in it looks like the end of a frame. */
static void put_escaped(FILE *out, const char *name)
{
	char shown[UTF8_SHOWN], *c;

	utf8_shorten(shown, name);
	for (c = shown; *c; c++)
		if (*c == ';' || *c == ' ')
			*c = '_';
	fputs(shown, out);
}

static void put_frame(FILE *out, const char *name)
{
	size_t plain = name ? utf8_plain(name) : 0;

	if (!name)
		putc('-', out);
	else if (name[plain] || name[strcspn(name, "; ")])
		put_escaped(out, name);
	else
		fwrite(name, 1, plain, out);
}

/* A function of the kernel, with its module, as "name" or "name_[module]". */
static void put_kernel_frame(FILE *out, const struct stack_frame *frame)
{
	char name[FRAME_ROOM];

	snprintf(name, sizeof(name), frame->module_len ? "%.*s_[%.*s]" : "%.*s",
		 (int)frame->func_len, frame->func, (int)frame->module_len,
		 frame->module);
	putc(';', out);
	put_frame(out, name);
}

/* Whose path it is. */
static void put_member(FILE *out, const struct path *p)
{
	if (p->state == PATH_INCOMPLETE)
		fputs("INCOMPLETE;", out);
	if (!p->member) {
		fputs("packet;", out);
		return;
	}
	fputs("made by ", out);
	put_frame(out, p->origin ? p->origin->func : NULL);
	putc(';', out);
}

static void put_place(FILE *out, const struct notes *notes,
		      const struct record *rec)
{
	char buf[NETNS_ROOM];

	fputs("netns ", out);
	put_frame(out, netns_text(buf, notes, rec->netns));
	putc(';', out);
	put_frame(out, rec->ifname);
	putc(';', out);
}

/* Puts together the frames of a record. Returns them, or NULL: no memory. */
static const char *make_frames(struct folded *all, const struct path *p,
			       const struct record *rec, uint64_t gap, const char *queue)
{
	rewind(all->out);
	put_member(all->out, p);
	put_place(all->out, all->notes, rec);
	put_frame(all->out, rec->func);
	if (gap)
		fputs(";steps missing", all->out);
	if (queue) {
		fputs(";waits in ", all->out);
		put_frame(all->out, queue);
	}
	putc('\0', all->out);
	return fflush(all->out) ? NULL : all->frames;
}

/*
 * Counts the time from rec to the next record; gap: of steps between them; queue: that it
 * waits in meanwhile, or NULL.
 */
static int count_time(struct folded *all, const struct path *p,
		       const struct record *rec, struct number next,
		       uint64_t gap, const char *queue)
{
	const char *frames = make_frames(all, p, rec, gap, queue);
	struct stack *stack = frames ? find_stack(all, frames) : NULL;

	if (!stack)
		return -ENOMEM;
	if (next.known && next.value > rec->ns.value)
		stack->weight += next.value - rec->ns.value;
	return 0;
}

/* What happened there: an end's, or a step's on its way. */
static const char *what_happened(const struct path *p, size_t i)
{
	if (i + 1 < p->count || !path_end_stack(p))
		return "step";
	return path_how(p) == HOW_DROPPED ? "dropped" : "consumed";
}

/* Puts out the frames, outermost first, and the NUL. Returns 0 or -ENOMEM. */
static int put_kernel_frames(FILE *out, const char *text)
{
	struct stack_frame *frames = NULL, *grown;
	size_t count = 0;

	do {
		grown = grow(frames, count, sizeof(*frames));
		if (!grown) {
			free(frames);
			return -ENOMEM;
		}
		frames = grown;
	} while (stack_next(&text, &frames[count]) && ++count);
	while (count--)
		put_kernel_frame(out, &frames[count]);
	putc('\0', out);
	free(frames);
	return fflush(out) ? -ENOMEM : 0;
}

/* Counts the kernel's stack at step i, if it is known. */
static int count_kernel(struct folded *all, const struct path *p, size_t i)
{
	const char *text = p->steps[i]->stack;
	struct stack *stack;

	if (!text)
		return 0;
	rewind(all->out);
	fputs(what_happened(p, i), all->out);
	if (stack_is_cut(text))
		fputs(";...", all->out);
	stack = put_kernel_frames(all->out, text) ? NULL :
						    find_stack(all, all->frames);
	if (!stack)
		return -ENOMEM;
	stack->of_kernel = all->of_kernel = true;
	stack->weight++;
	return 0;
}

static int count_path(struct folded *all, const struct data *data, const struct path *p)
{
	struct number next = p->count ? p->steps[0]->ns : path_stop(p);
	struct wait wait = { .next = 0 };
	bool waits = waits_next(&wait, data, p);
	bool is_last;
	size_t i;
	int err = 0;

	if (p->origin)
		err = count_time(all, p, p->origin, next, path_gap(p, 0), NULL);
	for (i = 0; i < p->count && !err; i++) {
		next = i + 1 < p->count ? p->steps[i + 1]->ns : path_stop(p);
		is_last = waits && wait.next == i + 1;
		err = count_time(all, p, p->steps[i], next, path_gap(p, i + 1),
				 is_last ? wait.queue : NULL);
		if (is_last)
			waits = waits_next(&wait, data, p);
		if (!err)
			err = count_kernel(all, p, i);
	}
	return err;
}

int folded_family(struct output *o, const struct family *f)
{
	struct folded *all;
	size_t i;
	int err = 0;

	if (!o->context)
		o->context = new_folded();
	if (!o->context)
		return -ENOMEM;
	all = o->context;
	all->notes = o->notes;
	for (i = 0; i < f->members.count && !err; i++)
		err = count_path(all, o->data, family_member(f, i));
	return err;
}

static int by_name(const void *a, const void *b)
{
	return by_frames(*(struct stack *const *)a, *(struct stack *const *)b);
}

int folded_print(const struct output *o)
{
	struct folded *all = o->context;
	size_t i;

	if (!all)
		return 0;
	if (all->count)
		qsort(all->stack, all->count, sizeof(*all->stack), by_name);
	for (i = 0; i < all->count; i++)
		if (all->stack[i]->weight &&
		    all->stack[i]->of_kernel == all->of_kernel)
			fprintf(o->file, "%s %" PRIu64 "\n",
				all->stack[i]->frames, all->stack[i]->weight);
	return 0;
}

static void free_nothing(void *stack)
{
	(void)stack;
}

void folded_close(struct output *o)
{
	struct folded *all = o->context;
	size_t i;

	if (!all)
		return;
	tdestroy(all->tree, free_nothing);
	for (i = 0; i < all->count; i++) {
		free(all->stack[i]->frames);
		free(all->stack[i]);
	}
	free(all->stack);
	fclose(all->out);
	free(all->frames);
	free(all);
	o->context = NULL;
}
