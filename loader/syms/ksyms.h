/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's functions by name and by address: the text symbols of
 * /proc/kallsyms, of vmlinux and of modules.
 */
#ifndef KSYMS_H
#define KSYMS_H

#include <stddef.h>
#include <stdint.h>

#define KSYMS_FILE "/proc/kallsyms"

struct ksym {
	uint64_t addr;		/* 0 when the kernel hides addresses */
	const char *name;
	const char *module;	/* "": vmlinux */
	uint32_t next;		/* used inside */
};

struct ksyms;

/*
 * ksyms_open() reads the file @path, ksyms_parse() takes a copy of @size
 * bytes, @name stands for them in messages. 0 and *syms, to be freed by
 * ksyms_free(), or -errno, and has said why.
 */
int ksyms_open(const char *path, struct ksyms **syms);
int ksyms_parse(const char *name, const void *bytes, size_t size,
		struct ksyms **syms);
void ksyms_free(struct ksyms *syms);

/* Number of text symbols. */
size_t ksyms_count(const struct ksyms *syms);

/*
 * Does the file at @path tell addresses to this process? 1 or 0; 1 also where it cannot
 * be read. The kernel's kallsyms_show_value() decides by kernel.kptr_restrict,
 * kernel.perf_event_paranoid and CAP_SYSLOG. Commands ask this before anything else, so
 * no more is read than needed.
 */
int ksyms_shown(const char *path);

/* 1 when all addresses are 0 (sysctl kernel.kptr_restrict): only names work. */
int ksyms_hidden(const struct ksyms *syms);

/*
 * The symbols of exactly that name: pass NULL, then what was returned last,
 * until NULL comes back. In the order of addresses.
 */
const struct ksym *ksyms_find(const struct ksyms *syms, const char *name,
			      const struct ksym *last);

/* The same for the variants of @name that the compiler made (variants.h). */
const struct ksym *ksyms_find_suffixed(const struct ksyms *syms,
				       const char *name,
				       const struct ksym *last);

/* The first symbol of that name in @module ("": vmlinux), or NULL. */
const struct ksym *ksyms_find_in(const struct ksyms *syms, const char *name,
				 const char *module);
const struct ksym *ksyms_find_suffixed_in(const struct ksyms *syms,
					  const char *name, const char *module);

/*
 * The symbol that an address lies in: the last one at or below it; NULL when
 * there is none. addr - symbol->addr is the offset. For a return address pass
 * the address minus 1 (a call can be its function's last instruction) and add
 * the 1 again to the offset.
 */
const struct ksym *ksyms_at(const struct ksyms *syms, uint64_t addr);

#endif /* KSYMS_H */
