// SPDX-License-Identifier: GPL-2.0-only
/* Refers to a constant, which lies in .rodata. */
#include "helpers.h"

static const volatile int answer = 42;

SEC("classifier")
int program(void *ctx)
{
	return answer;
}

char LICENSE[] SEC("license") = "GPL";
