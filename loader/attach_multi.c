// SPDX-License-Identifier: GPL-2.0-only
/*
 * kprobe.multi: one program on many functions at once, on top of fprobe and
 * ftrace (kernel/trace/bpf_trace.c). Functions are named by address, which is
 * theirs alone; the program finds the function's number in its cookie.
 */
#include <errno.h>
#include <stdlib.h>

#include "attach.h"
#include "sys.h"

static int multi_attach(int prog_fd, const struct probe *const *probes,
			__u32 count)
{
	__u64 *addrs = calloc(2 * (size_t)count, sizeof(*addrs)), *cookies;
	int fd;

	if (!addrs)
		return -ENOMEM;
	cookies = addrs + count;
	for (__u32 i = 0; i < count; i++) {
		addrs[i] = probes[i]->addr;
		cookies[i] = probes[i]->num;
	}
	fd = sys_link_multi(prog_fd, count, addrs, cookies);
	free(addrs);
	return fd;
}

const struct attach_ops attach_multi = {
	.many = 1,
	.attach = multi_attach,
};
