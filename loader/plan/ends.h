/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where packets end. A list of functions that lacks some of these would have the
 * path of a packet go on when its address is used again, so they are probed
 * whatever the list says.
 */
#ifndef ENDS_H
#define ENDS_H

#include "funcs.h"
#include "plan.h"

/*
 * Adds to @chosen the lines of @all with FIN 1 or 2 that @list neither has nor
 * takes away; functions only if @how can probe them. 0 or -ENOMEM.
 */
int ends_choose(const struct funcs *all, const struct funcs *list, enum how how,
		struct funcs *chosen);

/*
 * Adds to @plan those of @ends, the plan of what was chosen, that can be probed;
 * a tracepoint that is there already becomes an end. 0, -ENOMEM or -E2BIG.
 */
int ends_add(struct plan *plan, const struct plan *ends);

#endif /* ENDS_H */
