// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attached.h"
#include "../kernel/sys.h"
#include "../lib/pool.h"

static void count_returns(struct attached *attached)
{
	const struct plan *plan = attached->plan;
	__u32 last = 0;

	for (__u32 i = 0; i < plan->count; i++) {
		if (attached->errors[i] ||
		    !probe_sees_return(&plan->probes[i]))
			continue;
		attached->returns += plan->probes[i].num != last;
		last = plan->probes[i].num;
	}
}

/*
 * Probes of one number stand side by side and count as one function. Makers tell
 * of no step, so they do not count; nor do rules.
 */
static void count_functions(struct attached *attached)
{
	const struct plan *plan = attached->plan;
	__u32 last = 0, last_attached = 0;

	for (__u32 i = 0; i < plan->count; i++) {
		__u32 num = plan->probes[i].num;

		if (plan->probes[i].parent || plan_is_rule(&plan->probes[i]) ||
		    probe_is_return(&plan->probes[i]))
			continue;
		attached->total += num != last;
		last = num;
		if (!attached->errors[i] && num != last_attached) {
			attached->count++;
			last_attached = num;
		}
	}
}

void attached_count(struct attached *attached)
{
	count_functions(attached);
	count_returns(attached);
}

static void detach_one(void *ctx, __u32 i)
{
	struct attached *attached = ctx;

	close(attached->links[i].fd);
	close(attached->links[i].prog_fd);
}

void attached_undo(struct attached *attached)
{
	pool_run(attached->link_count, detach_one, attached);
	free(attached->links);
	free(attached->errors);
	memset(attached, 0, sizeof(*attached));
}

void attached_summary(const struct attached *attached, int names)
{
	const struct plan *plan = attached->plan;

	warnx("%u of %u functions probed%s", attached->count, attached->total,
	      names || attached->count == attached->total ? "" :
							    "; -v names the rest");
	if (attached->returns)
		warnx("%u of them where they return, too", attached->returns);
	for (__u32 i = 0; names && i < plan->count; i++) {
		const struct probe *probe = &plan->probes[i];

		if (attached->errors[i])
			warnx("  not probed: %s%s: %s",
			      probe_is_return(probe) ? "return of " : "",
			      probe->name,
			      probe->how == HOW_SKIP ?
				      probe->why :
				      strerror(-attached->errors[i]));
	}
}

int attached_missed(const struct attached *attached, __u64 *total)
{
	__u64 of_prog, of_link;
	int error = 0;

	*total = 0;
	for (__u32 i = 0; !error && i < attached->link_count; i++) {
		const struct link *link = &attached->links[i];

		if (link->is_return)
			continue;
		error = sys_prog_missed(link->prog_fd, &of_prog);
		if (!error)
			error = sys_link_missed(link->fd, &of_link);
		if (!error)
			*total += of_prog + of_link;
	}
	return error;
}
