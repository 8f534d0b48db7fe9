// SPDX-License-Identifier: GPL-2.0-only
#include "reasons.h"

#include <stdio.h>
#include <string.h>

#define PREFIX		"SKB_DROP_REASON_"
#define SUBSYS_PREFIX	PREFIX "SUBSYS_"

/* The high 16 bits of a reason are its subsystem, so no two have the same. */
#define SUBSYS(reason)	((reason) >> 16)
#define NUMBER(reason)	((reason) & 0xffff)

/* The enums that reasons stand in, and the module that knows each. */
static const struct {
	const char *name, *module;
} enums[] = {
	{ "skb_drop_reason", "" },
	{ "qdisc_drop_reason", "" },
	{ "ovs_drop_reason", "openvswitch" },
	{ "mac80211_drop_reason", "mac80211" },
};

static const char *find(struct btf_set *btfs, const char *module,
			const char *name, uint32_t value)
{
	const struct btf *btf = btfs ? btfs_module(btfs, module) : NULL;

	return btf ? btf_enum_name(btf, name, value) : NULL;
}

static const char *find_any(struct btf_set *btfs, uint32_t reason)
{
	const char *name = NULL;
	size_t i;

	for (i = 0; !name && i < sizeof(enums) / sizeof(*enums); i++)
		name = find(btfs, enums[i].module, enums[i].name, reason);
	return name;
}

static const char *without(const char *name, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(name, prefix, len) ? name : name + len;
}

void reason_name(struct btf_set *btfs, uint32_t reason, char *out, size_t size)
{
	const char *name = find_any(btfs, reason), *subsys = NULL;

	if (!name && SUBSYS(reason))
		subsys = find(btfs, "", "skb_drop_reason_subsys",
			      SUBSYS(reason));
	if (!reason)
		snprintf(out, size, "-");
	else if (name)
		snprintf(out, size, "%s", without(name, PREFIX));
	else if (subsys)
		snprintf(out, size, "%s:%u", without(subsys, SUBSYS_PREFIX),
			 NUMBER(reason));
	else
		snprintf(out, size, "%u", reason);
}
