// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe of one kernel function, in an object of its own, for which target.h is
 * told by macros what the function is: it is given a packet, and no more is done there
 * than to see that.
 */
#define NO_FIELDS	1	/* none can be asked for (target_object()) */

#include "helpers.h"
#include "kprobe.h"
#include "maps.h"
#include "regs.h"
#include "target.h"

SEC("kprobe/" STRING(KP_NAME))
int probe(struct pt_regs *regs)
{
	if (state.tracked)
		kprobe_step(regs, kprobe_packet(regs));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
