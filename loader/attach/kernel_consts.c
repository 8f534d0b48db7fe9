// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_consts.h"
#include "../btf/layout.h"
#include "../plan/rule_layout.h"
#include "../plan/returns.h"
#include "trial.h"

int kernel_consts(struct btf_set *btfs, struct consts *consts)
{
	const struct btf *vmlinux = btfs_vmlinux(btfs);
	int err = layout_set(btfs, consts);

	if (!err)
		err = rule_layout_set(btfs, consts);
	if (!err)
		err = consts_set(consts, "has_fetch", !trial_atomic_fetch());
	if (!err)
		err = consts_set(consts, "has_task_regs",
				 vmlinux && btf_find(vmlinux, "bpf_task_pt_regs", KIND_FUNC));
	if (!err && vmlinux)
		err = consts_set(consts, SESSION_FUNC,
				 btf_find(vmlinux, SESSION_FUNC, KIND_FUNC));
	return err;
}
