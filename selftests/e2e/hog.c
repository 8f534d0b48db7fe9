// SPDX-License-Identifier: GPL-2.0-only
/*
 * Updates elements of a hash map, over and over: while it does that, the kernel
 * runs no program of a kprobe on that CPU (bpf_disable_instrumentation() in
 * linux/bpf.h).
 */
#include <err.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COUNT 4096

static __u32 keys[COUNT];
static __u64 values[COUNT];

static int bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

int main(void)
{
	union bpf_attr attr;
	int map;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_HASH;
	attr.key_size = sizeof(*keys);
	attr.value_size = sizeof(*values);
	attr.max_entries = COUNT;
	map = bpf(BPF_MAP_CREATE, &attr);
	if (map < 0)
		err(1, "map");
	for (__u32 i = 0; i < COUNT; i++)
		keys[i] = i;
	for (;;) {
		memset(&attr, 0, sizeof(attr));
		attr.batch.map_fd = map;
		attr.batch.keys = (unsigned long)keys;
		attr.batch.values = (unsigned long)values;
		attr.batch.count = COUNT;
		if (bpf(BPF_MAP_UPDATE_BATCH, &attr))
			err(1, "update");
	}
}
