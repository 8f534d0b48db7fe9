// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <string.h>

#include "pcap_filter.h"

static int is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

/* The grammar's names of what begins at the link-layer header. */
static int is_link(const char *word, size_t len)
{
	static const char *const names[] = {
		"ether", "link", "fddi", "tr", "wlan", "ppp", "slip",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == len && !strncmp(names[i], word, len))
			return 1;
	return 0;
}

int pcap_reads_link(const char *expression)
{
	const char *word = expression, *end;

	while (*word) {
		for (end = word; is_word(*end); end++)
			;
		if (is_link(word, end - word) &&
		    end[strspn(end, " \t\n\r")] == '[')
			return 1;
		word = end > word ? end : end + 1;
	}
	return 0;
}

#ifdef HAVE_PCAP

#include <pcap/pcap.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>

#include "../lib/apart.h"

#define SNAPLEN		262144	/* bytes: whole packets, as tcpdump takes */
#define BPF_MAXINSNS	4096	/* of linux/bpf_common.h, beside which pcap's cannot be */
#define NEVER		"expression rejects all packets"

/* What is compiled, and for what. */
struct job {
	const char *expression;
	int link_type;
};

/* Writes the instructions, or behind a 0 byte the message. */
static void compile(void *ctx, FILE *out)
{
	const struct job *job = ctx;
	struct bpf_program program;
	pcap_t *pcap = pcap_open_dead(job->link_type, SNAPLEN);

	if (!pcap) {
		fprintf(out, "%cout of memory", 0);
		return;
	}
	if (pcap_compile(pcap, &program, job->expression, 1,
			 PCAP_NETMASK_UNKNOWN)) {
		fprintf(out, "%c%s", 0, pcap_geterr(pcap));
	} else {
		fputc(1, out);
		fwrite(program.bf_insns, sizeof(*program.bf_insns),
		       program.bf_len, out);
		pcap_freecode(&program);
	}
	pcap_close(pcap);
}

static int copy_insns(const char *bytes, __u32 count, struct cbpf_insn **insns)
{
	struct bpf_insn insn;

	*insns = calloc(count, sizeof(**insns));
	if (!*insns) {
		warnx("filter: out of memory");
		return -ENOMEM;
	}
	for (__u32 i = 0; i < count; i++) {
		memcpy(&insn, bytes + i * sizeof(insn), sizeof(insn));
		(*insns)[i] = (struct cbpf_insn){
			.code = insn.code,
			.jt = insn.jt,
			.jf = insn.jf,
			.k = insn.k,
		};
	}
	return 0;
}

static int refuse(int error, char **message, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Gives @error, unless there is no memory to say why. */
static int refuse(int error, char **message, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vasprintf(message, format, args);
	va_end(args);
	if (len >= 0)
		return error;
	warnx("filter: out of memory");
	return -ENOMEM;
}

/* libpcap's words for it. */
static int is_no_memory(const char *message)
{
	return strstr(message, "alloc") || strstr(message, "out of memory");
}

/* What compile() has written. */
static int take(const char *bytes, size_t size, struct cbpf_insn **insns,
		__u32 *count, char **message)
{
	size_t number = size ? (size - 1) / sizeof(struct bpf_insn) : 0;

	if (!size)
		return refuse(-EINVAL, message, "libpcap says nothing of it");
	if (!*bytes && !strcmp(bytes + 1, NEVER))
		return refuse(-EINVAL, message, "it can never match (%s)", NEVER);
	if (!*bytes && is_no_memory(bytes + 1))
		return refuse(-E2BIG, message,
			      "too large: libpcap needs more than %d MB for it (%s)",
			      APART_MB, bytes + 1);
	if (!*bytes)
		return refuse(-EINVAL, message, "%s", bytes + 1);
	if (number > BPF_MAXINSNS)
		return refuse(-E2BIG, message,
			      "too large: %zu instructions of classic BPF, a program has %d at most",
			      number, BPF_MAXINSNS);
	*count = number;
	return copy_insns(bytes + 1, number, insns);
}

static int no_result(int error, char **message)
{
	if (error == SIGXCPU)
		return refuse(-E2BIG, message,
			      "too large: libpcap works longer than %d seconds on it",
			      APART_SECONDS);
	if (error > 0)
		return refuse(-E2BIG, message, "too large, or strange: libpcap ends with: %s",
			      strsignal(error));
	warnx("filter: libpcap cannot be run: %s", strerror(-error));
	return error;
}

int pcap_filter(const char *expression, enum filter_link link,
		struct cbpf_insn **insns, __u32 *count, char **message)
{
	struct job job = {
		.expression = expression,
		.link_type = link == FILTER_LINK_RAW ? DLT_RAW : DLT_EN10MB,
	};
	char *bytes;
	size_t size;
	int error = apart_run(compile, &job, &bytes, &size);

	if (error)
		return no_result(error, message);
	error = take(bytes, size, insns, count, message);
	free(bytes);
	return error;
}

#else

int pcap_filter(const char *expression, enum filter_link link,
		struct cbpf_insn **insns, __u32 *count, char **message)
{
	(void)link;
	(void)insns;
	(void)count;
	(void)message;
	warnx("filter '%s': built without libpcap: install libpcap-dev (Debian) or libpcap-devel (Fedora) and run make again",
	      expression);
	return -EOPNOTSUPP;
}

#endif
