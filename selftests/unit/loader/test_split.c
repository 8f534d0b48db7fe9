// SPDX-License-Identifier: GPL-2.0-only
/* Long expressions in pieces: where they are cut, and how the pieces are joined. */
#include <errno.h>
#include <linux/filter.h>

#include "../../../loader/filter/split.h"
#include "../tap.h"

static char texts[1 << 16];	/* all pieces, with a '/' behind each */
static const char *bad;		/* what makes a piece wrong */

/* A program that says yes where the packet's byte 0 is the number of the piece. */
static int compile(void *ctx, const char *text, struct cbpf_program *program)
{
	int *number = ctx;
	const struct cbpf_insn insns[] = {
		{ BPF_LD | BPF_B | BPF_ABS, 0, 0, 0 },
		{ BPF_JMP | BPF_JEQ | BPF_K, 0, 1, ++*number },
		{ BPF_RET | BPF_K, 0, 0, 9 },
		{ BPF_RET | BPF_K, 0, 0, 0 },
	};

	strcat(strcat(texts, text), "/");
	if (bad && strstr(text, bad))
		return -EINVAL;
	program->insns = realloc(program->insns,
				 (program->count + 4) * sizeof(*insns));
	memcpy(program->insns + program->count, insns, sizeof(insns));
	program->count += 4;
	return 0;
}

/* The program, which is to be freed; *error: what came of it. */
static struct cbpf_program split(const char *expression, int *error)
{
	struct cbpf_program program = {};
	int number = 0;

	texts[0] = '\0';
	*error = split_compile(expression, compile, &number, &program);
	return program;
}

/* What it says of a packet that is one byte; -1: it leads out of itself. */
static int run(const struct cbpf_program *program, int byte)
{
	uint32_t at = 0;

	while (at < program->count) {
		const struct cbpf_insn *insn = &program->insns[at++];

		if (BPF_CLASS(insn->code) == BPF_RET)
			return insn->k != 0;
		if (insn->code == (BPF_JMP | BPF_JA))
			at += insn->k;
		else if (BPF_CLASS(insn->code) == BPF_JMP)
			at += byte == (int)insn->k ? insn->jt : insn->jf;
	}
	return -1;
}

/* @begin, and @count times @member with a number behind it. */
static char *list(const char *begin, const char *member, int count)
{
	static char text[1 << 16];
	char *at = stpcpy(text, begin);

	for (int i = 0; i < count; i++)
		at += sprintf(at, "%s%d", member, i);
	return text;
}

/* Pieces: how many, by what stands behind each. */
static int pieces(const char *expression)
{
	struct cbpf_program program;
	int error, count = 0;

	program = split(expression, &error);
	for (const char *at = texts; *at; at++)
		count += *at == '/';
	free(program.insns);
	return error ? error : count;
}

static void test_cut(void)
{
	is_int(pieces("ip or (tcp and udp)"), 1, "a short one is not cut");
	is_str(texts, "ip or (tcp and udp)/", "... nor changed");
	is_int(pieces(list("ip", " or port ", 63)), 1, "64 primitives");
	is_int(pieces(list("ip", " or port ", 64)), 5, "65");
	ok(!strncmp(texts, "ip or port 0 or", 15), "... from the begin on");
	ok(strstr(texts, "or port 14/port 15 or") != NULL, "... between members");
	is_int(pieces(list("port 70", " or ", 64)), 5, "numbers alone");
	ok(strstr(texts, " or 14/port 15 or 16") != NULL,
	   "... with the qualifiers that they have");
	is_int(pieces(list("src or dst port 70", " || ", 64)), 5,
	       "\"src or dst\" is no alternative");
	ok(strstr(texts, "/src or dst port 15 ||") != NULL, "... but a qualifier");
	is_int(pieces(list("not net 1", " and not net ", 64)), 5, "conditions");
	is_int(pieces(list("tcp[0]>tcp[1]", " or tcp[1]>tcp[0]or port ", 64)), 9,
	       "an operator behind a bracket");
	is_int(pieces(list("(host 1.1.1.1", " or host 1.1.1.", 80)), 1,
	       "a parenthesis is missing");
	is_int(pieces(list("port 1", " or or ", 80)), 1, "two operators");
	is_int(pieces(list("1", " or ", 80)), 1, "qualifiers are missing");
}

static void test_left(void)
{
	static const char *const words[] = {
		"vlan", "mpls", "pppoes", "geneve", "ip protochain 6 and host 1",
		"host \\tcp", "no-such-word", "host ::1or tcp",
	};
	char begin[64];

	for (int i = 0; i < 8; i++) {
		snprintf(begin, sizeof(begin), "%s or port 1", words[i]);
		is_int(pieces(list(begin, " or ", 80)), 1, words[i]);
	}
	is_int(pieces(list("host (1.1.1.1", " or 1.1.1.", 80)), 1,
	       "names in parentheses");
	is_int(pieces(list("host a or (b or c)", " or ", 80)), 1,
	       "names that are letters");
	is_int(pieces(list("host 1.1.1.1 or (2.2.2.2 or 3.3.3.3)", " or ", 80)),
	       1, "whose qualifiers numbers behind them have");
}

static void test_join(void)
{
	struct cbpf_program program;
	int error;

	program = split(list("port 70", " or ", 64), &error);
	ok(run(&program, 1) == 1 && run(&program, 3) == 1 &&
	   run(&program, 5) == 1, "one of an \"or\" is enough");
	is_int(run(&program, 6), 0, "... and none is not");
	free(program.insns);
	program = split(list("not net 1", " and not net ", 64), &error);
	ok(!run(&program, 1) && !run(&program, 5), "of an \"and\" one is not enough");
	free(program.insns);
	program = split(strcat(list("not (port 1", " or ", 80), ")"), &error);
	ok(!run(&program, 1) && !run(&program, 6) && run(&program, 7) == 1,
	   "\"not\" turns all of them round");
	free(program.insns);
	program = split(strcat(list("tcp and (port 1", " or ", 80), ")"), &error);
	is_int(!strncmp(texts, "tcp/port 1 or 0 or", 17), 1, "a condition of all");
	is_int(run(&program, 2), 0, "... which must hold");
	program.insns[1].k = 2;
	is_int(run(&program, 2), 1, "... and one of the list");
	is_int(run(&program, 3), 0, "... both");
	free(program.insns);
}

static void test_wrong(void)
{
	struct cbpf_program program;
	int error;

	bad = "33";
	program = split(list("port 70", " or ", 64), &error);
	is_int(error, -EINVAL, "a member that is wrong");
	ok(strlen(texts) > 9 && !strcmp(texts + strlen(texts) - 9, "/port 33/"),
	   "... is the last that was tried");
	free(program.insns);
	bad = NULL;
}

int main(void)
{
	tap_plan(15 + 11 + 8 + 2);
	test_cut();
	test_left();
	test_join();
	test_wrong();
	return tap_done();
}
