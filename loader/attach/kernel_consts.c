// SPDX-License-Identifier: GPL-2.0-only
#include "../btf/layout.h"
#include "../plan/rule_layout.h"
#include "kernel_consts.h"
#include "trial.h"

int kernel_consts(struct btf_set *btfs, struct consts *consts)
{
	int err = layout_set(btfs, consts);

	if (!err)
		err = rule_layout_set(btfs, consts);
	if (!err)
		err = consts_set(consts, "has_fetch", !trial_atomic_fetch());
	return err;
}
