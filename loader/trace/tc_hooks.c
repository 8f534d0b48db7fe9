// SPDX-License-Identifier: GPL-2.0-only
#include "tc_hooks.h"

#include <stddef.h>

#include "../lib/clock.h"

static bool is_same(const struct tc_hook *one, const struct tc_hook *other)
{
	return one->netns == other->netns && one->ifindex == other->ifindex &&
	       one->is_egress == other->is_egress;
}

/* It, or the one that was taken in longest ago. */
static struct known_hook *find(struct tc_hooks *hooks, const struct tc_hook *hook)
{
	struct known_hook *known;

	for (int i = 0; i < TC_HOOKS; i++)
		if (hooks->known[i].asked && is_same(&hooks->known[i].hook, hook))
			return &hooks->known[i];
	known = &hooks->known[hooks->next];
	hooks->next = (hooks->next + 1) % TC_HOOKS;
	known->hook = *hook;
	known->asked = 0;
	return known;
}

const struct tc_progs *tc_hooks_get(struct tc_hooks *hooks, const char *netns,
				    const struct tc_hook *hook, uint64_t now)
{
	struct known_hook *known = find(hooks, hook);

	if (!known->asked || now - known->asked >= NS_PER_SEC) {
		known->err = tc_progs_find(netns, hook->ifindex, hook->is_egress,
					   &known->progs);
		known->asked = now;
	}
	return known->err ? NULL : &known->progs;
}
