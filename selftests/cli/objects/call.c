// SPDX-License-Identifier: GPL-2.0-only
/* Calls a function that nobody defines. */
#include "helpers.h"

int other(int value);

SEC("classifier")
int program(void *ctx)
{
	return other(1);
}

char LICENSE[] SEC("license") = "GPL";
