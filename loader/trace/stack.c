// SPDX-License-Identifier: GPL-2.0-only
#include "stack.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/file.h"
#include "../syms/ksyms.h"
#include "../syms/names.h"

#define LIMIT_FILE	"/proc/sys/kernel/perf_event_max_stack"
#define PROBES_FRAMES	16	/* the most that a probe's own have been, and some more */
#define ENTRY_BYTES	16	/* a probe is in the first bytes of its function */
#define CUT		" ..."

uint32_t stack_limit(void)
{
	unsigned long limit = STACK_FRAMES;
	char *text;
	size_t size;

	if (file_read(LIMIT_FILE, &text, &size))
		return STACK_FRAMES;
	limit = strtoul(text, NULL, 10);
	free(text);
	return limit < STACK_FRAMES ? limit : STACK_FRAMES;
}

/* A stack, and who asked for it. */
struct view {
	struct kernel_names *names;
	const struct probe *probe;
	const __u64 *frames;
	uint32_t count;
};

static bool begins_with(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* What calls programs at a raw tracepoint (include/trace/bpf_probe.h). */
static bool is_of_tracepoint(const struct ksym *sym)
{
	return begins_with(sym->name, "bpf_trace_run") ||
	       begins_with(sym->name, "__bpf_trace_") ||
	       begins_with(sym->name, "__traceiter_");
}

/* Code that the kernel has put between two functions, by its names in kallsyms. */
static bool is_trampoline(const struct ksym *sym)
{
	return begins_with(sym->module, "__builtin__") ||
	       begins_with(sym->name, "bpf_trampoline_");
}

/* A frame of the program itself, or of what runs it. */
static bool is_of_program(const struct ksym *sym)
{
	return is_trampoline(sym) || is_of_tracepoint(sym) ||
	       !strcmp(sym->module, "bpf") ||
	       begins_with(sym->name, "bpf_get_stack");
}

/* The symbol of frame @i; NULL: there is none. */
static const struct ksym *symbol(const struct view *view, uint32_t i)
{
	return name_caller_symbol(view->names, view->frames[i]);
}

/* The same name but for what the compiler puts behind it? */
static bool is_same_function(const char *name, const char *other)
{
	size_t len = strcspn(name, ".");

	return len == strcspn(other, ".") && !strncmp(name, other, len);
}

/* Is frame @i where the probed function begins? The probe is in its first bytes. */
static bool is_entry(const struct view *view, uint32_t i)
{
	const struct probe *probe = view->probe;
	uint64_t addr = view->frames[i];
	const struct ksym *sym = name_symbol(view->names, addr);

	if (probe->addr && addr - probe->addr <= ENTRY_BYTES)
		return true;
	return sym && addr - sym->addr <= ENTRY_BYTES &&
	       is_same_function(probe->symbol, sym->name);
}

/*
 * The first frame behind those of the probe. Behind the entry of a function the kernel
 * may tell it once more, as the place where its trampoline was called.
 */
static uint32_t frames_of_probe(const struct view *view)
{
	bool by_tracepoint = view->probe->how == HOW_TRACEPOINT;
	const struct ksym *sym;
	uint32_t i, found = 0;

	for (i = 0; i < view->count && i < PROBES_FRAMES; i++) {
		sym = symbol(view, i);
		if (by_tracepoint ? sym && is_of_tracepoint(sym) :
				    is_entry(view, i))
			found = i + 1;
		else if (found && !(sym && is_of_program(sym)))
			break;
	}
	if (found)
		return found;
	for (i = 0; i < view->count; i++) {
		sym = symbol(view, i);
		if (!sym || !is_of_program(sym))
			break;
	}
	return i;
}

/* Text that grows within its room; what has no more place is left out as a whole. */
struct stack_line {
	char *at;
	size_t room;
	bool full;
};

static void add(struct stack_line *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void add(struct stack_line *text, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(text->at, text->room, format, args);
	va_end(args);
	text->full = text->full || len < 0 || (size_t)len >= text->room;
	if (text->full) {
		*text->at = '\0';
		return;
	}
	text->at += len;
	text->room -= len;
}

static void add_place(struct stack_line *text, const char *name, uint64_t offset,
		      const char *module)
{
	add(text, *module ? " %s+0x%llx[%s]" : " %s+0x%llx", name,
	    (unsigned long long)offset, module);
}

static void add_frame(struct stack_line *text, const struct view *view, uint32_t i)
{
	const struct ksym *sym = symbol(view, i);
	uint64_t addr = view->frames[i];

	if (!sym)
		add(text, " 0x%llx", (unsigned long long)addr);
	else if (!is_trampoline(sym))
		add_place(text, sym->name, addr - sym->addr, sym->module);
}

const char *stack_text(const struct kernel_stack *stack, uint32_t limit,
		       const struct probe *probe, struct kernel_names *names,
		       char out[STACK_TEXT_LEN])
{
	const struct view view = {
		.names = names,
		.probe = probe,
		.frames = stack->frames,
		.count = stack->count < STACK_FRAMES ? stack->count : STACK_FRAMES,
	};
	struct stack_line text = { .at = out, .room = STACK_TEXT_LEN - sizeof(CUT) };

	*out = '\0';
	if (!view.count)
		return NULL;
	if (probe->how != HOW_TRACEPOINT)
		add_place(&text, probe->symbol, 0, probe->module);
	for (uint32_t i = frames_of_probe(&view); i < view.count && !text.full; i++)
		add_frame(&text, &view, i);
	if (text.full || view.count >= limit)
		strcpy(text.at, CUT);
	return *out ? out + 1 : NULL;
}
