// SPDX-License-Identifier: GPL-2.0-only
/* Its section says nothing about the kind of program. */
#include "helpers.h"

SEC("uprobe/main")
int program(void *ctx)
{
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
