// SPDX-License-Identifier: GPL-2.0-only
/* Calls a function that is not inlined, which lies in .text. */
#include "helpers.h"

__attribute__((noinline)) int other(int value)
{
	return value + 1;
}

SEC("classifier")
int program(void *ctx)
{
	return other(1);
}

char LICENSE[] SEC("license") = "GPL";
