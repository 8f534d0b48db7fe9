// SPDX-License-Identifier: GPL-2.0-only
/* Members of an sk_buff by their paths, groups, conditions, and the file of them. */
#include "../../../loader/elf/obj_funcs.h"
#include "../../../loader/fields/fields.h"
#include "../../../loader/fields/skb_expr.h"
#include "btf_build.h"
#include "capture.h"

static struct btf_build build;
static struct btf *btf;

static uint32_t build_device(struct btf_build *b, uint32_t u32_id)
{
	uint32_t chars = build_array(b, build_int(b, "char", 1), 16);

	return build_ptr(b, build_type(b, KIND_STRUCT, "net_device", 2, 64, 6,
				       build_string(b, "name"), chars, 0u,
				       build_string(b, "mtu"), u32_id, 8u * 20));
}

/* The second half of the sk_buff: a struct without name, with bit fields. */
static uint32_t build_headers(struct btf_build *b, uint32_t u8_id, uint32_t be16)
{
	return build_type(b, KIND_STRUCT, "", KFLAG | 4, 8, 12,
			  build_string(b, "pkt_type"), u8_id, BITS(3u, 5u),
			  build_string(b, "wide"), u8_id, BITS(12u, 7u),
			  build_string(b, "protocol"), be16, 8u * 4,
			  build_string(b, "vlan_tci"), be16, 8u * 6);
}

/* Its state is in the part that all kinds of sockets have, its mark is not. */
static uint32_t build_sock(struct btf_build *b, uint32_t u8_id, uint32_t u32_id)
{
	uint32_t common = build_type(b, KIND_STRUCT, "sock_common", 1, 20, 3,
				     build_string(b, "skc_state"), u8_id, 8u * 18);

	return build_ptr(b, build_type(b, KIND_STRUCT, "sock", 2, 24, 6,
				       build_string(b, "__sk_common"), common, 0u,
				       build_string(b, "sk_mark"), u32_id, 8u * 20));
}

static void build_kernel(void)
{
	struct btf_build *b = &build;
	uint32_t u32_id, u8_id, be16, dev, headers, s32_id, absent, u64_ptr, sock, tree;

	build_begin(b, NULL);
	u32_id = build_int(b, "unsigned int", 4);
	u8_id = build_int(b, "unsigned char", 1);
	be16 = build_type(b, KIND_TYPEDEF, "__be16", 0, build_int(b, "short", 2), 0);
	s32_id = build_type(b, KIND_INT, "int", 0, 4, 1, BTF_INT_SIGNED << 24 | 32);
	dev = build_device(b, u32_id);
	absent = build_ptr(b, build_type(b, KIND_FWD, "absent", 0, 0, 0));
	u64_ptr = build_ptr(b, build_int(b, "unsigned long", 8));
	headers = build_headers(b, u8_id, be16);
	sock = build_sock(b, u8_id, u32_id);
	tree = build_type(b, KIND_STRUCT, "rb_node", 0, 24, 0);
	build_type(b, KIND_STRUCT, "sk_buff", 10, 200, 30,
		   build_string(b, "rbnode"), tree, 0u,
		   build_string(b, "sk"), sock, 8u * 24,
		   build_string(b, "dev"), dev, 8u * 16,
		   build_string(b, "len"), u32_id, 8u * 112,
		   build_string(b, "delta"), s32_id, 8u * 116,
		   build_string(b, "far"), absent, 8u * 120,
		   build_string(b, "data"), u64_ptr, 8u * 128,
		   build_string(b, "cb"), build_array(b, u8_id, 48), 8u * 32,
		   build_string(b, "headers"), headers, 8u * 136,
		   0u, headers, 8u * 136);
	build_end(b);
	if (btf_parse("a kernel", build.bytes, build.size, NULL, &btf))
		abort();
}

static void is_place(const char *path, uint32_t offset, int size, int shift, int width)
{
	char why[FIELD_ERROR] = "";
	struct field field;

	is_int(field_find(btf, "sk_buff", path, &field, why), 0, path);
	ok(field.offset == offset && field.size == size && field.shift == shift &&
		   field.width == width,
	   "... where it is");
}

static void refuses(const char *path, const char *want)
{
	char why[FIELD_ERROR] = "";
	struct field field;

	field_find(btf, "sk_buff", path, &field, why);
	is_str(why, want, path);
}

static void test_paths(void)
{
	char why[FIELD_ERROR];
	struct field field;

	is_place("len", 112, 4, 0, 0);
	is_place("pkt_type", 136, 1, 5, 3);
	is_place("headers.wide", 136, 4, 7, 12);
	is_place("protocol", 140, 2, 0, 0);
	is_place("dev.mtu", 20, 4, 0, 0);
	field_find(btf, "sk_buff", "dev.mtu", &field, why);
	ok(field.step_count == 1 && field.steps[0] == 16, "behind a pointer");
	field_find(btf, "sk_buff", "protocol", &field, why);
	ok(field.is_swapped, "in network byte order");
	field_find(btf, "sk_buff", "delta", &field, why);
	ok(field.is_signed && field.form == FORM_SIGNED, "with a sign");
	field_find(btf, "sk_buff", "data", &field, why);
	ok(field.size == 8 && field.form == FORM_HEX, "a pointer");
	ok(field_holds(&field, UINT64_MAX, false), "it holds any number");
	field_find(btf, "sk_buff", "pkt_type", &field, why);
	ok(field_holds(&field, 7, false) && !field_holds(&field, 8, false) &&
		   !field_holds(&field, -1, true),
	   "3 bits hold 0 to 7");
	field_find(btf, "sk_buff", "delta", &field, why);
	ok(field_holds(&field, -5, true) && !field_holds(&field, 1U << 31, false),
	   "with a sign half as much");
}

static void test_union_members(void)
{
	char why[FIELD_ERROR];
	struct field field;

	field_find(btf, "sk_buff", "dev.mtu", &field, why);
	ok(field.is_lent, "TCP has its tree where the device is");
	field_find(btf, "sk_buff", "sk.sk_mark", &field, why);
	ok(!field.is_lent && field.whole_sock == 1 && field.sock_state == 18,
	   "a member that not all sockets have");
	field_find(btf, "sk_buff", "sk.__sk_common.skc_state", &field, why);
	is_int(field.whole_sock, 0, "one that all have");
}

static void test_refused(void)
{
	refuses("mark", "'mark' is no member of struct sk_buff");
	refuses("", "'' is no member of struct sk_buff");
	refuses("dev.nothing", "'nothing' is no member of struct net_device");
	refuses("dev.name", "'name' is an array");
	refuses("cb", "'cb' is an array");
	refuses("headers", "'headers' is a struct: name one of its members");
	refuses("len.x", "'len' has no members");
	refuses("pkt_type.x", "'pkt_type' has no members");
	refuses("data.x", "'data' has no members");
	refuses("far.x", "'far' is of a struct that the kernel's BTF does not have");
	refuses("dev.", "'' is no member of struct net_device");
}

static int condition(const char *text)
{
	struct obj_prog func = {};
	int err = skb_expr_make(btf, text, &func);

	if (!err)
		obj_func_clear(&func);
	return err;
}

static void test_conditions(void)
{
	static const char *const good[] = {
		"len", "skb.len==0x10", "len == 4294967295", "delta<-5", "pkt_type&3==1",
		"len>1&&dev.mtu<=9||!(protocol!=2048)", "((len >= 1))", "! !len", NULL,
	};
	static const char *const bad[] = {
		"", "len =", "len = 1", "len==", "len==x", "len==-1", "pkt_type==8", "(len",
		"len)", "len &&", "&& len", "nothing", "dev.name==1", "len==1 2", "len==0x", NULL,
	};
	char many[400];

	for (int i = 0; good[i]; i++)
		is_int(condition(good[i]), 0, good[i]);
	capture_begin();
	for (int i = 0; bad[i]; i++)
		is_int(condition(bad[i]), -EINVAL, bad[i]);
	memset(many, '(', sizeof(many));
	many[sizeof(many) - 1] = '\0';
	is_int(condition(many), -EINVAL, "too many parentheses");
	capture_end();
}

static char *written(const char *names, const char *expression, int want)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	capture_begin();
	want -= fields_write(btf, names, expression, out);
	capture_end();
	fclose(out);
	is_int(want, 0, names);
	return text;
}

/* Reads the file again, from @bytes. */
static int read_again(const char *bytes, struct consts *consts, struct fields *fields)
{
	char path[] = "/tmp/bpfpath-test.XXXXXX";
	int fd = mkstemp(path), err;

	if (fd < 0 || write(fd, bytes, strlen(bytes)) != (ssize_t)strlen(bytes))
		abort();
	close(fd);
	capture_begin();
	err = fields_read(path, consts, fields);
	capture_end();
	unlink(path);
	return err;
}

static void test_values(const struct fields *fields)
{
	const struct field_value values[] = {
		{ 1, 7 }, { 1, -5 }, { 1, 0xffff888000001000 }, { 0, 9 },
		{ 1, 0x12 }, { 1, 4294967295 }, { 1, 0 }, { 0, 0 },
	};
	char text[FIELDS_TEXT_LEN];

	is_str(fields_text(fields, values, text),
	       "skb.pkt_type=7 skb.delta=-5 skb.data=0xffff888000001000 skb.dev.mtu=- "
	       "tcp.flags=S. tcp.seq=4294967295 tcp.ack=0 tcp.window=-",
	       "values as text");
}

static void test_tunnel(void)
{
	struct fields fields = { .count = 1, .list = { { "tunnel", FORM_TUNNEL } } };
	struct tunnel_fields tunnel = {
		.has_id = 1,
		.id = 7,
		.inner = { .version = 4, .proto = 17, .saddr = { 10, 5, 0, 2 },
			   .daddr = { 10, 5, 0, 1 }, .sport = 4000, .dport = 99 },
	};
	char text[FIELDS_TEXT_LEN];

	is_int(fields_size(&fields), sizeof(tunnel), "a tunnel's fields");
	is_str(fields_text(&fields, &tunnel, text),
	       "tunnel.id=7 tunnel.proto=udp tunnel.saddr=10.5.0.2 tunnel.sport=4000 "
	       "tunnel.daddr=10.5.0.1 tunnel.dport=99",
	       "... as text");
	tunnel = (struct tunnel_fields){ .inner = { .version = 6, .proto = 58 } };
	is_str(fields_text(&fields, &tunnel, text),
	       "tunnel.id=- tunnel.proto=icmp6 tunnel.saddr=:: tunnel.sport=- "
	       "tunnel.daddr=:: tunnel.dport=-",
	       "... of IPv6, without ports and id");
	tunnel.inner.version = 0;
	ok(!!strstr(fields_text(&fields, &tunnel, text), "proto=- tunnel.saddr=- "),
	   "... of none");
}

static void test_file(void)
{
	struct consts consts = {};
	struct fields fields;
	uint64_t count = 0, tcp = 0, skb = 0;
	char *text = written("skb.pkt_type,skb.delta,skb.data,skb.dev.mtu,tcp", "len > 5", 0);

	is_int(read_again(text, &consts, &fields), 0, "the file is read again");
	consts_get(&consts, "with_fields", &count);
	consts_get(&consts, "with_tcp", &tcp);
	consts_get(&consts, "want_skb", &skb);
	ok(count == 8 && tcp == 1 && skb == 1 && fields.count == 8, "its constants");
	ok(fields.funcs[0].insn_count > 8 && fields.funcs[1].insn_count > 8,
	   "its functions");
	test_values(&fields);
	fields_free(&fields);
	consts_free(&consts);
	free(text);
	free(written("skb.nothing", NULL, -EINVAL));
	free(written("gso", NULL, -EINVAL));
	free(written("vlan", NULL, -EINVAL));
	free(written("skb.len,,tcp", NULL, -EINVAL));
	free(written("tcp,tcp,tcp,tcp,tcp,tcp,tcp", NULL, -EINVAL));
	is_int(read_again(FIELDS_HEADER "\ninsn\tother\t95\n", &consts, &fields), -EINVAL,
	       "no such function");
	is_int(read_again(FIELDS_HEADER "\nfield\tx\t99\n", &consts, &fields), -EINVAL,
	       "no such form");
	is_int(read_again(FIELDS_HEADER "\nfield\n", &consts, &fields), -EINVAL,
	       "too few columns");
}

int main(void)
{
	tap_plan(72);
	build_kernel();
	test_paths();
	test_union_members();
	test_refused();
	test_conditions();
	test_tunnel();
	test_file();
	btf_free(btf);
	return tap_done();
}
