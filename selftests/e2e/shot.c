// SPDX-License-Identifier: GPL-2.0-only
/* A classifier of somebody else, which drops every packet (TC_ACT_SHOT). */
__attribute__((section("classifier"), used)) int shot(void *skb)
{
	(void)skb;
	return 2;
}

char LICENSE[] __attribute__((section("license"), used)) = "GPL";
