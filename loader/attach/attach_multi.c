// SPDX-License-Identifier: GPL-2.0-only
/*
 * kprobe.multi: one program on many functions at once, on top of fprobe and
 * ftrace (kernel/trace/bpf_trace.c). Functions are named by address, which is
 * theirs alone; the program finds in its cookie which one was reached. There is
 * one link for all: each has the kernel wait for all tasks (RCU tasks) when it
 * goes, one link after another.
 */
#include <errno.h>
#include <stdlib.h>

#include "../../bpf/bpfpath.h"
#include "attach.h"
#include "../kernel/sys.h"

/* What the programs are told but for the registers that hold packets. */
static uint64_t cookie_of(const struct probe *it)
{
	if (it->role == PROBE_COPY_SITE)
		return COOKIE_MAKE(it->num, it->copy_site.is_fresh, 0, 0) |
		       COOKIE_COPY_SITE(it->copy_site.old_arg);
	if (it->role == PROBE_RETURN)
		return COOKIE_MAKE(it->num, VERDICT_NONE, 0, 0);
	return COOKIE_MAKE(it->num, it->step.verdict, it->step.reason_arg,
			   it->step.stage);
}

uint32_t multi_fill(const struct probe *const *probes, uint32_t count, uint64_t *addrs,
		 uint64_t *cookies)
{
	uint32_t used = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct probe *it = probes[i];

		if (!used || addrs[used - 1] != it->addr) {
			addrs[used] = it->addr;
			cookies[used++] = cookie_of(it);
		}
		cookies[used - 1] |= COOKIE_ARG(it->arg, it->deref);
	}
	return used;
}

static int attach(int prog_fd, const struct probe *const *probes,
		  uint32_t count, uint32_t type, uint32_t flags)
{
	uint64_t *addrs = calloc(2 * (size_t)count, sizeof(*addrs));
	uint32_t used;
	int fd;

	if (!addrs)
		return -ENOMEM;
	used = multi_fill(probes, count, addrs, addrs + count);
	fd = sys_link_multi(prog_fd, type, used, addrs, addrs + count, flags);
	free(addrs);
	return fd;
}

static int multi_attach(int prog_fd, const struct probe *const *probes,
			uint32_t count)
{
	return attach(prog_fd, probes, count, ATTACH_KPROBE_MULTI, 0);
}

static int multi_return_attach(int prog_fd, const struct probe *const *probes,
			       uint32_t count)
{
	return attach(prog_fd, probes, count, ATTACH_KPROBE_MULTI,
		      MULTI_RETURN);
}

static int session_attach(int prog_fd, const struct probe *const *probes,
			  uint32_t count)
{
	return attach(prog_fd, probes, count, ATTACH_KPROBE_SESSION, 0);
}

const struct attach_ops attach_multi = {
	.many = 1,
	.attach = multi_attach,
};

const struct attach_ops attach_multi_return = {
	.many = 1,
	.attach = multi_return_attach,
};

const struct attach_ops attach_session = {
	.many = 1,
	.attach = session_attach,
};
