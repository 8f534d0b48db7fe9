// SPDX-License-Identifier: GPL-2.0-only
/* Reading BTF that is wrong, cut off or damaged: it is refused, or ends anyway. */
#include "../../../loader/btf/args.h"
#include "btf_all.h"
#include "capture.h"

static void is_refused(const void *bytes, size_t size, int want,
		       const char *message)
{
	struct btf *btf;
	int ret;

	capture_begin();
	ret = btf_parse("x", bytes, size, NULL, &btf);
	is_str(capture_end(), message, message);
	is_int(ret, want, "... and that status");
	ok(!btf, "... and no BTF");
}

/* Writes one word of the header into a copy. */
static const void *with_word(int word, uint32_t value)
{
	static uint32_t copy[sizeof(b.bytes) / 4];

	memcpy(copy, b.bytes, b.size);
	copy[word] = value;
	return copy;
}

static void test_refused(void)
{
	static struct btf_build odd;
	uint32_t types = b.word_count * 4, all = types + b.strings_size;

	is_refused(b.bytes, 0, -EINVAL,
		   "bpfpath: x: BTF: too short for a header");
	is_refused(with_word(0, 0x00019feb), b.size, -EINVAL,
		   "bpfpath: x: BTF: made for a machine of the other byte "
		   "order");
	is_refused(with_word(0, 0x464c457f), b.size, -EINVAL,
		   "bpfpath: x: BTF: no magic number at its start");
	is_refused(with_word(0, 0x2eb9f), b.size, -EINVAL,
		   "bpfpath: x: BTF: its version is not known");
	is_refused(b.bytes, BTF_HEADER_MIN - 1, -EINVAL,
		   "bpfpath: x: BTF: too short for a header");
	is_refused(with_word(1, 20), b.size, -EINVAL,
		   "bpfpath: x: BTF: the header is wrong");
	is_refused(with_word(2, 2), b.size, -EINVAL,
		   "bpfpath: x: BTF: the header is wrong");
	is_refused(with_word(1, 0xfffffffc), b.size, -EINVAL,
		   "bpfpath: x: BTF: the types are cut off");
	is_refused(with_word(3, all + 4), b.size, -EINVAL,
		   "bpfpath: x: BTF: the types are cut off");
	is_refused(with_word(5, b.strings_size + 1), b.size, -EINVAL,
		   "bpfpath: x: BTF: the strings are cut off");
	is_refused(with_word(5, b.strings_size - 1), b.size, -EINVAL,
		   "bpfpath: x: BTF: the strings do not end");
	is_refused(with_word(5, 0), b.size, -EINVAL,
		   "bpfpath: x: BTF: no strings");
	is_refused(with_word(4, types + 1), b.size, -EINVAL,
		   "bpfpath: x: BTF: the strings are cut off");
	is_refused(with_word(3, 8), b.size, -EINVAL,
		   "bpfpath: x: BTF: type 1 is cut off");
	is_refused(with_word(7, KIND_STRUCT << 24 | 0xffff), b.size, -EINVAL,
		   "bpfpath: x: BTF: type 1 is cut off");
	build_begin(&odd, NULL);
	build_type(&odd, KIND_MAX, "new", 0, 0, 0);
	build_end(&odd);
	is_refused(odd.bytes, odd.size, -EOPNOTSUPP,
		   "bpfpath: x: BTF: type 1: kind 20 is not known");
}

/* Every question there is, of every type. */
static void ask_all(const struct btf *btf)
{
	struct args args;
	uint32_t id;
	int reg;

	for (id = 0; id < btf_end(btf) + 2; id++) {
		btf_resolve(btf, id);
		btf_size(btf, id);
		args_find(btf, btf_proto(btf, id), CALL_NATIVE, &args);
		args_find(btf, id, CALL_TRACEPOINT, &args);
		args_at(btf, id, CALL_ARM64, 3, &reg);
	}
	btf_member_offset(btf, "box", "d.y");
	btf_enum_name(btf, "skb_drop_reason", 77);
	btf_enum_name(btf, "wide", 77);
}

static void test_truncated(void)
{
	int refused = 0, said = 0;
	struct btf *btf;
	size_t size;

	for (size = 0; size < b.size; size++) {
		char *exact = malloc(size + !size);

		memcpy(exact, b.bytes, size);
		capture_begin();
		refused += btf_parse("x", exact, size, NULL, &btf) < 0;
		said += !strncmp(capture_end(), "bpfpath: x: ", 12);
		free(exact);
	}
	is_int(refused, b.size, "every shorter piece of it is refused");
	is_int(said, b.size, "... with a message");
}

static void test_damaged(void)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct btf *btf;
	size_t at, i;

	capture_begin();
	for (at = 0; at < b.size; at++) {
		for (i = 0; i < sizeof(values); i++) {
			unsigned char was = b.bytes[at];

			b.bytes[at] = values[i];
			if (!btf_parse("x", b.bytes, b.size, NULL, &btf))
				ask_all(btf);
			btf_free(btf);
			b.bytes[at] = was;
		}
	}
	capture_end();
	ok(1, "with any byte wrong it is refused, or questions have answers");
}

int main(void)
{
	tap_plan(51);
	build_all();
	test_refused();
	test_truncated();
	test_damaged();
	return tap_done();
}
