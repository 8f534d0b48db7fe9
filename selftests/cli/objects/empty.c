// SPDX-License-Identifier: GPL-2.0-only
/* Has a license, but no program. */
#include "helpers.h"

char LICENSE[] SEC("license") = "GPL";
