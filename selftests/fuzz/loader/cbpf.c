// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as classic BPF: of what cbpf_check() takes ebpf_make() makes a function
 * that keeps what the kernel asks of its form: jumps go to its instructions, it ends
 * with an end, all of it can be reached. That the verifier takes it and that it does
 * the same, selftests/filter/random.t tries.
 */
#include <errno.h>
#include <linux/filter.h>

#include "../../../bpf/packet.h"
#include "../../../loader/elf/obj_funcs.h"
#include "../../../loader/filter/ebpf.h"
#include "../../../loader/filter/ebpf_text.h"
#include "../fuzz.h"

#define INSNS_MAX	512
#define STACK_MIN	-256	/* half of what a function's may be */

static int is_exit(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_EXIT);
}

static int is_goto(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_JA);
}

/* One that may jump. */
static int jumps(const struct bpf_insn *insn)
{
	return (BPF_CLASS(insn->code) == BPF_JMP ||
		BPF_CLASS(insn->code) == BPF_JMP32) &&
	       !is_exit(insn) && insn->code != (BPF_JMP | BPF_CALL);
}

/* Marks what follows @at, and what it jumps to; those that are new are in @todo. */
static void mark(const struct obj_prog *func, uint32_t at, uint8_t *seen,
		 uint32_t *todo, uint32_t *todos)
{
	const struct bpf_insn *insn = &func->insns[at];
	uint32_t next[2], count = 0;

	if (!is_exit(insn) && !is_goto(insn))
		next[count++] = at + 1;
	if (jumps(insn))
		next[count++] = at + 1 + insn->off;
	while (count--) {
		fuzz_check(next[count] < func->insn_count);
		if (!seen[next[count]])
			todo[(*todos)++] = next[count];
		seen[next[count]] = 1;
	}
}

static void check_flow(const struct obj_prog *func)
{
	uint8_t *seen = calloc(func->insn_count, 1);
	uint32_t *todo = calloc(func->insn_count, sizeof(*todo)), todos = 1;

	seen[0] = 1;
	while (todos) {
		uint32_t at = todo[--todos];

		mark(func, at, seen, todo, &todos);
	}
	for (uint32_t i = 0; i < func->insn_count; i++)
		fuzz_check(seen[i]);
	free(seen);
	free(todo);
}

/* The kernel wants an end, or a jump back, as the last instruction of a function. */
static void check_end(const struct obj_prog *func)
{
	const struct bpf_insn *last = &func->insns[func->insn_count - 1];

	fuzz_check(is_exit(last) || is_goto(last));
}

/* Memory: of the packet's description, or on the stack. */
static void check_places(const struct obj_prog *func)
{
	const int size = sizeof(struct filter_packet);

	for (uint32_t i = 0; i < func->insn_count; i++) {
		const struct bpf_insn *insn = &func->insns[i];
		int is_load = BPF_CLASS(insn->code) == BPF_LDX;

		if (!is_load && BPF_CLASS(insn->code) != BPF_STX)
			continue;
		if ((is_load ? insn->src_reg : insn->dst_reg) == 10)
			fuzz_check(insn->off < 0 && insn->off >= STACK_MIN);
		else
			fuzz_check(insn->off >= 0 && insn->off < size);
	}
}

static void check_calls(const struct obj_prog *func)
{
	for (uint32_t i = 0; i < func->reloc_count; i++) {
		const struct obj_reloc *reloc = &func->relocs[i];

		fuzz_check(reloc->kind == RELOC_CALL &&
			   reloc->insn < func->insn_count &&
			   func->insns[reloc->insn].code == (BPF_JMP | BPF_CALL));
	}
}

static void check(const struct cbpf_insn *insns, uint32_t count, uint32_t head)
{
	int error = cbpf_check(insns, count), made;
	struct obj_prog func;

	made = ebpf_make("f", insns, count, head, &func, NULL);
	fuzz_check(error ? made == error : !made || made == -E2BIG);
	if (made)
		return;
	check_flow(&func);
	check_end(&func);
	check_places(&func);
	check_calls(&func);
	obj_func_clear(&func);
}

static void write_text(const struct cbpf_insn *insns, uint32_t count)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	ebpf_text("f", insns, count, 0, out);
	fclose(out);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct cbpf_insn insns[INSNS_MAX];
	uint32_t count = size / sizeof(*insns);

	if (count > INSNS_MAX)
		return 0;
	memcpy(insns, data, count * sizeof(*insns));
	check(insns, count, 0);
	check(insns, count, HEAD_PAD);
	write_text(insns, count);
	return 0;
}
