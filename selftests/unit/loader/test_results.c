// SPDX-License-Identifier: GPL-2.0-only
/* What functions return, by their types. */
#include "../../../loader/trace/results.h"
#include "../tap.h"
#include "btf_build.h"

#define IS_SIGNED	(1U << 31)	/* beside an enum's number of values */

static struct btf_build b;
static struct btf *btf;

/* A function without arguments that returns such a type. */
static void returns(const char *name, uint32_t type)
{
	uint32_t proto = build_type(&b, KIND_FUNC_PROTO, "", 0, type, 0);

	build_func(&b, name, proto);
}

static uint32_t build_number(const char *name, uint32_t size, uint32_t encoding)
{
	return build_type(&b, KIND_INT, name, 0, size, 1,
			  encoding << 24 | size * 8);
}

static void build(void)
{
	uint32_t number, kind, ok_name, min_name;

	build_begin(&b, NULL);
	number = build_number("int", 4, BTF_INT_SIGNED);
	returns("gives_nothing", 0);
	returns("gives_int", number);
	returns("gives_unsigned", build_number("unsigned int", 4, 0));
	returns("gives_bool", build_number("_Bool", 1, BTF_INT_BOOL));
	returns("gives_pointer", build_ptr(&b, number));
	ok_name = build_string(&b, "NETDEV_TX_OK");
	min_name = build_string(&b, "__NETDEV_TX_MIN");
	kind = build_type(&b, KIND_ENUM, "netdev_tx", 2 | IS_SIGNED, 4, 4,
			  ok_name, 0, min_name, 0x80000000);
	returns("gives_enum", build_type(&b, KIND_TYPEDEF, "netdev_tx_t", 0,
					 kind, 0));
	returns("gives_struct", build_type(&b, KIND_STRUCT, "s", 0, 8, 0));
	build_end(&b);
	btf_parse("built", b.bytes, b.size, NULL, &btf);
}

static void gives(const char *func, uint64_t value, const char *want)
{
	uint32_t id = btf_find(btf, func, KIND_FUNC);
	char text[RESULT_LEN];

	result_text(btf, btf_proto(btf, id), value, text);
	is_str(text, want, func);
}

int main(void)
{
	char text[RESULT_LEN];

	tap_plan(20);
	build();
	gives("gives_nothing", 7, "-");
	gives("gives_int", 7, "7");
	gives("gives_int", 0xdeadbeef00000001ULL, "1");
	gives("gives_int", (uint32_t)-22, "-EINVAL");
	gives("gives_int", (uint32_t)-524, "-ENOTSUPP");
	gives("gives_int", (uint32_t)-525, "-525");
	gives("gives_int", (uint32_t)-4096, "-4096");
	gives("gives_unsigned", (uint32_t)-22, "4294967274");
	gives("gives_bool", 0xffffff01, "true");
	gives("gives_bool", 0xffffff00, "false");
	gives("gives_pointer", 0, "NULL");
	gives("gives_pointer", -12, "-ENOMEM");
	gives("gives_pointer", 0xffff888000001000ULL, "0xffff888000001000");
	gives("gives_enum", 0xff00000000ULL, "NETDEV_TX_OK");
	gives("gives_enum", 0x80000000, "__NETDEV_TX_MIN");
	gives("gives_enum", (uint32_t)-5, "-EIO");
	gives("gives_enum", 3, "3");
	gives("gives_struct", 3, "0x3");
	gives("no_such_function", 3, "-");
	results_text(NULL, 1, 3, text);
	is_str(text, "0x3", "without types");
	btf_free(btf);
	return tap_done();
}
