/* SPDX-License-Identifier: GPL-2.0-only */
/* Small programs of classic BPF, and the text of what is made of them. */
#ifndef EBPF_MADE_H
#define EBPF_MADE_H

#include <linux/filter.h>
#include <stdlib.h>

#include "../../../loader/filter/ebpf_text.h"
#include "../tap.h"

#define INSN(code, jt, jf, k)	{ (code), (jt), (jf), (k) }
#define COUNT(insns)	((uint32_t)(sizeof(insns) / sizeof(*(insns))))
#define RET(k)		INSN(BPF_RET | BPF_K, 0, 0, k)

#define BEGIN \
	"f:\n" \
	"\t   0: r6 = r1\n" \
	"\t   1: r7 = 0\n" \
	"\t   2: r8 = 0\n"

/* What is made of them for packets that begin at byte @head; until the next call. */
static inline const char *made(const struct cbpf_insn *insns, uint32_t count, uint32_t head)
{
	static char *text;
	size_t size;
	FILE *out;
	int error;

	free(text);
	out = open_memstream(&text, &size);
	error = ebpf_text("f", insns, count, head, out);
	fclose(out);
	return error ? strerror(-error) : text;
}

#endif /* EBPF_MADE_H */
