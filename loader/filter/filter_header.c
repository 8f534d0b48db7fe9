// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "filter_header.h"
#include "pcap_filter.h"

/* An expression for one link type. */
struct form {
	const char *name, *capitals;
	enum filter_link link;
	struct cbpf_insn *insns;	/* NULL: it does not compile … */
	__u32 count;
	char *message;			/* … for this reason */
};

/* As a comment, which no text can end, begin anew or break. */
static void put_comment(const char *name, const char *text, FILE *out)
{
	fprintf(out, "/* %s%s", name, *name ? ": " : "");
	for (const char *at = text; *at; at++) {
		fputc(isspace((unsigned char)*at) ? ' ' :
		      isprint((unsigned char)*at) ? *at : '?', out);
		if ((at[0] == '*' && at[1] == '/') ||
		    (at[0] == '/' && at[1] == '*'))
			fputc(' ', out);
	}
	fputs(" */\n", out);
}

static void free_forms(struct form forms[2])
{
	for (int i = 0; i < 2; i++) {
		free(forms[i].insns);
		free(forms[i].message);
	}
}

/* For both link types; one that compiles is enough. */
static int compile(const char *what, const char *expression,
		   struct form forms[2])
{
	int error = 0;

	for (int i = 0; i < 2; i++) {
		error = pcap_filter(expression, forms[i].link, &forms[i].insns,
				    &forms[i].count, &forms[i].message);
		if (error && error != -EINVAL)
			return error;
	}
	if (forms[0].insns || forms[1].insns)
		return 0;
	warnx("%s '%s': %s", what, expression, forms[0].message);
	return -EINVAL;
}

static int put_form(const struct form *form, FILE *out)
{
	char name[32];

	if (!form->insns) {
		put_comment(form->name, form->message, out);
		return 0;
	}
	snprintf(name, sizeof(name), "%s%s",
		 strchr(form->name, '_') ? "" : "filter_", form->name);
	fprintf(out, "\n#define HAVE_%s 1\n", form->capitals);
	return cbpf_write(name, form->insns, form->count, out);
}

static int put_forms(const char *name, const char *expression,
		     const struct form forms[2], FILE *out)
{
	int error = 0;

	put_comment(name, expression, out);
	for (int i = 0; i < 2 && !error; i++)
		error = put_form(&forms[i], out);
	return error;
}

static void put_address(const struct filter_wanted *wanted, FILE *out)
{
	const unsigned char *byte = wanted->address;

	if (wanted->family == 4) {
		fprintf(out, "#define FILTER_SRC_IP 0x%02x%02x%02x%02xU\n",
			byte[0], byte[1], byte[2], byte[3]);
		return;
	}
	fputs("#define FILTER_SRC_IP6 ", out);
	for (int i = 0; i < 16; i++)
		fprintf(out, "%s0x%02x", i ? ", " : "", byte[i]);
	fputc('\n', out);
}

static void put_short(const struct filter_wanted *wanted, FILE *out)
{
	char text[INET6_ADDRSTRLEN];
	int implied = wanted->family == 4 || !strcmp(wanted->protocol, "icmp6");

	inet_ntop(wanted->family == 4 ? AF_INET : AF_INET6, wanted->address,
		  text, sizeof(text));
	fprintf(out, "/* %s%s and src host %s */\n", implied ? "" : "ip6 and ",
		wanted->protocol, text);
	fputs("#define HAVE_ETHER 1\n#define HAVE_RAW 1\n", out);
	fprintf(out, "#define FILTER_FAMILY %d\n#define FILTER_IP_PROTO %d\n",
		wanted->family, wanted->number);
	put_address(wanted, out);
	fputs("#include \"match.h\"\n", out);
}

/* In octal, where a letter could be read as something else. */
static void put_string(const char *text, FILE *out)
{
	fputc('"', out);
	for (; *text; text++)
		fprintf(out, isalnum((unsigned char)*text) ? "%c" : "\\%03o",
			(unsigned char)*text);
	fputs("\"\n", out);
}

static void put_others(const struct filter_wanted *wanted, FILE *out)
{
	if (wanted->has_mark)
		fprintf(out, "#define WANT_MARK 0x%xU\n#define WANT_MASK 0x%xU\n",
			wanted->mark, wanted->mask);
	if (wanted->has_uid)
		fprintf(out, "#define WANT_UID %uU\n", wanted->uid);
	if (wanted->has_pid)
		fprintf(out, "#define WANT_PID %uU\n", wanted->pid);
	if (wanted->comm) {
		fputs("#define WANT_COMM ", out);
		put_string(wanted->comm, out);
	}
}

static int put_all(const struct filter_wanted *wanted,
		   const struct form outer[2], const struct form inner[2],
		   FILE *out)
{
	int error = 0;

	put_others(wanted, out);
	if (!wanted->expression)
		put_short(wanted, out);
	else if (pcap_reads_link(wanted->expression))
		fputs("#define NEEDS_LINK 1\n", out);
	if (wanted->expression)
		error = put_forms("", wanted->expression, outer, out);
	if (!error && wanted->inner)
		error = put_forms("inner", wanted->inner, inner, out);
	return error;
}

int filter_header_write(const struct filter_wanted *wanted, FILE *out)
{
	struct form outer[2] = {
		{ .name = "ether", .capitals = "ETHER", .link = FILTER_LINK_ETHER },
		{ .name = "raw", .capitals = "RAW", .link = FILTER_LINK_RAW },
	}, inner[2] = {
		{ .name = "inner_ether", .capitals = "INNER_ETHER",
		  .link = FILTER_LINK_ETHER },
		{ .name = "inner_raw", .capitals = "INNER_RAW",
		  .link = FILTER_LINK_RAW },
	};
	int error = 0;

	if (wanted->expression)
		error = compile("filter", wanted->expression, outer);
	if (!error && wanted->inner)
		error = compile("inner filter", wanted->inner, inner);
	errno = 0;
	if (!error)
		error = put_all(wanted, outer, inner, out);
	if (!error && (fflush(out) || ferror(out)))
		error = errno ? -errno : -EIO;
	free_forms(outer);
	free_forms(inner);
	return error;
}
