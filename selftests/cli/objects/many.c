// SPDX-License-Identifier: GPL-2.0-only
/* More maps than a program of ours may have. */
#include "helpers.h"

#define MAP(n)					\
	struct {				\
		__uint(type, BPF_MAP_TYPE_ARRAY);	\
		__uint(max_entries, 1);		\
		__type(key, __u32);		\
		__type(value, __u32);		\
	} map##n SEC(".maps")

MAP(0); MAP(1); MAP(2); MAP(3); MAP(4); MAP(5); MAP(6); MAP(7); MAP(8);
MAP(9); MAP(10); MAP(11); MAP(12); MAP(13); MAP(14); MAP(15); MAP(16);

SEC("classifier")
int program(void *ctx)
{
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
