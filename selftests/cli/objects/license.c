// SPDX-License-Identifier: GPL-2.0-only
/* Has no section "license". */
#include "helpers.h"

SEC("classifier")
int program(void *ctx)
{
	return 0;
}
