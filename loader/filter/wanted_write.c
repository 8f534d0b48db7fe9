// SPDX-License-Identifier: GPL-2.0-only
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../../bpf/bpfpath.h"
#include "pcap_filter.h"
#include "wanted.h"

#define SHOWN_MAX	100	/* bytes of an expression in a message */

/* An expression for one link type. */
struct wanted_form {
	const char *name, *function;
	enum filter_form form;
	struct cbpf_insn *insns;	/* NULL: it does not compile … */
	uint32_t count;
	char *message;			/* … for this reason */
};

static void free_forms(struct wanted_form forms[2])
{
	for (int i = 0; i < 2; i++) {
		free(forms[i].insns);
		free(forms[i].message);
	}
}

/* Bytes of it that a message shows: to the end of a character. */
static int shown(const char *expression)
{
	int len = strnlen(expression, SHOWN_MAX);

	while (len == SHOWN_MAX && (expression[len] & 0xc0) == 0x80)
		len++;
	return len;
}

static int refuse(const char *what, const char *expression, const char *why)
{
	int len = shown(expression);

	warnx("%s '%.*s%s': %s", what, len, expression,
	      expression[len] ? " …" : "", why);
	return -EINVAL;
}

/* For both link types; one that compiles is enough. */
static int compile(const char *what, const char *expression,
		   struct wanted_form forms[2])
{
	int err;

	for (int i = 0; i < 2; i++) {
		err = filter_pcap(expression, forms[i].form, &forms[i].insns,
				    &forms[i].count, &forms[i].message);
		if (err == -E2BIG)
			return refuse(what, expression, forms[i].message);
		if (err && err != -EINVAL)
			return err;
	}
	if (forms[0].insns || forms[1].insns)
		return 0;
	return refuse(what, expression, forms[0].message);
}

/* In words, on one line of this file. */
static void put_words(const char *text, FILE *out)
{
	for (; *text; text++)
		fputc(*text == '\t' || *text == '\n' ? ' ' : *text, out);
}

static void put_insns(const struct wanted_form *form, FILE *out)
{
	for (uint32_t i = 0; i < form->count; i++) {
		const struct cbpf_insn *insn = &form->insns[i];

		fprintf(out, "insn\t%s\t%u\t%u\t%u\t%u\n", form->function,
			insn->code, insn->jt, insn->jf, insn->k);
	}
}

static void put_forms(const struct wanted_form forms[2], FILE *out)
{
	for (int i = 0; i < 2; i++)
		put_insns(&forms[i], out);
}

/* Which forms of packets cannot match. */
static void put_reasons(const struct wanted_form forms[2], FILE *out)
{
	for (int i = 0; i < 2; i++) {
		if (forms[i].insns)
			continue;
		fprintf(out, "form\t%s\t", forms[i].name);
		put_words(forms[i].message, out);
		fputs("\t\t\t\n", out);
	}
}

static void put_constant(const char *name, uint64_t value, FILE *out)
{
	fprintf(out, "constant\t%s\t%llu\t\t\t\n", name,
		(unsigned long long)value);
}

/* Bytes as two numbers, as a program has them in its memory. */
static void put_words16(const char *name, const char bytes[NAME_LEN], FILE *out)
{
	char word[32];
	uint64_t value;

	for (int i = 0; i < 2; i++) {
		memcpy(&value, bytes + i * sizeof(value), sizeof(value));
		snprintf(word, sizeof(word), "%s%d", name, i);
		put_constant(word, value, out);
	}
}

/* The end of a whole name counts as well: the NUL byte. */
static void put_ifname(const char *ifname, FILE *out)
{
	char name[NAME_LEN] = "", mask[NAME_LEN] = "";
	size_t len = strlen(ifname), count = len + 1;

	if (len && ifname[len - 1] == '*')
		len = count = len - 1;
	if (count > NAME_LEN)
		count = NAME_LEN;
	memcpy(name, ifname, len < NAME_LEN ? len : NAME_LEN);
	memset(mask, 0xff, count);
	put_words16("want_ifname", name, out);
	put_words16("want_ifmask", mask, out);
}

static void put_comm(const char *comm, FILE *out)
{
	char name[NAME_LEN] = "";

	memcpy(name, comm, strnlen(comm, COMM_MAX));
	put_constant("with_comm", 1, out);
	put_words16("want_comm", name, out);
}

static void put_constants(const struct wanted *wanted, FILE *out)
{
	put_constant("want_inner", wanted->inner != NULL, out);
	put_constant("needs_l2", pcap_reads_link(wanted->expression), out);
	put_constant("want_pid", wanted->pid, out);
	if (wanted->has_mark) {
		put_constant("want_mark", wanted->mark, out);
		put_constant("want_mask", wanted->mask, out);
	}
	if (wanted->has_uid) {
		put_constant("with_uid", 1, out);
		put_constant("want_uid", wanted->uid, out);
	}
	if (wanted->comm)
		put_comm(wanted->comm, out);
	if (wanted->ifname)
		put_ifname(wanted->ifname, out);
}

static int put_all(const struct wanted *wanted,
		   const struct wanted_form outer[2],
		   const struct wanted_form inner[2], FILE *out)
{
	errno = 0;
	fputs(WANTED_HEADER "\n", out);
	put_reasons(outer, out);
	put_constants(wanted, out);
	put_forms(outer, out);
	put_forms(inner, out);
	if (fflush(out) || ferror(out))
		return errno ? -errno : -EIO;
	return 0;
}

int wanted_write(const struct wanted *wanted, FILE *out)
{
	struct wanted_form outer[2] = {
		{ .name = "ether", .function = "filter_ether",
		  .form = FILTER_L2 },
		{ .name = "l3", .function = "filter_l3",
		  .form = FILTER_L3 },
	}, inner[2] = {
		{ .function = "filter_inner_ether", .form = FILTER_L2 },
		{ .function = "filter_inner_l3", .form = FILTER_L3 },
	};
	int err = compile("filter", wanted->expression, outer);

	if (!err && wanted->inner)
		err = compile("inner filter", wanted->inner, inner);
	if (!err)
		err = put_all(wanted, outer, inner, out);
	free_forms(outer);
	free_forms(inner);
	return err;
}
