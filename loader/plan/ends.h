/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where packets end. With a list that lacks some of these functions, the path of a
 * packet would go on with the next packet at its address. So they are probed whatever
 * the list says.
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
 * Adds to @plan those of @ends, the plan of what ends_choose() chose, that can be
 * probed; a tracepoint that is in @plan already becomes an end. 0, -ENOMEM or -E2BIG.
 */
int ends_add(struct plan *plan, const struct plan *ends);

#endif /* ENDS_H */
