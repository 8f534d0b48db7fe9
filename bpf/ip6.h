/* SPDX-License-Identifier: GPL-2.0-only */
/* Headers that stand between the IPv6 header and the transport (RFC 8200). */
#ifndef IP6_H
#define IP6_H

#include <linux/in.h>
#include <linux/in6.h>
#include "helpers.h"

#define MAX_EXTENSIONS	6	/* that are skipped */

static always_inline int is_extension(__u32 header)
{
	return header == IPPROTO_HOPOPTS || header == IPPROTO_ROUTING ||
	       header == IPPROTO_DSTOPTS || header == IPPROTO_FRAGMENT ||
	       header == IPPROTO_AH;
}

/* Bytes of an extension header, from its type and its length field. */
static always_inline __u32 extension_size(__u32 header, __u32 field)
{
	if (header == IPPROTO_FRAGMENT)
		return 8;
	if (header == IPPROTO_AH)
		return (field + 2) * 4;
	return (field + 1) * 8;
}

#endif /* IP6_H */
