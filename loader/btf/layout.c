// SPDX-License-Identifier: GPL-2.0-only
#include "layout.h"

#include <stdio.h>
#include <string.h>

#define PATH_LEN	64	/* of a member, with the NUL at the end */

/* A line of the table. A fact has no struct, what is no bit field no width. */
static const struct wanted_constant {
	const char *name, *width, *module, *strct, *member;
} table[] = {
#define RUN(name)		{ #name, NULL, NULL, NULL, NULL },
#define FACT(name)		{ #name, NULL, NULL, NULL, NULL },
#define MEMBER(module, s, m)	{ "off_" #s "__" #m, NULL, #module, #s, #m },
#define BITS(module, s, m)	{ "bit_" #s "__" #m, "width_" #s "__" #m, \
				  #module, #s, #m },
#include "../../bpf/constants.def"
};

/* '.' for '__', but for what begins the name. */
static void put_path(const char *name, char path[PATH_LEN])
{
	char *dot;

	snprintf(path, PATH_LEN, "%s", name);
	while ((dot = strstr(path + strspn(path, "_"), "__"))) {
		*dot = '.';
		memmove(dot + 1, dot + 2, strlen(dot + 1));
	}
}

/* Bit fields are picked as on machines whose first byte is the lowest. */
static int bit_of(const struct btf *btf, const struct wanted_constant *it,
		  const char *path, int *width)
{
	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		return -1;
	return btf_bit_field(btf, it->strct, path, width);
}

static int set(const struct wanted_constant *it, const struct btf *btf,
	       struct consts *consts)
{
	char path[PATH_LEN];
	int at = -1, width = 0, err;

	if (btf && it->strct) {
		put_path(it->member, path);
		at = it->width ? bit_of(btf, it, path, &width) :
				 btf_member_offset(btf, it->strct, path);
	}
	err = consts_set(consts, it->name, at < 0 ? 0 : at);
	if (!err && it->width)
		err = consts_set(consts, it->width, at < 0 ? 0 : width);
	return err;
}

int layout_set(struct btf_set *btfs, struct consts *consts)
{
	const struct btf *vmlinux = btfs_vmlinux(btfs);
	int err = 0;

	for (size_t i = 0; !err && i < sizeof(table) / sizeof(*table); i++) {
		const struct btf *btf = table[i].module ?
			btfs_module(btfs, table[i].module) : NULL;

		err = set(&table[i], btf ? btf : vmlinux, consts);
	}
	return err ? err : consts_set(consts, "have_layout", vmlinux != NULL);
}
