// SPDX-License-Identifier: GPL-2.0-only
/* Two functions in one section. */
#include "helpers.h"

SEC("classifier")
int first(void *ctx)
{
	return 0;
}

SEC("classifier")
int second(void *ctx)
{
	return 1;
}

char LICENSE[] SEC("license") = "GPL";
