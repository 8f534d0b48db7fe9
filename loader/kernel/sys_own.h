/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of sys.h share. */
#ifndef SYS_OWN_H
#define SYS_OWN_H

#include <linux/bpf.h>
#include <stdint.h>

/*
 * bpf(2). @attr is zeroed where the command has no field: the kernel refuses other bytes
 * there. Gives what the kernel gives, or -errno.
 */
int sys_bpf(enum bpf_cmd cmd, union bpf_attr *attr);

static inline uint64_t ptr_to_u64(const void *ptr)
{
	return (unsigned long)ptr;
}

#endif /* SYS_OWN_H */
