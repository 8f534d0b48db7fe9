// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <errno.h>
#include "layout.h"

static const struct {
	const char *strct, *member;
} wanted[] = {
	{ "sk_buff", "dev" },
	{ "sk_buff", "sk" },
	{ "sk_buff", "len" },
	{ "sk_buff", "data_len" },
	{ "sk_buff", "head" },
	{ "sk_buff", "data" },
	{ "sk_buff", "end" },
	{ "sk_buff", "mac_header" },
	{ "sk_buff", "network_header" },
	{ "sk_buff", "protocol" },
	{ "sk_buff", "vlan_proto" },
	{ "sk_buff", "vlan_tci" },
	{ "sk_buff", "__pkt_vlan_present_offset" },	/* until 6.1 */
	{ "skb_shared_info", "nr_frags" },
	{ "skb_shared_info", "frags" },
	{ "sk_buff", "mark" },
	{ "sk_buff", "skb_iif" },
	{ "sk_buff", "_skb_refdst" },
	{ "dst_entry", "dev" },
	{ "net_device", "name" },
	{ "net_device", "ifindex" },
	{ "net_device", "type" },
	{ "net_device", "nd_net.net" },
	{ "net", "ns.inum" },
	{ "sock", "__sk_common.skc_net.net" },
	{ "sock", "__sk_common.skc_state" },
	{ "sock", "sk_uid" },
	{ "request_sock", "__req_common.skc_listener" },
	{ "task_struct", "stack" },
	{ "sk_buff_fclones", "skb2" },
	{ "sk_buff_fclones", "fclone_ref" },
};

/* In capitals, '_' for what is no letter or digit. */
static void put_capitals(const char *text, FILE *out)
{
	for (; *text; text++)
		fputc(isalnum((unsigned char)*text) ? toupper(*text) : '_',
		      out);
}

static void put_define(const char *what, const char *strct,
		       const char *member, int value, FILE *out)
{
	fprintf(out, "#define %s_", what);
	put_capitals(strct, out);
	fputc('_', out);
	put_capitals(member, out);
	fprintf(out, " %d\n", value);
}

void layout_member(const struct btf *btf, const char *strct,
		   const char *member, FILE *out)
{
	int offset = btf_member_offset(btf, strct, member);

	if (offset >= 0)
		put_define("OFF", strct, member, offset, out);
}

static void put_members(const struct btf *vmlinux, FILE *out)
{
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		layout_member(vmlinux, wanted[i].strct, wanted[i].member, out);
}

void layout_bit_field(const struct btf *btf, const char *strct,
		      const char *member, FILE *out)
{
	int width, bit = btf_bit_field(btf, strct, member, &width);

	if (bit < 0)
		return;
	put_define("BIT", strct, member, bit, out);
	put_define("WIDTH", strct, member, width, out);
}

int layout_write(const struct btf *vmlinux, FILE *out)
{
	errno = 0;
	if (vmlinux) {
		fputs("/* Offsets in bytes (OFF) or bits, from this kernel's BTF. */\n",
		      out);
		put_members(vmlinux, out);
		layout_bit_field(vmlinux, "sk_buff", "fclone", out);
	} else {
		fputs("/* This kernel has no BTF. */\n#define NO_LAYOUT 1\n",
		      out);
	}
	if (fflush(out) || ferror(out))
		return errno ? -errno : -EIO;
	return 0;
}
