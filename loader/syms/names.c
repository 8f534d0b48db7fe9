// SPDX-License-Identifier: GPL-2.0-only
#include "names.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../bpf/bpfpath.h"
#include "../btf/btfs.h"
#include "../lib/file.h"
#include "ksyms.h"
#include "reasons.h"

void names_read_symbols(struct kernel_names *names)
{
	char *text;
	size_t size;
	int err = file_read(KSYMS_FILE, &text, &size);

	names->tried_syms = 1;
	if (err) {
		warnx("%s: %s", KSYMS_FILE, strerror(-err));
		return;
	}
	if (ksyms_parse(KSYMS_FILE, text, size, &names->syms))
		names->syms = NULL;
	free(text);
}

const struct ksym *name_symbol(struct kernel_names *names, uint64_t addr)
{
	if (!names)
		return NULL;
	if (!names->tried_syms++ && ksyms_open(KSYMS_FILE, &names->syms))
		names->syms = NULL;
	return addr && names->syms ? ksyms_at(names->syms, addr) : NULL;
}

/*
 * A return address is the one behind the call. When the call is the last thing in its
 * function, that is the address of the next function. So the byte before counts.
 */
const struct ksym *name_caller_symbol(struct kernel_names *names, uint64_t addr)
{
	return addr ? name_symbol(names, addr - 1) : NULL;
}

void name_caller(struct kernel_names *names, uint64_t addr, char *out,
		 size_t size)
{
	const struct ksym *sym = name_caller_symbol(names, addr);

	snprintf(out, size, "%s", sym ? sym->name : "");
}

void name_location(struct kernel_names *names, uint64_t addr, char *out,
		   size_t size)
{
	const struct ksym *sym = name_caller_symbol(names, addr);

	if (!addr)
		snprintf(out, size, "-");
	else if (sym)
		snprintf(out, size, "%s+0x%llx", sym->name,
			 (unsigned long long)(addr - sym->addr));
	else
		snprintf(out, size, "0x%llx", (unsigned long long)addr);
}

static struct btf_set *btfs_of(struct kernel_names *names)
{
	if (names && !names->tried_btfs++ && btfs_open(names->btf, &names->btfs))
		names->btfs = NULL;
	return names ? names->btfs : NULL;
}

void name_reason(struct kernel_names *names, uint32_t reason, char *out,
		 size_t size)
{
	reason_name(btfs_of(names), reason, out, size);
}

const char *name_enum(struct kernel_names *names, const char *module, const char *kind,
		      uint32_t value)
{
	struct btf_set *btfs = btfs_of(names);
	const struct btf *btf = btfs ? btfs_module(btfs, module) : NULL;

	btf = btf || !btfs ? btf : btfs_vmlinux(btfs);
	return btf ? btf_enum_name(btf, kind, value) : NULL;
}

static const char *const hooks[HOOKS] = {
	[HOOK_INGRESS] = "ingress",
	[HOOK_EGRESS] = "egress",
	[HOOK_OUTPUT] = "output",
};

const char *name_hook(uint32_t hook)
{
	return hook < HOOKS ? hooks[hook] : "-";
}

uint32_t hook_named(const char *name)
{
	uint32_t hook = 0;

	while (hook < HOOKS && strcmp(hooks[hook], name))
		hook++;
	return hook;
}

void names_free(struct kernel_names *names)
{
	ksyms_free(names->syms);
	btfs_free(names->btfs);
	*names = (struct kernel_names){ .btf = names->btf };
}
