/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of numbers: addresses and drop reasons of the kernel, hooks. */
#ifndef NAMES_H
#define NAMES_H

#include <stddef.h>
#include <stdint.h>

struct btf_set;
struct ksym;
struct ksyms;

/*
 * Where names come from: BTF and symbols of the kernel, which are read when they are
 * first needed. All zero at first, but for btf: a path as btfs_open() takes it, which
 * lives as long as this struct.
 */
struct kernel_names {
	const char *btf;
	struct ksyms *syms;
	struct btf_set *btfs;
	int tried_syms, tried_btfs;
};

/*
 * Reads the symbols now, and all of them as they are: those of BPF programs and
 * trampolines come and go while modules stay the same. Before any other name is asked for.
 */
void names_read_symbols(struct kernel_names *names);

/*
 * The symbol that an address lies in, and the one that a return address belongs to; NULL:
 * not known.
 */
const struct ksym *name_symbol(struct kernel_names *names, uint64_t addr);
const struct ksym *name_caller_symbol(struct kernel_names *names, uint64_t addr);

/*
 * The place that a return address belongs to, as "symbol+0xoffset", where the
 * offset is that of the address itself; "0x…" when the kernel hides its
 * symbols or @names is NULL; "-" for 0.
 */
void name_location(struct kernel_names *names, uint64_t addr, char *out,
		   size_t size);

/* The function that a return address belongs to, without offset; "" when not known. */
void name_caller(struct kernel_names *names, uint64_t addr, char *out,
		 size_t size);

/* The name of a drop reason as reasons.h has it; @names may be NULL. */
void name_reason(struct kernel_names *names, uint32_t reason, char *out,
		 size_t size);

/*
 * The name that enum @kind of that module, or, where it is built in, of the kernel, has for
 * a number. NULL: none is known. @names may be NULL.
 */
const char *name_enum(struct kernel_names *names, const char *module, const char *kind,
		      uint32_t value);

/* The name of an enum hook; and the enum hook of a name, HOOKS when there is none. */
const char *name_hook(uint32_t hook);
uint32_t hook_named(const char *name);

/* Frees what was read. */
void names_free(struct kernel_names *names);

#endif /* NAMES_H */
