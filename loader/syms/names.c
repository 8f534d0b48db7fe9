// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "../../bpf/bpfpath.h"
#include "../btf/btfs.h"
#include "ksyms.h"
#include "names.h"
#include "reasons.h"

static struct ksyms *syms;
static struct btf_set *btfs;
static int tried_syms, tried_btfs;
static const char *btf_path = BTFS_DIR;

void names_btf(const char *path)
{
	btf_path = path;
}

/*
 * A return address is one past the call; when the call is the last thing in
 * its function, it is the address of the next one. So the byte before counts.
 */
static const struct ksym *caller(__u64 addr)
{
	if (!tried_syms++ && ksyms_open("/proc/kallsyms", &syms))
		syms = NULL;
	return addr && syms ? ksyms_at(syms, addr - 1) : NULL;
}

void name_caller(__u64 addr, char *out, size_t size)
{
	const struct ksym *sym = caller(addr);

	snprintf(out, size, "%s", sym ? sym->name : "");
}

void name_location(__u64 addr, char *out, size_t size)
{
	const struct ksym *sym = caller(addr);

	if (!addr)
		snprintf(out, size, "-");
	else if (sym)
		snprintf(out, size, "%s+0x%llx", sym->name,
			 (unsigned long long)(addr - sym->addr));
	else
		snprintf(out, size, "0x%llx", (unsigned long long)addr);
}

void name_reason(__u32 reason, char *out, size_t size)
{
	if (!tried_btfs++ && btfs_open(btf_path, &btfs))
		btfs = NULL;
	reason_name(btfs, reason, out, size);
}

static const char *const hooks[HOOKS] = {
	[HOOK_INGRESS] = "ingress",
	[HOOK_EGRESS] = "egress",
	[HOOK_OUTPUT] = "output",
};

const char *name_hook(__u32 hook)
{
	return hook < HOOKS ? hooks[hook] : "-";
}

__u32 hook_named(const char *name)
{
	__u32 hook = 0;

	while (hook < HOOKS && strcmp(hooks[hook], name))
		hook++;
	return hook;
}

void names_free(void)
{
	ksyms_free(syms);
	btfs_free(btfs);
	syms = NULL;
	btfs = NULL;
	tried_syms = tried_btfs = 0;
}
