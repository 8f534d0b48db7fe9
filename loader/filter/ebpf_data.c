// SPDX-License-Identifier: GPL-2.0-only
#include <linux/filter.h>
#include <stddef.h>

#include "../../bpf/packet.h"
#include "ebpf_own.h"

static uint32_t bytes_of(const struct cbpf_insn *insn)
{
	static const uint32_t bytes[4] = { 4, 2, 1 };

	return bytes[BPF_SIZE(insn->code) >> 3];
}

/* Byte @place of the head. */
static struct bpf_insn head_load(int size, int to, uint32_t place)
{
	return LOAD(size, to, PACKET,
		    offsetof(struct filter_packet, head) + place);
}

/* A number that is not aligned, byte by byte. */
static void put_head_bytes(struct code *code, int to, uint32_t place,
			   uint32_t bytes)
{
	code_add(code, head_load(BPF_B, to, place));
	for (uint32_t i = 1; i < bytes; i++) {
		code_add(code, ALU32_K(BPF_LSH, to, 8));
		code_add(code, head_load(BPF_B, R1, place + i));
		code_add(code, ALU32_X(BPF_OR, to, R1));
	}
}

/* A number of the head, in host byte order. */
static void put_head_number(struct code *code, int to, uint32_t place,
			    uint32_t bytes)
{
	static const int sizes[5] = { [2] = BPF_H, [4] = BPF_W };

	if (bytes == 1 || place % bytes) {
		put_head_bytes(code, to, place, bytes);
		return;
	}
	code_add(code, head_load(sizes[bytes], to, place));
	code_add(code, SWAP(to, 8 * bytes));
}

/* A check that always holds would be taken out by the kernel, which takes its time. */
static void put_near_load(struct translation *it, int to, uint32_t at)
{
	uint32_t bytes = bytes_of(&it->insns[at]), offset = it->insns[at].k;

	if (it->known[at] < offset + bytes) {
		code_add(&it->code,
			 LOAD(BPF_W, R0, PACKET,
			      offsetof(struct filter_packet, head_len)));
		ebpf_put_unless(it, JUMP32_K(BPF_JGE, R0, offset + bytes, 0));
	}
	put_head_number(&it->code, to, it->head + offset, bytes);
}

/* The offset, which may have 33 bits, is in R2. */
static void put_far_load(struct translation *it, int to, uint32_t bytes)
{
	code_add(&it->code, ALU64_X(BPF_MOV, R1, PACKET));
	code_add(&it->code, ALU32_K(BPF_MOV, R3, bytes));
	code_call(&it->code, "filter_load");
	ebpf_put_unless(it, JUMP64_K(BPF_JSGE, R0, 0, 0));
	code_add(&it->code, ALU32_X(BPF_MOV, to, R0));
}

/* Bytes at a place that is known, or behind X. */
static void put_bytes(struct translation *it, int to, uint32_t at)
{
	const struct cbpf_insn *insn = &it->insns[at];

	if (ebpf_load_end(insn)) {
		put_near_load(it, to, at);
		return;
	}
	code_add(&it->code, ALU32_K(BPF_MOV, R2, insn->k));
	if (BPF_MODE(insn->code) == BPF_IND)
		code_add(&it->code, ALU64_X(BPF_ADD, R2, X));
	put_far_load(it, to, bytes_of(insn));
}

/* What a function of the object tells of the packet. */
static void put_question(struct code *code, int to, const char *function)
{
	code_add(code, ALU64_X(BPF_MOV, R1, PACKET));
	code_call(code, function);
	code_add(code, ALU32_X(BPF_MOV, to, R0));
}

/* What the kernel answers from the sk_buff, not from the packet; or NULL. */
static const char *ancillary(const struct cbpf_insn *insn)
{
	if (BPF_MODE(insn->code) != BPF_ABS)
		return NULL;
	switch (insn->k) {
	case SKF_AD_OFF + SKF_AD_PKTTYPE:
		return "filter_type";
	case SKF_AD_OFF + SKF_AD_IFINDEX:
		return "filter_ifindex";
	}
	return NULL;
}

void ebpf_put_load(struct translation *it, uint32_t at)
{
	const struct cbpf_insn *insn = &it->insns[at];
	struct code *code = &it->code;
	int to = BPF_CLASS(insn->code) == BPF_LD ? A : X;

	switch (BPF_MODE(insn->code)) {
	case BPF_IMM:
		code_add(code, ALU32_K(BPF_MOV, to, insn->k));
		break;
	case BPF_LEN:
		put_question(code, to, "filter_len");
		break;
	case BPF_MEM:
		code_add(code, LOAD(BPF_DW, to, R10,
				    ebpf_memory_at(it, insn->k)));
		break;
	case BPF_MSH:	/* the length of an IP header */
		put_bytes(it, to, at);
		code_add(code, ALU32_K(BPF_AND, to, 0xf));
		code_add(code, ALU32_K(BPF_LSH, to, 2));
		break;
	default:
		if (ancillary(insn))
			put_question(code, to, ancillary(insn));
		else
			put_bytes(it, to, at);
	}
}

void ebpf_put_store(struct translation *it, const struct cbpf_insn *insn)
{
	int from = BPF_CLASS(insn->code) == BPF_ST ? A : X;

	code_add(&it->code, STORE(BPF_DW, R10, ebpf_memory_at(it, insn->k),
				  from));
}

/* Classic BPF shifts everything out; extended BPF counts modulo 32. */
static void put_shift_by_x(struct code *code, int op)
{
	code_add(code, JUMP32_K(BPF_JLT, X, 32, 2));
	code_add(code, ALU32_K(BPF_MOV, A, 0));
	code_add(code, JUMP(1));
	code_add(code, ALU32_X(op, A, X));
}

void ebpf_put_alu(struct translation *it, const struct cbpf_insn *insn)
{
	int op = BPF_OP(insn->code);

	if (op == BPF_NEG) {
		code_add(&it->code, ALU32_K(op, A, 0));
	} else if (BPF_SRC(insn->code) == BPF_K) {
		code_add(&it->code, ALU32_K(op, A, insn->k));
	} else if (op == BPF_LSH || op == BPF_RSH) {
		put_shift_by_x(&it->code, op);
	} else {
		if (op == BPF_DIV || op == BPF_MOD)
			ebpf_put_unless(it, JUMP32_K(BPF_JNE, X, 0, 0));
		code_add(&it->code, ALU32_X(op, A, X));
	}
}
