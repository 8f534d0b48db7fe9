// SPDX-License-Identifier: GPL-2.0-only
#include "discover.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "funcs.h"
#include "../../lib/grow.h"

static int discovery_add(struct discovery *discovery, const struct found *found)
{
	struct found *grown;

	grown = grow(discovery->list, discovery->count, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	discovery->list = grown;
	grown[discovery->count++] = *found;
	return 0;
}

/* The code, as itself or as a variant that the compiler made. */
static const struct ksym *find_code(const struct ksyms *syms,
				    const char *name, const char *module)
{
	const struct ksym *sym = ksyms_find_in(syms, name, module);

	return sym ? sym : ksyms_find_suffixed_in(syms, name, module);
}

/* 1: the type is a function that takes a packet, and can be written down. */
static int discover_type(const struct btf *btf, uint32_t id,
			 const struct ksyms *syms, struct found *found)
{
	const struct btf_type *type = btf_type_by_id(btf, id);
	uint32_t proto;

	if (btf_kind(type) != KIND_FUNC)
		return 0;
	proto = btf_proto(btf, id);
	if (!args_find(btf, proto, CALL_NATIVE, &found->args))
		return 0;
	found->name = btf_string(btf, type->name_off);
	if (!*found->name || strlen(found->name) >= FUNC_NAME_LEN)
		return 0;
	found->noise = noise_of(found->name, btf, proto);
	found->sym = find_code(syms, found->name, found->module);
	return 1;
}

static int discover_btf(const struct btf *btf, const char *module,
			const struct ksyms *syms, struct discovery *discovery)
{
	struct found found = { .module = module };
	uint32_t id;
	int err = 0;

	for (id = btf_first(btf); !err && id < btf_end(btf); id++)
		if (discover_type(btf, id, syms, &found))
			err = discovery_add(discovery, &found);
	return err;
}

static int found_compare(const void *a, const void *b)
{
	const struct found *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	return order ? order : strcmp(left->module, right->module);
}

int discover(struct btf_set *btfs, const struct ksyms *syms,
	     struct discovery **out)
{
	struct discovery *discovery = calloc(1, sizeof(*discovery));
	const struct btf *btf = btfs_vmlinux(btfs);
	const char *module;
	int i, err = 0;

	*out = NULL;
	if (!discovery)
		return -ENOMEM;
	if (btf)
		err = discover_btf(btf, "", syms, discovery);
	for (i = 0; !err && i < btfs_module_count(btfs); i++) {
		module = btfs_module_name(btfs, i);
		btf = btfs_module(btfs, module);
		if (btf)
			err = discover_btf(btf, module, syms, discovery);
	}
	if (err) {
		discovery_free(discovery);
		return err;
	}
	if (discovery->count)
		qsort(discovery->list, discovery->count,
		      sizeof(*discovery->list), found_compare);
	*out = discovery;
	return 0;
}

void discovery_free(struct discovery *discovery)
{
	if (!discovery)
		return;
	free(discovery->list);
	free(discovery);
}

struct found *discovery_find(const struct discovery *discovery,
			     const char *name, const char *module)
{
	struct found key = { .name = name, .module = module };

	if (!discovery->count)
		return NULL;
	return bsearch(&key, discovery->list, discovery->count, sizeof(key),
		       found_compare);
}
